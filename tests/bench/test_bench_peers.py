"""Every contestant that is here finds optima that are known by construction."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from problems import random_lp

from bench.lp import child, run, verify
from bench.lp.contestants import DEFAULTS, Missing, parse
from bench.lp.instances import Instance
from bench.peers import arrays

LIMITS = child.Limits(solve=10.0, repeats=1, memory=8 << 30)


@pytest.mark.parametrize("name", [*DEFAULTS, "dcalloc:method=primal", "dcalloc:method=dual"])
def test_peer(name: str, tmp_path: Path) -> None:
    contestant = parse(name)
    try:
        assert contestant.version()
    except Missing as missing:
        pytest.skip(f"{name} is not here: {missing}")
    for maximise in (False, True):
        path = tmp_path / f"made-{maximise}.mps"
        optimum = random_lp(path, 20, 30, 5, maximise)
        lp = arrays.read(str(path))
        result = run.measure(contestant, Instance(path.stem, "t", path, optimum), lp, LIMITS)
        assert result["verdict"] == "solved", result
        assert result["gap"] is not None and result["gap"] < verify.GAP, "prices"
        assert len(result["times"]) == 2 and result["memory"] is not None
        assert result["told"] == pytest.approx(optimum, rel=1e-6)


def test_options_that_a_peer_does_not_know_are_told(tmp_path: Path) -> None:
    contestant = parse("dcalloc:no.such=1")
    try:
        contestant.version()
    except Missing as missing:
        pytest.skip(str(missing))
    path = tmp_path / "made.mps"
    optimum = random_lp(path, 5, 5, 1)
    lp = arrays.read(str(path))
    result = run.measure(contestant, Instance("made", "t", path, optimum), lp, LIMITS)
    assert result["status"] == "failed" and "no.such" in result["text"]


def test_residuals_and_gap_by_hand(tmp_path: Path) -> None:
    """min x - y, 2 <= x + y <= 4 twice over, 0 <= x, y <= 3: optimum -3 at (0, 3), y_1 = 0."""
    path = tmp_path / "hand.mps"
    path.write_text(
        "NAME h\nROWS\n N c\n L a\nCOLUMNS\n x c 1 a 1\n y c -1 a 1\n"
        "RHS\n r a 4\nRANGES\n g a 2\nBOUNDS\n UP b x 3\n UP b y 3\nENDATA\n"
    )
    lp = arrays.read(str(path))
    best = np.array([0.0, 3.0])
    assert verify.primal_violation(lp, best) == 0.0
    assert verify.objective(lp, best) == -3.0
    assert verify.relative_gap(lp, best, np.array([0.0])) == 0.0
    # y = 1: d = (0, -2), D = 1 * 2 - 2 * 3 = -4, P = -3: the gap is 1/4.
    assert verify.relative_gap(lp, best, np.array([1.0])) == 0.25
    # y = 9 on an open side proves nothing and counts as 0: d = -1, D = -3 of P = -2.
    open_row = tmp_path / "open.mps"
    open_row.write_text(
        "NAME o\nROWS\n N c\n L a\nCOLUMNS\n x c -1 a 1\nRHS\n r a 2\nBOUNDS\n UP b x 3\nENDATA\n"
    )
    at = np.array([2.0])
    one = arrays.read(str(open_row))
    assert verify.relative_gap(one, at, np.array([9.0])) == pytest.approx(1 / 3)
    assert verify.relative_gap(one, at, np.array([-1.0])) == 0.0
    # x + y = 6.5 misses 4 by 2.5, relative to the terms 3 + 3.5; y misses 3 by 0.5 of 3.5.
    assert verify.primal_violation(lp, np.array([3.0, 3.5])) == pytest.approx(2.5 / 6.5)
    assert verify.primal_violation(lp, np.array([0.0, np.nan])) == np.inf
