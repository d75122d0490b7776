"""The benchmark times every parser, on copy that is read as the format it is dressed in."""

from __future__ import annotations

import pytest

from streams.bench.dressing import dressed
from streams.contracts.story import Origin, RawMessage
from streams.formats import FORMATS, read


@pytest.mark.parametrize("name", [format_.name for format_ in FORMATS])
def test_every_format_is_dressed_and_known_again(name: str) -> None:
    [story] = read(RawMessage(dressed(name, 1, words=80), Origin("x")), 1 << 20)
    assert story.format == name
    assert "dollars" in story.copy or "months" in story.copy or "affected" in story.copy
