"""How the library is found, and what is said when it is not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import dcalloc
import pytest
from dcalloc import _ffi
from headers import ROOT

PACKAGE = ROOT / "bindings" / "python"


def python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {key: value for key, value in os.environ.items() if key != "DCALLOC_LIBRARY"}
    env.update(environment, PYTHONPATH=str(PACKAGE))
    return subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=60
    )


def test_import_needs_no_library() -> None:
    done = python("import dcalloc; print(dcalloc.Outcome.OPTIMAL)", DCALLOC_LIBRARY="/nowhere.so")
    assert (done.returncode, done.stdout, done.stderr) == (0, "optimal\n", "")


def test_a_wrong_path_is_named_and_nothing_else_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DCALLOC_LIBRARY", "/nowhere/libdcalloc.so")
    assert _ffi.candidates() == ["/nowhere/libdcalloc.so"]
    with pytest.raises(ImportError, match=r"(?s)/nowhere/libdcalloc\.so: ") as caught:
        _ffi._load()
    assert isinstance(caught.value, dcalloc.LibraryError)
    assert "DCALLOC_LIBRARY" in str(caught.value)


def test_a_library_that_is_not_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = tmp_path / "libdcalloc.so"
    fake.write_bytes(b"not a library")
    monkeypatch.setenv("DCALLOC_LIBRARY", str(fake))
    with pytest.raises(dcalloc.LibraryError, match=str(fake)):
        _ffi._load()


def test_without_the_variable_the_package_then_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = tmp_path / "dcalloc" / "libdcalloc.so.0"
    inside.parent.mkdir()
    inside.write_bytes(b"")
    monkeypatch.delenv("DCALLOC_LIBRARY")
    monkeypatch.setattr(_ffi, "__file__", str(tmp_path / "dcalloc" / "_ffi.py"))
    monkeypatch.setattr(_ffi, "find_library", lambda name: f"lib{name}.so.0")
    assert _ffi.candidates() == [str(inside), "libdcalloc.so.0"]
    inside.unlink()
    monkeypatch.setattr(_ffi, "find_library", lambda name: None)
    assert _ffi.candidates() == []
    with pytest.raises(dcalloc.LibraryError, match=r"(?s)inside the package.*nothing.*the system"):
        _ffi._load()


def test_versions() -> None:
    assert dcalloc.library_version()[:2] == _ffi.HEADER_VERSION
    assert "simplex" in dcalloc.capabilities()


def test_quiet_at_exit() -> None:
    code = """
import dcalloc
lp = dcalloc.Lp("p", sense="max")
solver = lp.solver()
control = dcalloc.Control()
control.set_progress(lambda now: False)
model = dcalloc.Model()
options = dcalloc.Options()
cycle = [lp, solver, control, model, options]
cycle.append(cycle)
"""
    done = python(code, DCALLOC_LIBRARY=os.environ["DCALLOC_LIBRARY"])
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
