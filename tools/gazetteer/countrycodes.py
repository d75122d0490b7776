"""Puts ISO 3166-1 (pycountry) into streams/text/countrycodes.py; ``python -m tools.gazetteer.countrycodes``.

Only the codes between the quotes are written: the function that reads them stands there, and is no work of ours.
"""

from __future__ import annotations

from pathlib import Path

import pycountry

TARGET = Path(__file__).parents[2] / "streams" / "text" / "countrycodes.py"
PER_LINE = 16
OPENS, CLOSES = '_PAIRS = """\n', '\n"""\n'


def main() -> None:
    """Write the codes."""
    pairs = sorted([*(country.alpha_3 + country.alpha_2 for country in pycountry.countries), "XKXXK"])
    lines = [" ".join(pairs[at : at + PER_LINE]) for at in range(0, len(pairs), PER_LINE)]
    before, _, rest = TARGET.read_text("utf-8").partition(OPENS)
    _, _, after = rest.partition(CLOSES)
    TARGET.write_text(before + OPENS + "\n".join(lines) + CLOSES + after, "utf-8")


if __name__ == "__main__":
    main()
