"""What a site adds around the copy: dates, buttons, newsletters, copyright, related links; takes only whole lines.

Two zones with two measures: above the first paragraph and below the last a line needs only look like furniture; between
paragraphs it must be one of the closed forms (``READ MORE: …``, an advertisement mark).
"""

from __future__ import annotations

import re

from streams.copydesk.agencies import agencies_in
from streams.copydesk.rule import Rule
from streams.copydesk.sheet import PublishedDay, Sheet
from streams.text.dates import find_day
from streams.text.daynames import WEEKDAY_PATTERN
from streams.text.layout import Line, Paragraph
from streams.text.words import word_set

RULES = (
    Rule("boilerplate.published", "When the page was published", "sites", "Published: March 3, 2026 08:15", "head"),
    Rule("boilerplate.dated", "Agency or author, stroke, day", "sites", "AFP | 3 March 2026", "head", site=True),
    Rule("boilerplate.reading-time", "How long it takes to read", "sites", "3 min read", "head", site=True),
    Rule("boilerplate.button", (
        "Buttons and widgets: share, save, listen, comments"
    ), "sites", "Share   Save", "head", site=True),
    Rule("boilerplate.print-edition", "In which print edition the story appeared", "papers", (
        "A version of this article appeared in the print edition of The Harbour Gazette on March 4, 2026, with the "
        "headline Pilots return. Subscribe"
    ), "tail"),
    Rule("boilerplate.disclaimer", "Who did not edit the story", "Indian sites", (
        "(This story has not been edited by our staff.)"
    ), "tail"),
    Rule("boilerplate.short-line", (
        "A short line without a stop under the headline"
    ), "sites", "Harbour news", "head", site=True),
    Rule("boilerplate.newsletter", "Newsletters, channels, apps, subscriptions", "sites", (
        "Join HG's Telegram channel and get the latest news delivered to you."
    ), "tail", site=True),
    Rule("boilerplate.rights", "Copyright and reproduction", "papers and sites", (
        "All rights reserved. Copyright The Harbour Gazette 2026"
    ), "tail", site=True),
    Rule("boilerplate.related", "Links to other stories", "sites", (
        "READ MORE: What the strike means for your holiday"
    ), "middle", site=True),
    Rule("boilerplate.advertisement", "Where an advertisement stood", "sites", "ADVERTISEMENT", "middle", site=True),
    Rule("boilerplate.after-credit", "Whatever follows the agency's credit", "sites", (
        "Every morning at seven, all that moves the coast."
    ), "tail", site=True),
)  # fmt: skip

_PUBLISHED = re.compile(
    r"(?:first |last |originally |date )?(?:published(?: on| at)?|updated(?: on| at)?|posted(?: on| at)?|"
    r"modified|created|issued|publication date|publiée? (?:le|à)?|mise? à jour(?: le)?|modifiée? le|"
    r"publicado(?: el| em)?|actualizado(?: el)?|atualizado(?: em)?|stand|veröffentlicht(?: am)?|"
    r"aktualisiert(?: am)?|erstellt(?: am)?|pubblicato(?: il)?|aggiornato(?: il)?|"
    r"نشر في|تاريخ النشر|آخر تحديث|تم النشر)\b\s?:?.{0,90}",
    re.IGNORECASE,
)
_READING = re.compile(
    r"(?:\d{1,2}\s?[- ]?(?:min(?:ute)?s?|minuten|minutos)\b\.?\s?(?:read|de lecture|de lectura|de leitura|"
    r"lesezeit)?|(?:reading time|lesezeit|temps de lecture|tiempo de lectura|tempo de leitura|"
    r"lecture)\s?:?\s?\d{0,3}\s?\w{0,10}\.?)",
    re.IGNORECASE,
)
_BUTTONS = (
    "share(?: this(?: article| story)?| on \\w+)?|save|print|e-?mail|listen(?: to (?:this|the) (?:article|"
    "story))?|comments?(?: ?\\(\\d{1,5}\\))?|\\d{1,5} comments?|bookmark|follow(?: us)?|"
    "gift(?: this)?(?: article)?|give|copy link|"
    "facebook|twitter|x|whatsapp|telegram|linkedin|reddit|pinterest|messenger|instagram|partager|imprimer|"
    "écouter(?: cet article)?|compartir|guardar|imprimir|escuchar|comentarios|commentaires?|teilen|drucken|"
    "merken|"
    "artikel (?:merken|teilen|drucken|anhören)|kommentare?|vorlesen|anhören|zur startseite|back to top|"
    "retour à l'accueil|signaler une erreur|report an error|"
    "correct an error|text size|aa|follow topic|مشاركة|طباعة|حفظ|استمع|home|menu|read later|"
    "add to (?:favou?rites|reading list)|load more|see all|view (?:all )?comments|leave a comment|"
    "join the conversation|top stories|more|tags?"
)
_BUTTON = re.compile(rf"(?:(?:{_BUTTONS})[\s|·•,/&+:-]{{0,4}}){{1,8}}", re.IGNORECASE)
_PRINT = re.compile(
    r"(?:a version of )?(?:this|the) (?:article|story|report|piece)\b.{0,60}?\b(?:appeared|(?:was|"
    r"is) (?:first |originally )?(?:published|printed)|first (?:appeared|published))\b.{0,400}|"
    r"(?:cet article|este artículo|dieser artikel|este artigo)\b.{0,60}\b(?:paru|publié|publicado|"
    r"erschien(?:en)?)\b.{0,300}",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"\(?(?:except for the headline|(?:this|the) (?:story|article|report|piece)\b.{0,80}\b(?:has not been|was not|is) "
    r"(?:edited|generated|auto-generated|published)|disclaimer\s?:).{0,300}",
    re.IGNORECASE,
)
_CHANNEL = (
    r"(?:newsletters?|telegram|whatsapp|facebook|instagram|twitter|youtube|tiktok|threads|app|apps|e-?paper|"
    r"briefing|alerts?|subscri\w+|sign up|inbox|podcast|channel|member(?:ship)?|insider|account|abonn\w+|boletín|"
    r"boletim|canal|correo|bulletin|suscr\w+|assin\w+|push|notifications?|infolettre|تلغرام|تليغرام|واتساب|النشرة|"
    r"اشترك|تطبيق)"
)
_CALL = (
    r"(?:join|sign[ -]?up|subscribe|download|follow|get|receive|click|support|become|register|want|stay|"
    r"don't miss|for more|to (?:read|get|receive|support)|"
    r"abonnez|inscrivez|recevez|suivez|téléchargez|retrouvez|soutenez|¡?suscr[ií]b\w+|¡?suscr\w+|síguenos|"
    r"recibe|únete|descarga|apoya|abonnieren|bestellen|"
    r"siga|receba|assine|baixe|inscreva|تابعوا?|اشترك\w*|حمل\w*|انضم\w*)"
)
_PAPER = r"(?:newsletters?|e-?paper|briefing|boletín|boletim|infolettre|subscri\w+|sign up|abonn\w+|suscr\w+|النشرة)"
_NEWSLETTER = re.compile(
    rf"[¡!►▶*>\s]{{0,4}}(?:{_CALL}\b.{{0,160}}?(?<![\w-]){_CHANNEL}|(?:our|unser\w*|notre|nuestr\w+|der|die|"
    rf"das|hier|jetzt|mit|the)\s.{{0,100}}?(?<![\w-]){_PAPER})(?!\w).{{0,160}}",
    re.IGNORECASE,
)
_WEAK = word_set("our unsere unser notre nuestro nuestra der die das mit the get become support follow")
_SUBSCRIBE = re.compile(
    r"(?:subscribe(?: now| today)?|sign up(?: now| here| today)?|s'abonner|suscríbete|abonnieren|log in|register)[.!]?",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright\b|all rights reserved|tous (?:les )?droits|alle rechte|todos los derechos|"
    r"todos os direitos|prohibida|reproducción|reproduction (?:interdite|in whole|is)|no part of this|"
    r"jede (?:verwertung|nutzung)|tutti i diritti|جميع الحقوق|حقوق النشر|"
    r"this material may not be|unauthori[sz]ed (?:use|reproduction)|"
    r".{2,80}\b(?:all rights reserved|tous droits réservés|alle rechte vorbehalten|"
    r"todos los derechos reservados)).{0,300}",
    re.IGNORECASE,
)
_RELATED = re.compile(
    r"[►▶»>*•\s-]{0,4}(?:read (?:more|also|next|on)|also read|see also|watch(?: also| now)?|listen|"
    r"related(?: (?:article|story|stories|articles|news|content|links?|topics))?|recommended(?: for you)?|"
    r"more (?:on this|on|from|in|about)[\w' ]{0,30}|"
    r"also (?:in|on|from) [\w' &]{2,30}|in (?:pictures|depth|case you missed it)|don't miss|explainer|opinion|"
    r"editor's picks?|most read|trending|"
    r"(?:à )?(?:lire|voir|écouter) (?:aussi|également)|sur le même (?:sujet|thème)|lee(?:r)?(?: también| más)|"
    r"lea(?: también| más)|(?:ver|vea|mira) también|le puede interesar|te puede interesar|más información|"
    r"lesen sie (?:auch|hier|dazu)|lesen sie mehr|mehr (?:zum thema|dazu|lesen)|auch interessant|siehe auch|"
    r"leia (?:também|mais)|veja também|leggi anche|اقرأ أيض[اً]{1,2}|اقرأ المزيد|شاهد أيض[اً]{1,2}|"
    r"إقرأ أيض[اً]{1,2})"
    r"\s?(?:[:：|►>–—]|-\s).{2,220}",
    re.IGNORECASE,
)
_READ_CAPITALS = re.compile(
    r"(?:READ|WATCH|LISTEN|SEE|MORE|RELATED|LIRE|LEER|LEA|LEE|LESEN|LEIA|EXPLAINER|OPINION|ANALYSIS|VIDEO|"
    r"PODCAST|IN PICTURES)\s?[:|].{3,220}"
)
_ADVERT = re.compile(
    r"\W{0,4}(?:advert(?:isement|isment|ising)?|ads?|sponsored(?: content)?|publicité|publicidad|anzeige|"
    r"werbung|publicidade|pubblicità|إعلان|(?:story|article) continues (?:below|after)(?: (?:this |the )?(?:ad|"
    r"advertisement|advert))?|"
    r"continue reading|(?:scroll|keep) (?:down|reading)(?: to continue)?|la suite après (?:la|cette) publicité)\W{0,4}",
    re.IGNORECASE,
)
_CONTACT = re.compile(r"(?:https?://|www\.)\S{4,200}|\S{1,40}@\S{3,60}\.\w{2,10}", re.IGNORECASE)
_OUTLET_PRINT = re.compile(
    r"(?:print (?:edition|version)|edition|pages?|issue) of (?P<outlet>(?:The |"
    r"the )?[^\W\d_][^\n,.;]{1,60}?)(?= on\b|,|\.|;| with\b| under\b|$)"
)
_OUTLET_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright)\s{0,2}(?:©\s?)?(?:\d{4}[\s,]{0,2})?(?P<outlet>[^\W\d_][^\n,.;|"
    r"©]{1,50}?)(?=[\s,.]{0,3}\d{4}|[,.;|]|\s(?:all|tous|alle|todos)\b|$)",
    re.IGNORECASE,
)
_TAIL_AT_MOST, _TAIL_LINE_AT_MOST = 16, 420
_TAIL_SHARE = 0.5


def head_line(sheet: Sheet, unit: Paragraph) -> bool:
    """Cut a line of furniture above the first paragraph; a day that it names is kept."""
    text = unit.text
    if len(text) > 160:
        return False
    if _PUBLISHED.fullmatch(text) and any(map(str.isdigit, text)):
        return _dated(sheet, "boilerplate.published", unit)
    if _is_dated(text):
        stroke = re.split(r"\s{0,3}[|•·]\s{0,3}", text)[0]
        sheet.add_source(agencies_in(stroke) if len(stroke) < 60 else ())
        return _dated(sheet, "boilerplate.dated", unit)
    if not sheet.is_site:
        return False
    if _READING.fullmatch(text):
        return sheet.cut("boilerplate.reading-time", unit)
    if _BUTTON.fullmatch(text):
        return sheet.cut("boilerplate.button", unit)
    if _ADVERT.fullmatch(text):
        return sheet.cut("boilerplate.advertisement", unit)
    if _NEWSLETTER.fullmatch(text) and unit.text.endswith((".", "!", "→", "here", "now")) and len(text) < 120:
        return sheet.cut("boilerplate.newsletter", unit)
    return related(sheet, unit)


def short_line(sheet: Sheet, unit: Paragraph) -> bool:
    """Cut a few words without a stop between a site's headline and its first paragraph: a desk, a topic, a place."""
    words = unit.text.split()
    if not sheet.is_site or len(words) > 5 or len(unit.text) > 60 or unit.text.endswith((".", "?", "!", ":", '"', "'")):
        return False
    return sheet.cut("boilerplate.short-line", unit)


def tail_line(sheet: Sheet, unit: Line | Paragraph) -> bool:
    """Cut a line of furniture below the last paragraph."""
    text = unit.text
    if len(text) > _TAIL_LINE_AT_MOST:
        return False
    if _PRINT.fullmatch(text):
        _outlet(sheet, _OUTLET_PRINT, text)
        return _dated(sheet, "boilerplate.print-edition", unit)
    if _DISCLAIMER.fullmatch(text):
        return sheet.cut("boilerplate.disclaimer", unit)
    if not sheet.is_site:
        return _RIGHTS.fullmatch(text) is not None and len(text) < 200 and sheet.cut("boilerplate.rights", unit)
    if _RIGHTS.fullmatch(text):
        _outlet(sheet, _OUTLET_RIGHTS, text)
        return sheet.cut("boilerplate.rights", unit)
    if _NEWSLETTER.fullmatch(text) or _SUBSCRIBE.fullmatch(text):
        return sheet.cut("boilerplate.newsletter", unit)
    if _BUTTON.fullmatch(text) or _CONTACT.fullmatch(text):
        return sheet.cut("boilerplate.button", unit)
    if _READING.fullmatch(text):
        return sheet.cut("boilerplate.reading-time", unit)
    if _PUBLISHED.fullmatch(text) and any(map(str.isdigit, text)):
        return _dated(sheet, "boilerplate.published", unit)
    if _ADVERT.fullmatch(text):
        return sheet.cut("boilerplate.advertisement", unit)
    return related(sheet, unit)


def related(sheet: Sheet, unit: Line | Paragraph) -> bool:
    """Cut a link to another story, wherever it stands."""
    if _RELATED.fullmatch(unit.text) or _READ_CAPITALS.fullmatch(unit.text):
        return sheet.cut("boilerplate.related", unit)
    return False


def middle(sheet: Sheet) -> None:
    """Cut related links, advertisement marks and newsletter calls between paragraphs."""
    if not sheet.is_site:
        return
    for unit in sheet.units[sheet.body_from :]:
        if len(unit.text) > 260 or sheet.is_cut(unit):
            continue
        if related(sheet, unit):
            continue
        if _ADVERT.fullmatch(unit.text):
            sheet.cut("boilerplate.advertisement", unit)
        elif (
            _NEWSLETTER.fullmatch(unit.text)
            and len(unit.text) < 200
            and unit.text.split(" ", 1)[0].casefold() not in _WEAK
        ):
            sheet.cut("boilerplate.newsletter", unit)


def after_credit(sheet: Sheet, credit: int) -> None:
    """Cut what is left below the credit in unit ``credit``: a site's own lines, whatever they say.

    Only a short tail: at most 16 lines, none long, together less than half of the copy.
    """
    tail = [u for u in sheet.units[credit + 1 :] if not sheet.is_cut(u)]
    if not tail or len(tail) > _TAIL_AT_MOST or any(len(u.text) > _TAIL_LINE_AT_MOST for u in tail):
        return
    if sum(len(u.text) for u in tail) > len(sheet.flat) * _TAIL_SHARE:
        return
    for unit in tail:
        if not tail_line(sheet, unit):
            sheet.cut("boilerplate.after-credit", unit)


def _dated(sheet: Sheet, rule: str, unit: Line | Paragraph) -> bool:
    if not sheet.cut(rule, unit):
        return False
    day = find_day(sheet.flat, unit.start, unit.end)
    when = day.dated() if day else None
    if day and when:
        sheet.published.append(PublishedDay(day.start, day.end, when))
    return True


def _is_dated(text: str) -> bool:
    """A line that is a day with at most a name, a time and strokes around it: ``AFP  |  11 March 2026``."""
    if len(text) > 90 or not any(map(str.isdigit, text)):
        return False
    day = find_day(text)
    if day is None or day.year is None:
        return False
    before, after = text[: day.start].strip(), text[day.end :].strip()
    before = re.sub(rf"(?:{WEEKDAY_PATTERN}),?$", "", before, flags=re.IGNORECASE).strip()
    if before and not (before.endswith(("|", "•", "·", "–", "—", "-", ",", ":")) and len(before) <= 60):
        return False
    return (
        re.fullmatch(
            r"[\s,|•·–—-]{0,4}(?:(?:at|à|a las|um)\s)?(?:\d{1,2}[:.hH]\d{2}.{0,25})?(?:[|•·–—-].{0,40})?", after
        )
        is not None
    )


def _outlet(sheet: Sheet, pattern: re.Pattern[str], text: str) -> None:
    found = pattern.search(text)
    if found and not agencies_in(found["outlet"]):
        sheet.add_source((found["outlet"].strip(),), "distributor")
