"""Progress on the screen, with tqdm and without; other simplex codes; the default environment."""

from __future__ import annotations

import io
import math
import shutil
import subprocess
import sys
import types
from pathlib import Path
from typing import ClassVar

import dcalloc
import pytest
from dcalloc import Phase, Progress, _ffi, _progress
from headers import ROOT


def now(iteration: int, objective: float = math.nan, fraction: float = math.nan) -> Progress:
    return Progress(Phase.SIMPLEX_1, iteration, 10, objective, 2.5, fraction)


def test_one_line() -> None:
    assert _progress.summary(now(1234, 5.5)) == (
        "simplex 1, 1,234 iterations, objective 5.5, infeasibility 2.5"
    )
    assert _progress.summary(Progress(Phase.READ, 0, 0, math.nan, math.nan, 0.5)) == "read, 50%"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_line_on_a_terminal_and_nothing_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    for stream, shows in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr(sys, "stderr", stream)
        show, finish = _progress._bar()
        show(now(10, 1.0))
        show(now(20))
        finish()
        lines = stream.getvalue().split("\r")
        assert bool(lines[0] or lines[1:]) == shows
        if shows:
            assert lines[1].startswith("dcalloc: simplex 1, 10 iterations, objective 1")
            assert len(lines[2]) >= len(lines[1])  # what was there is covered
            assert lines[-2].strip() == "" and lines[-1] == ""


def test_a_bar_where_tqdm_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    class Bar:
        made: ClassVar[list[Bar]] = []

        def __init__(self, **options: object) -> None:
            self.n, self.text, self.closed = 0, "", False
            self.made.append(self)

        def update(self, more: int) -> None:
            self.n += more

        def set_postfix_str(self, text: str, refresh: bool) -> None:
            self.text = text

        def close(self) -> None:
            self.closed = True

    module = types.ModuleType("tqdm.auto")
    module.tqdm = Bar  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "tqdm", types.ModuleType("tqdm"))
    monkeypatch.setitem(sys.modules, "tqdm.auto", module)
    lp = dcalloc.Lp()
    lp.add_columns(cost=[1.0])
    assert lp.solve(progress=True).optimal
    (bar,) = Bar.made
    assert bar.closed
    show, finish = _progress._bar()
    show(now(7))
    show(now(9))
    finish()
    assert Bar.made[1].n == 9 and Bar.made[1].closed
    assert Bar.made[1].text == "simplex 1, infeasibility 2.5"


BACKEND = """
#include <dcalloc.h>
static dca_status refuse(dca_env *env, void **state)
{
    (void)env;
    (void)state;
    return DCA_E_UNSUPPORTED;
}
static const dca_backend backend = { .struct_size = sizeof(dca_backend), .name = "none",
                                     .open = refuse };
const dca_backend *dca_glpk_backend(void);
const dca_backend *dca_glpk_backend(void) { return &backend; }
"""


def test_another_simplex_code(tmp_path: Path) -> None:
    source, library = tmp_path / "none.c", tmp_path / "libnone.so"
    source.write_text(BACKEND)
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    assert compiler, "this test needs a C compiler"
    subprocess.run(
        [
            compiler,
            "-shared",
            "-fPIC",
            "-I",
            str(ROOT / "include"),
            str(source),
            "-o",
            str(library),
        ],
        check=True,
    )
    backend = dcalloc.Backend(str(library))
    assert backend.name == "none"
    lp = dcalloc.Lp(sense="max")
    lp.add_columns(cost=[1.0], upper=[2.0])
    lp.add_row("r", {0: 1}, upper=1)
    solver = lp.solver()
    with pytest.raises(dcalloc.DcallocError):
        solver.set_backend(backend)
        solver.solve()
    solver.set_backend(None)
    assert solver.solve().objective == 1
    with pytest.raises(dcalloc.LibraryError, match=r"(?s)no backend other.*libnone\.so"):
        dcalloc.Backend(str(library), "other")
    with pytest.raises(dcalloc.LibraryError, match="nowhere"):
        dcalloc.Backend("/nowhere.so")


def test_the_glpk_backend() -> None:
    try:
        backend = dcalloc.Backend()
    except dcalloc.LibraryError as error:
        pytest.skip(f"built without GLPK: {error}")
    assert backend.name == "glpk"
    lp = dcalloc.Lp(sense="max")
    lp.add_columns(cost=[3.0, 2.0], upper=[3.0, math.inf])
    lp.add_rows(upper=[4.0, 8.0], entries=[{0: 1, 1: 1}, {0: 1, 1: 3}])
    solver = lp.solver()
    solver.set_backend(backend)
    answer = solver.solve()
    assert answer.optimal and answer.certificate.valid
    assert answer.objective == pytest.approx(11)
    solver.close()
    lp.add_row("free", {0: 1, 1: -1})
    for chosen in (None, "glpk", backend):
        assert lp.solve(backend=chosen, method="primal").objective == pytest.approx(11)
        with lp.solver(backend=chosen) as own:
            assert own.solve().objective == pytest.approx(11)
    with pytest.raises(dcalloc.ArgumentError, match="'cplex'"):
        lp.solve(backend="cplex")


def test_the_glpk_plug_in_is_found_by_its_number(tmp_path: Path) -> None:
    """A library and a plug-in as packages without headers install them; then none."""
    try:
        plug_in = Path(dcalloc.Backend()._handle._name)
    except dcalloc.LibraryError as error:
        pytest.skip(f"built without GLPK: {error}")
    shutil.copy(_ffi.library().path, tmp_path / "libdcalloc.so.0")
    shutil.copy(plug_in, tmp_path / "libdcalloc-glpk.so.0")
    ask = "import dcalloc; print(dcalloc.Backend().name)"
    environment = {
        "DCALLOC_LIBRARY": str(tmp_path / "libdcalloc.so.0"),
        "LD_LIBRARY_PATH": str(tmp_path),
        "PYTHONPATH": str(Path(_ffi.__file__).parent.parent),
    }
    command = [sys.executable, "-c", ask]
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert said.stdout == "glpk\n"
    (tmp_path / "libdcalloc-glpk.so.0").unlink()
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert said.returncode != 0 and "libdcalloc-glpk is built where GLPK is" in said.stderr


def test_the_default_environment_is_shared() -> None:
    assert dcalloc.default_env() is dcalloc.default_env()
    before = dcalloc.default_env().memory
    lp = dcalloc.Lp()
    lp.add_columns(1000, cost=1.0)
    assert dcalloc.default_env().memory >= before + 8000
    lp.close()
    assert dcalloc.default_env().memory <= before
