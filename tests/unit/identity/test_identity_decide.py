"""One story after another: copies, versions, corrections, look-alikes."""

from datetime import date, timedelta

from streams.contracts.story import AltId, Signals
from streams.identity.families import family_id


def only(outcome):
    assert len(outcome.results) == 1
    return outcome.results[0]


def test_a_first_story_is_new_under_its_own_uri(desk, dam):
    result = only(desk.send(dam(uri="urn:fnw:1", version="3")))
    assert result.outcome == "published"
    assert (result.identity.relation, result.identity.uri, result.identity.version) == ("new", "urn:fnw:1", "3")
    assert result.identity.story == family_id("urn:fnw:1")
    assert result.identity.of is None
    assert "New" in result.identity.explanation


def test_the_same_bytes_at_another_time_are_a_duplicate(desk, dam):
    first = only(desk.send(dam(raw="same"))).identity
    again = only(desk.send(dam(raw="same", minutes=55)))
    assert (again.outcome, again.identity.relation) == ("duplicate", "duplicate")
    assert again.identity.of.method == "bytes"
    assert again.identity.of.similarity == 1.0
    assert (again.identity.uri, again.identity.version, again.identity.story) == (
        first.uri,
        first.version,
        first.story,
    )


def test_the_same_words_under_another_id_are_a_duplicate_that_keeps_its_id(desk, dam):
    first = only(desk.send(dam(uri="urn:fnw:1"))).identity
    again = only(desk.send(dam(uri="urn:fnw:2", minutes=9, raw="other markup"))).identity
    assert (again.relation, again.of.method, again.uri, again.version) == ("duplicate", "text", "urn:fnw:2", "1")
    assert (again.of.uri, again.of.version, again.story) == (first.uri, first.version, first.story)


def test_the_same_body_under_another_headline_is_a_duplicate(desk, dam):
    desk.send(dam())
    again = only(desk.send(dam("Dam bursts above Orlova", minutes=200, source="orlova-post", outlet="Orlova Post")))
    assert again.identity.relation == "duplicate"
    assert again.identity.of.method == "body"


def test_a_short_body_alone_says_nothing(desk, story):
    body = "Quarterly payout 14 pence against 14 before. Paid July 8. Register closes June 20."
    desk.send(story("Acme Mills sets quarterly payout", body))
    other = only(desk.send(story("Bolt Foundries sets quarterly payout", body, minutes=3)))
    assert other.identity.relation == "new"


def test_a_copy_of_a_copy_names_the_copy_whose_words_it_has(desk, dam):
    body = dam().body
    desk.send(dam(uri="urn:fnw:1"))
    trimmed = body.rsplit("\n\n", 1)[0]
    outlet = {"source": "orlova-post", "outlet": "Orlova Post", "slug": None, "city": None}
    reprint = only(desk.send(dam("Dam bursts above Orlova", trimmed, minutes=60, **outlet))).identity
    again = only(desk.send(dam("Dam bursts above Orlova", trimmed, minutes=99, **outlet))).identity
    third = only(desk.send(dam("Dam bursts above Orlova", trimmed, minutes=101, **outlet))).identity
    assert reprint.of.uri == "urn:fnw:1"
    assert (again.of.uri, again.of.method) == (reprint.uri, "bytes")
    assert third.of == again.of


def test_an_update_takes_the_family_uri_and_the_next_version_and_lists_its_changes(desk, dam):
    first = only(desk.send(dam(uri="urn:fnw:1", version="1"))).identity
    body = dam().body.replace("Two farm workers", "Five farm workers") + "\n\nThe army sent two helicopters."
    update = only(
        desk.send(
            dam(
                "Five dead as dam wall gives way in northern Freedonia",
                body,
                uri="urn:fnw:7",
                version="1",
                minutes=70,
                signals=Signals(verbs=("raises",)),
            )
        )
    ).identity
    assert (update.relation, update.uri, update.version, update.story) == ("update", "urn:fnw:1", "2", first.story)
    assert (update.of.uri, update.of.version) == ("urn:fnw:1", "1")
    assert 0.5 < update.of.similarity < 1
    found = {(c.what, c.before, c.after) for c in update.changes}
    assert ("figure", "Two", "Five") in found
    assert ("paragraph_added", None, "The army sent two helicopters.") in found
    assert "slug" in update.explanation or "shared text" in update.explanation


def test_the_third_version_relates_to_the_second(desk, dam):
    for n, toll in enumerate(("Two", "Five", "Nine")):
        last = only(desk.send(dam(body=dam().body.replace("Two farm", f"{toll} farm"), minutes=60 * n))).identity
    assert (last.version, last.of.version) == ("3", "2")


def test_a_correction_is_told_by_its_advisory(desk, dam):
    desk.send(dam())
    body = dam().body.replace("1961", "1916")
    fixed = only(desk.send(dam(body=body, minutes=30, signals=Signals(corrects=True, paragraphs=(4,))))).identity
    assert fixed.relation == "correction"
    assert ("figure", 3, "1961", "1916") in {(c.what, c.index, c.before, c.after) for c in fixed.changes}


def test_an_agency_revision_under_one_id_keeps_the_agency_number(desk, dam):
    desk.send(dam(uri="urn:fnw:1", version="1"))
    revised = only(
        desk.send(dam("Dam wall gives way", dam().body + "\n\nMore.", uri="urn:fnw:1", version="4"))
    ).identity
    assert (revised.relation, revised.uri, revised.version, revised.of.method) == ("update", "urn:fnw:1", "4", "id")
    late = only(desk.send(dam("Dam", dam().body + "\n\nLess.", uri="urn:fnw:1", version="2", minutes=5)))
    assert late.outcome == "duplicate"
    assert late.identity.of.method == "superseded"
    assert (late.identity.uri, late.identity.version) == ("urn:fnw:1", "4")


def test_an_older_version_that_comes_late_is_no_new_story_and_does_not_take_over(desk, dam):
    made = dam().provenance.received
    body = dam().body + "\n\nThe army sent two helicopters."
    desk.send(dam(body=body, created=made + timedelta(minutes=40), minutes=41))
    late = desk.send(dam(created=made, minutes=45)).results[0]
    assert late.outcome == "duplicate"
    assert late.identity.of.method == "superseded"


def test_a_story_with_a_named_reference_joins_it(desk, story):
    desk.send(story("Minister opens bridge", "A bridge was opened.", uri="urn:fnw:item:55"))
    later = story(
        "Crowds cross the Arlen",
        "Thousands walked.",
        minutes=50,
        alt_ids=(AltId("urn:fnw:item:55", "ref"),),
        uri="urn:b",
    )
    identity = only(desk.send(later)).identity
    assert (identity.relation, identity.uri, identity.of.method) == ("update", "urn:fnw:item:55", "reference")


def test_alert_urgent_and_lead_are_one_family(desk, story):
    alert = story(
        "Dam wall gives way in northern Freedonia, two dead: rescuers",
        "Dam wall gives way in northern Freedonia, two dead: rescuers",
        kind="alert",
        slug="alert",
        uri="urn:fnw:a",
    )
    urgent = story(
        "Two dead as dam gives way in Freedonia",
        "At least two people were killed on Monday when a dam wall gave way in northern Freedonia, rescuers said.",
        kind="urgent",
        slug="Freedonia-accident-dam",
        minutes=9,
        uri="urn:fnw:b",
    )
    families = [only(desk.send(s)).identity for s in (alert, urgent)]
    assert [f.relation for f in families] == ["new", "update"]
    assert families[0].story == families[1].story
    assert families[1].of.method == "alert"


def test_two_alerts_minutes_apart_on_one_country_are_a_run_and_hours_apart_are_not(new_desk, story):
    first = "Freedonia prime minister resigns"
    second = "Freedonia's Zoltan Petrik stepping down 'at once'"
    for minutes, relation in ((4, "update"), (240, "new")):
        desk = new_desk()
        desk.send(story(first, first, kind="flash", slug="alert"))
        result = only(desk.send(story(second, second, kind="alert", slug="alert", minutes=minutes)))
        assert result.identity.relation == relation, minutes


def fixing(rate, before, day):
    return (
        f"Freedonia sets crown fixing at {rate} to euro",
        f"Freedonia's central bank on {day} set the daily fixing of the crown at {rate} to the euro, against {before}"
        " at the previous fixing.\n\nThe crown may trade two percent on either side of it until evening.\n\n"
        "The bank takes the mean of quotes that nine dealers send in before breakfast.",
    )


def test_a_daily_fixing_is_a_new_story_every_day(desk, story):
    days = (("7.4110", "7.4105", "Monday"), ("7.4132", "7.4110", "Tuesday"), ("7.4098", "7.4132", "Wednesday"))
    families = set()
    for n, day in enumerate(days):
        headline, body = fixing(*day)
        sent = story(headline, body, slug="Freedonia-forex-crown", minutes=1440 * n, days=(date(2031, 5, 12 + n),))
        families.add(only(desk.send(sent)).identity.story)
    assert len(families) == 3


def test_results_of_two_firms_stay_apart(desk, story):
    def results(firm, code, net, before, sales):
        return story(
            f"{firm} <{code}> 3RD QTR NET",
            f"{firm} <{code}> shr 70 cts vs 61 cts.\n\nNet {net} mln vs {before} mln.\n\nSales {sales} billion.\n\n"
            "Note: share adjusted for the two-for-one split, results before tax, figures not audited by the firm.",
            slug="results",
            minutes=len(firm),
        )

    desk.send(results("Acme Mills", "ACM", "20.2", "17.9", "1.38"))
    other = only(desk.send(results("Bolt Foundries", "BLT", "33.1", "30.4", "2.07")))
    assert other.identity.relation == "new"


def test_another_place_with_the_same_words_is_another_story(desk, story):
    def crash(place, river, dead, hurt, chief):
        return story(
            f"Bus plunges off bridge in {place}, killing {dead}",
            f"At least {dead} people were killed and {hurt} injured on Monday when a bus plunged off a bridge into the"
            f" {river} in {place}, police said.\n\nThe driver had lost control on a bend, said police chief {chief}.",
            city=place,
            minutes=dead,
        )

    desk.send(crash("Ruritania", "Mirna", 11, 24, "Otto Blau"))
    other = only(desk.send(crash("Sylvania", "Dravec", 13, 30, "Ivo Stanek")))
    assert other.identity.relation == "new"


NOTICE = "Clients are reminded that material of this service may be used only under contract. Ask the help desk."


def test_a_daily_notice_is_issued_again_and_its_resend_is_a_duplicate(desk, story):
    first = only(desk.send(story("Notice", NOTICE, raw="n"))).identity
    resent = only(desk.send(story("Notice", NOTICE, raw="n", minutes=40, key="b"))).identity
    next_day = only(desk.send(story("Notice", NOTICE, raw="n", minutes=1440, key="c")))
    assert resent.relation == "duplicate"
    assert (next_day.outcome, next_day.identity.relation) == ("published", "new")
    assert (next_day.identity.uri, next_day.identity.version) == (first.uri, "2")
    assert next_day.identity.story != first.story
    again = only(desk.send(story("Notice", NOTICE, raw="n", minutes=1450, key="d"))).identity
    assert (again.relation, again.of.version) == ("duplicate", "2")


def test_long_copy_sent_again_the_next_day_is_no_new_issue(desk, dam):
    body = "\n\n".join(
        [dam().body, *(f"Witness {n} told of the night the water reached door {n * 7}." for n in range(30))]
    )
    desk.send(dam(body=body, raw="x"))
    again = only(desk.send(dam(body=body, raw="x", minutes=1500)))
    assert again.outcome == "duplicate"


def test_short_copy_that_dates_itself_is_no_new_issue(desk, story):
    given = {"raw": "x", "city": "Orlova", "dated": date(2031, 5, 12)}
    desk.send(story("Bridge reopens", NOTICE, **given))
    assert only(desk.send(story("Bridge reopens", NOTICE, minutes=1500, **given))).outcome == "duplicate"


def test_a_reprint_with_a_paragraph_of_its_own_is_a_duplicate_that_lists_it(desk, dam):
    desk.send(dam())
    own = "The consulate in Orlova has opened a line for tourists, an official told this newspaper."
    copy = dam(
        "Dam horror in the hills", f"{dam().body}\n\n{own}", minutes=300, source="post", outlet="Orlova Post", slug=None
    )
    result = only(desk.send(copy))
    assert result.outcome == "duplicate"
    assert own in {c.after for c in result.identity.changes}


def test_the_agency_copy_after_an_outlets_is_published(desk, dam):
    desk.send(dam("Dam horror", source="post", outlet="Orlova Post", slug=None, minutes=0))
    agency = only(desk.send(dam(body=dam().body + "\n\nMore to come.", minutes=5)))
    assert (agency.outcome, agency.identity.relation) == ("published", "update")


def test_another_language_is_another_story(desk, dam):
    desk.send(dam())
    assert only(desk.send(dam(language="de", minutes=1, raw="y"))).identity.relation == "new"


def test_beyond_the_text_window_the_same_words_are_new(desk, dam):
    desk.send(dam(raw="a"))
    assert only(desk.send(dam(raw="b", minutes=60 * 80))).identity.relation == "new"


def test_without_any_time_copies_are_still_found(desk, dam):
    desk.send(dam(minutes=None))
    assert only(desk.send(dam(minutes=None, raw="z", key="b"))).outcome == "duplicate"


def test_the_agencys_next_revision_is_a_version_even_with_the_same_words(desk, dam):
    desk.send(dam(uri="urn:fnw:1", version="1", raw="<v1/>"))
    revised = only(desk.send(dam(uri="urn:fnw:1", version="2", raw="<v2/>", minutes=3)))
    assert (revised.outcome, revised.identity.version, revised.identity.changes) == ("published", "2", ())


def test_copy_that_says_it_is_sent_again_is_no_new_issue(desk, dam):
    days = {"dated": date(2031, 5, 11)}, {"dated": date(2031, 5, 12), "minutes": 1500}
    desk.send(dam(**days[0]))
    again = only(desk.send(dam(**days[1], signals=Signals(verbs=("refiles",)))))
    assert again.identity.relation == "duplicate"


def test_what_carries_on_after_an_outlets_copy_is_the_version_to_publish(desk, dam):
    desk.send(dam(source="orlova-post"))
    body = dam().body.replace("\n\n", "\n\nMayor Jana Ruzek asked for tents and boats.\n\n", 1)
    recast = only(desk.send(dam("Mayor asks for boats", body, minutes=60, signals=Signals(verbs=("recasts",)))))
    assert recast.identity.relation == "update"


def test_an_outlets_copy_is_of_the_version_that_has_most_of_its_words(desk, dam):
    first, *rest = dam().body.split("\n\n")
    later = "Engineers had warned in March that the spillway of the dam was cracked, two of them told the Orlova Post."
    desk.send(dam(body="\n\n".join([first, rest[0]]), uri="urn:fnw:1"))
    desk.send(
        dam(
            "Warned in March",
            "\n\n".join([first, *rest, later]),
            uri="urn:fnw:2",
            minutes=30,
            signals=Signals(verbs=("adds",)),
        )
    )
    desk.send(dam(body="\n\n".join([first, rest[0]]), uri="urn:fnw:3", minutes=40, signals=Signals(verbs=("updates",))))
    outlet = {"source": "orlova-post", "outlet": "Orlova Post", "slug": None, "city": None, "minutes": 90}
    copy = only(desk.send(dam(dam().headline, "\n\n".join([first, rest[0], later]), **outlet))).identity
    assert (copy.relation, copy.of.version) == ("duplicate", "2")


def test_an_outlets_copy_is_of_the_agencys_version_sooner_than_of_another_outlets(desk, dam):
    first, *rest = dam().body.split("\n\n")
    agency = only(desk.send(dam(uri="urn:fnw:1"))).identity
    gazette = {"source": "gazette", "outlet": "Gazette", "slug": None, "city": None, "minutes": 60}
    own = "Readers who have relatives in the valley can call the desk of the Gazette from six in the morning."
    whole = only(desk.send(dam("Horror in the hills", f"{dam().body}\n\n{own}", **gazette))).identity
    post = {"source": "orlova-post", "outlet": "Orlova Post", "slug": None, "city": None, "minutes": 70}
    copy = only(desk.send(dam("Horror in the hills", "\n\n".join([*rest, first]), **post))).identity
    assert (whole.of.uri, copy.of.uri) == (agency.uri, agency.uri)


def test_the_agencys_version_that_an_outlet_printed_first_says_so(desk, dam):
    desk.send(dam(uri="urn:fnw:1"))
    outlet = {"source": "gazette", "outlet": "Gazette", "slug": None, "city": None, "minutes": 60}
    printed = only(desk.send(dam("Horror in the hills", **outlet))).identity
    recast = "\n\n".join(dam().body.split("\n\n")[::-1])
    later = only(desk.send(dam("Horror in the hills", recast, minutes=70))).identity
    assert (later.relation, later.printed.uri) == ("update", printed.uri)
