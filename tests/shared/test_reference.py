"""A selection of the shared LPs through the program, answers judged in exact rationals.

The whole run is tests/shared/run_reference.py. Here: small ones of every set, each within 10 s, and
the traps. Skips where the data is not there.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import run_conflicts
import run_reference
from harness import program, shared_data

LIMIT = 10.0
EXACT = 20000
CHOICE = {
    "feasible": ("netlib-*", 12000),
    "infeasible": ("*", 0),
    "allocation": ("*", 30000),
}


def chosen(group: str) -> list[run_reference.Instance]:
    match, largest = CHOICE[group]
    found = list(run_reference.instances((group,), match))
    return [lp for lp in found if largest == 0 or lp.nonzeros <= largest]


@pytest.mark.slow
@pytest.mark.parametrize("group", CHOICE)
def test_selection(group: str) -> None:
    path = Path(program())
    shared_data()
    instances = chosen(group)
    assert len(instances) >= 10
    with ThreadPoolExecutor(2) as pool:
        results = list(
            pool.map(lambda lp: run_reference.run(lp, LIMIT, EXACT, program=path), instances)
        )
    print(run_reference.summary(results))
    wrong = [run_reference.show(result) for result in results if result.wrong]
    assert not wrong, "\n" + "\n".join(wrong)
    lost = [run_reference.show(result) for result in results if not result.solved]
    allowed = 4 if group == "infeasible" else 0
    assert len(lost) <= allowed, "\n" + "\n".join(lost)


@pytest.mark.slow
def test_conflicts_are_irreducible() -> None:
    """Every member of the conflicts of small infeasible LPs, dropped in turn."""
    shared_data()
    names = ("bgprtr", "ex73a", "itest2", "klein1", "reactor", "woodinfe", "mondou2")
    for one in run_reference.instances(("infeasible",), "netlibinf-*"):
        if one.name.removeprefix("netlibinf-") in names:
            verdict = run_conflicts.judge(one.path, one.name, most=1000)
            assert verdict.irreducible and not verdict.wrong, verdict
            assert verdict.dropped == verdict.members > 0


def test_raw_units_are_not_believed() -> None:
    """sndlib_mlu_ta2_raw: 0.15447 or anything but optimal; other codes answer 0.28975."""
    path = Path(program())
    shared_data()
    (trap,) = run_reference.instances(("allocation",), "sndlib_mlu_ta2_raw")
    result = run_reference.run(trap, LIMIT, 0, program=path)
    assert result.status != "optimal" or abs(result.objective - 0.15447) < 1e-4, result


def test_glpk_agrees() -> None:
    """The smaller Netlib LPs through the plug-in; all 56 by run_reference.py -- --method glpk."""
    path = Path(program())
    shared_data()
    found = list(run_reference.instances(("feasible",), "netlib-*"))
    found = [lp for lp in found if lp.nonzeros <= 6000 or lp.name == "netlib-pilot"]  # needs care
    assert len(found) >= 20
    method = ("--method", "glpk")
    results = [run_reference.run(lp, 3 * LIMIT, 0, method, path) for lp in found]
    if results[0].status == "unsupported":
        pytest.skip(f"built without GLPK: {results[0].note}")
    lost = [run_reference.show(result) for result in results if not result.solved]
    assert not lost, "\n" + "\n".join(lost)
