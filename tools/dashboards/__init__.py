"""Grafana's dashboards from short declarations, so that a query, a unit and a runbook stand in one place each."""
