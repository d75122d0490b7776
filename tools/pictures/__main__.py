"""``python -m tools.pictures``: run the demo and keep what the terminal showed as docs/demo.svg."""

from __future__ import annotations

import re
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

from streams.commands.demo import run

WIDTH, LAST = 112, 46
PICTURE = Path(__file__).parent.parent.parent / "docs" / "demo.svg"


def main() -> None:
    """Run the demo, show it, and write its last screen."""
    live = Console(record=True, width=WIDTH, force_terminal=True, highlight=False)
    run(live, keep=False, rate=12.0)
    screen = live.export_text(styles=True).splitlines()[-LAST:]
    kept = Console(record=True, width=WIDTH, force_terminal=True, highlight=False, quiet=True)

    for line in screen:
        kept.print(Text.from_ansi(line), no_wrap=True, overflow="crop")
    svg = kept.export_svg(title="newswire demo", theme=MONOKAI)
    # The template fetches a font from elsewhere; a README's picture should need nothing but itself.
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL).replace("Fira Code", "ui-monospace, Menlo, Consolas")
    PICTURE.write_text(svg, "utf-8")
    print(f"wrote {PICTURE}")


if __name__ == "__main__":
    main()
