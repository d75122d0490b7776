"""Messages in order → one line per story, the agents' own functions, state in memory. Reads no file, prints nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from streams import identity
from streams.contracts.record import ProcessLine
from streams.contracts.story import Origin, RawMessage
from streams.errors import Rejected
from streams.pipeline.identifying import identify
from streams.pipeline.memory import MemoryStates
from streams.pipeline.normalising import normalise
from streams.pipeline.toolbox import Observe, Toolbox, ignore


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An input that is no message at all, such as a broken envelope: its name, and why."""

    name: str
    error: Rejected


def process(
    inputs: Iterable[RawMessage | Unreadable],
    toolbox: Toolbox,
    settings: identity.IdentitySettings,
    clock: Callable[[], datetime],
    observe: Observe = ignore,
) -> Iterator[ProcessLine]:
    """Run the agents' functions over *inputs* in order, state in memory; yield one line per story or rejection.

    An embargo is held to the message's arrival, or to *clock* when that is unknown (a bare file).
    """
    states = MemoryStates(settings)
    times: Counter[str] = Counter()
    given_as: dict[str, str] = {}
    for given in inputs:
        if isinstance(given, Unreadable):
            yield _rejected(given.name, 0, given.error)
            continue
        name = given.origin.name
        times[name] += 1
        if times[name] > 1:
            # A path given twice is two messages, not one read again.
            given = replace(given, origin=Origin(f"{name}~{times[name]}"))
            given_as[given.origin.name] = name
        try:
            stories = normalise(given, toolbox, observe)
        except Rejected as error:
            yield _rejected(name, 0, error)
            continue
        for story in stories:
            state, store = states.of(story.shard)
            now = clock()
            try:
                decided = identify(story, state, given.arrived or now, now, toolbox, observe)
            except Rejected as error:
                yield _rejected(name, story.provenance.index, error)
                continue
            store.write(decided.writes)
            for outcome, record, told in decided.records:
                # A record published again for its parent came late belongs to the input it came from.
                origin = told.provenance.origin.name
                yield ProcessLine(given_as.get(origin, origin), told.provenance.index, outcome, None, record)


def _rejected(name: str, index: int, error: Rejected) -> ProcessLine:
    return ProcessLine(name, index, "rejected", error.reason.value, None, error.detail)
