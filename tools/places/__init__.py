"""Fits what the places stage measures against human tags; no run-time code."""
