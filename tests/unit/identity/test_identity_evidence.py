"""Slugs, evidence of a pair, and the weighing of it."""

from datetime import date

import pytest

from streams.contracts.story import Signals
from streams.identity.gathering import gather, hopeless
from streams.identity.judge import LONG, SHORT, judge, terms
from streams.identity.matching import story_profile
from streams.identity.profile import story_slug
from streams.identity.slugs import slug_key, slug_overlap


@pytest.mark.parametrize(
    ("slug", "key"),
    [
        ("Freedonia-quake,1stlead", "freedonia-quake"),
        ("Freedonia-quake/3rd lead/", "freedonia-quake"),
        ("Freedonia-quake/2. Zusammenfassung/", "freedonia-quake"),
        ("Freedonia-politics/KILL/", "freedonia-politics"),
        ("Freedonia-incendio/CORRECCION/", "freedonia-incendio"),
        ("FREEDONIA QUAKE 1st Ld-Writethru", "freedonia-quake"),
        ("alert-Freedonia-quake", "freedonia-quake"),
        ("BC-FN--Mine Explosion, 3rd Ld-Writethru", "fn-mine-explosion"),
        ("SARNIA-2NDLD HARBOUR", "sarnia-harbour"),
        ("NEWSALERT-SARNIA-HARBOUR", "sarnia-harbour"),
        ("FREEDONIA HUELGA (Ampliación)", "freedonia-huelga"),
        ("Häfen/Streik/Freedonien", None),
        ("Häfen/Streik/Freedonien/Zusammenfassung", None),
        ("BC-APNewsAlert", None),
        ("alert", None),
        ("Alerte", None),
        ("KILL", None),
        ("", None),
        (None, None),
    ],
)
def test_a_slug_without_its_lead_number_is_the_storys_key(slug, key):
    assert slug_key(slug) == key


def test_an_alerts_few_keywords_stand_for_its_slug():
    assert story_slug("alert", ("alert", "Freedonia", "quake")) == "freedonia-quake"
    assert story_slug("alert", tuple("abcdefg")) is None
    assert story_slug(None, ("Freedonia", "quake")) is None
    assert slug_overlap("freedonia-quake", "freedonia-quake-wrap") == 1.0


def pair(dam, **changes):
    return gather(story_profile(dam(**changes)), story_profile(dam()))


def test_evidence_of_the_same_story(dam):
    same = pair(dam, minutes=60)
    assert (same.jaccard, same.contained, same.slug, same.hours) == (1.0, 1.0, 1.0, 1.0)
    assert (same.swapped_figures, same.swapped_names, same.strange) == (0, 0, 0)


def test_an_added_figure_is_not_swapped_and_a_replaced_one_is(dam):
    assert pair(dam, body=dam().body + "\n\nSome 77 soldiers came.").swapped_figures == 0
    assert pair(dam, body=dam().body.replace("300", "450")).swapped_figures == 1


def test_an_added_name_is_not_swapped_and_a_replaced_one_is(dam):
    assert pair(dam, body=dam().body + "\n\nGeneral Pavel Ruzek came.").swapped_names == 0
    assert pair(dam, body=dam().body.replace("Tomas Brandt", "Pavel Ruzek")).swapped_names == 2


def test_days_are_swapped_when_each_has_its_own(dam):
    first, second = date(2031, 5, 12), date(2031, 5, 13)
    old, new = story_profile(dam(days=(first,))), story_profile(dam(days=(second,)))
    both = story_profile(dam(days=(first, second)))
    fixed = story_profile(dam(days=(second,), signals=Signals(corrects=True)))
    third = story_profile(dam(days=(first, date(2031, 5, 20))))
    assert [gather(x, old).swapped_days for x in (new, both, fixed)] == [1, 0, 0]
    assert gather(both, third).swapped_days == 0.5


def test_two_stories_without_common_text_or_slug_are_not_weighed(dam, story):
    other = story_profile(story("Tram line opens", "A tram line opened in Velka. " * 3 + "word " * 40))
    assert hopeless(other, story_profile(dam()))
    assert not hopeless(story_profile(dam()), story_profile(dam(slug="other")))


def test_every_term_has_a_weight_and_every_weight_a_term(dam, story):
    alert = story_profile(story("Dam gives way", "Dam gives way", kind="alert"))
    full = story_profile(dam())
    assert set(terms(gather(full, full))) == set(LONG)
    assert set(terms(gather(full, alert))) == set(SHORT)


def test_reasons_add_up_to_the_score_strongest_first(dam):
    verdict = judge(pair(dam, minutes=60))
    assert verdict.same
    assert verdict.score == pytest.approx(sum(added for _, _, added in verdict.reasons))
    sizes = [abs(added) for _, _, added in verdict.reasons]
    assert sizes == sorted(sizes, reverse=True)


def test_a_higher_threshold_joins_less(dam):
    evidence = pair(dam)
    assert judge(evidence).same
    assert not judge(evidence, threshold=50).same
