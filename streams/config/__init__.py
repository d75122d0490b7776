"""Frozen settings from the environment, each with its meaning; reads no file and keeps secrets out of every print.

===========  =============================================================================================
settings     :class:`Settings`, the one list: ``newswire config``, the docs table and the compose file are
             checked against it
values       the text of a variable → a value, or what it should be
environment  the variables, read, listed, given on to a child process
===========  =============================================================================================
"""

from __future__ import annotations

from streams.config.environment import PREFIX, SettingRow, environment_of, for_child, load, rows, variable_of
from streams.config.settings import Settings

__all__ = ["PREFIX", "SettingRow", "Settings", "environment_of", "for_child", "load", "rows", "variable_of"]
