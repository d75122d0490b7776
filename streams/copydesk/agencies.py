"""The news agencies by the names that copy gives them; one table, and the pattern made of it. Judges no copy."""

from __future__ import annotations

import re

AGENCIES: dict[str, tuple[str, ...]] = {
    "AFP": ("afp", "agence france-presse", "agence france presse", "أ ف ب", "أ.ف.ب", "وكالة فرانس برس", "فرانس برس"),
    "Reuters": ("reuters", "reuter", "thomson reuters", "رويترز"),
    "AP": ("ap", "associated press", "the associated press", "أ ب", "د ب أ/أ ب"),
    "dpa": ("dpa", "deutsche presse-agentur", "dpa-afx", "د ب أ"),
    "EFE": ("efe", "agencia efe"),
    "ANSA": ("ansa", "agenzia ansa"),
    "PA": ("pa", "pa media", "press association"),
    "TASS": ("tass", "itar-tass"),
    "Interfax": ("interfax",),
    "RIA Novosti": ("ria novosti",),
    "Xinhua": ("xinhua", "xinhua news agency", "شينخوا"),
    "Kyodo": ("kyodo", "kyodo news"),
    "Jiji Press": ("jiji", "jiji press"),
    "Yonhap": ("yonhap", "yonhap news agency"),
    "Bernama": ("bernama",),
    "Antara": ("antara",),
    "PTI": ("pti", "press trust of india"),
    "ANI": ("ani",),
    "AAP": ("aap", "australian associated press"),
    "The Canadian Press": ("cp", "the canadian press", "canadian press"),
    "APA": ("apa",),
    "Keystone-ATS": ("ats", "sda", "keystone-ats", "keystone-sda", "awp"),
    "Belga": ("belga", "agence belga"),
    "ANP": ("anp",),
    "NTB": ("ntb",),
    "TT": ("tt",),
    "STT": ("stt",),
    "Ritzau": ("ritzau",),
    "PAP": ("pap",),
    "CTK": ("ctk", "čtk"),
    "MTI": ("mti",),
    "Lusa": ("lusa", "agência lusa"),
    "Europa Press": ("europa press",),
    "Notimex": ("notimex",),
    "Agência Brasil": ("agência brasil",),
    "Anadolu Agency": ("anadolu", "anadolu agency"),
    "SPA": ("spa",),
    "WAM": ("wam",),
    "MENA": ("mena",),
    "Bloomberg": ("bloomberg", "bloomberg news"),
    "UPI": ("upi", "united press international"),
    "SID": ("sid",),
    "Tribune Content Agency": ("tca", "tribune content agency"),
    "PR Newswire": ("prnewswire", "prnewswire-asianet", "pr newswire"),
    "Business Wire": ("business wire",),
    "GlobeNewswire": ("globe newswire", "globenewswire"),
}
"""The name that ``infoSources`` gives → the forms that copy uses, case-folded."""

_BY_FORM = {form: name for name, forms in AGENCIES.items() for form in forms}

AGENCY = "|".join(re.escape(form).replace(r"\ ", r"\s{1,2}") for form in sorted(_BY_FORM, key=len, reverse=True))
"""Alternatives for a pattern that ignores case."""


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
