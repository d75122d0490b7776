"""An agency's own id → a valid URI; never makes up an id where there is none."""

from __future__ import annotations

import re
from urllib.parse import quote

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]{1,2000}")


def to_uri(agency_id: str | None, provider: str | None) -> str | None:
    """``agency_id`` itself where it is a URI, else ``urn:newswire:<provider>:<percent-encoded id>``.

    >>> to_uri("urn:newsml:example.com:20260303T101500Z:TX-1:1", "afp")
    'urn:newsml:example.com:20260303T101500Z:TX-1:1'
    >>> to_uri("TX 12/7", "afp")
    'urn:newswire:afp:TX%2012%2F7'
    """
    bare = agency_id.strip() if agency_id else ""
    if not bare:
        return None
    if _URI.fullmatch(bare):
        return bare
    return f"urn:newswire:{quote(provider or 'unknown', safe='')}:{quote(bare, safe='')}"
