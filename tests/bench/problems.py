"""LPs with an optimum that is known: one by hand, the others by construction."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from bench.lp.contestants import Contestant
from bench.lp.instances import Instance

HERE = Path(__file__).resolve().parent

# max 3x + 2y of examples/ten_lines.c turned round, and a z that costs nothing.
SMALL = """NAME small
ROWS
 N cost
 L gpu
 L rack
COLUMNS
 x cost -3 gpu 1
 x rack 1
 y cost -2 gpu 1
 y rack 3
 z cost 0
RHS
 r gpu 4 rack 6
BOUNDS
 UP b x 3
 UP b z 1
ENDATA
"""


def small(folder: Path, reference: float | None = -11.0, infeasible: bool = False) -> Instance:
    path = folder / "small.mps"
    path.write_text(SMALL)
    return Instance("small", "tests", path, reference, infeasible)


def fake(mode: str) -> Contestant:
    """A contestant that behaves as tests/bench/fake_peer.py has it."""
    command = (sys.executable, str(HERE / "fake_peer.py"))
    return Contestant(f"fake-{mode}", command, (f"mode={mode}",))


def random_lp(path: Path, m: int, n: int, seed: int, maximise: bool = False) -> float:
    """Write an LP made backwards from its optimum, and return that.

    x* and y* are drawn; rows with y* > 0 (< 0) hold with equality at their lower (upper) side,
    columns at a bound get a reduced cost of the right sign, the others 0: x* is optimal by duality.
    Some rows are ranges, some equations, some columns free; there is an offset.
    """
    random = np.random.default_rng(seed)
    a = np.where(random.random((m, n)) < 0.4, random.integers(-9, 10, (m, n)), 0).astype(float)
    x = random.integers(0, 5, n).astype(float)
    y = random.integers(-3, 4, m).astype(float)
    kind = random.integers(0, 4, n)  # at its lower bound, at its upper, between, free
    lower, upper = x - (kind != 0) * 2.0, x + (kind != 1) * 3.0
    d = np.where(kind == 0, 1.0, np.where(kind == 1, -2.0, 0.0))
    cost = a.T @ y + d
    activity = a @ x
    offset = 12.5
    sign = -1.0 if maximise else 1.0
    lines = ["NAME made", *(["OBJSENSE", " MAX"] if maximise else []), "ROWS", " N obj"]
    rights, ranges = [f" r obj {float(-sign * offset)!r}"], []
    for i in range(m):
        equal = i % 5 == 0
        word = "E" if equal else "G" if y[i] > 0 else "L"
        slack = 0.0 if y[i] else 4.0
        right = activity[i] + (0.0 if equal else slack)
        lines.append(f" {word} r{i}")
        rights.append(f" r r{i} {float(right)!r}")
        if not equal and i % 3 == 0:
            ranges.append(f" g r{i} 8.5")
    lines.append("COLUMNS")
    for j in range(n):
        lines.append(f" c{j} obj {float(sign * cost[j])!r}")
        lines += [f" c{j} r{i} {float(a[i, j])!r}" for i in range(m) if a[i, j]]
    lines += ["RHS", *rights, *(["RANGES", *ranges] if ranges else []), "BOUNDS"]
    for j in range(n):
        if kind[j] == 3:
            lines.append(f" FR b c{j}")
        else:
            lines += [f" LO b c{j} {float(lower[j])!r}", f" UP b c{j} {float(upper[j])!r}"]
    path.write_text("\n".join([*lines, "ENDATA", ""]))
    return sign * (float(cost @ x) + offset)
