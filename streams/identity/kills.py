"""Kills and what they kill: finding the records a kill names, and the early kill of a late story; edits no copy."""

from __future__ import annotations

from streams.contracts.story import NormalisedStory
from streams.identity.entry import Entry
from streams.identity.marks import index_marks
from streams.identity.profile import Profile, other_language
from streams.identity.slugs import slug_key
from streams.identity.state import IdentityState
from streams.identity.telling import telling
from streams.identity.words import words

NAMED = 0.8
"""Share of a headline's telling words that a kill's text must repeat to name it."""
SLUGGED = 0.4
"""The share where the kill has the story's slug too: ``KILL Freedonia-accident-dam: the dam at Orlova stands``."""


def is_kill(story: NormalisedStory) -> bool:
    """Whether a story withdraws earlier copy: by its kind, its notice, or the status the agency gave it."""
    return story.kind == "kill" or story.signals.kills or story.pub_status == "canceled"


def killed_by(story: NormalisedStory, marks: Profile, state: IdentityState) -> Entry | None:
    """The record a kill withdraws, None when it names nothing that is remembered.

    By id first (its own, or one it names), then the headline it quotes, then slug and time: ``Please disregard the
    items headlined "Minister to quit", slugged Freedonia-politics, sent at 0920 and 1005 GMT``. A kill that names a
    slug and no headline (``Kill the story slugged BC-XX--Senator-Resigns``) means the one story that has it; of two
    it would be a guess.
    """
    ids = [story.uri, *(alt.value for alt in story.alt_ids), *story.signals.refers_to]
    for sequence in reversed(state.by_id(ids)):
        entry = state.entry(sequence)
        if entry is not None and entry.identity.relation != "kill":
            return entry
    at = marks.seconds
    quoted = _quoted(story)
    slugs = {s for s in (slug_key(story.slugline), *(slug_key(r) for r in story.signals.refers_to)) if s}
    best: tuple[float, int] | None = None
    found: Entry | None = None
    slugged: dict[str, Entry] = {}
    for sequence in _possible(story, marks, slugs, state):
        row = state.rows[sequence]
        if not state.near(row, at):
            continue
        entry = state.entry(sequence)
        if entry is None or entry.slim or entry.identity.relation == "kill":
            continue
        score = _named(entry, quoted, slugs)
        if score >= 1.0 and (best is None or (score, sequence) > best):
            best, found = (score, sequence), entry
        if slug_key(entry.slugline) in slugs and entry.source == story.provenance.source:
            slugged[entry.identity.story] = entry
    if found is None and len(slugged) == 1 and _names_slug_alone(story, slugs):
        return next(iter(slugged.values()))
    return found


def _names_slug_alone(story: NormalisedStory, slugs: set[str]) -> bool:
    """Whether all that a kill names, in its headline too, is a slug: ``Mandatory Kill: BC-XX--Senator-Resigns``. One
    that quotes a headline means that story, be it known here or not."""
    head = tuple(words(story.headline))
    named = story.signals.refers_to
    return any(_within(tuple(words(slug)), head) for slug in slugs) and all(slug_key(text) in slugs for text in named)


def awaited(story: NormalisedStory, marks: Profile, state: IdentityState) -> Entry | None:
    """The kill that came before the story it kills: it names the story's id, its headline, or its slug and a good part
    of the headline, and has found nothing yet. A send that says it corrects is the story put right, unless it was made
    before the kill."""
    if not state.kills:
        return None
    slug = slug_key(story.slugline)
    at = marks.seconds
    for sequence in sorted(state.kills, reverse=True):
        row = state.rows.get(sequence)
        if row is None or (row.at is not None and at is not None and not state.near(row, at)):
            continue
        kill = state.entry(sequence)
        if kill is None or kill.identity.of is not None or other_language(kill.language, story.language):
            continue
        if story.signals.corrects and story.provenance.source == kill.source and not _made_before(story, kill):
            continue
        named = {kill.uri, *kill.signals.refers_to, *(alt.value for alt in kill.alt_ids if alt.role == "ref")}
        if story.uri in named or any(alt.value in named for alt in story.alt_ids):
            return kill
        mine = telling(words(story.headline))
        slugs = {slug_key(kill.slugline), *(slug_key(text) for text in kill.signals.refers_to)}
        enough = SLUGGED if slug is not None and slug in slugs else NAMED
        for text in (*kill.signals.refers_to, kill.headline, *kill.paragraphs):
            said = telling(words(text))
            if len(mine) >= 3 and len(mine & said) >= enough * len(mine) and _not_newer(story, kill):
                return kill
    return None


def _not_newer(story: NormalisedStory, kill: Entry) -> bool:
    made, withdrawn = story.version_created, kill.version_created
    return made is None or withdrawn is None or made <= withdrawn


def _made_before(story: NormalisedStory, kill: Entry) -> bool:
    made, withdrawn = story.version_created, kill.version_created
    return made is not None and withdrawn is not None and made <= withdrawn


def _quoted(story: NormalisedStory) -> list[tuple[str, ...]]:
    texts = [story.headline, story.ed_note or "", *story.body.split("\n\n"), *story.signals.refers_to]
    return [tuple(words(t[:2000])) for t in texts if t.strip()]


def _possible(story: NormalisedStory, marks: Profile, slugs: set[str], state: IdentityState) -> list[int]:
    found = set(state.texts.candidates(index_marks(marks, story.fingerprint), 24))
    for slug in sorted(slugs):
        found.update(state.texts.slugged(slug))
    for text in story.signals.refers_to:
        found.update(state.texts.worded(telling(words(text)), 24))
    return sorted(found)


def _named(entry: Entry, quoted: list[tuple[str, ...]], slugs: set[str]) -> float:
    """How surely a kill means this entry: 2 for the whole headline, 1 for most of it with the slug, or the slug and
    a good part of it."""
    mine = tuple(words(entry.headline))
    tells = telling(list(mine))
    slug = slug_key(entry.slugline)
    slugged = 0.5 if slug and slug in slugs else 0.0
    best = 0.0
    for text in quoted:
        if mine and len(mine) >= 3 and _within(mine, text):
            return 2.0 + slugged
        if tells:
            best = max(best, len(tells & frozenset(text)) / len(tells))
    if len(tells) >= 3 and best >= NAMED:
        return 1.0 + slugged
    return 1.0 if slugged and best >= SLUGGED else 0.0


def _within(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    return f" {' '.join(part)} " in f" {' '.join(whole)} "
