"""Raw story → clean story: takes out what is not to be printed, with a receipt for every cut; adds not a word.

===========  ==========================================================================
desk         the order of work
head         the order of work on the head: slug, marks, headline, byline, note, captions, dateline
sheet        one story on the desk: copy, layout, ledger, what was read
rule         what a rule is; `RULES` lists them all
rulebook     the tables in rules/*.toml: words, patterns and examples of every rule
agencies     the agencies by name
wirehead     heads, tails and control characters of the transmission
slugline     keyword line and lead numbers
headline     the headline line, the section above it, a derived one
byline       By Jane Roe
dateline     place, day and agency that open the first paragraph; dateline_forms has the patterns
placenames   a place as a person writes it
advisory     ADDS, RECASTS, CORRECTS, notes to editors; the signals in them
embargo      EMBARGOED UNTIL
kills        notices that withdraw copy
kind         flash, alert, urgent, story, advisory, kill
captions     captions repeated or credited
credits      the agency's name on its own, copyright, contributors
signoff      desk and author initials
house        the newsroom's own lines
boilerplate  what pages add; pagedays the day they print, listings their links under a heading
sites        whether wire copy is a page, by those
terms        rights and terms of use
dates        relative days of the body, printed days of the copy
sources      agency and distributor
===========  ==========================================================================
"""

from __future__ import annotations

from streams.copydesk import (
    advisory,
    boilerplate,
    byline,
    captions,
    credits,
    dateline,
    dates,
    embargo,
    headline,
    house,
    kills,
    kind,
    signoff,
    slugline,
    sources,
    terms,
    wirehead,
)  # fmt: skip
from streams.copydesk.desk import clean
from streams.copydesk.rule import Rule
from streams.copydesk.rulebook import content_hash

CODE_VERSION = "5"
"""Raised whenever the code of the desk cuts or reads the same copy differently."""

RULES_VERSION = f"{CODE_VERSION}-{content_hash()}"
"""The code's version and a hash of every rule table: goes into the provenance of every record."""

RULES: tuple[Rule, ...] = tuple(
    rule
    for family in (
        wirehead, slugline, headline, byline, dateline, advisory, embargo, kills, kind, captions, credits, signoff,
        terms, house, boilerplate, dates, sources,
    )
    for rule in family.RULES
)  # fmt: skip
"""Every rule, family by family."""

__all__ = ["RULES", "RULES_VERSION", "Rule", "clean"]
