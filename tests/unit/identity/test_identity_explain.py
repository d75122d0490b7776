"""The explanation names the evidence with its weights, for what was joined and for the nearest kept apart."""

from __future__ import annotations

import re

from streams.contracts.story import Signals


def said(outcome, n=0):
    return outcome.results[n].identity.explanation


def weights(text):
    return [float(n) for n in re.findall(r"[ ]([+-]\d+\.\d)", text)]


def test_what_was_joined_names_the_story_and_the_weights_that_add_up(desk, dam):
    desk.send(dam(uri="urn:fnw:1"))
    text = said(desk.send(dam(body=dam().body + "\n\nMore was said.", uri="urn:fnw:2", minutes=9)))
    assert "(urn:fnw:1, version 1)" in text
    assert "shared text +" in text
    assert "slug +1.0" in text
    total, *parts = weights(text)
    assert abs(total - sum(parts)) < 0.06 * len(parts)


def test_the_nearest_that_was_kept_apart_is_told_with_why(desk, story):
    body = (
        "A {size}-magnitude earthquake struck off {where} on Monday, the Freedonia seismological service said.\n\n"
        "The quake hit at a depth of {deep} kilometres, {far} kilometres west of {town}, it said."
    )
    one = body.format(size=6.4, where="Ulm", deep=21, far=88, town="Ulmgate")
    two = body.format(size=6.1, where="Tarn", deep=140, far=52, town="Tarnport")
    desk.send(story("Quake strikes off Ulm", one, slug="quake", uri="urn:fnw:1"))
    text = said(desk.send(story("Quake strikes off Tarn", two, slug="quake", minutes=9, uri="urn:fnw:2")))
    assert "“Quake strikes off Ulm” (urn:fnw:1), kept apart" in text
    assert "figures that only one has, both ways -" in text
    assert weights(text)[0] <= 0


def test_a_match_with_an_older_version_than_the_newest_is_told(desk, dam):
    desk.send(dam(uri="urn:fnw:1"))
    desk.send(dam("Army sent to Orlova", "The army sent two helicopters.", uri="urn:fnw:1", version="2", minutes=20))
    text = said(desk.send(dam(body=dam().body + "\n\nMore was said.", uri="urn:fnw:3", minutes=30)))
    assert text.startswith("Update of “Army sent to Orlova” (urn:fnw:1, version 2)")
    assert f"matched with “{dam().headline}” (urn:fnw:1, version 1)" in text


def test_a_kill_says_how_many_records_it_takes_back(desk, dam, story):
    desk.send(dam())
    kill = story(
        f"KILL: {dam().headline}",
        "Please disregard.",
        kind="kill",
        signals=Signals(kills=True, refers_to=(dam().headline,)),
        minutes=20,
    )
    assert "takes back 1 record that went out" in said(desk.send(kill))
