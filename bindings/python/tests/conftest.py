"""Tests of the Python binding. They need the C library: DCALLOC_LIBRARY, or a build of this tree;
without it they fail, and say what was tried."""

from __future__ import annotations

import locale
import os
import sys
from pathlib import Path

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
