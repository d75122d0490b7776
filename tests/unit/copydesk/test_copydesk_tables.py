"""The rule tables: every example is cut as the table says, every pattern is bounded and quick on hostile lines."""

from __future__ import annotations

import re
import time
from importlib import resources
from re import _constants, _parser  # type: ignore[attr-defined]

import pytest
from copydesk_support import ONE, TUESDAY, TWO

from streams.contracts.story import RawStory
from streams.copydesk import RULES, RULES_VERSION, Rule, clean, rulebook
from streams.copydesk.rule import Example

TABLES = sorted(
    entry.name.removesuffix(".toml")
    for entry in resources.files("streams.copydesk").joinpath("rules").iterdir()
    if entry.name != "agencies.toml"
)
HEADLINE = "Harbour pilots of Freedonia go back to work"
CASES = [(rule, example) for rule in RULES for example in rule.examples]


def story_with(rule: Rule, example: Example) -> RawStory:
    """Two paragraphs with the example where its rule says that it stands."""
    text = example.text.replace("HEADLINE", HEADLINE)
    top, head, lead, middle, tail, headline = [], [], "", [], [], HEADLINE
    match rule.where:
        case "top" if text.endswith(" ="):
            headline = text
        case "top":
            top = [text]
        case "head":
            head = [text]
        case "twice":
            head = [text.split(" PHOTO")[0], text]
        case "lead":
            lead = text + " "
        case "tail":
            tail = [text]
        case _:
            middle = [text]
    if rule.id == "captions.before-dateline":
        lead = "PORT SARNIA • "
    if rule.id == "boilerplate.after-credit":
        tail = ["AGENCE FRANCE-PRESSE", text]
    paragraphs = [lead + ONE, *middle, TWO, *tail]
    copy = "\n".join([*top, headline]) + "\n\n" + "\n\n".join([*head, *paragraphs]) + "\n"
    return RawStory(0, "republished" if rule.site else "plain", "test/1", copy, language=example.language or "en")


@pytest.mark.parametrize(("rule", "example"), CASES, ids=[f"{r.id}-{e.language}-{e.text[:24]}" for r, e in CASES])
def test_what_the_example_shows_is_cut_and_nothing_else(rule: Rule, example: Example) -> None:
    story = clean(story_with(rule, example), TUESDAY)
    gone = example.cut.replace("HEADLINE", HEADLINE).strip()
    assert gone in {cut.text for cut in story.cuts if cut.rule == rule.id}
    kept = example.text.replace(example.cut, "").strip() if rule.id in ("credits.line-end", "wirehead.control") else ""
    assert "".join(kept.split()) in "".join(story.body.split())
    assert ONE in story.body
    assert TWO in story.body


@pytest.mark.parametrize("family", TABLES)
def test_every_family_of_the_tables_is_a_family_of_rules(family: str) -> None:
    assert rulebook.book(family).rules
    assert {rule.family for rule in RULES} >= {family}


def test_every_form_finds_its_own_example_by_its_signs() -> None:
    for family in TABLES:
        for entry in rulebook.table_of(family).get("rule", ()):
            for line in entry["line"]:
                if "pattern" in line:
                    text = line["example"].strip()
                    assert re.fullmatch(line["pattern"], text, re.IGNORECASE), (entry["id"], text)
                    assert not line.get("signs") or any(sign in text.lower() for sign in line["signs"])


def test_a_table_that_no_code_reads_is_refused() -> None:
    with pytest.raises(ValueError, match="no code reads colour"):
        rulebook.parse('[[rule]]\nid = "credits.x"\ncolour = "red"', "credits")
    with pytest.raises(ValueError, match="starts with the family"):
        rulebook.parse('[[rule]]\nid = "kills.x"\nhabit = ""\nagencies = []\nwhere = "tail"\nline = []', "credits")


def test_the_version_names_the_content() -> None:
    assert RULES_VERSION.endswith(rulebook.content_hash())
    assert re.fullmatch(r"\d+-[0-9a-f]{8}", RULES_VERSION)


def patterns() -> list[tuple[str, str]]:
    found = []
    for family in TABLES:
        book = rulebook.book(family)
        found += [(f"{rule.id}", form.pattern) for rule in book.rules for form in rule.patterns]
        found += [
            (f"{family}.{name}.{language}", pattern)
            for name, by_language in book.patterns.items()
            for language, listed in by_language.items()
            for pattern in listed
        ]
    return found


def widest(tree: object, inside: bool = False) -> int:
    """The largest repetition inside another repetition; -1 for one without a bound."""
    worst = 0
    for operation, argument in tree:  # type: ignore[attr-defined]
        if operation in (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT):
            _, most, piece = argument
            if most is _constants.MAXREPEAT:
                return -1
            below = widest(piece, inside or most > 1)
            if below < 0:
                return -1
            worst = max(worst, below, int(most) if inside and most > 1 else 0)
        elif operation is _constants.SUBPATTERN:
            below = widest(argument[-1], inside)
            worst = -1 if below < 0 else max(worst, below)
        elif operation is _constants.BRANCH:
            belows = [widest(branch, inside) for branch in argument[1]]
            worst = -1 if min(belows) < 0 else max(worst, *belows)
        if worst < 0:
            return -1
    return worst


@pytest.mark.parametrize(("name", "pattern"), patterns())
def test_every_pattern_is_bounded(name: str, pattern: str) -> None:
    assert 0 <= widest(_parser.parse(pattern)) <= 120, f"{name}: a repetition without a bound, or one in a long one"


HOSTILE = [
    unit * count for unit, count in (("a", 500), ("a ", 250), ("A-", 250), (" ", 500), ("(", 500), ("by a, ", 80))
]
HOSTILE += [
    "the story was " * 35, "photo and " * 50, "subscribe to our " * 28, "كتب " * 120, "This report " + "x " * 200 + "!",
    "no resale, " * 45, "- " * 250, "1" * 500, "Veuillez " * 55, "a." * 250,
]  # fmt: skip


def test_hostile_lines_are_read_quickly() -> None:
    compiled = [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in patterns()]
    for name, pattern in compiled:
        began = time.process_time()
        for line in HOSTILE:
            pattern.fullmatch(line)
            pattern.match(line)
        assert time.process_time() - began < 0.25, name


@pytest.mark.parametrize("format_", ["plain", "republished", "newsml12"])
def test_a_hostile_story_is_cleaned_quickly(format_: str) -> None:
    copy = "\n\n".join(line for line in HOSTILE if line.strip())
    began = time.process_time()
    clean(RawStory(0, format_, "test/1", copy, headline="Pilots" if format_ == "newsml12" else None), TUESDAY)
    assert time.process_time() - began < 1.0
