"""The page's files: light, self-contained, and never markup from text."""

from __future__ import annotations

import re

import pytest

from streams.desk.serving import HEADERS, POLICY, assets, weight

HEAVIEST = 150_000
BANNED = (
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|\beval\(|"
    r"new Function|srcdoc"
)
PAGE = {path: asset.data.decode() for path, asset in assets().items()}
SCRIPTS = {path: text for path, text in PAGE.items() if path.endswith(".js")}


def test_it_weighs_little() -> None:
    assert weight() < HEAVIEST


def test_everything_that_it_asks_for_is_there() -> None:
    asked = set(re.findall(r'(?:src|href)="(/[^"]*)"', PAGE["/"]))
    for text in SCRIPTS.values():
        asked |= {f"/{name}" for name in re.findall(r'from "\./([^"]+)"', text)}
    assert asked <= PAGE.keys()
    assert PAGE.keys() - asked <= {"/"}, "a file that nothing asks for"


@pytest.mark.parametrize("path", sorted(PAGE))
def test_nothing_comes_from_elsewhere(path: str) -> None:
    assert (
        re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", PAGE[path].replace("http://www.w3.org/2000/svg", "")) == []
    )


@pytest.mark.parametrize("path", sorted(SCRIPTS))
def test_no_text_becomes_markup(path: str) -> None:
    assert re.findall(BANNED, SCRIPTS[path]) == []


def test_nothing_is_inline() -> None:
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=", PAGE["/"]) == []
    for text in SCRIPTS.values():
        assert 'setAttribute("style"' not in text
        assert not re.search(r"\bstyle:\s", text)


def test_the_policy_allows_nothing_but_ourselves() -> None:
    assert HEADERS["Content-Security-Policy"] == POLICY
    assert POLICY.startswith("default-src 'none'")
    assert "unsafe" not in POLICY
    assert "*" not in POLICY
    assert "http" not in POLICY
