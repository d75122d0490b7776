"""What tells look-alikes from versions: countries, quotes, background, marks of a further send, alerts in a row."""

from dataclasses import replace
from datetime import date

import pytest

from streams.contracts.story import Signals
from streams.identity.gathering import gather
from streams.identity.judge import judge, terms
from streams.identity.matching import story_profile
from streams.identity.profile import Profile

WAR = (
    "The war between the army and the Northern League has driven two million people from their homes.\n\n"
    "Talks in neutral Ruritania have failed three times to bring about a truce in the highlands."
)
ADDS = Signals(verbs=("adds",))


def profile(story, headline, body, countries=(), **given) -> Profile:
    return replace(story_profile(story(headline, body, **given)), countries=countries)


@pytest.mark.parametrize(
    ("countries", "elsewhere"),
    [((("IS",), ("KE",)), 1), ((("SG", "US"), ("US",)), 0), (((), ("KE",)), 0), ((("KE", "IS"), ("IS", "KE")), 0)],
)
def test_two_stories_are_elsewhere_when_neither_is_about_the_others_first_country(story, countries, elsewhere):
    one, two = (profile(story, "Bank cuts rate", "The bank cut its rate.", about) for about in countries)
    assert gather(one, two).elsewhere == elsewhere
    assert gather(two, one).elsewhere == elsewhere


def test_a_rate_decision_in_another_country_is_another_story(story):
    body = (
        "{0}'s central bank cut its benchmark rate by 25 basis points to 7.25% on Monday, as was expected.\n\n"
        '"The committee will decide at its next meeting on the basis of data," it said in a statement.'
    )
    one = profile(story, "Iceland cuts key rate by 25 bps to 7.25%", body.format("Iceland"), ("IS",))
    two = profile(story, "Kenya cuts key rate by 25 bps to 7.25%", body.format("Kenya"), ("KE",), minutes=9)
    assert not judge(gather(two, one)).same
    alike = replace(gather(two, one), form=0.0)
    assert not judge(alike).same
    assert judge(replace(alike, elsewhere=0.0)).same, "the countries alone tell"


def test_a_quote_is_kept_whatever_is_written_around_it(story):
    said = '"She took water on the car deck and leaned over," {} {}.'
    one = profile(story, "Ferry sinks", said.format("captain Abad", "told reporters in the port of Ulm"))
    two = profile(story, "Divers at ferry", said.format("he", "had said"), minutes=900)
    assert gather(two, one).kept == 1
    named = profile(story, "Quake", 'Ulm lies on the "Ring of Fire", where plates collide.')
    assert not named.quotes, "a name in quotes is nobody's words"


def test_background_joins_nothing(story):
    one = profile(
        story, "Drone kills 13 at market", "A drone hit a livestock market in Ulm.\n\nMedics counted 13 dead.\n\n" + WAR
    )
    two = profile(
        story, "Food reaches besieged town", "Nineteen lorries entered Tarn.\n\nIt is the first aid.\n\n" + WAR
    )
    evidence = gather(two, one)
    assert evidence.background == pytest.approx(1.0, abs=0.1)
    assert terms(evidence)["background"] > 0.4
    assert not judge(evidence).same
    assert not judge(replace(evidence, continues=1.0)).same, "another lead under the same background"


def test_a_recast_that_keeps_a_quote_is_hardly_another_days_issue(story):
    body = (
        "A tram jumped the rails on a bend and ran into a bakery in the city of Ulm, the police said.\n\n"
        '"It came through the window between bread and till," said a customer who was buying rolls.'
    )
    one = profile(story, "Tram runs into bakery in Ulm", body)
    two = gather(profile(story, "Sand blamed for tram in Ulm bakery", body, signals=ADDS, minutes=1500), one)
    two = replace(two, swapped_days=1.0)
    weighed = {kept: terms(replace(two, kept=kept))["another issue"] for kept in (0.0, 1.0)}
    assert 0 < weighed[1.0] < 0.4 * weighed[0.0]


def test_a_desk_marks_what_it_sends_again(story):
    one = profile(story, "Shell kills two", "A shell hit a bus stop.", slug="Freedonia-conflict")
    again = {"slug": "Freedonia-conflict", "minutes": 600}
    assert gather(profile(story, "Drone kills driver", "A drone hit a car.", **again), one).unmarked == 1
    assert gather(profile(story, "Shell kills 3", "A shell hit.", signals=ADDS, **again), one).unmarked == 0
    assert gather(profile(story, "Shell kills 3", "A shell hit.", source="afar", **again), one).unmarked == 0
    assert gather(profile(story, "Shell kills 3", "A shell hit.", minutes=600), one).unmarked == 0


@pytest.mark.parametrize(
    ("kind", "second", "run"),
    [
        ("alert", "Lender approves loan for Freedonia", 0.5),
        ("flash", "Lender approves loan for Freedonia", 1.0),
        ("alert", "At least five dead in Freedonia bridge collapse", 1.0),
        ("alert", "Ruritania votes", 0.0),
    ],
)
def test_two_alerts_are_a_run_by_more_than_the_name_of_a_country(story, kind, second, run):
    first = "Freedonia bridge collapse leaves lorries in river"
    one = profile(story, first, first, kind=kind)
    two = profile(story, second, second, kind="alert", minutes=6)
    assert gather(two, one).run == run


def test_a_number_written_out_in_a_headline_is_a_figure(story):
    assert profile(story, "Six dead as boat capsizes", "A boat sank.").head_figures == {"6"}
    assert profile(story, "Elf Tote bei Brand", "Es brannte.").head_figures == {"11"}


def test_headlines_are_compared_by_stems(story):
    one = profile(story, "Philippine ferry sinking", "A ferry sank.")
    two = profile(story, "Philippines ferry sinks", "A ferry sank.")
    assert gather(two, one).headline == pytest.approx(2 / 3)


def test_two_agencies_write_two_stories_of_one_event(story):
    ours = replace(profile(story, "Bridge falls in Ulm", "A bridge fell.", kind="alert"), agencies=("FNW",))
    theirs = replace(profile(story, "Bridge falls in Ulm, ten hurt", "A bridge fell in Ulm.", minutes=9))
    rivals = [replace(theirs, agencies=names) for names in (("RNA",), ("RNA", "FNW"), ())]
    assert [gather(one, ours).rival for one in rivals] == [1, 0, 0]
    assert [judge(gather(one, ours)).same for one in rivals] == [False, True, True]


def test_what_an_outlet_printed_whole_is_told_by_its_paragraphs(story):
    paragraphs = (
        "A landslide cut the railway between Velka and the pass in the night to Monday; nobody was hurt.",
        "Buses replace the trains until Friday at least, a first estimate by geologists says.",
        "Some 300 cubic metres of rock and 45 metres of fence came down on the line shortly before 5.10.",
    )
    one = profile(story, "Landslide cuts railway", "\n\n".join(paragraphs))
    lines = ("Found a mistake? Write to 4711.", "Alpine Post, Orlova 7", "Share: Mail, Print, Chat")
    site = "\n\n".join(("FNW 02.06.2031, 11h30", paragraphs[1], paragraphs[0], *lines))
    two = profile(story, "Pass closed to trains", site, source="alpine-post", minutes=200)
    evidence = gather(two, one)
    assert evidence.printed == 1.0
    assert judge(evidence).score > 3.0
    assert not judge(replace(evidence, printed=0.0)).same, "the lines of the site weigh against it"
    own = profile(story, "Pass closed to trains", site, minutes=200)
    assert gather(own, one).printed == 0.0, "an agency that sends half of a story again says what it does"


def test_two_bulletins_of_one_place_tell_of_two_quakes_by_their_times(story):
    body = (
        "An earthquake of magnitude 5.6 struck {} km south of Velka at {} GMT on Monday, a centre in Orlova said.\n\n"
        "The quake was at a depth of 35 km, it said. No warning of a tsunami was in effect for the coast."
    )
    one = profile(story, "Quake strikes Velka region", body.format(61, "0951"))
    two = gather(profile(story, "Quake strikes Velka region", body.format(72, "13:33"), minutes=220), one)
    assert two.other_hour == 1
    assert not judge(two).same
    assert judge(replace(two, other_hour=0.0, form=0.0)).same, "the template is all that they share"
    again = profile(story, "Quake strikes Velka region", body.format(61, "09:51"), minutes=20)
    assert gather(again, one).other_hour == 0
    revised = profile(story, "Quake strikes Velka region", body.format(61, "0952"), signals=ADDS, minutes=20)
    assert gather(revised, one).other_hour == 0
    longer = body.format(61, "0900") + " More was not known." * 40
    assert gather(profile(story, "Quake strikes Velka region", longer, minutes=20), one).other_hour == 0


def test_a_rate_that_goes_back_to_the_day_befores_is_another_days(story):
    body = (
        "The central bank set the crown at {} per dollar on {}, compared with {} the day before.\n\n"
        "The crown may trade 2 percent either side of the rate that is set each morning by the bank."
    )
    monday, tuesday = ({"city": "Orlova", "dated": date(2031, 5, day)} for day in (12, 13))
    one = profile(story, "Crown set at 7.1019", body.format("7.1019", "Monday", "7.1032"), **monday)
    two = profile(story, "Crown set at 7.1032", body.format("7.1032", "Tuesday", "7.1019"), **tuesday, minutes=1440)
    evidence = gather(two, one)
    assert (evidence.swapped_figures, evidence.head_figures) == (0, 1)
    assert terms(evidence)["another issue"] > 0.5
    assert not judge(evidence).same


@pytest.mark.parametrize(
    ("second", "run"),
    [
        ("BOLT FOUNDRIES SAYS FINANCE CHIEF TO STEP DOWN", 0.0),
        ("ACME MILLS SEES FULL-YEAR PROFIT OF 40 MLN CROWNS", 1.0),
        ("NEW HEAD OF ACME MILLS TO STEP IN ON MONDAY", 1.0),
        ("ACME MINES SAYS CHIEF EXECUTIVE JIRI RUZEK TO STEP DOWN", 0.0),
        ("ACME MILLS SAYS CHIEF ENGINEER JANA RUZEK TO STEP DOWN", 1.0),
    ],
)
def test_snaps_of_two_firms_are_no_run(story, second, run):
    first = "ACME MILLS SAYS CHIEF EXECUTIVE JANA RUZEK TO STEP DOWN"
    one = profile(story, first, first, kind="alert")
    assert gather(profile(story, second, second, kind="alert", minutes=1), one).run == run


def test_what_an_outlet_left_of_a_short_story_is_known_by_its_words_whatever_its_headline(story):
    rest = "The fault came at 14.14 GMT in a substation near Velka. The metro of Orlova was not touched by it."
    one = profile(story, "Blackout in north", f"A blackout left 1.2 million people in the dark.\n\n{rest}")
    cut = profile(story, "No light, no lifts", rest, source="north-post", minutes=90)
    assert judge(gather(cut, one)).same
    assert not judge(gather(replace(cut, source="fnw"), one)).same


def test_a_live_page_goes_on_with_every_entry_that_it_had(story):
    entries = ("19:30 Protesters sing outside the hall.", "18:55 Councillors take their seats for the debate on trams.")
    one = profile(story, "LIVE: Velka debates its trams", "\n\n".join(entries))
    over = profile(story, "As it happened: Velka drops trams", "\n\n".join(("20:45 It passes.", *entries)), minutes=80)
    assert gather(over, one).grown == 1
    assert judge(gather(over, one)).same
    other = "20:45 It passes.\n\n" + "\n\n".join(entries).replace("19:30", "19:40")
    assert gather(profile(story, "As it happened: Velka drops trams", other, minutes=80), one).grown == 0
    assert gather(replace(over, source="else"), one).grown == 0
