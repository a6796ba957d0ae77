"""A short run of the random LPs beside GLPK and HiGHS (run.py), and whether its judges can judge.

A long one: python -m tests.random.run --count 100000
"""

from __future__ import annotations

import math
import os
import random
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(ROOT / "bindings/python")]

import run
from families import ALWAYS, FAMILIES, HARD_NUMBERS, make
from harness import program
from peers import peers

EACH = 10  # LPs of a family


@pytest.mark.slow
def test_nothing_is_against_us() -> None:
    program()
    tallies = {name: run.Tally() for name in FAMILIES}
    missing = run.run(tallies, EACH)
    print(run.table(tallies))
    assert all(one.counts["LPs"] == EACH for one in tallies.values())
    found = run.failures(tallies)
    assert not found, f"{len(found)} faults\n" + "\n".join(found[:20])
    if missing:
        pytest.skip(f"not compared: {'; '.join(missing)}")


def test_peers_are_understood() -> None:
    """Families known by construction come back as such, so that peers are read right."""
    here, missing = peers()
    for name, ask in here.items():
        for family, expected in ALWAYS.items():
            if family == "near_ties":
                continue  # both are misled by some
            for seed in range(5):
                assert ask(make(family, seed))[0] == expected, (name, family, seed)
    if missing:
        pytest.skip("; ".join(missing))


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> None:
    """What contest.py needs, which is imported late for that."""
    program()
    if "DCALLOC_LIBRARY" not in os.environ:
        monkeypatch.setenv("DCALLOC_LIBRARY", str(ROOT / "build/release/lib/libdcalloc.so"))


def settled(seed: int, said: tuple[str, float], other: int | None = None) -> tuple[Any, Any]:
    """The record of a claim on an LP beside a peer that says `said`, and the claim; with `other`,
    it is about another LP, and so is wrong."""
    import contest

    lp = make("feasible", seed)
    answered = lp if other is None else make("feasible", other)
    judges = contest.Contest()
    judges.peers = {"GLPK": lambda _: said}
    record = contest.Record("feasible", seed)
    with contest.live(answered) as ours, ours.solver() as solver:
        claim = contest.solve("auto", solver)
    judges.settle(record, lp, [claim], None, judged=False)
    return record, claim


def test_a_peer_that_is_wrong_is_settled_for_us(library: None) -> None:
    for said in (("optimal", 1e6), ("infeasible", math.nan), ("unbounded", math.nan)):
        record, _ = settled(0, said)
        assert record.counts["for us"] == record.counts["GLPK differs"] == 1
        assert not record.faults


def test_a_peer_that_agrees_or_does_not_know_settles_nothing(library: None) -> None:
    _, claim = settled(0, ("unknown", math.nan))
    for said in (("unknown", math.nan), ("optimal", claim.objective * (1.0 + 1e-8))):
        record, _ = settled(0, said)
        assert record.counts["judged"] == record.counts["for us"] == 0
        assert not record.faults


def test_a_wrong_claim_is_settled_against_us(library: None) -> None:
    lp = make("feasible", 0)
    same = (len(lp.row_names), len(lp.cost))
    other = next(
        seed
        for seed in range(1, 10000)
        if (len(make("feasible", seed).row_names), len(make("feasible", seed).cost)) == same
    )
    record, _ = settled(0, ("optimal", 1e6), other)
    assert record.counts["against us"] == 1
    assert "peers" in record.faults[0]
    tallies = {"feasible": run.Tally()}
    tallies["feasible"].add(0, {"counts": record.counts, "faults": record.faults})
    assert len(run.failures(tallies)) == 1


def test_imprecise_counts_against_ordinary_numbers_alone() -> None:
    for family in FAMILIES:
        tallies = {family: run.Tally(1, faults=[(0, ["imprecise: auto says imprecise"])])}
        assert bool(run.failures(tallies)) == (family not in HARD_NUMBERS)


def test_a_worker_that_dies_costs_one_lp() -> None:
    program()
    worker = run.Worker()
    try:
        lost = worker.ask("no_such_family", 0)
        assert lost["counts"] == {"LPs": 1, "lost": 1}
        assert worker.ask("feasible", 0)["counts"]["LPs"] == 1
    finally:
        worker.close()


def test_an_lp_without_end_costs_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    program()
    worker = run.Worker()
    try:
        assert worker.ask("feasible", 0)["counts"]["LPs"] == 1
        with monkeypatch.context() as short:
            short.setattr(run, "PATIENCE", 1e-3)
            lost = worker.ask("large", 0)
        assert lost["counts"] == {"LPs": 1, "lost": 1}
        assert run.failures({"large": run.Tally(1, faults=[(0, lost["faults"])])})
        assert worker.ask("feasible", 0)["counts"]["LPs"] == 1
    finally:
        worker.close()


def test_a_peer_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "highspy", None)
    monkeypatch.setattr("peers.find_library", lambda _: None)
    here, missing = peers()
    assert here == {}
    assert [sentence.split()[0] for sentence in missing] == ["GLPK", "HiGHS"]


def test_a_run_goes_on_where_it_stood(tmp_path: Path) -> None:
    program()
    state = tmp_path / "run.json"
    tallies = {"transport": run.Tally(), "cone": run.Tally()}
    run.run(tallies, 2, keep=lambda: run.store(state, tallies))
    again = run.load(state)
    assert again == tallies
    run.run(again, 3)
    assert [one.counts["LPs"] for one in again.values()] == [3, 3]


def test_edits_are_done_alike(library: None) -> None:
    """The live LP after many edits is the LP of the lists."""
    import contest
    from edits import apply, draw

    for family in FAMILIES:
        lp = make(family, 1)
        rng = random.Random(family)
        with contest.live(lp) as ours:
            for _ in range(30):
                apply(draw(rng, lp, hard=False), lp, ours)
            with contest.live(lp) as again:
                for what in ("cost", "lower", "upper", "row_lower", "row_upper"):
                    assert list(getattr(ours, what)) == list(getattr(again, what)), family
                for one, other in zip(ours.entries(), again.entries()):
                    assert list(one) == list(other), family
                assert ours.sense == again.sense


def test_what_is_infeasible_by_a_hair(library: None) -> None:
    """x <= 1 and x >= 1 + gap: the least miss is half of it."""
    from contest import prove
    from hair import infeasible_by_a_hair
    from parts import INF, build

    for gap, hair in ((-1e-3, False), (0.0, False), (1e-10, True), (1.9e-7, True), (2.1e-7, False)):
        sides = [(-INF, 1.0), (1.0 + gap, INF)]
        lp = build([1.0], [{0: 1.0}, {0: 1.0}], sides, [(-INF, INF)])
        assert infeasible_by_a_hair(lp, prove) == hair, gap
