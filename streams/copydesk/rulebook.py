"""The tables in ``rules/*.toml`` → rules, word lists and patterns, read once at import; refuses a key it does not know.

A table of a family holds::

    [words.attention]            # literal words or phrases by language; lower case, matched in any case by most rules
    fr = ["attention"]

    [patterns.adds]              # pieces of regular expression by language; every repetition is bounded
    en = ['adds?']

    [[rule]]
    id = "credits.more"          # what a receipt carries
    habit = "More to come"
    agencies = ["Reuters"]       # whose habit it is
    where = "tail"               # where its examples stand: see `streams.copydesk.rule.Where`
    site = true                  # optional: on republished text only

      [[rule.line]]              # one form of it
      language = "en"            # left out where the form has no language
      pattern = 'more to come'   # or words = [...]; against the whole line, in any case; left out where code reads it
      example = "MORE TO COME"   # original copy, never an agency's
      signs = ["more"]           # optional: lower case; a line that holds none of these words is not tried, which is
                                 # quicker where the pattern opens with anything at all
      cut = "MORE TO COME"       # optional: what of the example must go; the whole of it if left out

A test runs every example, and bounds every pattern.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, get_args

from streams.copydesk.rule import Example, Form, Rule, Where
from streams.text.words import alternatives

Lists = dict[str, dict[str, tuple[str, ...]]]
_SPACE = r"\s{1,2}"
_TABLE_KEYS = frozenset(("words", "patterns", "rule"))
_RULE_KEYS = frozenset(("id", "habit", "agencies", "where", "site", "line"))
_LINE_KEYS = frozenset(("language", "pattern", "words", "signs", "example", "cut"))


@dataclass(frozen=True, slots=True)
class Lines:
    """The forms of one rule: those tried on every line, and those tried where one of their signs stands."""

    always: re.Pattern[str] | None
    signed: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]

    def fullmatch(self, text: str) -> bool:
        """The whole line is of one of the forms."""
        if self.always is not None and self.always.fullmatch(text):
            return True
        if not self.signed:
            return False
        lowered = text.lower()
        for signs, pattern in self.signed:
            for sign in signs:  # plain loops: asked of every line, and twice as quick as any()
                if sign in lowered:
                    if pattern.fullmatch(text):
                        return True
                    break
        return False


@dataclass(frozen=True, slots=True)
class Book:
    """One family's table."""

    family: str
    rules: tuple[Rule, ...]
    words: Lists
    patterns: Lists

    def any(self, *names: str) -> str:
        """Alternatives for a pattern, of every language in the lists ``names``: the longest literal that fits first."""
        literals = {w for name in names for listed in self.words.get(name, {}).values() for w in listed}
        pieces = [p for name in names for listed in self.patterns.get(name, {}).values() for p in listed]
        if not literals and not pieces:
            raise KeyError(f"{self.family}.toml has no list called {' or '.join(names)}")
        ordered = [alternatives(literals, _SPACE)] if literals else []
        return "|".join([*ordered, *dict.fromkeys(pieces)])

    def listed(self, name: str) -> frozenset[str]:
        """The literal words of every language in one list."""
        return frozenset(word for listed in self.words[name].values() for word in listed)

    def forms(self, *rule_ids: str) -> str:
        """Alternatives for a pattern: every form of the lines of several rules."""
        return "|".join(form.pattern for rule in self.rules if rule.id in rule_ids for form in rule.patterns)

    def lines(self, rule_id: str, *, any_case: bool = True) -> Lines:
        """What matches a whole line by one rule."""
        found = [p for rule in self.rules if rule.id == rule_id for p in rule.patterns]
        if not found:
            raise KeyError(f"{self.family}.toml has no lines for {rule_id}")
        flags = re.IGNORECASE if any_case else re.NOFLAG
        always = "|".join(form.pattern for form in found if not form.signs)
        signed = tuple((form.signs, re.compile(form.pattern, flags)) for form in found if form.signs)
        return Lines(re.compile(always, flags) if always else None, signed)


def literal(word: str) -> str:
    """A literal word as a pattern: any white space between its words, a plain apostrophe as `flat` text has it."""
    return re.escape(word).replace(r"\ ", _SPACE)


@cache
def book(family: str) -> Book:
    """The table of one family."""
    return parse(_text(family), family)


def parse(text: str, family: str) -> Book:
    """A table's text. Raises ValueError for a table that says what no code reads."""
    table = tomllib.loads(text)
    _known(table, _TABLE_KEYS, family)
    rules = tuple(_rule(entry, family) for entry in table.get("rule", ()))
    return Book(family, rules, _lists(table, "words"), _lists(table, "patterns"))


@cache
def content_hash() -> str:
    """Eight hex digits over every table: part of the version of the rules."""
    digest = hashlib.sha256()
    for name in sorted(entry.name for entry in _folder().iterdir() if entry.name.endswith(".toml")):
        digest.update(name.encode() + b"\0" + _folder().joinpath(name).read_bytes() + b"\0")
    return digest.hexdigest()[:8]


def table_of(family: str) -> dict[str, Any]:
    """A table as it stands, for those that are neither words nor rules."""
    return tomllib.loads(_text(family))


def _folder() -> Any:
    return resources.files("streams.copydesk").joinpath("rules")


def _text(family: str) -> str:
    text: str = _folder().joinpath(f"{family}.toml").read_text("utf-8")
    return text


def _lists(table: dict[str, Any], kind: str) -> Lists:
    return {
        name: {language: tuple(words) for language, words in by_language.items()}
        for name, by_language in table.get(kind, {}).items()
    }


def _rule(entry: dict[str, Any], family: str) -> Rule:
    _known(entry, _RULE_KEYS, str(entry.get("id")))
    if not entry["id"].startswith(f"{family}.") or entry["where"] not in get_args(Where):
        raise ValueError(f"{family}.toml: {entry['id']}: the id starts with the family, where is one of the known")
    examples, patterns = [], []
    for line in entry["line"]:
        _known(line, _LINE_KEYS, entry["id"])
        signs = tuple(line.get("signs", ()))
        if "pattern" in line:
            patterns.append(Form(line["pattern"], signs))
        patterns += [Form(literal(word), signs) for word in sorted(line.get("words", ()), key=len, reverse=True)]
        examples.append(Example(line["example"], line.get("cut", line["example"]), line.get("language")))
    return Rule(
        entry["id"], entry["habit"], tuple(entry["agencies"]), entry["where"], tuple(examples),
        entry.get("site", False), tuple(patterns),
    )  # fmt: skip


def _known(table: dict[str, Any], keys: frozenset[str], where: str) -> None:
    unknown = table.keys() - keys
    if unknown:
        raise ValueError(f"{where}: no code reads {', '.join(sorted(unknown))}")
