"""The ninjs item: what it counts."""

from __future__ import annotations

import pytest

from streams.contracts.ninjs import word_count


@pytest.mark.parametrize(
    "body",
    [
        "",
        "Ferry",
        "Ferry aground off Freedonia.",
        "Ferry aground.\n\nNo one was hurt.\n\n- It sails on Monday -",
        "العبارة عالقة قبالة الساحل.\n\nلم يصب أحد.",
    ],
)
def test_words_are_counted_by_their_gaps(body: str) -> None:
    assert word_count(body) == len(body.split())
