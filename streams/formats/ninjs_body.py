"""The body of a ninjs item as text, from whichever of its forms keeps the paragraphs; refuses none, invents none."""

from __future__ import annotations

import re

from streams.formats.fields import Fields
from streams.text.markup import has_markup, to_paragraphs

_BLANK = re.compile(r"\n[ \t\r]*\n")


def body_of(item: Fields) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The copy, the captions of its pictures, and warnings.

    Plain text is taken before HTML when it has paragraphs of its own; HTML before it when only HTML parts them.
    """
    plain, marked = _forms(item)
    captions: list[str] = []
    if marked:
        parsed = to_paragraphs(marked)
        captions += parsed.captions
        if not plain or (len(parsed.paragraphs) > 1 and "\n" not in plain.strip()):
            plain = "\n\n".join(parsed.paragraphs)
    plain = plain.strip()
    warnings: tuple[str, ...] = ()
    if plain and not _BLANK.search(plain) and has_markup(plain):
        plain = "\n\n".join(to_paragraphs(plain).paragraphs)
        warnings = ("body: declared plain text, holds markup",)
    captions += _pictures(item)
    return plain, tuple(dict.fromkeys(captions)), warnings


def _forms(item: Fields) -> tuple[str, str]:
    """The plain and the HTML form of the body, each empty when absent."""
    plain = item.text("bodytext") or ""
    marked = item.text("bodyhtml") or item.text("bodyxhtml") or ""
    bodies = [Fields(member) for member in item.members("bodies")]
    bodies.sort(key=lambda body: body.text("role") not in ("main", None))
    for body in bodies:
        value = body.text("value")
        kind = (body.text("contenttype") or "").lower()
        if not value:
            continue
        if "html" in kind or "xml" in kind or "nitf" in kind:
            marked = marked or value
        else:
            plain = plain or value
    for name in item.names():  # 1.x allows body_<anything>
        if not plain and not marked and name.startswith("body") and name != "bodies":
            value = item.text(name) or ""
            plain, marked = ("", value) if "html" in name else (value, "")
    return plain, marked


def _pictures(item: Fields) -> list[str]:
    """Captions of the pictures that go with the story."""
    associations = item.get("associations")
    members = list(associations.values()) if isinstance(associations, dict) else item.members("associations")
    captions: list[str] = []
    for member in members:
        if not isinstance(member, dict):
            continue
        picture = Fields(member)
        if (picture.text("type") or "").lower() in ("picture", "photo", "image", "graphic"):
            caption = picture.text("descriptiontext") or next(
                (text for text in (Fields(d).text("value") for d in picture.members("descriptions")) if text), None
            )
            if caption:
                captions.append(" ".join(caption.split()))
    return captions
