"""``python -m tools.gazetteer``: rebuild streams/places/data/gazetteer.tsv.gz; refuses nothing, prints what it wrote."""

from tools.gazetteer.build import main

main()
