"""LP files through the program: hand-made ones with the answer or the message that they must give
(tests/data/lp/expected.json), every direction of convert, how a format is told, and the caret.

The good ones whose syntax GLPK knows are also solved by glpsol, where it is installed.
"""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from harness import TESTS, run

DATA = TESTS / "data" / "lp"
TABLE: dict[str, dict[str, Any]] = json.loads((DATA / "expected.json").read_text("utf-8"))
GOOD = [name for name in TABLE if name.startswith("good/")]
BAD = [name for name in TABLE if name.startswith("bad/")]
EXIT = {"optimal": 0, "infeasible": 10, "unbounded": 11}
TOLERANCE = 1e-9  # of objectives, relative


def near(a: float | None, b: float | None) -> bool:
    return a == b or (
        a is not None and b is not None and abs(a - b) <= TOLERANCE * max(1.0, abs(a), abs(b))
    )


def solved(path: Path) -> dict[str, Any]:
    return run("solve", path, "--json", "--relax").json()


def test_the_table_is_whole() -> None:
    there = sorted(str(path.relative_to(DATA).as_posix()) for path in DATA.glob("*/*.lp"))
    assert there == sorted(TABLE)
    assert len(GOOD) >= 25 and len(BAD) >= 25 and len(TABLE) >= 50


@pytest.mark.parametrize("name", GOOD)
def test_good_files(name: str, tmp_path: Path) -> None:
    expected = TABLE[name]
    counts = run("check", DATA / name, "--json").json()
    for key in ("rows", "columns", "nonzeros", "integers"):
        assert counts[key] == expected[key], key
    done = run("solve", DATA / name, "--json", "--relax")
    assert done.status == EXIT[expected["status"]], done
    assert near(done.json()["objective"], expected["objective"]), done
    # written as LP and as MPS it is the same problem, and LP is written the same again
    for ending in ("lp", "mps"):
        copy = tmp_path / f"copy.{ending}"
        back = tmp_path / f"back-{ending}.lp"
        assert run("convert", DATA / name, copy).status == 0
        assert run("convert", copy, back).status == 0
        counts = run("check", copy, "--json").json()
        for key in ("rows", "columns", "nonzeros", "integers"):
            assert counts[key] == expected[key], (ending, key)
        report = solved(copy)
        assert report["status"] == expected["status"]
        assert near(report["objective"], expected["objective"]), ending
    assert (tmp_path / "copy.lp").read_text() == (tmp_path / "back-lp.lp").read_text()
    assert (tmp_path / "copy.lp").read_text() == (tmp_path / "back-mps.lp").read_text()


def glpsol(path: Path, folder: Path) -> tuple[str, float]:
    """The status and objective that GLPK finds."""
    answer = folder / "answer.txt"
    command = ["glpsol", "--lp", str(path), "--nomip", "-w", str(answer)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert "error" not in done.stdout.lower() and answer.exists(), done.stdout
    for line in answer.read_text().splitlines():
        if line.startswith("s bas"):
            words = line.split()  # s bas rows columns primal dual objective
            primal, dual = words[4], words[5]
            status = {"ff": "optimal", "nu": "infeasible", "fn": "unbounded"}
            return status.get(primal + dual, primal + dual), float(words[6])
    raise AssertionError(answer.read_text())


@pytest.mark.parametrize("name", [name for name in GOOD if TABLE[name]["glpsol"]])
def test_glpk_agrees(name: str, tmp_path: Path) -> None:
    if shutil.which("glpsol") is None:
        pytest.skip("no glpsol here")
    status, objective = glpsol(DATA / name, tmp_path)
    expected = TABLE[name]
    if expected["status"] == "optimal":
        assert status == "optimal" and near(objective, expected["objective"])
    else:
        assert status != "optimal"


@pytest.mark.parametrize("name", [name for name in GOOD if TABLE[name]["rows"] > 0])
def test_glpk_reads_what_is_written(name: str, tmp_path: Path) -> None:
    if shutil.which("glpsol") is None:
        pytest.skip("no glpsol here")
    copy = tmp_path / "copy.lp"
    assert run("convert", DATA / name, copy).status == 0
    status, objective = glpsol(copy, tmp_path)
    expected = TABLE[name]
    if expected["status"] == "optimal":
        assert status == "optimal" and near(objective, expected["objective"]), copy.read_text()
    else:
        assert status != "optimal"


@pytest.mark.parametrize("name", BAD)
def test_bad_files(name: str) -> None:
    expected = TABLE[name]
    done = run("solve", name, cwd=DATA)
    assert done.status == expected["exit"], done
    place = f"{name}:{expected['line']}:{expected['column']}: "
    assert done.stderr.startswith(place + expected["text"]), done
    assert done.stderr.count("\n") == 1, "one line"
    report = run("solve", name, "--json", cwd=DATA).json()
    assert (report["line"], report["column"]) == (expected["line"], expected["column"])
    assert report["text"].startswith(expected["text"])


# ---- Which format it is ------------------------------------------------------------------------

LP = "\\ a comment\n\n Maximize\n x + y\nSubject To\n c: x + 2 y <= 4\nBounds\n x <= 3\nEnd\n"
MPS = "NAME n\nROWS\n N o\n G c\nCOLUMNS\n x o 1 c 1\nRHS\n r c 3.5\nENDATA\n"


def test_every_direction(tmp_path: Path) -> None:
    (tmp_path / "a.lp").write_text(LP)
    (tmp_path / "b.lp.gz").write_bytes(gzip.compress(LP.encode()))
    for source in ("a.lp", "b.lp.gz"):
        for target in ("c.lp", "c.lp.gz", "c.mps", "c.mps.gz"):
            assert run("convert", source, target, cwd=tmp_path).status == 0
            assert solved(tmp_path / target)["objective"] == 3.5, (source, target)
            assert (tmp_path / target).read_bytes().startswith(b"\x1f\x8b") == target.endswith("gz")
    assert (tmp_path / "c.lp").read_text().startswith("Maximize\n")
    shown = run("convert", "a.lp", "-", cwd=tmp_path)
    assert shown.status == 0 and shown.stdout.startswith("NAME"), "standard output is MPS"


def test_the_first_word_tells_where_the_name_does_not(tmp_path: Path) -> None:
    for text, objective in ((LP, 3.5), ("\ufeff" + LP, 3.5), (MPS, 3.5), ("min x\nend", 0.0)):
        assert run("solve", "-", "--json", input=text).json()["objective"] == objective
        (tmp_path / "model.txt").write_text(text, "utf-8")
        assert solved(tmp_path / "model.txt")["objective"] == objective
    done = run("solve", "-", "--json", input="\\ no word\n")
    assert "expected ENDATA" in done.json()["text"] or "expected NAME" in done.json()["text"]


def test_commands_take_lp(tmp_path: Path) -> None:
    path = tmp_path / "a.lp"
    path.write_text(LP)
    basis = tmp_path / "a.bas"
    assert run("solve", path, "--basis-out", basis).status == 0
    again = run("solve", path, "--json", "--basis-in", basis, "--no-presolve").json()
    assert (again["objective"], again["iterations"]) == (3.5, 0)
    assert "a.lp: 1 rows, 2 columns, 2 nonzeros, " in run("check", path).stdout
    assert run("explain", path).status == 0
    scenario = TESTS.parent / "examples" / "scenarios" / "gpu-cluster.json"
    for name in ("compiled.lp", "compiled.mps"):
        assert run("convert", scenario, tmp_path / name).status == 0
    both = [solved(tmp_path / name) for name in ("compiled.lp", "compiled.mps")]
    assert both[0]["status"] == "optimal" and near(both[0]["objective"], both[1]["objective"])


# ---- The caret ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BAD)
def test_the_caret_stands_under_the_place(name: str) -> None:
    expected = TABLE[name]
    lines = run("solve", DATA / name, "--verbose").stderr.splitlines()
    source = (DATA / name).read_bytes().split(b"\n")
    line = source[expected["line"] - 1]
    if line == b"":
        assert len(lines) == 1, "nothing to show"
        return
    assert len(lines) == 3 and lines[2].strip() == "^", lines
    at = lines[2].index("^")
    assert at == expected["column"] - 1 + 2
    shown = bytes(byte if 32 <= byte < 127 else ord("?") for byte in line)
    assert lines[1].rstrip() == ("  " + shown.decode()).rstrip()


def test_the_caret_elsewhere(tmp_path: Path) -> None:
    wide = tmp_path / "wide.lp"
    wide.write_text("min x\nst\n" + "x + " * 100 + "y ? z >= 1" + " + x" * 100 + "\nend\n")
    lines = run("solve", wide, "--verbose").stderr.splitlines()
    assert lines[0].startswith(f"{wide}:3:403: found '?'")
    assert lines[1].startswith("  ...+ x + ") and lines[1].endswith("...")
    assert lines[1][lines[2].index("^")] == "?" and len(lines[1]) < 110
    tabs = tmp_path / "tabs.lp"
    tabs.write_text("min\tx\n\t+\t\x1b[31m y\nend\n")
    lines = run("solve", tabs, "--verbose").stderr.splitlines()
    assert lines[1:] == ["  \t+\t?[31m y", "  \t \t^"], "tabs are kept, escapes are not"
    mps = tmp_path / "a.mps"
    mps.write_text(MPS.replace("3.5", "3,5"))
    assert run("solve", mps, "--verbose").stderr.splitlines()[1:] == ["   r c 3,5", "       ^"]
    scenario = tmp_path / "a.json"
    scenario.write_text('{"dcalloc": 1,\n "pools": 3}\n')
    assert run("check", scenario, "--verbose").stderr.splitlines()[1:] == [
        '   "pools": 3}',
        "            ^",
    ]
    packed = tmp_path / "a.lp.gz"
    packed.write_bytes(gzip.compress(b"min x y\nend\n"))
    assert len(run("solve", packed, "--verbose").stderr.splitlines()) == 1
    assert len(run("solve", "-", "--verbose", input="min x y\nend\n").stderr.splitlines()) == 1
