"""The news agencies by the names that copy gives them; one table, and the pattern made of it. Judges no copy."""

from __future__ import annotations

import re
from functools import lru_cache

from streams.copydesk.rulebook import table_of
from streams.text.words import alternatives

AGENCIES: dict[str, tuple[str, ...]] = {name: tuple(entry["names"]) for name, entry in table_of("agencies").items()}
"""The name that ``infoSources`` gives → the forms that copy uses, case-folded."""

_BY_FORM = {form: name for name, forms in AGENCIES.items() for form in forms}

AGENCY_FORMS = frozenset(_BY_FORM)
"""Every form that copy uses, case-folded."""

AGENCY = alternatives(_BY_FORM, r"\s{1,2}")
"""Alternatives for a pattern that ignores case."""


@lru_cache(maxsize=512)
def agency(form: str | None) -> str | None:
    """The agency's name for a form of it, in any case; None for any other word."""
    return _BY_FORM.get(" ".join(form.split()).casefold().strip(" .,()/")) if form else None


def agencies_in(forms: str) -> tuple[str, ...]:
    """The agencies in a credit such as ``afp/dpa`` or ``AFP and Reuters``; the unknown words are left out."""
    whole = agency(forms)
    if whole:
        return (whole,)
    found = (
        agency(part)
        for part in re.split(r"[/,;&+|]|\s(?:and|et|y|e|und|with|avec|con|mit)\s|\s", forms[:200], flags=re.IGNORECASE)
    )
    return tuple(dict.fromkeys(name for name in found if name))
