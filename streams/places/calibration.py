"""How likely a country tag is right, from its points and its share of them; it keeps no tag and changes no order.

The three constants are fitted by ``python -m tools.places.calibrate FOLDER`` to stories that human indexers tagged.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

# Written by tools/places/calibrate.py: do not edit by hand.
CONSTANT, PER_LOG_POINTS, PER_SHARE = -0.970, 1.972, 2.738
# End of what it writes.
LEAST_POINTS = 0.01


def probability(points: float, share: float) -> float:
    """The probability that a tag is right, 0 to 1: of tags given 0.7, about 70 in a hundred are.

    ``points``: as aboutness counts them, above 0. ``share``: of the points of all countries that the story names.
    """
    weight = CONSTANT + PER_LOG_POINTS * math.log(max(points, LEAST_POINTS)) + PER_SHARE * share
    return 1.0 / (1.0 + math.exp(-weight))


def along(ranking: Sequence[float]) -> list[float]:
    """The probabilities of tags in their order, best first, made to fall: where a later tag is the likelier one, both
    take their mean (pool adjacent violators), so that the order stays and so does what they say together."""
    if list(ranking) == sorted(ranking, reverse=True):
        return list(ranking)
    pools: list[list[float]] = []
    for value in ranking:
        pools.append([value, 1.0])
        while len(pools) > 1 and pools[-2][0] < pools[-1][0]:
            (low, many), (high, more) = pools[-2], pools.pop()
            pools[-1] = [(low * many + high * more) / (many + more), many + more]
    return [value for value, count in pools for _ in range(int(count))]
