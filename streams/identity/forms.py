"""Slug and headline → what a piece is beside the news: a profile, a factbox, an opening report; reads no body."""

from __future__ import annotations

import re

_BESIDE = {
    "profile": "profile portrait profil perfil porträt portraet newsmaker biography biographie biografía",
    "obituary": "obituary nécrologie necrológica nachruf obituário",
    "reactions": "reaction reactions reax réaction réactions reacciones reações reaktionen verbatim quotes",
    "facts": "factbox facts glance explainer explain explique q&a qanda backgrounder background hintergrund claves"
    " repères reperes stichwort encadré encadre entenda",
    "chronology": "chronology chronologie cronología cronologia timeline chrono",
    "analysis": "analysis analyse análisis análise insight commentary kommentar breakingviews",
    "feature": "feature reportage reportaje reportagem reporter sidebar interview entrevista",
    "picture": "graphic graphics infographic infografik infographie infografía photo photos",
    "table": "table standings classement fixtures clasificación tabelle",
    "words": "text texto wortlaut",
}
_SLUGGED = {word: form for form, said in _BESIDE.items() for word in said.split() if form != "words"}
_LABELS = {word: form for form, said in _BESIDE.items() for word in said.split()} | {
    "news analysis": "analysis",
    "instant view": "reactions",
    "key facts": "facts",
    "in quotes": "reactions",
    "focus": "feature",
    "spotlight": "feature",
    "papier d'angle": "analysis",
}
_LABEL = re.compile(r"[(\[]?([^\W\d_][\w& ]{2,14}?)[)\]]? ?[-–—:)\]]")
_BEHIND = re.compile(r" \(([^\W\d_][\w' ]{3,15})\)$")
_WITH_THE_NEWS = ("picture", "table", "words")
"""What the news itself may come with, and say so behind its headline: ``(PHOTOS)``."""
_SESSIONS = {
    "open": "open opens opened opening opener abre abren abrió abrem abriu apertura abertura ouvre ouvrent ouverture"
    " eröffnung",
    "midday": "midday noon lunch midsession midi mediodía mittag mittags",
    "close": "close closes closed closing closer cierra cierran cierre cerró fecha fecham fechou fechamento fecho"
    " clôture clôturent termine terminent finit finissent schluss",
    "evening": "evening night",
}
_SESSION = {word: name for name, said in _SESSIONS.items() for word in said.split()}


def beside(slug: str | None, headline: str) -> str:
    """What sort of piece beside the news its slug or the label on its headline says it is; empty for the news itself.

    AFP adds a word to the news' slug (``Freedonia-strike-portrait``), AP too (``BC-FD--Harbour Strike-Glance``);
    Reuters, Xinhua and dpa put it in front of the headline: ``FACTBOX-The port``, ``Profile: The pilot``; AFP in French
    behind it, in capitals: ``Le pilote (PORTRAIT)``. AP's slug ``Obit-`` is that of the news of a death itself.
    """
    if slug is not None and "-" in slug:
        for part in slug.split("-")[1:]:
            if part in _SLUGGED:
                return _SLUGGED[part]
    label = _LABEL.match(headline)
    form = _LABELS.get(label[1].casefold(), "") if label else ""
    return form or _said_behind(headline)


def _said_behind(headline: str) -> str:
    """What the label in capitals behind a headline says: ``La nuit des soignants (REPORTAGE)``."""
    label = _BEHIND.search(headline) if headline.endswith(")") else None
    if label is None or not label[1].isupper():
        return ""
    form = _LABELS.get(label[1].casefold(), "")
    return "" if form in _WITH_THE_NEWS else form


def sessions(slug: str | None, head: list[str]) -> frozenset[str]:
    """The parts of a trading day, or of any day with several reports, that slug and headline name: ``{"open"}``.

    ``Freedonia shares open lower``, ``Midday Pick 3 numbers``, ``Aktien Freedonia Schluss``.
    """
    found = [_SESSION[word] for word in head if word in _SESSION]
    if slug is not None:
        found += [_SESSION[part] for part in slug.split("-") if part in _SESSION]
    return frozenset(found)
