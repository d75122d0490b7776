"""What stands beside the news, reports of one day, takes, and recasts that have a slug alone in common."""

from __future__ import annotations

import pytest
from identity_support import make

from streams.contracts.story import Signals
from streams.identity.forms import beside, sessions
from streams.identity.gathering import gather
from streams.identity.matching import story_profile
from streams.identity.slugs import marks_lead

RECASTS = Signals(verbs=("recasts",))
STRIKE = (
    "Freedonian pilots strike over unpaid allowances",
    "Harbour pilots in Freedonia walked out on Monday over allowances that they say were never paid, closing most of"
    " the port of Orlova.\n\n"
    '"We will sleep on the quay until the money is in our hands," said pilot Ana Kovar.\n\n'
    "The port authority called the strike unlawful and sent tugs from Zenda.",
)
SETTLED = (
    "Freedonian pilots back at work after night of talks",
    "Ships moved again in Orlova on Tuesday when the Freedonian government settled with the harbour pilots.\n\n"
    "Under the deal the sums agreed in 2029 will be paid in four parts by June, minister Tomas Brandt said.\n\n"
    "Forty ships were waiting outside the breakwater.",
)
REACTIONS = (
    "Pilots' strike in Freedonia: the reactions",
    "What was said on Monday of the strike of Freedonia's harbour pilots:\n\n"
    '- Pilot Ana Kovar: "We will sleep on the quay until the money is in our hands".\n\n'
    '- Mayor Imre Halasz: "A port without pilots is a car park".',
)


def identity(outcome):
    return outcome.results[0].identity


@pytest.mark.parametrize(
    ("slug", "headline", "form"),
    [
        ("freedonia-strike-portrait", "The man in the cutter", "profile"),
        ("gouvernement-grève-réactions", "Grève: les réactions", "reactions"),
        ("fd-harbour-strike-glance", "A look at strikes", "facts"),
        (None, "FACTBOX-The port of Orlova", "facts"),
        (None, "Profile: The pilot of Orlova", "profile"),
        (None, "(Hintergrund) Der Hafen von Orlova", "facts"),
        (None, "À bord du cotre, la nuit (PORTRAIT)", "profile"),
        (None, "Le port en chiffres (REPERES)", "facts"),
        (None, "Pilots back at work (PHOTOS)", ""),
        (None, "Pilots back at work (interview)", ""),
        ("fd-obit-kovar", "Harbour pilot Ana Kovar dies at 88", ""),
        ("freedonia-strike", "Freedonia's pilots: the end of a strike", ""),
        ("profile", "Pilots strike", ""),
        (None, "Text messages sank the pilots' strike", ""),
    ],
)
def test_what_stands_beside_the_news(slug, headline, form):
    assert beside(slug, headline) == form


def test_parts_of_the_day_by_headline_and_slug():
    assert sessions(None, ["freedonia", "shares", "open", "lower"]) == {"open"}
    assert sessions("fd-grain-futures-close", ["grains", "mixed"]) == {"close"}
    assert sessions(None, ["bourse", "freedonia", "termine", "en", "hausse"]) == {"close"}


def test_a_count_of_words_behind_the_slug_is_no_lead():
    assert not marks_lead("BC-FD--Harbour Strike,130")
    assert not marks_lead("BC-FD--Lottery-Pick 3,40")
    assert marks_lead("BC-FD--Harbour Strike,1st Ld-Writethru,260")
    assert marks_lead("Perú-sismo,1a cubierta")


def test_reactions_are_a_story_of_their_own_whoever_they_quote(desk, story):
    first = desk.send(story(*STRIKE, slug="Freedonia-port-strike"))
    beside_it = desk.send(story(*REACTIONS, slug="Freedonia-port-strike-reactions", minutes=90))
    assert identity(beside_it).relation == "new"
    assert identity(beside_it).story != identity(first).story


def test_the_open_and_the_close_of_a_day_are_two_stories(desk, story):
    def report(word, rose, fell, minutes):
        body = f"Wheat for Dec. {rose} cents a bushel on Monday; Dec. corn {fell} cents a bushel; Nov. soybeans firmer."
        return story(f"Strelsau grains {word} mixed", body * 2, minutes=minutes, slug=f"SL-Grain Futures-{word}")

    desk.send(report("open", "fell 3", "down 2", 0))
    assert identity(desk.send(report("close", "rose 5", "down 1", 390))).relation == "new"


def test_a_recast_is_of_the_only_story_under_its_slug(desk, story):
    first = desk.send(story(*STRIKE, slug="Freedonia-port-strike"))
    recast = desk.send(story(*SETTLED, slug="Freedonia-port-strike", minutes=1100, signals=RECASTS))
    assert (identity(recast).relation, identity(recast).story) == ("update", identity(first).story)
    assert "only story under its slug" in identity(recast).explanation


def test_a_recast_is_of_neither_of_two_stories_under_its_slug(desk, story):
    desk.send(story(*STRIKE, slug="Freedonia-port-strike"))
    other = (
        "Tug sinks at mouth of the Velka",
        "A tug sank on Monday at the mouth of the Velka with five men aboard, the coastguard said.\n\n"
        "All five were pulled from the water by a trawler. The tug was built in 1968 and had been sold twice.",
    )
    desk.send(story(*other, slug="Freedonia-port-strike", minutes=30))
    assert identity(desk.send(story(*SETTLED, slug="Freedonia-port-strike", minutes=1100, signals=RECASTS))).of is None


def test_a_slug_that_a_story_had_before_is_its_own(desk, story):
    first = desk.send(story(*STRIKE, slug="Freedonia-strike"))
    said = Signals(verbs=("recasts",), refers_to=("Freedonia-strike",))
    later = (SETTLED[0], SETTLED[1] + "\n\n" + STRIKE[1].split("\n\n")[2])
    renamed = desk.send(story(*later, slug="Orlova-economy-shipping", minutes=300, signals=said))
    assert identity(renamed).story == identity(first).story


@pytest.mark.parametrize("slug", ["FD-Port Heat", None])
def test_a_second_take_is_of_its_first(desk, story, slug):
    first = desk.send(story("In the port, the price of shade", STRIKE[1], slug=slug))
    second = story("In the port, the price of shade (2)", SETTLED[1], slug=slug, minutes=4, signals=Signals(take=2))
    taken = identity(desk.send(second))
    assert (taken.relation, taken.story) == ("update", identity(first).story)


def test_a_second_take_is_of_its_first_be_that_two_lines_long(desk, story):
    first = desk.send(story("Orlova grain market closes firmer (+0.4%)", "Wheat gained 0.4 percent in Orlova to 212."))
    body = (
        "Among the firms Acme Mills rose 4.1 and Bolt Foods 3.2, after results. Marlow Malt lost 2.8. The spread on"
        " loans of Freedonia to those of Ruritania closed at 71 points."
    )
    second = story("Orlova grain market closes firmer (+0.4%) (2)", body, minutes=170, signals=Signals(take=2))
    taken = identity(desk.send(second))
    assert (taken.relation, taken.story) == ("update", identity(first).story)


def test_what_an_outlet_left_of_a_story_is_a_copy_of_it(desk, story):
    first = desk.send(story(*STRIKE, slug="Freedonia-port-strike"))
    left = STRIKE[1].split("\n\n")[0]
    reprint = identity(desk.send(story("Port at a standstill", left, source="orlova-post", minutes=500)))
    assert (reprint.relation, reprint.story) == ("duplicate", identity(first).story)


@pytest.mark.parametrize(("city", "joined"), [("Zenda", False), ("Orlova", True)])
def test_copy_that_carries_something_on_carries_on_nothing_from_another_city(desk, story, city, joined):
    def crash(where, age, hit, road, minutes):
        body = (
            f"A rider of {age} died on Monday when he hit a {hit} on the road {road}, the rescue service of Sylvania"
            " said.\n\nPolice, firemen and an ambulance were sent to the place."
        )
        return story(f"Rider dies in {where}", body, city=where, minutes=minutes, signals=Signals(verbs=("updates",)))

    first = identity(desk.send(crash("Orlova", 28, "car", "PO-552", 0)))
    desk.restart()
    assert (identity(desk.send(crash(city, 51, "lorry", "N-640", 190))).story == first.story) is joined


def test_two_cities_in_two_headlines_say_nothing_where_one_tells_of_the_other():
    old = make("Bridge falls in Orlova", "A bridge fell in Orlova on Monday.", city="Orlova")
    body = "A bridge fell on Tuesday, a day after one fell in Orlova."
    new = make("Bridge falls in Zenda", body, city="Zenda")
    assert gather(story_profile(new), story_profile(old)).other_city == 0
    assert gather(story_profile(old), story_profile(new)).other_city == 0
    apart = make("Bridge falls in Zenda", "A bridge fell on Tuesday.", city="Zenda")
    assert gather(story_profile(apart), story_profile(old)).other_city == 1


def test_a_profile_is_no_version_of_the_alert_on_the_same_person(desk, story):
    said = "Freedonia port minister Ana Kovar resigns: palace"
    first = desk.send(story(said, said, kind="alert", slug="Freedonia-politics"))
    profile = (
        "Ana Kovar, Freedonia's fallen rising star",
        "A pilot's daughter from Zenda who read law at night, Ana Kovar rose in nine years from clerk of the port of"
        " Orlova to minister.\n\nShe resigned on Monday. Friends say she has never learnt to lose at cards.",
    )
    beside_it = desk.send(story(*profile, slug="Freedonia-politics-Kovar,PROFILE", minutes=20))
    assert identity(beside_it).story != identity(first).story


def test_an_alert_that_its_story_has_followed_draws_no_other_news_of_the_same_actors(desk, story):
    said = "Ruritania fires missile: Freedonian military"
    desk.send(story(said, said, kind="alert"))
    desk.send(
        story(
            "Ruritania fires ballistic missile, Freedonia says",
            "Ruritania fired a ballistic missile towards the sea on Monday, Freedonia's military said.\n\n"
            "The coastguard of Sylvania said that the projectile had already fallen.",
            kind="urgent",
            minutes=20,
            slug="Freedonia-Ruritania-missile",
        )
    )
    balloons = (
        "Ruritania sends 200 rubbish balloons over border: Freedonian military",
        "Ruritania floated about 200 balloons with rubbish across the border on Monday, Freedonia's military said.\n\n"
        "Residents were told not to touch them.",
    )
    sent = desk.send(story(*balloons, minutes=260, slug="Freedonia-Ruritania-balloons"))
    assert identity(sent).relation == "new"
