"""The breaker: too large a share of rejected input stops the worker rather than empty the wire. Pure counting."""

from __future__ import annotations

from collections import deque

from streams.errors import BreakerOpen
from streams.metrics import Metrics


class RejectionBreaker:
    """Looks at the last ``window`` messages; needs half a window before it judges.

    A wire with one broken feeder among five stays below the limit; a decoder gone wrong after a release does not.
    """

    def __init__(self, share: float, window: int, metrics: Metrics) -> None:
        self._share = share
        self._recent: deque[bool] = deque(maxlen=window)
        self._rejected = 0
        self._least = max(10, window // 2)
        self._metrics = metrics
        self._share_now = metrics.gauge("newswire_rejected_share")

    def record(self, rejected: bool) -> None:
        """Count one message. Raises :class:`BreakerOpen` once the share is passed."""
        if len(self._recent) == self._recent.maxlen:
            self._rejected -= self._recent[0]
        self._recent.append(rejected)
        self._rejected += rejected
        share = self._rejected / len(self._recent)
        self._share_now.set(share)
        if rejected and len(self._recent) >= self._least and share > self._share:
            self._metrics.gauge("newswire_breaker_open").set(1)
            raise BreakerOpen(
                f"{self._rejected} of the last {len(self._recent)} messages were rejected: see the dead-letter topic "
                "for the reasons, mend the feed or the parser, then start again (NEWSWIRE_BREAKER_SHARE is the limit)"
            )
