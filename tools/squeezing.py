"""A PNG made small enough for a front page: fewer colours, as many as fit. Changes no size and nothing that is read."""

from __future__ import annotations

from pathlib import Path

MOST_BYTES = 150_000
COLOURS = (256, 192, 128, 96, 64, 48, 32)


def squeezed(path: Path, most: int = MOST_BYTES) -> int:
    """Write *path* again with the largest palette that takes *most* bytes or less, the smallest one where none does;
    return how many colours it has. Reads ``pillow``, the extra ``browser``.

    No dithering: screens are flat colours and letters, in which dots would show.
    """
    from PIL import Image

    with Image.open(path) as picture:
        whole = picture.convert("RGB")
    for colours in COLOURS:
        few = whole.quantize(colours, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        few.save(path, optimize=True)
        if path.stat().st_size <= most:
            break
    return colours
