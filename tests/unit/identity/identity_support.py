"""Stories for identity tests: original copy in agency habits, built without the other stages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from streams.contracts.story import (
    Dateline,
    DateMention,
    InfoSource,
    NormalisedStory,
    Origin,
    Provenance,
    Signals,
)
from streams.identity import Entry, IdentitySettings, IdentityState, Outcome, decide, fingerprint

START = datetime(2031, 5, 12, 8, 0, tzinfo=UTC)


class Memory:
    """A store that is a dict."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}

    def get(self, key: str) -> Entry | None:
        return self.entries.get(key)

    def write(self, writes: Iterable[tuple[str, Entry | None]]) -> None:
        for key, entry in writes:
            if entry is None:
                self.entries.pop(key, None)
            else:
                self.entries[key] = entry


class Desk:
    """A state with its store: ``send`` decides a story and writes what it asks for."""

    def __init__(self, settings: IdentitySettings | None = None, *, persist: bool = True) -> None:
        self.store = Memory()
        self.settings = settings or IdentitySettings()
        self.state = IdentityState(self.settings, self.store)
        self.persist = persist

    def send(self, story: NormalisedStory, now: datetime | None = None) -> Outcome:
        outcome = decide(story, self.state, now)
        if self.persist:
            self.store.write(outcome.writes)
        return outcome

    def restart(self, order: Callable[[list[Entry]], list[Entry]] = lambda entries: entries) -> None:
        self.state = IdentityState(self.settings, self.store)
        self.state.load(order(list(self.store.entries.values())))


def make(
    headline: str,
    body: str,
    *,
    key: str | None = None,
    minutes: float | None = 0,
    raw: str | None = None,
    uri: str | None = None,
    version: str | None = None,
    kind: Any = "story",
    language: str | None = "en",
    slug: str | None = None,
    keywords: tuple[str, ...] = (),
    city: str | None = None,
    dated: date | None = None,
    days: tuple[date, ...] = (),
    signals: Signals | None = None,
    embargo: datetime | None = None,
    created: datetime | None = None,
    source: str | None = "fnw",
    outlet: str | None = None,
    status: Any = "usable",
    alt_ids: tuple[Any, ...] = (),
    ed_note: str | None = None,
) -> NormalisedStory:
    received = None if minutes is None else START + timedelta(minutes=minutes)
    text = raw if raw is not None else f"{headline}\n{body}"
    print_ = fingerprint(headline, body, language)
    sources = (InfoSource("FNW", "agency"),)
    if outlet:
        sources += (InfoSource(outlet, "distributor"),)
    return NormalisedStory(
        uri=uri or f"urn:newswire:sha256:{print_.exact}",
        agency_version=version,
        headline=headline,
        headline_role="main",
        body=body,
        kind=kind,
        language=language,
        shard=language or "und",
        slugline=slug,
        by=None,
        dateline=Dateline(city, city, None, dated) if city else None,
        located=None,
        ed_note=ed_note,
        urgency=None,
        pub_status=status,
        embargoed_until=embargo,
        first_created=None,
        version_created=created,
        usage_terms=None,
        copyright_notice=None,
        captions=(),
        keywords=keywords,
        alt_ids=alt_ids,
        info_sources=sources,
        places=(),
        signals=signals or Signals(),
        dates=tuple(DateMention("body", 0, 1, "then", day) for day in days),
        cuts=(),
        mentions=(),
        countries=(),
        regions=(),
        fingerprint=print_,
        provenance=Provenance(
            Origin(key or f"wire/{headline}/{minutes}"),
            0,
            hashlib.sha256(text.encode()).hexdigest(),
            source,
            "plain",
            "plain-1",
            "rules-1",
            "gaz-1",
            received,
            None,
        ),
        warnings=(),
    )


DAM = "Two dead as dam wall gives way in northern Freedonia"
DAM_LEAD = (
    "Two farm workers were killed and 14 people were missing on Monday when the wall of an irrigation dam gave way"
    " above the town of Orlova in northern Freedonia, rescuers said."
)
DAM_BODY = "\n\n".join(
    (
        DAM_LEAD,
        "The water came down the Velka valley shortly before dawn and swept away a cattle market and the lower half of"
        " a caravan park, civil defence chief Tomas Brandt told reporters.",
        '"We heard a crack like a rifle and then the trees began to lie down," said Ana Kovar, a beekeeper.',
        "Engineers had warned the provincial council in March that the wall, built in 1961, was leaking at its foot.",
        "The council said an inquiry would be opened and that 300 families had been moved to schools.",
    )
)

MINE_ALERT = "Sixty miners trapped as roof falls in at Zenda: union"
MINE_URGENT = (
    "Sixty miners were trapped on Monday when the roof of a coal gallery fell in at Zenda, the pit union said.\n\n"
    "The fall cut the lift shaft at 0640, union secretary Magda Fenyves told reporters at the gate."
)
MINE_WRAP = (
    "Hope faded on Monday for miners cut off by a rock fall in western Ruritania as water rose in the galleries.\n\n"
    "The fall cut the lift shaft at 0640, union secretary Magda Fenyves told reporters at the gate.\n\n"
    '"My two boys are on that shift," said Janos Rapp, who had walked from Hentzau with bread and a lamp.\n\n'
    "Divers from the naval base at Strelsau were expected by dusk, and the king sent a telegram."
)
"""A story whose wrap has nothing of its alert; the urgent has both."""
