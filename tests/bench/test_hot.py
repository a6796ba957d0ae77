"""Re-solving: contestants agree on small traces, those that lie, crash or hang are told, and the
report says so."""

from __future__ import annotations

import copy
import math
import sys
from pathlib import Path
from typing import Any

import dcalloc
import pytest
from generated import DOMAIN, FAMILIES, make, optimum

from bench.hot import contestants, judge, pictures, report, run
from bench.hot.follow import Limits, Told, follow
from bench.hot.trace import edits
from bench.lp import records
from bench.lp.contestants import Contestant, Missing
from bench.lp.records import Record

EDITS = 60
COLD = list(range(0, EDITS + 1, 10))
LIMITS = Limits(solve=10.0, budget=60.0)


def small(family: str, folder: Path) -> tuple[Path, Path, Path]:
    """LP, trace, and the LP after the trace."""
    paths = folder / "made.mps", folder / "trace", folder / "after.mps"
    make(family, "-o", paths[0], "--trace", paths[1], "--edits", str(EDITS), "--final", paths[2])
    return paths


def told_by(name: str, path: Path, trace: Path, *more: str) -> Told | None:
    """None: the contestant is missing."""
    contestant = contestants.parse(name)
    try:
        contestant.version()
    except Missing:
        return None
    return follow(contestant, path, trace, LIMITS, more)


@pytest.mark.parametrize("family", FAMILIES)
def test_contestants_agree(family: str, tmp_path: Path) -> None:
    path, trace, after = small(family, tmp_path)
    names = [n for n in contestants.DEFAULTS if n != "dcalloc-model" or family in DOMAIN]
    every = {name: told_by(name, path, trace) for name in names}
    field = {name: told for name, told in every.items() if told is not None}
    assert "dcalloc" in field
    reference = told_by("dcalloc", path, trace, "--cold", ",".join(map(str, COLD)))
    assert reference is not None
    assert sorted(reference.edits) == COLD
    last = optimum(after)
    assert reference.edits[EDITS]["objective"] == pytest.approx(last[1], rel=1e-8)
    for name, told in field.items():
        assert (told.end, len(told.edits)) == ("done", EDITS + 1), (name, told.text)
        assert judge.wrong(told, reference) == (len(reference.edits), []), name
    assert judge.odd(field) == {name: [] for name in field}


def test_replay_in_python(tmp_path: Path) -> None:
    """The trace, read in Python and made through the binding, ends in the same LP."""
    path, trace, after = small("placement", tmp_path)
    with dcalloc.Lp.read_mps(str(path)) as lp, trace.open(encoding="ascii") as lines:
        next(lines)
        for edit in edits(lines, 1.0):
            if edit.gone_columns:
                lp.delete_columns(edit.gone_columns)
                lp.delete_rows(edit.gone_rows)
            for lower, upper, index, value in edit.new_rows:
                lp.add_row(None, dict(zip(index, value)), lower=lower, upper=upper)
            for cost, lower, upper, index, value in edit.new_columns:
                entries = dict(zip(index, value))
                lp.add_column(cost=cost, lower=lower, upper=upper, entries=entries)
            for row, lower, upper in edit.rows:
                lp.set_row_bounds([row], lower=[lower], upper=[upper])
            for column, lower, upper in edit.columns:
                lp.set_column_bounds([column], lower=[lower], upper=[upper])
            for column, cost in edit.costs:
                lp.set_cost([column], [cost])
            if edit.offset is not None:
                lp.offset = edit.offset
        assert lp.solve().objective == pytest.approx(optimum(after)[1], rel=1e-9)


def event(number: int, objective: float | None, status: str = "optimal") -> dict[str, Any]:
    figures = {"seconds": 0.001 * (number + 1), "processor": 0.0005, "iterations": 2, "work": 10}
    said = {"number": number, "change": "limit", "status": status, "objective": objective}
    return {"event": "edit", **figures, **said}


def telling(*objectives: float | None) -> Told:
    return Told("done", edits={k: event(k, value) for k, value in enumerate(objectives)})


def test_wrong_answers_are_named() -> None:
    reference = telling(1.0, 2.0, 0.0)
    assert judge.wrong(telling(1.0, 2.0 + 1e-6, 0.9e-9), reference) == (3, [])
    compared, wrong = judge.wrong(telling(1.0, 2.00001, 1.1e-9), reference)
    assert compared == 3
    assert [(entry[0], entry[3], entry[5]) for entry in wrong] == [
        (1, 2.00001, 2.0),
        (2, 1.1e-9, 0),
    ]
    claims = telling(1.0, 2.0, 0.0)
    claims.edits[1] = event(1, None, "infeasible")
    assert [entry[2:] for entry in judge.wrong(claims, reference)[1]] == [
        ["infeasible", None, "optimal", 2.0]
    ]
    slow = telling(1.0, 2.0, 0.0)
    slow.edits[1] = event(1, 7.0, "time_limit")
    assert judge.wrong(slow, reference) == (2, [])


def test_odd_ones_are_named() -> None:
    three = {"a": telling(1.0, 2.0), "b": telling(1.0, 2.0), "c": telling(1.0, 3.0)}
    assert {name: len(entries) for name, entries in judge.odd(three).items()} == {
        "a": 0,
        "b": 0,
        "c": 1,
    }
    assert judge.disputed(three) == [1]
    odd = judge.odd(three)["c"]
    assert judge.unsettled(odd, telling(1.0)) == odd
    assert judge.unsettled(odd, telling(1.0, 2.0)) == []
    two = {"a": telling(1.0, 2.0), "c": telling(1.0, 3.0)}
    assert {name: len(entries) for name, entries in judge.odd(two).items()} == {"a": 1, "c": 1}


MISBEHAVE = """
import os, sys, time
def tell(text):
    print(text, flush=True)
print("rubbish, [1], and", flush=True)
tell('{"event": "read", "rows": 1, "columns": 1, "nonzeros": 1}')
tell('{"event": "loaded", "seconds": 0.5}')
for k in range(1000000):
    tell('{"event": "edit", "number": %d, "change": "limit", "seconds": 0.001, "processor": 0.001,'
         ' "status": "optimal", "iterations": 0, "work": 0, "objective": 1.0}' % k)
    if k == 3 and sys.argv[1] == "crash":
        os.abort()
    if k == 3 and sys.argv[1] == "hang":
        time.sleep(60.0)
    if k == 3 and sys.argv[1] == "leave":
        tell('{"event": "end", "status": "failed", "text": "no"}')
        sys.exit(1)
    time.sleep(0.002)
"""


@pytest.mark.parametrize("mode", ["crash", "hang", "leave", "budget"])
def test_contestants_that_misbehave(mode: str, tmp_path: Path) -> None:
    program = tmp_path / "misbehave.py"
    program.write_text(MISBEHAVE)
    fake = Contestant(mode, (sys.executable, str(program), mode))
    limits = Limits(solve=0.3, grace=0.2, load=20.0, budget=0.5)
    told = follow(fake, tmp_path / "x", tmp_path / "y", limits)
    assert told.end == {"leave": "failed", "hang": "hung"}.get(mode, mode)
    assert told.load == 0.5
    assert len(told.edits) == 4 if mode != "budget" else len(told.edits) > 4
    if mode == "crash":
        assert told.text == "exit status -6"


def test_no_program_is_told(tmp_path: Path) -> None:
    nobody = Contestant("nobody", (str(tmp_path / "nobody"),))
    told = follow(nobody, tmp_path / "x", tmp_path / "y", LIMITS)
    assert told.end == "crash"
    assert told.text.startswith("cannot be started")


def given(out: Path, *more: str) -> list[str]:
    only = ["--contestant", "dcalloc", "--contestant", "dcalloc-model"]
    sizes = ["--size", "1000", "--size", "2000", "--edits", "30", "--cold-every", "10"]
    return ["transport", "deferrable", *sizes, *only, "--out", str(out), *more]


def test_run_and_report(tmp_path: Path) -> None:
    make("transport")  # or skip
    out = tmp_path / "hot.jsonl"
    assert run.main(given(out)) == 0
    found = records.read([out])
    hot = [record for record in found if record["kind"] == "hot"]
    assert len(hot) == 6  # the LP layer has no model
    assert all(record["done"] == 30 and not record["wrong"] for record in hot)
    assert all(record["references"] == 4 for record in hot)
    assert run.main(given(out, "--resume")) == 0
    assert len([r for r in records.read([out]) if r["kind"] == "hot"]) == 6
    text = "\n".join(map(str, report.sections(found)))
    assert "transport-2000-1" in text
    assert "None is wrong" in text
    drawn = pictures.draw(found, tmp_path)
    assert sorted(drawn) == ["growth", "latency"]
    assert all("transport" in path.read_text() for path in drawn.values())
    liar = copy.deepcopy(hot[0])
    liar["wrong"] = [[7, "limit", "optimal", 1.5, "optimal", 1.25]]
    text = "\n".join(map(str, report.sections([*found, liar])))
    assert "None is wrong" not in text
    assert f"| {liar['contestant']} | {liar['instance']} | 7 (limit) | optimal 1.5 |" in text


def test_what_run_refuses(tmp_path: Path) -> None:
    out = ["--out", str(tmp_path / "hot.jsonl")]
    assert run.main(["nothing", *out]) == 2
    assert run.main(["transport", "--contestant", "nobody", *out]) == 2


def record(name: str, seconds: list[float], nonzeros: int = 9, first: float = 1.0) -> Record:
    n = len(seconds)
    lists = {"change": [0] * n, "iterations": [1] * n, "work": [5] * n}
    times = {"seconds": seconds, "processor_seconds": [s / 2 for s in seconds]}
    heading = {"instance": f"x-{nonzeros}", "family": "x", "mix": "all", "nonzeros": nonzeros}
    rest = {"changes": ["limit"], "done": n, "first_seconds": first, "references": 0, "text": ""}
    ends = {"kind": "hot", "wrong": [], "odd": [], "unsolved": 0, "contestant": name, "end": "done"}
    return {**lists, **times, **heading, **rest, **ends}


def test_percentiles_are_over_common_edits() -> None:
    found = [record("clp", [0.002] * 4), record("dcalloc", [0.001] * 4 + [9.0] * 6)]
    (one,) = report.gather(found)
    assert one.edits == 4
    assert list(one.cells) == ["dcalloc", "clp"]
    assert one.values("dcalloc").max() == 0.001


def test_who_fell_behind_is_left_out_and_named() -> None:
    found = [record(name, [0.001] * 40) for name in ("dcalloc", "glpk", "clp")]
    late = record("highs", [30.0] * 3)
    (one,) = report.gather([*found, late])
    assert one.edits == 40
    text = "\n".join(map(str, report.sections([*found, late])))
    assert "Fell behind, left out: highs on x-9 (3 edits" in text
    (one,) = report.gather([*found, record("highs", [0.1] * 4)])
    assert one.edits == 4


def test_growth_of_median_mean_and_first_solve() -> None:
    small = record("clp", [0.001, 0.001, 0.004], nonzeros=10, first=0.01)
    large = record("clp", [0.001, 0.001, 0.598], nonzeros=1000, first=1.0)
    text = "\n".join(map(str, report.sections([small, large])))
    assert "| x | 0.00, 1.00, 1.00 |" in text


def test_exponent() -> None:
    assert report.exponent([10, 100, 1000], [2.0, 6.0, 18.0]) == pytest.approx(math.log10(3.0))
    assert math.isnan(report.exponent([10, 10], [1.0, 2.0]))
