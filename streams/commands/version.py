"""``newswire version``."""

from __future__ import annotations

import click

from streams import __version__


@click.command()
def command() -> None:
    """Print the version.

    \b
    Example:
      newswire version
    """
    click.echo(__version__)
