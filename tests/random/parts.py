"""What random LPs are made of: rows, sides, bounds, and the LP as a file.

Coefficients are short decimals or powers of two, so that the file holds the very numbers.
"""

from __future__ import annotations

import math
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from exact.mps import Lp

INF = math.inf
Rows = list[dict[int, float]]


def build(
    cost: list[float],
    rows: Rows,
    sides: list[tuple[float, float]],
    bounds: list[tuple[float, float]],
    maximise: bool = False,
) -> Lp:
    columns: list[list[tuple[int, float]]] = [[] for _ in cost]
    for i, row in enumerate(rows):
        for j, value in row.items():
            if value != 0.0:
                columns[j].append((i, value))
    return Lp(
        name="random",
        maximise=maximise,
        row_names=[f"r{i}" for i in range(len(rows))],
        row_lower=[low for low, _ in sides],
        row_upper=[high for _, high in sides],
        column_names=[f"x{j}" for j in range(len(cost))],
        cost=cost,
        lower=[low for low, _ in bounds],
        upper=[high for _, high in bounds],
        integer=[False] * len(cost),
        columns=columns,
    )


def coefficient(rng: random.Random) -> float:
    return rng.choice([-1.0, 1.0]) * rng.choice([1.0, 2.0, 3.0, 0.5, rng.randint(1, 99) / 8])


def matrix(rng: random.Random, m: int, n: int, density: float) -> Rows:
    return [{j: coefficient(rng) for j in range(n) if rng.random() < density} for _ in range(m)]


def point(rng: random.Random, n: int) -> list[float]:
    return [float(rng.choice([0, 0, rng.randint(0, 9)])) for _ in range(n)]


def activities(rows: Rows, x: list[float]) -> list[float]:
    return [sum(value * x[j] for j, value in row.items()) for row in rows]


def sides_around(rng: random.Random, activity: float, slack: float) -> tuple[float, float]:
    """Sides that hold for the activity."""
    kind = rng.randrange(4)
    if kind == 0:
        return activity, activity
    if kind == 1:
        return -INF, activity + slack
    if kind == 2:
        return activity - slack, INF
    return activity - slack, activity + 1.0


class LargeDice(random.Random):
    """LPs drawn from it have four times the rows and columns."""


def sizes(rng: random.Random) -> tuple[int, int]:
    times = 4 if isinstance(rng, LargeDice) else 1
    return rng.randint(times, 14 * times), rng.randint(times, 20 * times)


def _bound_lines(name: str, low: float, high: float) -> list[str]:
    if low == -INF and high == INF:
        return [f" FR b {name}"]
    if low == high:
        return [f" FX b {name} {low!r}"]
    lines = [f" MI b {name}"] if low == -INF else [f" LO b {name} {low!r}"] if low != 0.0 else []
    if high < INF:
        lines.append(f" UP b {name} {high!r}")
        if high < 0.0 and low == 0.0:  # crossed: say the lower bound, or readers drop it
            lines.insert(0, f" LO b {name} 0")
    return lines


def write_mps(lp: Lp, path: Path) -> None:
    """Free MPS."""
    lines = ["NAME random"]
    if lp.maximise:
        lines += ["OBJSENSE", "    MAX"]
    lines += ["ROWS", " N cost"]
    rhs, ranges = [], []
    for name, low, high in zip(lp.row_names, lp.row_lower, lp.row_upper):
        if low == high:
            kind, side = "E", low
        elif low == -INF and high == INF:
            kind, side = "N", 0.0
        elif low == -INF:
            kind, side = "L", high
        else:
            kind, side = "G", low
            if high < INF:
                ranges.append(f" g {name} {high - low!r}")
        lines.append(f" {kind} {name}")
        if side != 0.0:
            rhs.append(f" s {name} {side!r}")
    lines.append("COLUMNS")
    for j, name in enumerate(lp.column_names):
        lines.append(f" {name} cost {lp.cost[j]!r}")
        lines += [f" {name} {lp.row_names[i]} {value!r}" for i, value in lp.columns[j]]
    lines += ["RHS", *rhs, "RANGES", *ranges, "BOUNDS"]
    for j, name in enumerate(lp.column_names):
        lines += _bound_lines(name, lp.lower[j], lp.upper[j])
    path.write_text("\n".join([*lines, "ENDATA", ""]))
