"""Chains as desks send them: recast the next morning, several events under one slug, standing notices, alerts."""

from __future__ import annotations

from datetime import date

import pytest

from streams.contracts.story import Signals

MONDAY, TUESDAY = date(2031, 5, 12), date(2031, 5, 13)
MORNING = 60 * 17
ADDS = Signals(verbs=("adds",))

FLOOD = (
    "Flood cuts off hill towns in western Ruritania",
    "Three people drowned and a dozen villages were cut off on Monday when the river Sava Mica burst its banks in"
    " western Ruritania, the governor said.\n\n"
    '"The bridge went down the river like a door," said Petra Lindqvist, 61, who keeps the inn at Mirna.\n\n'
    "Some 4,200 people were without power and the railway to Zenda was closed, network chief Bela Farkas said.\n\n"
    "Rain has fallen on the Ore Hills for nine days. Ruritania's west is poor and its dykes are old.",
)
FLOOD_NEXT_DAY = (
    "Army boats reach stranded Ruritanians as toll climbs to 11",
    "Soldiers in rubber boats brought bread to roofs and church towers on Tuesday after the worst flood in a century"
    " swept the Sava Mica valley, and eight more bodies were found at first light.\n\n"
    "Governor Imre Halasz said the dead now numbered 11, two of them children.\n\n"
    '"The bridge went down the river like a door," said Petra Lindqvist, 61, who keeps the inn at Mirna.\n\n'
    "The prime minister cut short a visit to Strelsau. Sweden offered pumps.\n\n"
    "Ruritania's west is poor and its dykes are old, and engineer Bela Farkas has warned of them for years.",
)


def relation(outcome):
    return outcome.results[0].identity.relation


def family(outcome):
    return outcome.results[0].identity.story


@pytest.mark.parametrize(("slug", "signals"), [(",2ndlead", Signals()), ("", ADDS), (",1a cubierta", Signals())])
def test_a_story_recast_the_next_morning_is_an_update_when_it_says_that_it_carries_on(desk, story, slug, signals):
    first = desk.send(story(*FLOOD, slug="Ruritania-weather-floods", city="Zenda", dated=MONDAY, days=(MONDAY,)))
    recast = story(
        *FLOOD_NEXT_DAY,
        minutes=MORNING,
        slug=f"Ruritania-weather-floods{slug}",
        city="Mirna",
        dated=TUESDAY,
        days=(TUESDAY,),
        signals=signals,
    )
    assert relation(update := desk.send(recast)) == "update"
    assert family(update) == family(first)


RACES = [
    (
        "Novak wins opener at Strelsau meeting",
        "Jana Novak of Sylvania won the 800 metres at the Strelsau athletics meeting on Monday in 1:58.4.\n\n"
        'She beat Freedonia\'s Marta Ilves by two strides. "I saved it for the bend," Novak said.',
    ),
    (
        "Okello takes pole vault at Strelsau meeting",
        "Sam Okello of Uganda cleared 5.81 metres to win the pole vault at the Strelsau athletics meeting Monday.\n\n"
        'It was his third attempt in a cold wind. "My hands were blue," the student from Gulu said.',
    ),
]
QUAKES = [
    (
        "Strong quake hits off Chile",
        "A 6.4-magnitude earthquake struck off northern Chile on Monday, the US Geological Survey said.\n\n"
        "The quake hit at a depth of 21 kilometres, 88 kilometres west of Iquique, the USGS said.\n\n"
        "There were no immediate reports of damage.",
    ),
    (
        "Strong quake hits off Tonga",
        "A 6.1-magnitude earthquake struck off Tonga on Monday, the US Geological Survey said.\n\n"
        "The quake hit at a depth of 140 kilometres, 52 kilometres east of Neiafu, the USGS said.\n\n"
        "There were no immediate reports of damage.",
    ),
]


@pytest.mark.parametrize(
    ("events", "slug", "cities"),
    [(RACES, "Athletics-Strelsau", ("Strelsau", "Strelsau")), (QUAKES, "quake", ("Santiago", "Nuku'alofa"))],
)
def test_two_events_under_one_slug_on_one_day_are_two(desk, story, events, slug, cities):
    one, two = (
        desk.send(story(*event, slug=slug, city=city, dated=MONDAY, days=(MONDAY,), minutes=40 * n))
        for n, (event, city) in enumerate(zip(events, cities, strict=True))
    )
    assert relation(two) == "new"
    assert family(one) != family(two)


def test_each_days_market_report_is_its_own_though_both_say_what_they_add(desk, story):
    body = (
        "Strelsau shares closed {move} on {day} as the crown {crown}, dealers said.\n\n"
        "The SX-20 index {moved} {points} points, or {pct} percent, to {level} on a turnover of {turn} million.\n\n"
        '"It was a thin session," said {who} of brokers Rupert and Sons.'
    )
    monday = body.format(
        move="higher",
        day="Monday",
        crown="slipped",
        moved="gained",
        points=41,
        pct=0.9,
        level="4,612",
        turn=310,
        who="Ada Falk",
    )
    tuesday = body.format(
        move="lower",
        day="Tuesday",
        crown="firmed",
        moved="lost",
        points=63,
        pct=1.4,
        level="4,549",
        turn=287,
        who="Otto Brand",
    )
    given = {"slug": "Ruritania-stocks,2ndlead", "city": "Strelsau", "signals": ADDS}
    first = desk.send(story("Strelsau shares close higher", monday, dated=MONDAY, days=(MONDAY,), **given))
    last = desk.send(
        story("Strelsau shares close lower", tuesday, dated=TUESDAY, days=(TUESDAY,), minutes=1440, **given)
    )
    assert relation(last) == "new"
    assert family(first) != family(last)


NOTICE = (
    "NOTICE to clients",
    "The night desk answers in English and German.\n\nTelephone 0100 to 0500 GMT: the editor in Zenda.",
)


def test_a_standing_notice_sent_again_the_next_day_is_new_and_within_the_day_a_copy(desk, story):
    first = desk.send(story(*NOTICE, kind="advisory", raw="notice"))
    again = desk.send(story(*NOTICE, kind="advisory", raw="notice", minutes=30))
    next_day = desk.send(story(*NOTICE, kind="advisory", raw="notice", minutes=1440))
    assert [relation(o) for o in (first, again, next_day)] == ["new", "duplicate", "new"]
    assert family(next_day) != family(first)
    late = desk.send(story(*NOTICE, kind="advisory", raw="notice", minutes=1500))
    assert (relation(late), family(late)) == ("duplicate", family(next_day))


ALERTS = {
    "es": (
        "Incendio en un mercado de Asunción deja cuatro muertos (bomberos)",
        "Cuatro muertos en el incendio de un mercado de Asunción",
        "Cuatro personas murieron el lunes en un incendio que destruyó un mercado céntrico de Asunción, informaron los"
        " bomberos.\n\nEl fuego comenzó en un puesto de telas, dijo a la prensa el capitán Rubén Ayala.",
        "Incendio de un mercado en Asunción deja seis muertos",
        "Seis personas murieron el lunes en un incendio que destruyó un mercado céntrico de Asunción, informaron los"
        " bomberos.\n\nEl fuego comenzó en un puesto de telas, dijo a la prensa el capitán Rubén Ayala, y pidió agua a"
        " los municipios vecinos.\n\nUnos 300 vendedores perdieron su mercadería.",
    ),
    "fr": (
        "Un train déraille près de Clermont, plusieurs blessés (préfecture)",
        "Déraillement d'un train près de Clermont: plusieurs blessés",
        "Un train régional a déraillé lundi matin près de Clermont, faisant plusieurs blessés, a indiqué la préfecture."
        "\n\nLa ligne est coupée dans les deux sens, selon la même source.",
        "Train déraillé près de Clermont: douze blessés, la ligne coupée",
        "Un train régional a déraillé lundi matin près de Clermont, faisant 12 blessés dont deux graves, a indiqué la"
        " préfecture.\n\nLa ligne est coupée dans les deux sens jusqu'à mercredi, a précisé le préfet Alain Morvan.",
    ),
    "ar": (
        "انهيار مبنى سكني في الإسكندرية ومقتل خمسة أشخاص (محافظة)",
        "مقتل خمسة أشخاص في انهيار مبنى سكني في الإسكندرية",
        "قتل خمسة أشخاص الاثنين في انهيار مبنى سكني من أربعة طوابق في الإسكندرية، وفق ما أعلنت المحافظة.\n\n"
        "وقال المتحدث سامي عوض إن فرق الإنقاذ تبحث عن ناجين.",
        "ارتفاع حصيلة انهيار مبنى سكني في الإسكندرية إلى ثمانية قتلى",
        "قتل ثمانية أشخاص الاثنين في انهيار مبنى سكني من أربعة طوابق في الإسكندرية، وفق ما أعلنت المحافظة.\n\n"
        "وقال المتحدث سامي عوض إن فرق الإنقاذ تبحث عن ناجين تحت الأنقاض.\n\nوأخلت السلطات مبنيين مجاورين.",
    ),
}


@pytest.mark.parametrize("language", sorted(ALERTS))
def test_alert_urgent_and_lead_are_one_story_though_the_alerts_language_could_not_be_told(desk, story, language):
    alert, urgent_head, urgent, lead_head, lead = ALERTS[language]
    first = desk.send(story(alert, alert, kind="alert", language=None, slug="alert"))
    second = desk.send(story(urgent_head, urgent, kind="urgent", language=language, slug="X-accident", minutes=14))
    third = desk.send(story(lead_head, lead, language=language, slug="X-accident,lead", signals=ADDS, minutes=70))
    assert [relation(o) for o in (first, second, third)] == ["new", "update", "update"]
    assert family(first) == family(second) == family(third)


def test_copy_of_two_known_languages_is_never_joined(desk, dam):
    first, other = desk.send(dam(language="en-GB")), desk.send(dam(language="fr", minutes=5, raw="fr"))
    assert relation(other) == "new"
    same = desk.send(dam(language="en", minutes=9, raw="us"))
    assert family(same) == family(first)


def test_a_story_that_carries_on_an_earlier_one_does_not_leave_it_for_a_newer_alert(desk, story):
    first = desk.send(story(*FLOOD, slug="Ruritania-floods"))
    emergency = "Ruritania president declares state of emergency over floods"
    alert = desk.send(story(emergency, emergency, kind="alert", slug="alert", minutes=200))
    wrap = story(
        "Ruritania declares state of emergency after flood kills three",
        f"Ruritania's president declared a state of emergency on Monday over floods in the west.\n\n{FLOOD[1]}",
        slug="Ruritania-floods,2ndlead",
        minutes=215,
        signals=ADDS,
    )
    assert family(desk.send(wrap)) == family(first)
    assert relation(alert) in ("new", "update")
