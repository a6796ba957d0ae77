"""LPs around what answers claim: what is said is proved exactly, and silence is rare."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import claims
from exact.agree import Finding, agree
from exact.mps import read
from harness import program, solve
from parts import write_mps

EACH = 150
WAYS: list[list[str]] = [
    [],
    ["--no-presolve"],
    ["--method", "primal"],
    ["--method", "dual", "--no-presolve"],
    ["--method", "primal", "--no-presolve", "--option", "scaling=off"],
]


def answers(maker: Any, folder: Path) -> Iterator[tuple[str, str, Finding]]:
    program()
    for seed in range(EACH):
        path = folder / f"{maker.__name__}-{seed}.mps"
        write_mps(claims.made(maker, seed), path)
        lp = read(path)
        for way in WAYS:
            done, solution = solve(path, folder, *way)
            report = done.json()
            yield f"{seed} {way}", report["status"], agree(lp, report, solution)


@pytest.mark.slow
def test_rounding_of_data_is_solved(tmp_path: Path) -> None:
    for where, status, finding in answers(claims.noise, tmp_path):
        assert (status, finding.disagreements) == ("optimal", []), where


@pytest.mark.slow
def test_between_the_claims(tmp_path: Path) -> None:
    """Infeasible by 1e-9 to 1e-5."""
    seen, silent = set(), 0
    for where, status, finding in answers(claims.nearly, tmp_path):
        assert finding.disagreements == [], where
        silent += status == "imprecise"
        seen.add((status, finding.verdict.narrow))
    assert silent <= 0.01 * EACH * len(WAYS)
    assert seen - {("imprecise", False)} == {
        ("optimal", False),
        ("infeasible", True),
        ("infeasible", False),
    }


@pytest.mark.slow
def test_units_far_apart(tmp_path: Path) -> None:
    silent = []
    for where, status, finding in answers(claims.worse_scaled, tmp_path):
        assert finding.disagreements == [], where
        assert status in ("optimal", "imprecise"), where
        silent += [where] if status == "imprecise" else []
    assert len(silent) <= 0.01 * EACH * len(WAYS), silent
