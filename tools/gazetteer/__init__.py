"""Builds the gazetteer that ``streams.places`` loads, from data packages and the tables beside it; no run-time code."""
