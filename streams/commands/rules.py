"""``newswire rules``: what the copy desk takes out and reads, rule by rule. Shows the tables; changes none."""

from __future__ import annotations

import sys
from typing import Any

import click
from rich.table import Table

from streams.commands.rendering import for_tables, printable
from streams.contracts import codec
from streams.copydesk import RULES, RULES_VERSION, Rule


@click.group()
def command() -> None:
    """Show the rules of the copy desk.

    The tables stand in streams/copydesk/rules/*.toml, each rule with the habit, whose it is and an example. Every
    receipt in a record names one of these rules.

    \b
    Examples:
      newswire rules list
      newswire rules list --family boilerplate --language fr
      newswire rules list --json | jq '.rules[].id'
    """


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="As one JSON document.")
@click.option("--family", metavar="NAME", help="Only this family: advisory, boilerplate, byline …")
@click.option("--language", metavar="TAG", help="Only rules with a form in this language, and only its examples: fr.")
def list_rules(as_json: bool, family: str | None, language: str | None) -> None:
    """List every rule: id, family, agencies, languages, habit, example.

    \b
    Examples:
      newswire rules list
      newswire rules list --json
    """
    chosen = [
        rule
        for rule in RULES
        if (family is None or rule.family == family) and (language is None or language in rule.languages)
    ]
    if not chosen:
        families = ", ".join(sorted({rule.family for rule in RULES}))
        raise click.UsageError(f"no such rules; families are {families}")
    if as_json:
        sys.stdout.buffer.write(codec.encode({"version": RULES_VERSION, "rules": [_row(rule) for rule in chosen]}))
        sys.stdout.buffer.write(b"\n")
        return
    console = for_tables()
    table = Table("id", "family", "agencies", "languages", "habit", "example", header_style="bold")
    for rule in chosen:
        example = next((e.text for e in rule.examples if language is None or e.language == language), rule.example)
        cells = (rule.id, rule.family, rule.used_by, " ".join(rule.languages) or "any", rule.habit, example)
        table.add_row(*(_plain(cell) for cell in cells))
    console.print(table)
    console.print(f"{len(chosen)} rules, version {RULES_VERSION}")


def _plain(text: str) -> str:
    return printable(text).replace("[", r"\[")


def _row(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "family": rule.family,
        "agencies": list(rule.agencies),
        "languages": list(rule.languages),
        "site": rule.site,
        "where": rule.where,
        "habit": rule.habit,
        "examples": [{"text": e.text, "cut": e.cut, "language": e.language} for e in rule.examples],
    }
