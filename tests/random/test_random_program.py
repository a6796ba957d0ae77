"""Random LPs through the program and files: every claim is judged in exact rationals.

tests/random/test_random.py compares with other codes, in one process. Presolve, method and scaling
vary with the seed. DCALLOC_RANDOM (640) LPs; one that fails is kept in build/random/.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import families
import parts
from exact.agree import agree
from exact.mps import read
from harness import ROOT, program, solve

COUNT = int(os.environ.get("DCALLOC_RANDOM", "640"))
PER_FAMILY = max(1, COUNT // len(families.FAMILIES))
CLAIMS = {"optimal", "infeasible", "unbounded"}
WAYS: list[list[str]] = [  # one after the other, by seed
    [],
    ["--no-presolve"],
    ["--method", "primal"],
    ["--method", "dual", "--no-presolve"],
    ["--method", "primal", "--no-presolve", "--option", "scaling=off"],
]


def fault_of(family: str, seed: int, folder: Path) -> str:
    """What is wrong with the program's answer on one LP, or nothing."""
    lp = families.make(family, seed)
    path = folder / f"{family}-{seed}.mps"
    parts.write_mps(lp, path)
    try:
        done, solution = solve(path, folder, *WAYS[seed % len(WAYS)])
    except subprocess.TimeoutExpired:
        return f"no end: {' '.join(WAYS[seed % len(WAYS)])}"
    try:
        report = done.json()
    except ValueError:
        return f"no answer: exit {done.status}, {done.stderr.strip()[-200:]}"
    status = report["status"]
    if status not in CLAIMS:
        honest = status == "imprecise" and family in families.HARD_NUMBERS
        return "" if honest else f"{status}: no claim on a small LP"
    finding = agree(read(path), report, solution)
    if finding.disagreements:
        return "; ".join(finding.disagreements[:3])
    always = families.ALWAYS.get(family, status)
    return "" if status == always else f"{status}, by construction it is {always}"


def keep(family: str, seed: int, folder: Path) -> None:
    kept = ROOT / "build" / "random"
    kept.mkdir(parents=True, exist_ok=True)
    shutil.copy(folder / f"{family}-{seed}.mps", kept)


@pytest.mark.slow
@pytest.mark.parametrize("family", families.FAMILIES)
def test_family(family: str, tmp_path: Path) -> None:
    program()
    faults = []
    with ThreadPoolExecutor(2) as pool:
        results = pool.map(lambda seed: fault_of(family, seed, tmp_path), range(PER_FAMILY))
        for seed, fault in enumerate(results):
            if fault:
                keep(family, seed, tmp_path)
                faults.append(f"{family}-{seed}: {fault}")
    assert not faults, f"{len(faults)} of {PER_FAMILY}\n" + "\n".join(faults[:20])


def without_symmetry(family: str, seed: int, folder: Path) -> str:
    """Copies of a random LP with symmetry, without, and on to a basis; what is wrong."""
    path = folder / f"copies-{family}-{seed}.mps"
    parts.write_mps(families.copies(family, seed), path)
    folded, solution = solve(path, folder)
    report = folded.json()
    finding = agree(read(path), report, solution)
    if finding.disagreements:
        return "; ".join(finding.disagreements[:3])
    if report["status"] not in CLAIMS:
        return "" if family in families.HARD_NUMBERS else f"{report['status']}: no claim"
    for option in ("symmetry=off", "basis=on"):
        other = solve(path, folder, "--option", option)[0].json()
        if other["status"] != report["status"]:
            return f"{report['status']}, with {option} {other['status']}"
        if report["status"] == "optimal":
            value, twin = report["objective"], other["objective"]
            if abs(value - twin) > 1e-7 * max(1.0, abs(twin)):
                return f"objective {value:.12g}, with {option} {twin:.12g}"
    return ""


@pytest.mark.slow
@pytest.mark.parametrize("family", families.FAMILIES)
def test_symmetry_changes_nothing(family: str, tmp_path: Path) -> None:
    program()
    seeds = range(max(1, PER_FAMILY // 10))
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda seed: without_symmetry(family, seed, tmp_path), seeds))
    for seed, fault in zip(seeds, results):
        if fault:
            keep(f"copies-{family}", seed, tmp_path)
    assert not any(results), [(seed, fault) for seed, fault in enumerate(results) if fault]


@pytest.mark.parametrize("family", families.FAMILIES)
def test_files_hold_the_very_numbers(family: str, tmp_path: Path) -> None:
    for seed in range(20):
        lp = families.make(family, seed)
        parts.write_mps(lp, tmp_path / "lp.mps")
        back = read(tmp_path / "lp.mps")
        for field in ("row_names", "columns", "cost", "maximise", "lower", "upper", "row_lower"):
            assert getattr(back, field) == getattr(lp, field), (seed, field)
        assert back.row_upper == pytest.approx(lp.row_upper, rel=1e-15)
