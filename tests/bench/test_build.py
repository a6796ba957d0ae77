"""Model building: the same model in every language, wrong and missing ones told."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from generated import PROGRAM

from bench.build import report, run
from bench.build.contestants import CONTESTANTS, Arrays
from bench.lp import records
from bench.lp.contestants import Contestant


def test_c_builds_the_model_of_the_arrays() -> None:
    """As many rows, columns and entries, and the same optimum, as the LP made from numpy."""
    program = PROGRAM.parents[1] / "build_c"
    if not program.exists():
        pytest.skip(f"{program} is not built")
    told = json.loads(subprocess.run([program, "2000"], capture_output=True, check=True).stdout)
    lp = CONTESTANTS["dcalloc-lp-numpy"].build(Arrays.of(2000))
    assert (lp.num_rows, lp.num_columns, lp.num_entries) == (300, 2000, 4000)
    unmet = 200  # the model has a column for what is unmet of each demand
    assert (told["rows"], told["columns"], told["nonzeros"]) == (300, 2000 + unmet, 4000 + unmet)
    value = lp.solve().objective
    assert value > 0.0
    assert told["objective"] == pytest.approx(value, rel=1e-9)
    other = CONTESTANTS["dcalloc-numpy"]
    assert other.solve(other.build(Arrays.of(2000))) == pytest.approx(value, rel=1e-9)


@pytest.mark.parametrize("name", [n for n in CONTESTANTS if not n.startswith("dcalloc")])
def test_peers_build_the_same_model(name: str) -> None:
    pytest.importorskip(CONTESTANTS[name].module)
    arrays = Arrays.of(1000)
    ours = CONTESTANTS["dcalloc-lp-numpy"]
    value = ours.solve(ours.build(arrays))
    contestant = CONTESTANTS[name]
    assert contestant.solve(contestant.build(arrays)) == pytest.approx(value, rel=1e-9)


def done(objective: float) -> dict[str, Any]:
    return {"status": "done", "objective": objective, "text": ""}


def test_wrong_optima_are_told() -> None:
    found = [done(4466.0), done(4466.000001), done(4467.0)]
    run.judge(found)
    assert [record["status"] for record in found] == ["done", "done", "wrong"]


@pytest.mark.parametrize(
    ("script", "status"),
    [
        ("exit 3", "failed"),
        ("echo ModuleNotFoundError: nothing >&2; exit 1", "missing"),
        ("sleep 20", "time_limit"),
        ("echo rubbish", "failed"),
        ("echo '{\"objective\": 1.0}'", "done"),
    ],
)
def test_what_becomes_of_a_process(script: str, status: str) -> None:
    contestant = Contestant("fake", ("sh", "-c", script))
    assert run.once(contestant, 1000, 0.5)["status"] == status


def test_run_and_report(tmp_path: Path) -> None:
    out = tmp_path / "build.jsonl"
    names = ("dcalloc-numpy", "dcalloc-lp-numpy")
    chosen = [word for name in names for word in ("--contestant", name)]
    assert run.main([*chosen, "--size", "1000", "--repeats", "2", "--out", str(out)]) == 0
    found = records.read([out])
    built = [record for record in found if record["kind"] == "build"]
    assert [record["contestant"] for record in built] == list(names)
    assert all(record["status"] == "done" and record["seconds"] > 0.0 for record in built)
    text = "\n".join(map(str, report.sections(found)))
    assert all(f"| {name} |" in text for name in names)
    assert report.sections([]) == []
