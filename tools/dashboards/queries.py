"""Pieces of PromQL that several panels share. Asks nothing."""

from __future__ import annotations

RATE = "$__rate_interval"


def p99(series: str, by: str) -> str:
    """The 99th percentile of a histogram, by *by*."""
    return f'histogram_quantile(0.99, sum by ({by}, le) (rate({series}_bucket{{job=~"$job"}}[{RATE}])))'
