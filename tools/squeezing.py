"""A PNG made light enough for a front page: fewer colours, as many as fit. Changes no measure and nothing that is read.

``python -m tools.squeezing FILE…`` does it to files; the tools that make pictures do it themselves.
"""

from __future__ import annotations

import sys
from pathlib import Path

MOST_BYTES = 150_000
COLOURS = (256, 192, 128, 96, 64, 48, 32)


def squeezed(path: Path, most: int = MOST_BYTES) -> int:
    """Write *path* again with the largest palette that takes *most* bytes or less, the smallest one where none does;
    return how many colours it has. Reads ``pillow``, the extra ``browser``.

    Half of the palette are the commonest colours as they are, for grounds must not take on a tint; the other half
    stands for the rest, the edges of letters mostly. No dithering: its dots would show on flat grounds.
    """
    from PIL import Image

    with Image.open(path) as picture:
        whole = picture.convert("RGB")
    common = sorted(whole.getcolors(whole.width * whole.height), reverse=True)
    for colours in COLOURS:
        kept = [colour for _, colour in common[: colours // 2]]
        rest = whole.quantize(colours - len(kept), method=Image.Quantize.MEDIANCUT).getpalette()
        palette = Image.new("P", (1, 1))
        palette.putpalette([*(part for colour in kept for part in colour), *rest])
        few = whole.quantize(palette=palette, dither=Image.Dither.NONE)
        few.save(path, optimize=True)
        if path.stat().st_size <= most:
            break
    return colours


if __name__ == "__main__":
    for name in sys.argv[1:]:
        before = Path(name).stat().st_size
        colours = squeezed(Path(name))
        print(f"{name} {before / 1000:.0f} → {Path(name).stat().st_size / 1000:.0f} kB, {colours} colours")
