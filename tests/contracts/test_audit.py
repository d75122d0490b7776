"""The audit of dependencies: what it complains of, that ours pass, and that no answer is not told as no hole."""

from __future__ import annotations

import json
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import pytest
from packaging.requirements import Requirement

import tools.audit.__main__ as audit
from tools.audit.lock import LOCK, ROOT, allowed, complaints, declared, installed, pins

HASH = "--hash=sha256:" + "0" * 64
SOUND = (
    f"aiohttp==3.14.5 \\\n    {HASH} \\\n    {HASH}\n    # via faust\n"
    f"numpy==2.4.6 ; python_version < '3.12' \\\n    {HASH}\n"
)


def test_our_lock_is_pinned_hashed_as_declared_installed_and_free() -> None:
    lock = pins(LOCK.read_text("utf-8"))
    assert len(lock) > 40
    assert list(complaints(lock, declared((ROOT / "pyproject.toml").read_text("utf-8")))) == []
    assert list(installed(lock)) == []


def test_a_lock_is_read_as_it_is_written() -> None:
    lock = pins(SOUND)
    assert [(pin.requirement.name, pin.version, pin.hashes) for pin in lock] == [
        ("aiohttp", "3.14.5", 2),
        ("numpy", "2.4.6", 1),
    ]
    assert lock[1].here == (sys.version_info < (3, 12))


@pytest.mark.parametrize(
    ("lock", "wanted", "said"),
    [
        (SOUND, "aiohttp>=3,<4", None),
        (SOUND, "AIOhttp>=3,<4", None),
        (SOUND, "aiohttp>=4", "locked at 3.14.5, declared >=4"),
        (SOUND, "orjson>=3", "orjson: declared and not locked"),
        ("aiohttp==3.14.5\n", "aiohttp", "no hash"),
        (f"aiohttp>=3 {HASH}\n", "aiohttp", "not pinned"),
        (f"aiohttp @ https://example.org/x.whl {HASH}\n", "aiohttp", "not from the index"),
    ],
)
def test_what_is_wrong_with_a_lock_is_told(lock: str, wanted: str, said: str | None) -> None:
    found = list(complaints(pins(lock), [Requirement(wanted)]))
    assert any(said in line for line in found) if said else not found


def test_another_version_and_a_missing_package_are_told() -> None:
    assert "is installed, 0.0.1 is locked" in next(installed(pins(f"aiohttp==0.0.1 {HASH}\n")))
    assert "not installed" in next(installed(pins(f"no-such-package==0.0.1 {HASH}\n")))


@pytest.mark.parametrize(
    ("licence", "may"),
    [
        ("MIT License", True),
        ("Apache-2.0 AND BSD-2-Clause", True),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", True),
        ("GNU General Public License v3 (GPLv3)", False),
        ("Apache-2.0 AND AGPL-3.0-only", False),
        ("Apache License with Commons Clause", False),
        ("Proprietary", False),
        ("", False),
    ],
)
def test_which_licences_may_be_shipped(licence: str, may: bool) -> None:
    assert allowed(licence) is may


@pytest.mark.parametrize(
    ("told", "holes", "why"),
    [
        ({"dependencies": [{"name": "a", "skip_reason": "not found"}]}, 0, "answers no question"),
        ({"dependencies": []}, 0, "answers no question"),
        ("no json", 0, "it broke"),
        ({"dependencies": [{"name": "a", "version": "1", "vulns": []}]}, 0, None),
        ({"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "X-1", "fix_versions": ["2"]}]}]}, 1, None),
    ],
)
def test_no_answer_is_not_told_as_no_hole(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], told: Any, holes: int, why: str | None
) -> None:
    def ran(*arguments: Any, **options: Any) -> Any:
        return SimpleNamespace(stdout=told if isinstance(told, str) else json.dumps(told), stderr=b"it broke")

    monkeypatch.setattr(audit, "find_spec", lambda name: object())
    monkeypatch.setattr(subprocess, "run", ran)
    found, _, reason = audit.ask(["a==1"], 1)
    assert len(found) == holes
    assert (why is None and reason is None) or (why is not None and why in str(reason))
    assert audit.main() == (1 if holes else 0)
    said = capsys.readouterr()
    assert ("NOT looked up" in said.out) == (why is not None)
    assert ("X-1, mended in 2" in said.err) == bool(holes)


def test_without_pip_audit_it_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(audit, "find_spec", lambda name: None)
    assert audit.main() == 0
    assert "NOT looked up: pip-audit is not installed" in capsys.readouterr().out
