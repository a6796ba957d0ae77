"""Instances of bench/dc for the tests: made by the program, read and solved by the binding."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import dcalloc
import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("DCALLOC_BUILD", ROOT / "build/release")) / "bench/dc/bench_dc"
DOMAIN = ("max_min", "placement", "traffic_flow", "traffic_mlu", "transport", "fair_share")
LP_LAYER = ("deferrable", "reservations")
FAMILIES = (*DOMAIN, *LP_LAYER)


def bench_dc(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    if not PROGRAM.exists():
        pytest.skip(f"{PROGRAM} is not built")
    command = [str(PROGRAM), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def make(family: str, *arguments: str | Path, size: float = 1000, seed: int = 1) -> dict[str, Any]:
    """What the program tells of the instance that it made."""
    done = bench_dc(family, "--size", str(size), "--seed", str(seed), *arguments)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert isinstance(told, dict)
    return told


def optimum(path: Path) -> tuple[str, float]:
    """Outcome and value of a file, proved."""
    if path.suffix == ".json":
        result = dcalloc.Model.read_json(str(path)).solve()
    else:
        result = dcalloc.Lp.read_mps(str(path)).solve()
    assert result.certificate.valid
    return result.outcome.name.lower(), result.objective
