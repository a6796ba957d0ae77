"""Random LPs: our program, answer by answer, against GLPK's own program on the same numbers.

Every claim of ours is judged in exact rationals. Where GLPK says otherwise, the exact judge
decides; so a disagreement is a failure only when our claim is not proved, or when we claim nothing.
Presolve, method and scaling vary with the seed. The number of LPs is DCALLOC_RANDOM (1000); a
failing LP is kept in build/random/.
"""

from __future__ import annotations

import math
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import generate
from exact.agree import agree
from exact.mps import read
from harness import ROOT, program, solve

COUNT = int(os.environ.get("DCALLOC_RANDOM", "1000"))
PER_FAMILY = max(1, COUNT // len(generate.FAMILIES))
CLAIMS = {"optimal", "infeasible", "unbounded"}
WAYS: list[list[str]] = [  # one after the other, by seed
    [],
    ["--no-presolve"],
    ["--method", "primal"],
    ["--method", "dual", "--no-presolve"],
    ["--method", "primal", "--no-presolve", "--option", "scaling=off"],
]
ALWAYS = {"feasible": "optimal", "infeasible": "infeasible", "unbounded": "unbounded"}


def ask_glpk(path: Path, folder: Path) -> tuple[str, float]:
    """What glpsol says of a minimisation: optimal, infeasible, unbounded or unknown; its value."""
    report = folder / (path.name + ".glpk")
    done = subprocess.run(
        ["glpsol", "--freemps", str(path), "--nopresol", "-w", str(report)],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    if not report.exists():
        return f"failed: {done.stdout[-200:]}", math.nan
    for line in report.read_text().splitlines():
        words = line.split()
        if words[:2] == ["s", "bas"]:
            primal, dual, value = words[4], words[5], float(words[6])
            if primal == dual == "f":
                return "optimal", value
            if primal == "n":
                return "infeasible", math.nan
            if dual == "n":
                return "unbounded", math.nan
            return "unknown", math.nan
    return "unknown", math.nan


def compare(family: str, seed: int, folder: Path) -> str:
    """One LP through both; what is wrong with our answer, or nothing."""
    lp = generate.make(family, seed)
    path, twin = folder / f"{family}-{seed}.mps", folder / f"{family}-{seed}.glpk.mps"
    generate.write_mps(lp, path)
    generate.write_mps(lp, twin, minimise=True)
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
        if status == "infeasible_or_unbounded" and family not in ALWAYS:
            return ""
        return f"{status}: no claim on a small LP"
    finding = agree(read(path), report, solution)
    if finding.disagreements:
        return "; ".join(finding.disagreements[:3])
    if family in ALWAYS and status != ALWAYS[family]:
        return f"{status}, by construction it is {ALWAYS[family]}"
    said, value = ask_glpk(twin, folder)
    if status == said == "optimal":
        ours = -report["objective"] if lp.maximise else report["objective"]
        if abs(ours - value) > 1e-6 * max(1.0, abs(value)) and not finding.verdict.valid:
            return f"objective {ours:.12g}, GLPK has {value:.12g}"
    elif said != status and not finding.verdict.valid:
        return f"{status}, GLPK says {said}"
    return ""


def keep(family: str, seed: int, folder: Path) -> None:
    kept = ROOT / "build" / "random"
    kept.mkdir(parents=True, exist_ok=True)
    shutil.copy(folder / f"{family}-{seed}.mps", kept)


@pytest.mark.slow
@pytest.mark.parametrize("family", generate.FAMILIES)
def test_family(family: str, tmp_path: Path) -> None:
    program()
    if shutil.which("glpsol") is None:
        pytest.skip("glpsol (GLPK) is not installed")
    faults = []
    with ThreadPoolExecutor(2) as pool:
        results = pool.map(lambda seed: compare(family, seed, tmp_path), range(PER_FAMILY))
        for seed, fault in enumerate(results):
            if fault:
                keep(family, seed, tmp_path)
                faults.append(f"{family}-{seed}: {fault}")
    assert not faults, f"{len(faults)} of {PER_FAMILY}\n" + "\n".join(faults[:20])


def without_symmetry(family: str, seed: int, folder: Path) -> str:
    """Copies of a random LP with symmetry, without, and on to a basis; what is wrong."""
    path = folder / f"copies-{family}-{seed}.mps"
    generate.write_mps(generate.copies(family, seed), path)
    folded, solution = solve(path, folder)
    report = folded.json()
    finding = agree(read(path), report, solution)
    if finding.disagreements:
        return "; ".join(finding.disagreements[:3])
    if report["status"] not in CLAIMS:
        return f"{report['status']}: no claim"
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
@pytest.mark.parametrize("family", generate.FAMILIES)
def test_symmetry_changes_nothing(family: str, tmp_path: Path) -> None:
    program()
    seeds = range(max(1, PER_FAMILY // 10))
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda seed: without_symmetry(family, seed, tmp_path), seeds))
    for seed, fault in zip(seeds, results):
        if fault:
            keep(f"copies-{family}", seed, tmp_path)
    assert not any(results), [(seed, fault) for seed, fault in enumerate(results) if fault]


@pytest.mark.parametrize("family", generate.FAMILIES)
def test_files_hold_the_very_numbers(family: str, tmp_path: Path) -> None:
    for seed in range(20):
        lp = generate.make(family, seed)
        generate.write_mps(lp, tmp_path / "lp.mps")
        back = read(tmp_path / "lp.mps")
        for field in ("row_names", "columns", "cost", "maximise", "lower", "upper", "row_lower"):
            assert getattr(back, field) == getattr(lp, field), (seed, field)
        assert back.row_upper == pytest.approx(lp.row_upper, rel=1e-15)


def test_glpk_is_understood(tmp_path: Path) -> None:
    """Families known by construction come back as such from GLPK, so that it is read right."""
    if shutil.which("glpsol") is None:
        pytest.skip("glpsol (GLPK) is not installed")
    for family, expected in ALWAYS.items():
        for seed in range(5):
            generate.write_mps(generate.make(family, seed), tmp_path / "lp.mps", minimise=True)
            assert ask_glpk(tmp_path / "lp.mps", tmp_path)[0] == expected, (family, seed)
