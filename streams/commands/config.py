"""``newswire config``: every setting, its value, where it came from. Masks secrets."""

from __future__ import annotations

import click
from rich.table import Table

from streams import config
from streams.commands.rendering import for_tables
from streams.contracts import codec


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON, one object per setting.")
@click.option("--markdown", is_flag=True, help="As the table of the documentation.")
def command(as_json: bool, markdown: bool) -> None:
    """Show every setting, its value and where it came from.

    \b
    Examples:
      newswire config
      NEWSWIRE_STORE=rocksdb newswire config --json
    """
    rows = config.rows(config.load())
    if as_json:
        click.echo(codec.encode_pretty(rows).decode())
    elif markdown:
        click.echo(markdown_table())
    else:
        table = Table(box=None, pad_edge=False, header_style="bold")
        for title in ("variable", "value", "from", "meaning"):
            table.add_column(title, overflow="fold", no_wrap=title == "variable")
        for row in rows:
            style = "bold" if row.origin == "environment" else ""
            table.add_row(row.variable, row.value or "(unset)", row.origin, row.help, style=style)
        for_tables().print(table)


def markdown_table() -> str:
    """Return the settings as a Markdown table, defaults only: the same on every machine."""
    lines = ["| variable | default | meaning |", "|---|---|---|"]
    rows = config.rows(config.load({}), {})
    lines += [f"| `{row.variable}` | {f'`{row.default}`' if row.default else ''} | {row.help} |" for row in rows]
    return "\n".join(lines)
