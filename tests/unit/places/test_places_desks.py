"""The desks: what the file may say, and where a story goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from streams.contracts.story import CountryTag, RegionTag
from streams.errors import UsageError
from streams.places.desks import load_desks, route

SY = CountryTag("SY", 0.8, ("focus",), ())
PE = CountryTag("PE", 0.5, ("focus",), ())
SAHEL = RegionTag("sahel", "named", "Sahel", 0.5, ("BF", "ML", "MR", "NE", "TD"))


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "desks.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_packaged_desks_are_a_newsrooms() -> None:
    names = [desk.name for desk in load_desks()]
    assert {"africa", "asia-pacific", "europe", "latin-america", "middle-east", "north-america"} <= set(names)
    assert len(names) == len(set(names))


def test_a_story_goes_by_country_by_m49_region_and_by_named_region(tmp_path: Path) -> None:
    desks = load_desks(
        written(
            tmp_path,
            '[a]\ncountries=["SY"]\n[b]\nregions=["142"]\n[c]\nregions=["sahel"]\n[d]\nregions=["005"]\n'
            '[e]\nregions=["145"]\ncountries=["SY"]\n',
        )
    )
    assert route(desks, (SY,), (SAHEL,), "story", None) == (
        ("a", "country SY"),
        ("b", "SY in 142"),
        ("c", "region sahel"),
        ("e", "country SY"),
    )
    assert route(desks, (PE,), (), "story", None) == (("d", "PE in 005"),)
    assert route(desks, (), (), "story", None) == ()


def test_a_named_region_goes_to_the_desks_that_take_all_it_implies(tmp_path: Path) -> None:
    desks = load_desks(
        written(
            tmp_path,
            '[all-of-it]\ncountries=["BF", "ML", "MR", "NE", "TD"]\n[africa]\nregions=["002"]\n'
            '[niger]\ncountries=["NE"]\n[west-africa]\nregions=["011"]\n[both]\nregions=["011"]\ncountries=["TD"]\n',
        )
    )
    why = "all of region sahel"
    assert route(desks, (), (SAHEL,), "story", None) == (("all-of-it", why), ("africa", why), ("both", why))
    assert route(desks, (), (RegionTag("antarctica", "named", "Antarctica", 0.5),), "story", None) == ()


def test_urgency_and_kind_limit_a_desk(tmp_path: Path) -> None:
    desks = load_desks(written(tmp_path, '[a]\nregions=["145"]\nurgency=2\nkinds=["alert","urgent"]\n'))
    assert route(desks, (SY,), (), "alert", 2) == (("a", "SY in 145"),)
    assert route(desks, (SY,), (), "alert", 3) == ()
    assert route(desks, (SY,), (), "alert", None) == ()
    assert route(desks, (SY,), (), "story", 1) == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "declares no desk"),
        ("[", "cannot read the desks"),
        ('[Europe]\nregions=["150"]', "slug"),
        ('["a--b"]\nregions=["150"]', "slug"),
        ("a = 1", "must be a table"),
        ('[a]\nregion=["150"]', "unknown field 'region'"),
        ("[a]\ntitle='A'", "takes nothing"),
        ('[a]\ncountries="SY"', "list of texts"),
        ('[a]\ncountries=["Syria"]', "alpha-2"),
        ('[a]\ncountries=["QQ"]', "alpha-2"),
        ('[a]\nregions=["999"]', "M49"),
        ('[a]\nregions=["Middle East"]', "slug"),
        ('[a]\nregions=["150"]\nkinds=["scoop"]', "kinds"),
        ('[a]\nregions=["150"]\nurgency=9', "from 1"),
        ('[a]\nregions=["150"]\nurgency=true', "from 1"),
        ('[a]\nregions=["150"]\ntitle=3', "title"),
    ],
)
def test_a_wrong_file_is_told_what_to_put_right(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        load_desks(written(tmp_path, text))


def test_a_missing_file_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot read the desks"):
        load_desks(tmp_path / "none.toml")


def test_named_regions_of_the_packaged_desks_exist() -> None:
    from streams import places

    known = set(places.load().named_regions)
    for desk in load_desks():
        assert {code for code in desk.regions if not code.isdigit()} <= known, desk.name
