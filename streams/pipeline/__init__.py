"""The composition of the pure stages: one function per agent, and ``process``. No I/O, no Kafka; clocks are arguments.

``normalise``: raw message → normalised stories, stateless. ``identify``: normalised story + state → records.
The agents and ``newswire process`` run these very functions.

===========  ====================================================================================
toolbox      what the stages are given: gazetteer, desks, size cap; who is told their times
normalising  one raw message → its stories, each for itself
identifying  a story + state → what to publish and what to keep; embargoes; re-tags
records      a story as decided → the enriched record, and its bytes
memory       the identity states of a run that keeps nothing
processing   messages in order → a line per story: ``newswire process``
===========  ====================================================================================
"""

from __future__ import annotations

from streams.pipeline.identifying import Identified, identify, release, retag
from streams.pipeline.memory import MemoryStates, MemoryStore
from streams.pipeline.normalising import normalise, shard_of
from streams.pipeline.processing import Unreadable, process
from streams.pipeline.records import encoded, to_record
from streams.pipeline.toolbox import STAGES, Observe, Toolbox

__all__ = [
    "STAGES",
    "Identified",
    "MemoryStates",
    "MemoryStore",
    "Observe",
    "Toolbox",
    "Unreadable",
    "encoded",
    "identify",
    "normalise",
    "process",
    "release",
    "retag",
    "shard_of",
    "to_record",
]
