"""Python functions over arrays → machine code, made once and kept on disk; knows no text and no news.

Numba compiles a function for one set of types and leaves the result in ``__pycache__`` beside the source, in
``NUMBA_CACHE_DIR`` or in the user's cache folder, whichever can be written. Where none can, it is compiled anew in each
process, which takes some seconds at the start and changes no answer. A cache that was made before, of an image's build
say, may be read-only: see :class:`Prepared`. Numba asks whether a function's own file has changed, not whether those
that it calls have, so what is kept is named by all that is in ``kernels``: a change there compiles all of it anew.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from numba import njit, types
from numba.core.caching import UserProvidedCacheLocator
from numba.core.types import Type

LONG = types.uint64
BYTES = types.Bytes(types.uint8, 1, "C", readonly=True)
"""Python's ``bytes``, read in place."""
BYTE_ARRAY = types.Array(types.uint8, 1, "C")
WORD_ARRAY = types.Array(types.uint32, 1, "C")
LONG_ARRAY = types.Array(types.uint64, 1, "C")
KEY_ARRAY = types.Array(types.int64, 1, "C")


def digest(folder: Path) -> str:
    """Eight hex digits that change with any Python file of a folder; always the same where there is none, in a zip."""
    sources = b"".join([path.read_bytes() for path in sorted(folder.glob("*.py"))])
    return hashlib.sha256(sources).hexdigest()[:8]


_AS_OF = digest(Path(__file__).with_name("kernels"))
"""What is in ``kernels``, as the names of the kept files have it after the function's."""


class Prepared(UserProvidedCacheLocator):
    """``NUMBA_CACHE_DIR`` as it is, whether or not we may write there; Numba itself passes over a read-only one.

    Chosen by ``NUMBA_CACHE_LOCATOR_CLASSES=streams.identity.compiled.Prepared``, together with the processor that the
    kernels were compiled for, ``NUMBA_CPU_NAME``.
    """

    def ensure_cache_path(self) -> None:
        """See that the folder is there. Raises OSError when it is not and cannot be made."""
        if not os.path.isdir(self.get_cache_path()):  # type: ignore[no-untyped-call]
            super().ensure_cache_path()  # type: ignore[no-untyped-call]


def compiled(returned: Type, *taken: Type) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A decorator that compiles a function for these types, and no others, when its module is imported.

    What it makes checks no bounds: the caller sees to the sizes. It lets go of the interpreter's lock. Calling it with
    other types raises TypeError.
    """

    def compile_function(function: Callable[..., Any]) -> Callable[..., Any]:
        signature = returned(*taken)
        function.__qualname__ = f"{function.__name__}_{_AS_OF}"
        try:
            made: Callable[..., Any] = njit(signature, cache=True, nogil=True, error_model="numpy")(function)
        except (RuntimeError, OSError) as error:
            # No cache can be written; or one was made for another processor or release, and this one cannot be added.
            if isinstance(error, RuntimeError) and "cannot cache" not in str(error):
                raise
            made = njit(signature, cache=False, nogil=True, error_model="numpy")(function)
        return made

    return compile_function
