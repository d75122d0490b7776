"""Fills the README's tables from the lists in the code, so that none is typed twice."""
