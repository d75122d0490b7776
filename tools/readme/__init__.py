"""Fills the tables of README and docs from the lists in the code, so that none is typed twice."""
