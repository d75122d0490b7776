"""Who may push, and as which source: bearer tokens, compared in constant time. Keeps no token, only its digest."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

ANY = "*"


@dataclass(frozen=True, slots=True)
class Grant:
    """What a token allows: the sources it may name, ``*`` among them for any."""

    sources: frozenset[str]

    def allows(self, source: str) -> bool:
        """Whether copy of *source* may be pushed."""
        return ANY in self.sources or source.lower() in self.sources

    @property
    def only(self) -> str | None:
        """The one source that the token stands for, None if it may name several or any."""
        return next(iter(self.sources)) if len(self.sources) == 1 and ANY not in self.sources else None


class Tokens:
    """The tokens of ``NEWSWIRE_PUSH_TOKENS``: ``source:token``, several parted by commas.

    A source may have two, so that one can be changed for another without a gap.
    """

    def __init__(self, setting: str) -> None:
        pairs = (part.partition(":") for part in setting.split(",") if part)
        self._known = [(source, _digest(token)) for source, _, token in pairs]

    def __bool__(self) -> bool:
        return bool(self._known)

    def grant(self, authorization: str | None) -> Grant | None:
        """Return what an ``Authorization`` header grants, None for none: absent, not ``Bearer``, or unknown.

        Every known token is compared, and digests of one length: the time taken says nothing of any of them.

        >>> Tokens("afp:0123456789abcdef").grant("Bearer 0123456789abcdef").only
        'afp'
        """
        scheme, _, given = (authorization or "").partition(" ")
        digest = _digest(given.strip())
        matched = [source for source, known in self._known if hmac.compare_digest(known, digest)]
        if scheme.lower() != "bearer" or not matched:
            return None
        return Grant(frozenset(matched))


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()
