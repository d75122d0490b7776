"""Push tokens: whom they let in, as whom, and that none is kept."""

from __future__ import annotations

import pytest

from streams import config
from streams.errors import UsageError
from streams.feeds.tokens import Tokens

ONE, TWO, BOTH = "one-0123456789abcdef", "two-0123456789abcdef", "both-0123456789abcdef"
TOKENS = Tokens(f"afp:{ONE},afp:{TWO},dpa:{BOTH},ap:{BOTH},*:any-0123456789abcdef")


@pytest.mark.parametrize("token", [ONE, TWO])
def test_a_source_may_have_two_tokens(token: str) -> None:
    grant = TOKENS.grant(f"Bearer {token}")
    assert grant is not None
    assert grant.only == "afp"
    assert [grant.allows(source) for source in ("afp", "AFP", "dpa", "*")] == [True, True, False, False]


def test_a_token_may_stand_for_several_sources_or_any() -> None:
    grant = TOKENS.grant(f"bearer {BOTH}")
    assert grant is not None
    assert (grant.only, grant.allows("ap"), grant.allows("dpa"), grant.allows("afp")) == (None, True, True, False)
    anyone = TOKENS.grant("Bearer any-0123456789abcdef")
    assert anyone is not None
    assert (anyone.only, anyone.allows("kyodo")) == (None, True)


@pytest.mark.parametrize(
    "given",
    [None, "", "Bearer", "Bearer ", f"Basic {ONE}", ONE, f"Bearer {ONE}x", f"Bearer {ONE[:-1]}", "Bearer \udcff"],
)
def test_nothing_else_lets_in(given: str | None) -> None:
    assert TOKENS.grant(given) is None


def test_every_token_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    from streams.feeds import tokens

    compared = []
    monkeypatch.setattr(tokens.hmac, "compare_digest", lambda a, b: compared.append((len(a), len(b))) or a == b)
    TOKENS.grant(f"Bearer {ONE}")
    assert compared == [(32, 32)] * 5


def test_no_token_is_kept_or_shown() -> None:
    assert ONE not in repr(vars(TOKENS))
    assert not Tokens("")


@pytest.mark.parametrize("wrong", ["afp", "afp:short", "a fp:0123456789abcdef", f"afp:{ONE} {TWO}", f"{ONE}"])
def test_a_setting_that_holds_no_tokens_is_refused_without_showing_it(wrong: str) -> None:
    with pytest.raises(UsageError, match="NEWSWIRE_PUSH_TOKENS: the value given is not source:token") as error:
        config.load({"NEWSWIRE_PUSH_TOKENS": wrong})
    assert ONE not in str(error.value)
