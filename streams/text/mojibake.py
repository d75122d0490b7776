"""Text that was decoded wrongly before it came here → as it was meant; leaves alone what only looks odd.

``Ã©`` for ``é`` and ``â€™`` for ``’`` are UTF-8 that someone read as CP1252. `ftfy` judges and repairs, line by line,
since feeds glue sound and broken pieces together; a search for the signs of it costs a hundredth and is done first.
"""

from __future__ import annotations

import re

from ftfy import TextFixerConfig, fix_encoding

_OPENERS = "ÃÂâÄÅÐÑØÙ"
# What continuation bytes of UTF-8 become when they are read as ISO 8859-1 or CP1252
_REST = (
    "\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2022\u2026\u2030\u2039\u203a"
    "\u20ac\u2122"
)
_SIGNS = re.compile(f"[ÂÃÄÅ][{_REST}]|â[\u0080€][{_REST}]|(?:[ÐÑØÙ][{_REST}]){{2}}")
_CONFIG = TextFixerConfig(unescape_html=False, explain=False)
_TRIES_AT_MOST = 200
# A line, or of a very long one (JSON has no others) as many whole words as fit
_PIECE = re.compile(r"[^\n]{0,2000}\n|[^\n]{1,2000}(?=\s|\Z)|[^\n]{1,2000}")


def repair(text: str) -> tuple[str, int]:
    """The text and how many of its lines were repaired; after 200 lines it gives up, since no story is that long.

    >>> repair("Le cafÃ© du port\\nCafé")
    ('Le café du port\\nCafé', 1)
    """
    if text.isascii() or not any(sign in text for sign in _OPENERS) or _SIGNS.search(text) is None:
        return text, 0
    repaired = 0
    pieces: list[str] = _PIECE.findall(text)
    tries = 0
    for at, piece in enumerate(pieces):
        if not piece.isascii() and _SIGNS.search(piece):
            tries += 1
            if tries > _TRIES_AT_MOST:
                break
            better = fix_encoding(piece, _CONFIG)
            repaired += better != piece
            pieces[at] = better
    return "".join(pieces), repaired
