"""The garbage collector, told what stays: what a worker loads once is walked no more. Frees nothing itself.

Next to all that a story makes is freed by its last reference; only what forms a cycle (a task with its exception) waits
for the collector. As Python sets it, it looks 75 times over a thousand stories and takes a twentieth of the worker's
processor, and its full walk over gazetteer, rules and index is a pause that a story feels.
"""

from __future__ import annotations

import gc

THRESHOLDS = (50_000, 10, 20)
"""More objects made than freed before it looks at the young ones (700 stories), and how often before older ones."""


def settle() -> None:
    """Leave out all that there is by now, and look seldom. Call it once everything is loaded."""
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
