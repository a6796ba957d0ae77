"""The program as scripts see it: exit status, one JSON object, one line of error, whole files."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import jsonschema
import pytest

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from exact.agree import agree
from exact.mps import read
from harness import Run, program, run, shared_data, solve

REPORT = json.loads((HERE / "report.schema.json").read_text())
SOLUTION = json.loads((HERE / "solution.schema.json").read_text())

TOY = """NAME toy
ROWS
 N cost
 L cap
 G need
COLUMNS
 x cost -3 cap 1
 x need 1
 y cost -2 cap 1
RHS
 r cost 10 cap 4
 r need 1
BOUNDS
 UP b x 3
ENDATA
"""  # -3x - 2y - 10 at x = 3, y = 1: -21
FILES = {
    "toy.mps": TOY,
    "infeasible.mps": TOY.replace("r need 1", "r need 9"),
    "unbounded.mps": TOY.replace(" y cost -2 cap 1", " y cost -2 cap -1"),
    "integer.mps": TOY.replace("COLUMNS\n", "COLUMNS\n M 'MARKER' 'INTORG'\n").replace(
        "RHS\n", " M 'MARKER' 'INTEND'\nRHS\n"
    ),
    "gains.mps": TOY.replace(" y cost -2 cap 1", " y cost -2 cap 1\n y need 2"),
    "maximise.mps": TOY.replace("ROWS", "OBJSENSE\n    MAX\nROWS").replace("cost -", "cost "),
    "norows.mps": "NAME n\nROWS\n N cost\nCOLUMNS\n x cost 1\nBOUNDS\n LO b x 2\nENDATA\n",
    "nocolumns.mps": "NAME n\nROWS\n N cost\n L cap\nCOLUMNS\nRHS\n r cap 4\nENDATA\n",
    "nothing.mps": "NAME n\nROWS\n N cost\nCOLUMNS\nENDATA\n",
    "garbage.mps": "this is not a file of any kind\n",
    "empty.mps": "",
    "badnumber.mps": TOY.replace(" UP b x 3", " UP b x 3,5"),
    "nan.mps": TOY.replace(" UP b x 3", " UP b x nan"),
    "unknown.mps": TOY.replace(" UP b x 3", " UP b nobody 3"),
    "twice.mps": TOY.replace(" L cap\n", " L cap\n G cap\n"),
    "cut.mps": TOY[: TOY.index("RHS")],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    program()
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def valid(done: Run) -> dict[str, Any]:
    report = done.json()
    jsonschema.validate(report, REPORT)
    return report


# ---- Exit statuses and JSON --------------------------------------------------------------------

TABLE: list[tuple[str, list[str], int]] = [
    ("toy.mps", [], 0),
    ("toy.mps", ["--method", "dual"], 0),
    ("toy.mps", ["--method", "primal"], 0),
    ("toy.mps", ["--method=primal"], 0),
    ("toy.mps", ["--no-presolve"], 0),
    ("toy.mps", ["--option", "scaling=off"], 0),
    ("toy.mps", ["--option", "simplex.pricing_dual=dantzig", "--method", "dual"], 0),
    ("toy.mps", ["--time-limit", "60"], 0),
    ("toy.mps", ["--relax"], 0),
    ("maximise.mps", [], 0),
    ("integer.mps", ["--relax"], 0),
    ("norows.mps", [], 0),
    ("nocolumns.mps", [], 0),
    ("nothing.mps", [], 0),
    ("infeasible.mps", [], 10),
    ("infeasible.mps", ["--no-presolve"], 10),
    ("infeasible.mps", ["--method", "primal"], 10),
    ("infeasible.mps", ["--method", "dual"], 10),
    ("unbounded.mps", [], 11),
    ("unbounded.mps", ["--no-presolve"], 11),
    ("unbounded.mps", ["--method", "primal"], 11),
    ("unbounded.mps", ["--method", "dual"], 11),
    ("integer.mps", [], 6),
    ("toy.mps", ["--method", "network", "--no-presolve"], 0),
    ("infeasible.mps", ["--method", "network", "--no-presolve"], 10),
    ("unbounded.mps", ["--method", "network", "--no-presolve"], 11),
    ("gains.mps", ["--method", "network", "--no-presolve"], 6),
    ("toy.mps", ["--method", "ipm"], 6),
    ("garbage.mps", [], 3),
    ("empty.mps", [], 3),
    ("badnumber.mps", [], 3),
    ("nan.mps", [], 3),
    ("unknown.mps", [], 3),
    ("twice.mps", [], 3),
    ("cut.mps", [], 3),
    ("absent.mps", [], 3),
    (".", [], 3),
    ("toy.mps", ["--solution", "absent/out.json"], 4),
]
STATUS = {0: "optimal", 10: "infeasible", 11: "unbounded", 6: "unsupported", 3: "error", 4: "error"}


@pytest.mark.parametrize(("name", "arguments", "expected"), TABLE)
def test_exit_status_and_json(folder: Path, name: str, arguments: list[str], expected: int) -> None:
    done = run("solve", name, "--json", *arguments, cwd=folder)
    assert done.status == expected, done
    report = valid(done)
    assert report["status"] == STATUS[expected]
    assert "\n" not in done.stdout.rstrip("\n"), "one line"


@pytest.mark.parametrize(("name", "arguments", "expected"), TABLE)
def test_the_same_without_json(
    folder: Path, name: str, arguments: list[str], expected: int
) -> None:
    done = run("solve", name, *arguments, cwd=folder)
    assert done.status == expected, done
    if expected in (0, 10, 11):
        assert STATUS[expected] in done.stdout
        assert "\x1b" not in done.stdout + done.stderr, "colours into a pipe"
    if expected in (3, 4):
        lines = done.stderr.strip().splitlines()
        assert len(lines) == 1, lines
        assert done.stdout == ""


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["dance"],
        ["solve"],
        ["solve", "a.mps", "b.mps"],
        ["solve", "toy.mps", "--nonsense"],
        ["solve", "toy.mps", "--time-limit"],
        ["solve", "toy.mps", "--time-limit", "soon"],
        ["solve", "toy.mps", "--time-limit", "-1"],
        ["solve", "toy.mps", "--method", "magic"],
        ["solve", "toy.mps", "--option", "scaling"],
        ["solve", "toy.mps", "--option", "no.such=1"],
        ["solve", "toy.mps", "--option", "scaling=perhaps"],
        ["solve", "toy.mps", "--option", "limits.time=-1"],
        ["convert", "toy.mps"],
        ["check"],
    ],
)
def test_usage(folder: Path, arguments: list[str]) -> None:
    done = run(*arguments, cwd=folder)
    assert done.status == 2, done
    assert done.stdout == "" and done.stderr != ""


@pytest.mark.parametrize(
    ("name", "line", "words"),
    [
        ("badnumber.mps", 14, "3,5"),
        ("nan.mps", 14, "nan"),
        ("unknown.mps", 14, "nobody"),
        ("twice.mps", 5, "cap"),
        ("garbage.mps", 1, "this"),
    ],
)
def test_errors_name_the_place(folder: Path, name: str, line: int, words: str) -> None:
    done = run("solve", name, cwd=folder)
    assert done.stderr.startswith(f"{name}:{line}:") or f"{name}:{line}:" in done.stderr, done
    assert words in done.stderr
    report = valid(run("solve", name, "--json", cwd=folder))
    assert (report["file"], report["line"]) == (name, line)
    assert report["column"] >= 1 and words in report["text"]


def test_help_and_version() -> None:
    done = run("--help")
    assert done.status == 0 and "solve FILE" in done.stdout and done.stderr == ""
    done = run("--version")
    assert done.status == 0 and done.stdout.split()[:1] == ["dcalloc"]
    done = run("options")
    assert done.status == 0 and "simplex.primal_tolerance" in done.stdout


def test_method_of_the_plug_in(folder: Path) -> None:
    done = run("solve", "toy.mps", "--json", "--method", "glpk", cwd=folder)
    report = valid(done)
    assert done.status in (0, 6), "solved, or the plug-in is not built"
    assert report["objective"] == (-21.0 if done.status == 0 else None)
    assert done.status == 0 or "GLPK" in report["text"]


# ---- The answer --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["toy.mps", "maximise.mps", "integer.mps", "norows.mps"])
@pytest.mark.parametrize("arguments", [[], ["--method", "primal"], ["--no-presolve"]])
def test_answer_is_proved(folder: Path, name: str, arguments: list[str]) -> None:
    done, solution = solve(folder / name, folder, "--relax", *arguments)
    jsonschema.validate(solution, SOLUTION)
    report = valid(done)
    assert agree(folder / name, report, solution).disagreements == []


@pytest.mark.parametrize("name", ["infeasible.mps", "unbounded.mps"])
@pytest.mark.parametrize("arguments", [[], ["--method", "primal"], ["--no-presolve"]])
def test_rays_are_proved(folder: Path, name: str, arguments: list[str]) -> None:
    done, solution = solve(folder / name, folder, *arguments)
    jsonschema.validate(solution, SOLUTION)
    assert solution["ray"]["values"]
    assert agree(folder / name, valid(done), solution).disagreements == []


def test_toy_by_hand(folder: Path) -> None:
    done, solution = solve(folder / "toy.mps", folder)
    assert valid(done)["objective"] == -21.0
    columns, rows = solution["columns"], solution["rows"]
    assert (columns["name"], columns["value"]) == (["x", "y"], [3.0, 1.0])
    assert (rows["name"], rows["value"]) == (["cap", "need"], [4.0, 3.0])
    assert (rows["dual"], columns["dual"]) == ([-2.0, 0.0], [-1.0, 0.0])
    assert (columns["status"], rows["status"]) == (["upper", "basic"], ["upper", "basic"])


def test_gzip_and_standard_input(folder: Path) -> None:
    (folder / "toy.mps.gz").write_bytes(gzip.compress(TOY.encode()))
    assert valid(run("solve", folder / "toy.mps.gz", "--json"))["objective"] == -21.0
    assert valid(run("solve", "-", "--json", input=TOY))["objective"] == -21.0


def test_truncated_gzip(folder: Path) -> None:
    packed = gzip.compress(TOY.encode())
    (folder / "cut.mps.gz").write_bytes(packed[: len(packed) // 2])
    assert run("solve", folder / "cut.mps.gz").status == 3


def test_same_bits_twice(folder: Path) -> None:
    first, one = solve(folder / "toy.mps", folder)
    second, two = solve(folder / "toy.mps", folder)
    assert one == two
    assert valid(first)["objective"] == valid(second)["objective"]


def test_basis_out_and_in(folder: Path) -> None:
    basis = folder / "toy.bas"
    assert run("solve", folder / "toy.mps", "--basis-out", basis).status == 0
    done = run("solve", folder / "toy.mps", "--json", "--basis-in", basis, "--no-presolve")
    report = valid(done)
    assert report["objective"] == -21.0 and report["iterations"] == 0
    (folder / "bad.bas").write_text("NAME toy\n XU nobody cap\nENDATA\n")
    done = run("solve", folder / "toy.mps", "--basis-in", folder / "bad.bas")
    assert done.status == 3 and "nobody" in done.stderr


def test_symmetric_lps_have_a_basis_when_asked(folder: Path) -> None:
    """400 times the same two columns and row: by the quotient, which has no basis; with one where
    it is to be written, and nothing is left to do from there."""
    copies = range(400)
    lines = ["NAME many", "ROWS", " N cost", " L all", *(f" G r{k}" for k in copies), "COLUMNS"]
    for k in copies:
        lines += [f" x{k} cost 3 r{k} 1", f" x{k} all 1", f" y{k} cost 2 r{k} 1"]
    lines += ["RHS", " b all 150", *(f" b r{k} 2" for k in copies)]
    lines += ["BOUNDS", *(f" UP b y{k} 1.75" for k in copies), "ENDATA", ""]
    (folder / "many.mps").write_text("\n".join(lines))  # y = 1.75, x = 0.25: 400 (0.75 + 3.5)
    report, solution = solve(folder / "many.mps", folder)
    assert report.json()["objective"] == 1700.0 and report.json()["presolved"]["rows"] <= 2
    assert set(solution["columns"]["value"]) == {0.25, 1.75}
    assert solution["columns"]["status"] is None
    basis = folder / "many.bas"
    assert run("solve", folder / "many.mps", "--basis-out", basis).status == 0
    report = run("solve", folder / "many.mps", "--json", "--basis-in", basis).json()
    assert report["objective"] == 1700.0 and report["iterations"] == 0


def test_convert_is_the_identity(folder: Path) -> None:
    for name in ("toy.mps", "maximise.mps", "integer.mps", "norows.mps", "nocolumns.mps"):
        once, twice = folder / "once.mps", folder / "twice.mps"
        assert run("convert", folder / name, once).status == 0
        assert run("convert", once, twice).status == 0
        assert once.read_bytes() == twice.read_bytes()
        ours, theirs = read(folder / name), read(once)
        for field in ("maximise", "offset", "row_lower", "row_upper", "cost", "lower", "upper"):
            assert getattr(ours, field) == getattr(theirs, field), (name, field)
        assert (ours.columns, ours.integer) == (theirs.columns, theirs.integer)
        assert (ours.row_names, ours.column_names) == (theirs.row_names, theirs.column_names)


def test_convert_keeps_every_bit(folder: Path) -> None:
    numbers = [0.1, 1 / 3, 5e-324, 1.7976931348623157e308, -2.2250738585072014e-308, 1e22, 0.3]
    lines = "".join(f" x{k} cost {value!r} cap 1\n" for k, value in enumerate(numbers))
    path, out = folder / "bits.mps", folder / "out.mps"
    path.write_text(f"NAME b\nROWS\n N cost\n L cap\nCOLUMNS\n{lines}ENDATA\n")
    assert run("convert", path, out).status == 0
    assert read(out).cost == numbers


def test_check_and_explain(folder: Path) -> None:
    assert run("check", folder / "toy.mps").status == 0
    assert run("check", folder / "garbage.mps").status == 3
    done = run("explain", folder / "toy.mps")
    assert done.status == 0 and "cap" in done.stdout


def test_explain_a_conflict(folder: Path) -> None:
    """x <= 3 alone keeps need (x >= 9) from being met: cap is in nobody's way."""
    done = run("explain", folder / "infeasible.mps")
    assert done.status == 0 and "row 'need' is at least 9" in done.stdout
    assert "column 'x' is at most 3" in done.stdout and "cap" not in done.stdout
    report = json.loads(run("explain", "--json", folder / "infeasible.mps").stdout)
    conflict = report["conflict"]
    assert conflict["irreducible"] is True
    assert [(one["name"], one["side"], one["limit"]) for one in conflict["members"]] == [
        ("x", "upper", 3),
        ("need", "lower", 9),
    ]
    done = run("explain", "--json", "--untouchable", "need", folder / "infeasible.mps")
    marked = [one["untouchable"] for one in json.loads(done.stdout)["conflict"]["members"]]
    assert marked == [False, True]
    done = run("explain", "--untouchable", "nobody*", folder / "infeasible.mps")
    assert done.status == 2 and "nobody*" in done.stderr
    assert run("solve", "--untouchable", "need", folder / "infeasible.mps").status == 2
    assert "conflict" not in json.loads(run("explain", "--json", folder / "toy.mps").stdout)


# ---- Manners -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments", [["solve", "toy.mps"], ["convert", "toy.mps", "-"], ["--help"]]
)
def test_full_standard_output(folder: Path, arguments: list[str]) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full")
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [program(), *arguments], cwd=folder, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 4 and done.stderr


def test_a_file_is_written_whole_or_not_at_all(folder: Path) -> None:
    target = folder / "kept.json"
    target.write_text("before")
    assert run("solve", folder / "garbage.mps", "--solution", target).status == 3
    assert target.read_text() == "before"
    before = sorted(path.name for path in folder.iterdir())
    assert run("solve", folder / "toy.mps", "--solution", target).status == 0
    json.loads(target.read_text())
    assert sorted(path.name for path in folder.iterdir()) == before, "no file is left behind"


def test_other_locales_change_nothing(folder: Path) -> None:
    environment = {**os.environ, "LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"}
    plain = run("convert", folder / "toy.mps", "-")
    german = run("convert", folder / "toy.mps", "-", env=environment)
    assert plain.status == german.status == 0
    assert plain.stdout == german.stdout


def test_time_limit_of_zero(folder: Path) -> None:
    done = run("solve", folder / "toy.mps", "--json", "--time-limit", "0")
    report = valid(done)
    assert report["status"] == "time_limit" and done.status in (12, 13)


def test_work_limit() -> None:
    path = shared_data() / "lp" / "feasible" / "netlib-bnl1.mps.gz"
    done = run("solve", path, "--json", "--option", "limits.work=20000")
    assert valid(done)["status"] == "work_limit" and done.status in (12, 13)
    done = run("solve", path, "--json", "--option", "limits.iterations=10", "--no-presolve")
    assert valid(done)["status"] == "work_limit" and done.status in (12, 13)


def hard_lp() -> Path:
    return shared_data() / "lp" / "allocation" / "te_maxflow_UsCarrier.mps.gz"


def test_time_limit_acts(folder: Path) -> None:
    start = time.monotonic()
    done = run("solve", hard_lp(), "--json", "--time-limit", "1")
    report = valid(done)
    if report["status"] == "optimal":
        pytest.skip("solved within a second")
    assert report["status"] == "time_limit" and done.status in (12, 13)
    assert time.monotonic() - start < 3.0


def test_interrupt(folder: Path) -> None:
    process = subprocess.Popen(
        [program(), "solve", str(hard_lp()), "--json"], stdout=subprocess.PIPE, text=True
    )
    time.sleep(0.7)
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=20)
    if process.returncode == 0:
        pytest.skip("solved before the signal")
    assert process.returncode == 130
    assert valid(Run(130, output, ""))["status"] == "interrupted"


# ---- The schema can fail -----------------------------------------------------------------------

GOOD = {
    "status": "optimal",
    "objective": 1.0,
    "method": "dual",
    "iterations": 0,
    "read_seconds": 0.0,
    "solve_seconds": 0.0,
    "rows": 1,
    "columns": 1,
    "nonzeros": 1,
    "presolved": {"rows": 1, "columns": 1, "nonzeros": 1},
    "certificate": {
        "kind": "kkt",
        "primal_violation": 0.0,
        "dual_violation": 0.0,
        "relative_gap": 0.0,
        "valid": True,
    },
}


def test_schema_takes_the_good_one() -> None:
    jsonschema.validate(GOOD, REPORT)


@pytest.mark.parametrize(
    "change",
    [
        {"status": "fine"},
        {"objective": None},
        {"objective": "1"},
        {"iterations": 1.5},
        {"rows": -1},
        {"presolved": {}},
        {"surprise": 1},
        {"certificate": {**GOOD["certificate"], "valid": False}},
        {"certificate": {**GOOD["certificate"], "kind": "farkas"}},
        {"status": "infeasible"},
    ],
)
def test_schema_refuses(change: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**GOOD, **change}, REPORT)


def test_bare_infinities_are_refused() -> None:
    for word in ("NaN", "Infinity", "-Infinity"):
        with pytest.raises(ValueError, match="no JSON"):
            Run(0, f'{{"objective": {word}}}\n', "").json()
