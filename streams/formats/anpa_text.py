"""The copy of an ANPA 1312 message → paragraphs of Unicode text; keeps every word, turns the type codes into type.

The wire knows seven bits: quotes are typed as two accents or two apostrophes, a dash is an underscore between spaces,
fixed spaces are control characters, and a table is typed with spaces.
"""

from __future__ import annotations

import re

from streams.text.layout import lay_out

# FS, GS and US are em, en and thin space, ENQ an en quad; the rest of the controls steer the printer
_SPACES = dict.fromkeys((0x05, 0x1C, 0x1D, 0x1F), " ")
_NOTHING = dict.fromkeys(code for code in (*range(32), 127) if code not in (0x05, 0x09, 0x0A, 0x0D, 0x1C, 0x1D, 0x1F))
_CODES: dict[int, str | None] = {**_NOTHING, **_SPACES}
_DASH = re.compile(r"(?<!\S)_(?!\S)")
_RAIL = re.compile(r"^[ \t]*[\^\x1e]+", re.MULTILINE)
_FLUSH = re.compile(r"[<=][ \t]*\r?$", re.MULTILINE)
_GAP = re.compile(r" {2,}|\t+|(?: ?\.){4,} ?")
# two spaces may stand between sentences
_COLUMNS = re.compile(r"\S(?: {3,}|\t|(?: ?\.){4,} ?)\S")


def tidy(text: str) -> str:
    """One value: type codes turned, white space collapsed.

    >>> tidy("``We sail _ today''\\x1f")
    '“We sail — today”'
    """
    return " ".join(_typeset(text).split())


def paragraphs(text: str, tabular: bool = False) -> list[str]:
    """The paragraphs of the copy; every row of a table is one, its columns parted by `` | ``.

    ``tabular``: the message says that it is a table.
    """
    if "^" in text or "\x1e" in text:
        # a line that opens with a rail stands for itself
        text = _RAIL.sub("\n\n", _FLUSH.sub("", text))
    text = _typeset(text.expandtabs(4) if tabular else text)
    if tabular:
        return [row for row in map(_row, text.splitlines()) if row]
    layout = lay_out(text)
    columned = [_is_row(text[line.start : line.end]) for line in layout.lines]
    found: list[str] = []
    for paragraph in layout.paragraphs:
        rows = range(paragraph.first, paragraph.last + 1)
        if all(columned[at] for at in rows) and sum(columned[max(rows.start - 1, 0) : rows.stop + 1]) > 1:
            found += [_row(text[layout.lines[at].start : layout.lines[at].end]) for at in rows]
        else:
            found.append(" ".join(text[paragraph.start : paragraph.end].split()))
    return [paragraph for paragraph in found if paragraph]


def _is_row(line: str) -> bool:
    return ("   " in line or "\t" in line or ".." in line or " . ." in line) and _COLUMNS.search(line) is not None


def _row(line: str) -> str:
    return " ".join(" | ".join(cell.strip() for cell in _GAP.split(line.strip()) if cell.strip()).split())


def _typeset(text: str) -> str:
    text = text.translate(_CODES)
    if "_" in text:
        text = _DASH.sub("—", text)
    if "`" in text or "''" in text:
        text = text.replace("``", "“").replace("''", "”")
        text = text.replace("`", "‘")
    return text
