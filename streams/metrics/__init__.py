"""Every Prometheus metric, declared once with unit and labels; counts, and decides nothing.

========  ====================================================================================
declared  :data:`METRICS`, the one list
series    how one of them is counted, and how Prometheus is told
exported  those of one process, by name
========  ====================================================================================
"""

from __future__ import annotations

from streams.metrics.declared import METRICS, Metric
from streams.metrics.exported import Metrics
from streams.metrics.series import Spread, Tally

__all__ = ["METRICS", "Metric", "Metrics", "Spread", "Tally"]
