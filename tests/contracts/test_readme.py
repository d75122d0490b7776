"""The README says what the code says."""

from __future__ import annotations

import re

import pytest

from tools.readme.blocks import BLOCKS, README, filled

TEXT = README.read_text("utf-8")


@pytest.mark.parametrize("name", [name for name in BLOCKS if name != "record"])
def test_its_tables_are_those_of_the_code(name: str) -> None:
    assert BLOCKS[name]() in TEXT, "run python -m tools.readme"


def test_its_record_is_a_real_one() -> None:
    assert filled(TEXT) == TEXT, "run python -m tools.readme"


def test_its_files_are_there() -> None:
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", TEXT):
        assert (README.parent / target).exists(), target


def test_its_make_targets_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (README.parent / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"^make ([a-z-]+)", TEXT, re.MULTILINE)) <= targets
