"""Normalised stories → family, relation, version, changes; the fingerprint index. No clock, no I/O."""
