"""``python -m tools.gazetteer``: rebuilds the gazetteer in streams/places/data; takes no argument."""

from tools.gazetteer.build import main

main()
