"""Tests of the Python binding. They need the C library: DCALLOC_LIBRARY, or a build of this tree;
without it they fail, and say what was tried."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "bindings" / "python"))

if not os.environ.get("DCALLOC_LIBRARY"):
    for built in ("build/release/lib", "build/lib"):
        library = ROOT / built / "libdcalloc.so"
        if library.exists():
            os.environ["DCALLOC_LIBRARY"] = str(library)
            break

# Under another locale the C library must read and write numbers as ever.
if os.environ.get("DCALLOC_TEST_LOCALE"):
    locale.setlocale(locale.LC_ALL, os.environ["DCALLOC_TEST_LOCALE"])


# ---- Which functions of the library the tests reach through the package --------------------------


class Counted:
    """The library; notes which functions modules of the package call while tests run."""

    def __init__(self, library: Any) -> None:
        self._library = library
        self.path = library.path
        self.reached: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        function = getattr(self._library, name)

        def call(*arguments: Any) -> Any:
            if sys._getframe(1).f_globals["__name__"].startswith("dcalloc."):
                self.reached.add(name)
            return function(*arguments)

        call.argtypes = function.argtypes
        setattr(self, name, call)
        return call


@pytest.fixture(scope="session", autouse=True)
def reached() -> Iterator[set[str]]:
    """Names of the functions reached so far."""
    from dcalloc import _ffi, options

    options._table.clear()  # other suites may have asked for it before the count begins
    counted = Counted(_ffi.library())
    _ffi._loaded[0] = counted  # type: ignore[assignment]
    yield counted.reached
    _ffi._loaded[0] = counted._library


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What was reached is asked last."""
    items.sort(key=lambda item: item.path.name == "test_reach.py")
