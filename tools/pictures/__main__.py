"""``python -m tools.pictures``: run the demo and keep what the terminal showed as docs/demo.svg."""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

from streams.commands.demo import run

WIDTH, LAST = 112, 46
PASSING = re.compile("[\u2800-\u28ff\u2501]")
PICTURE = Path(__file__).parent.parent.parent / "docs" / "demo.svg"


def main() -> None:
    """Run the demo, show it, and write its last screen."""
    live = Console(record=True, width=WIDTH, force_terminal=True, highlight=False)
    run(live, keep=False, rate=12.0)
    # What was only there for a moment, spinners and bars, was recorded too.
    lines = [line for line in live.export_text(styles=True).splitlines() if not PASSING.search(line)]
    screen = [line for line in lines if line.strip()][-LAST:]
    kept = Console(record=True, width=WIDTH, force_terminal=True, highlight=False, file=io.StringIO())

    for line in screen:
        kept.print(Text.from_ansi(line), no_wrap=True, overflow="crop")
    svg = kept.export_svg(title="newswire demo", theme=MONOKAI)
    # The template fetches a font from elsewhere; a README's picture should need nothing but itself.
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL).replace("Fira Code", "ui-monospace, Menlo, Consolas")
    svg = re.sub(r"<!-- Generated.*?-->", "", svg)
    PICTURE.write_text(svg, "utf-8")
    print(f"wrote {PICTURE}")


if __name__ == "__main__":
    main()
