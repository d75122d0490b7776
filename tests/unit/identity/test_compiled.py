"""Compiled loops from a cache that was made before and cannot be written, and from none at all."""

from __future__ import annotations

import importlib
import sys
import tempfile
from pathlib import Path
from typing import Any

import numba
import pytest
from numba import types
from numba.core.caching import UserProvidedCacheLocator

from streams.identity import compiled


def plus_one(number: int) -> int:
    return number + 1


def refused(*args: Any, **kwargs: Any) -> Any:
    raise OSError(30, "Read-only file system")


def test_a_cache_that_cannot_be_written_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numba.config, "CACHE_DIR", str(tmp_path))
    made = compiled.Prepared.from_function(plus_one, __file__)
    assert Path(made.get_cache_path()).is_dir()
    monkeypatch.setattr(tempfile, "TemporaryFile", refused)
    assert UserProvidedCacheLocator.from_function(plus_one, __file__) is None, "Numba passes over it"
    assert compiled.Prepared.from_function(plus_one, __file__).get_cache_path() == made.get_cache_path()


def test_where_no_cache_can_be_made_prepared_is_not_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numba.config, "CACHE_DIR", str(tmp_path / "none"))
    monkeypatch.setattr(tempfile, "TemporaryFile", refused)
    assert compiled.Prepared.from_function(plus_one, __file__) is None


@pytest.mark.parametrize("error", [OSError(30, "Read-only file system"), RuntimeError("cannot cache function")])
def test_what_cannot_be_kept_is_compiled_all_the_same(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    asked: list[bool] = []
    njit = compiled.njit

    def keeps_nothing(signature: Any, cache: bool, **options: Any) -> Any:
        asked.append(cache)
        if cache:
            raise error
        return njit(signature, cache=False, **options)

    monkeypatch.setattr(compiled, "njit", keeps_nothing)
    made = compiled.compiled(types.int64, types.int64)(plus_one)
    assert made(1) == 2
    assert asked == [True, False]


def test_another_error_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any, **kwargs: Any) -> Any:
        raise RuntimeError("no such target")

    monkeypatch.setattr(compiled, "njit", broken)
    with pytest.raises(RuntimeError, match="no such target"):
        compiled.compiled(types.int64, types.int64)(plus_one)


def test_a_change_of_a_file_compiles_what_calls_it_in_another_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = "from numba import types\nfrom streams.identity.compiled import compiled\n"
    calls = (
        "from kernel_steps import step\n@compiled(types.int64, types.int64)\ndef walk(n):\n    return 10 * step(n)\n"
    )
    (tmp_path / "kernel_walks.py").write_text(head + calls)
    monkeypatch.syspath_prepend(tmp_path)
    walked = []
    for length in (1, 22):
        step = f"@compiled(types.int64, types.int64)\ndef step(n):\n    return n + {length}\n"
        (tmp_path / "kernel_steps.py").write_text(head + step)
        monkeypatch.setattr(compiled, "_AS_OF", compiled.digest(tmp_path))
        for name in ("kernel_steps", "kernel_walks"):
            monkeypatch.delitem(sys.modules, name, raising=False)
        importlib.invalidate_caches()
        walked.append(importlib.import_module("kernel_walks").walk(5))
    assert walked == [60, 270]
