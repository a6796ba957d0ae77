"""The bench is found by path, and reads files with the release build."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "bindings" / "python"), str(Path(__file__).parent)]
os.environ.setdefault("DCALLOC_LIBRARY", str(ROOT / "build/release/lib/libdcalloc.so"))


@pytest.fixture(autouse=True)
def library() -> None:
    """Skip where there is nothing to read files with."""
    if not Path(os.environ["DCALLOC_LIBRARY"]).exists():
        pytest.skip(f"{os.environ['DCALLOC_LIBRARY']} is not built")
