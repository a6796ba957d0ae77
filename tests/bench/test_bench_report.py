"""A report from a small record file: figures, order, what is listed by name, pictures."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("matplotlib")

from bench.lp import machine, records
from bench.report import __main__ as report
from bench.report import lp
from bench.report.field import Field

LIMIT = 10.0


def result(contestant: str, instance: str, seconds: float, **more: Any) -> records.Record:
    base = {
        "kind": "result",
        "contestant": contestant,
        "version": "1",
        "instance": instance,
        "family": instance.partition("-")[0],
        "limit": LIMIT,
        "nonzeros": 100,
        "verdict": "solved",
        "status": "optimal",
        "why": "",
        "seconds": seconds,
        "processor_seconds": seconds / 2,
        "times": [seconds, seconds, seconds * 1.1],
        "memory": 3 << 20,
    }
    return {**base, **more}


def small_run() -> list[records.Record]:
    return [
        {
            "kind": "run",
            "start": "2026-01-01T00:00:00Z",
            "machine": machine.describe(),
            "limits": {"solve": LIMIT, "repeats": 2, "memory": 0},
            "options": {"clp": ["presolve=off"]},
            "versions": {},
        },
        {"kind": "missing", "contestant": "glpk", "reason": "no such program"},
        result("dcalloc", "a-one", 0.01),
        result("clp", "a-one", 0.07),
        result("dcalloc", "a-two", 0.07),
        result("clp", "a-two", 0.01),
        result("dcalloc", "b-three", 2.0),
        result("clp", "b-three", 0.5, verdict="wrong", why="-20, the reference is -11"),
        result("dcalloc", "b-four", 1.0, verdict="unsolved", why="time_limit"),
        result("clp", "b-four", 1.0),
        result("dcalloc", "b-five", 1.0),  # clp was not run on it
    ]


def sections(found: list[records.Record]) -> dict[str, str]:
    return {section.title: section.body for section in lp.sections(found)}


def test_figures() -> None:
    made = sections(small_run())
    means = made["Solved, and mean time"]
    # sqrt((0.01 + 0.01) (0.07 + 0.01)) - 0.01 = 0.03 for both on family a
    assert "| a (2) | 2: 30.0 ms | 2: 30.0 ms |" in means
    # b: dcalloc 2 and the limit, sqrt(2.01 * 10.01) - 0.01 = 4.4755; clp the limit and 1, 3.1697
    assert "| b (2) | 1: 4.48 s | 1: 3.17 s |" in means
    families = made["dcalloc and the best peer"]
    assert "fastest of clp" in families
    # a: ratios 1/7 and 7, mean 1; b: 2/10 and 10/1, mean sqrt(2)
    assert "| a (2) | 30.0 ms | 30.0 ms | 1.00 | 1.00 | 1 | 1 | 7.00 |" in families
    assert "| b (2) | 4.48 s | 3.17 s | 1.41 | 1.41 | 1 | 1 | 10.0 |" in families


def test_losses_first_and_names() -> None:
    made = sections(small_run())
    rows = made["Instance by instance"].splitlines()[4:]
    assert [row.split()[1] for row in rows] == ["b-four", "a-two", "b-three", "a-one"]
    assert "(time_limit)" in rows[0]
    assert (
        "| clp | b-three | wrong | optimal | -20, the reference is -11 |" in made["Refuted answers"]
    )
    assert "| dcalloc | time_limit | 1 | b-four |" in made["Unsolved"]
    assert "Missing: **glpk** (no such program)" in made["Setting"]
    assert "left out: b-five" in made["Setting"]
    assert "presolve=off" in made["Setting"]
    assert "3.00 MiB" in made["Peak memory"]
    # repeats t and 1.1 t: quartiles 1.025 t and 1.075 t; the processor ran half of the time
    assert "| clp | 4.8 % | 4.8 % | 50 % | 50 .. 50 % |" in made["Spread"]


def test_the_last_of_repeated_results_counts() -> None:
    again = [*small_run(), result("clp", "a-one", 0.02)]
    assert Field.of(again).time("clp", "a-one") == 0.02


def test_who_was_given_less_counts_as_the_others() -> None:
    short = result("clp", "b-four", 1.0, verdict="unsolved", why="time_limit", limit=LIMIT / 5)
    found = [*small_run(), short]
    assert Field.of(found).time("clp", "b-four") == LIMIT
    assert "clp was stopped at 2 s" in sections(found)["Setting"]
    assert "stopped at" not in sections(small_run())["Setting"]


def test_two_runs() -> None:
    faster = [
        {**r, "seconds": r["seconds"] / 2} if r["contestant"] == "clp" else r
        for r in small_run()
        if r["kind"] == "result"
    ]
    body = lp.between(small_run(), faster).body
    # a, clp: (sqrt(0.015 * 0.045) - 0.01) / 0.03 = 0.533, ours 1; the best peer is clp.
    assert "| a (2) | 1.00 | 1.88 | +87.7 % | +0.0 % | -46.7 % |" in body
    assert "Largest change of the ratio to the best peer: 87.7 %" in body


def test_page_and_pictures(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    for record in small_run():
        records.append(path, record)
    assert report.main([str(path), "--out", str(tmp_path / "out"), "--note", "A test."]) == 0
    text = (tmp_path / "out" / "benchmarks.md").read_text()
    assert "A test." in text and "{" not in text
    for name in ("profiles", "ratios", "memory"):
        assert f"](benchmarks/{name}.svg)" in text
        drawn = tmp_path / "out" / "benchmarks" / f"{name}.svg"
        assert ElementTree.parse(drawn).getroot().tag.endswith("svg")
        assert drawn.stat().st_size < 100_000


def other_parts() -> list[records.Record]:
    """One contestant re-solving, one building."""
    edits = {"seconds": [0.001, 0.002], "processor_seconds": [0.0005, 0.001], "done": 2}
    made = {"changes": ["limit"], "change": [0, 0], "iterations": [1, 1], "work": [5, 5]}
    judged = {"references": 1, "wrong": [], "odd": [], "unsolved": 0, "first_seconds": 0.5}
    place = {"contestant": "clp", "instance": "x-1", "family": "x", "nonzeros": 9, "mix": "all"}
    heading = {"kind": "hot", "end": "done", "text": ""}
    building = {
        **{"kind": "build", "contestant": "highspy", "variables": 1000, "status": "done"},
        **{"version": "1", "seconds": 0.5, "processor_seconds": 0.25, "memory": 1 << 20},
    }
    failed = {**building, "contestant": "pyomo", "status": "failed", "text": "no such thing"}
    del failed["seconds"], failed["processor_seconds"], failed["memory"]
    return [{**edits, **made, **judged, **place, **heading}, building, failed]


@pytest.mark.parametrize("processor", [False, True])
def test_one_page_of_all_parts(tmp_path: Path, processor: bool) -> None:
    path = tmp_path / "r.jsonl"
    for record in [*small_run(), *other_parts()]:
        records.append(path, record)
    more = ["--processor"] if processor else []
    assert report.main([str(path), "--out", str(tmp_path), *more]) == 0
    text = (tmp_path / "benchmarks.md").read_text()
    assert "](benchmarks/hot-latency.svg)" in text and "{" not in text
    half, slowest = ("0.750 ms", "1.00 ms") if processor else ("1.50 ms", "2.00 ms")
    assert f"| x-1, 9 | clp | 2 | {half} |" in text
    assert f"| {slowest} | 1.0 | 5 | 500 ms |" in text
    assert f"| highspy | 1 | {'250' if processor else '500'} ms, 1.00 MiB |" in text
    assert "| pyomo | 1 | failed no such thing |" in text


def test_processor_time() -> None:
    halved = report.by_processor(small_run())
    assert Field.of(halved).time("clp", "a-one") == 0.035
    assert sections(halved)["Spread"] == sections(small_run())["Spread"]  # told by the wall clock


def test_nothing_measured(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    records.append(path, {"kind": "missing", "contestant": "glpk", "reason": "none"})
    assert report.main([str(path), "--out", str(tmp_path)]) == 0
    assert report.main([str(tmp_path / "nowhere"), "--out", str(tmp_path)]) == 2
