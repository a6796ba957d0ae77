"""Random LPs by family and seed, the same everywhere. Small, each built to hurt in its own way.

Coefficients are short decimals or powers of two, so that the file holds the very numbers.
"""

from __future__ import annotations

import math
import random
import sys
from collections.abc import Callable
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


def _value(rng: random.Random) -> float:
    return rng.choice([-1.0, 1.0]) * rng.choice([1.0, 2.0, 3.0, 0.5, rng.randint(1, 99) / 8])


def _matrix(rng: random.Random, m: int, n: int, density: float) -> Rows:
    return [{j: _value(rng) for j in range(n) if rng.random() < density} for _ in range(m)]


def _point(rng: random.Random, n: int) -> list[float]:
    return [float(rng.choice([0, 0, rng.randint(0, 9)])) for _ in range(n)]


def _activities(rows: Rows, x: list[float]) -> list[float]:
    return [sum(value * x[j] for j, value in row.items()) for row in rows]


def _sides(rng: random.Random, activity: float, slack: float) -> tuple[float, float]:
    """Sides that hold for the activity."""
    kind = rng.randrange(4)
    if kind == 0:
        return activity, activity
    if kind == 1:
        return -INF, activity + slack
    if kind == 2:
        return activity - slack, INF
    return activity - slack, activity + 1.0


def _sizes(rng: random.Random) -> tuple[int, int]:
    return rng.randint(1, 14), rng.randint(1, 20)


def feasible(rng: random.Random) -> Lp:
    """A point is known; costs are nonnegative on nonnegative columns, so there is an optimum."""
    m, n = _sizes(rng)
    rows, x = _matrix(rng, m, n, rng.choice([0.2, 0.5, 0.9])), _point(rng, n)
    sides = [_sides(rng, a, float(rng.randint(0, 5))) for a in _activities(rows, x)]
    bounds = [(0.0, rng.choice([INF, v + rng.randint(0, 4)])) for v in x]
    cost = [rng.choice([0.0, rng.randint(0, 40) / 4]) for _ in range(n)]
    return build(cost, rows, sides, bounds)


def sparse(rng: random.Random) -> Lp:
    """Larger and sparse, any status, both senses."""
    m, n = rng.randint(5, 40), rng.randint(5, 60)
    rows, x = _matrix(rng, m, n, 3.0 / n), _point(rng, n)
    sides = [_sides(rng, a, float(rng.randint(0, 9))) for a in _activities(rows, x)]
    bounds = [(0.0, v + 20.0) if rng.random() < 0.8 else (-INF, INF) for v in x]
    cost = [_value(rng) if rng.random() < 0.7 else 0.0 for _ in range(n)]
    return build(cost, rows, sides, bounds, maximise=rng.random() < 0.5)


def degenerate(rng: random.Random) -> Lp:
    """All sides at 0 or 1, entries -1, 0, 1, many rows twice: ties everywhere."""
    m, n = rng.randint(4, 16), rng.randint(4, 16)
    rows = [{j: rng.choice([-1.0, 1.0]) for j in range(n) if rng.random() < 0.5} for _ in range(m)]
    rows += [dict(rng.choice(rows)) for _ in range(rng.randint(0, 4))]
    sides = [(-INF, float(rng.choice([0, 0, 1]))) for _ in rows]
    bounds = [(0.0, rng.choice([1.0, 1.0, INF])) for _ in range(n)]
    cost = [float(rng.choice([-1, -1, 0, 1])) for _ in range(n)]
    return build(cost, rows, sides, bounds)


def transport(rng: random.Random) -> Lp:
    """Supplies to demands, balanced, often degenerate; sometimes a demand too many."""
    m, n = rng.randint(1, 6), rng.randint(1, 7)
    demand = [rng.randint(0, 9) for _ in range(n)]
    supply = [0] * m
    for amount in demand:
        supply[rng.randrange(m)] += amount
    if rng.random() < 0.2:
        demand[rng.randrange(n)] += 1
    rows: Rows = [{i * n + j: 1.0 for j in range(n)} for i in range(m)]
    rows += [{i * n + j: 1.0 for i in range(m)} for j in range(n)]
    sides = [(-INF, float(s)) for s in supply] + [(float(d), INF) for d in demand]
    if rng.random() < 0.5:
        sides = [(float(v), float(v)) for v in supply + demand]
    cost = [float(rng.randint(0, 9)) for _ in range(m * n)]
    return build(cost, rows, sides, [(0.0, INF)] * (m * n))


def badly_scaled(rng: random.Random) -> Lp:
    """A feasible LP with rows and columns multiplied by powers of two up to 2^20."""
    lp = feasible(rng)
    rows = [2.0 ** rng.randint(-20, 20) for _ in lp.row_names]
    columns = [2.0 ** rng.randint(-12, 12) for _ in lp.column_names]
    for j, scale in enumerate(columns):
        lp.columns[j] = [(i, value * rows[i] * scale) for i, value in lp.columns[j]]
        lp.cost[j] *= scale
        lp.lower[j] /= scale
        lp.upper[j] /= scale
    lp.row_lower = [value * scale for value, scale in zip(lp.row_lower, rows)]
    lp.row_upper = [value * scale for value, scale in zip(lp.row_upper, rows)]
    return lp


def infeasible(rng: random.Random) -> Lp:
    """A random nonnegative combination of the rows contradicts one more row by at least 1."""
    m, n = _sizes(rng)
    rows = _matrix(rng, m, n, 0.6)
    sides = [(-INF, float(rng.randint(-3, 9))) for _ in rows]
    weights = [float(rng.choice([0, 1, 2])) for _ in rows]
    weights[rng.randrange(m)] = 1.0
    last: dict[int, float] = {}
    for row, weight in zip(rows, weights):
        for j, value in row.items():
            last[j] = last.get(j, 0.0) + weight * value
    reach = sum(weight * high for weight, (_, high) in zip(weights, sides))
    rows.append(last)
    sides.append((reach + rng.choice([1.0, 7.0]), INF))
    bounds = [rng.choice([(0.0, INF), (-INF, INF), (-5.0, 5.0)]) for _ in range(n)]
    return build([_value(rng) for _ in range(n)], rows, sides, bounds)


def unbounded(rng: random.Random) -> Lp:
    """A feasible LP, and a direction that stays inside and along which the objective falls."""
    m, n = _sizes(rng)
    n += 1
    direction = [float(rng.choice([0, 1, 1, 2])) for _ in range(n)]
    direction[rng.randrange(n)] = 1.0
    rows, x = _matrix(rng, m, n, 0.5), _point(rng, n)
    sides = []
    for row, activity in zip(rows, _activities(rows, x)):
        along = sum(value * direction[j] for j, value in row.items())
        if along > 0.0:
            sides.append((activity - 1.0, INF))
        elif along < 0.0:
            sides.append((-INF, activity + 1.0))
        else:
            sides.append((activity, activity + 2.0))
    cost = [_value(rng) for _ in range(n)]
    fall = sum(c * r for c, r in zip(cost, direction))
    j = next(k for k in range(n) if direction[k] > 0.0)
    cost[j] -= (fall + 1.0) / direction[j]
    return build(cost, rows, sides, [(0.0, INF)] * n)


def empty_rows(rng: random.Random) -> Lp:
    """Rows and columns without entries, some of them contradictions, some without any cost."""
    lp = feasible(rng)
    for k in range(rng.randint(1, 3)):
        lp.row_names.append(f"empty{k}")
        low = float(rng.choice([-1, 0, 0, 0, 1]))
        lp.row_lower.append(rng.choice([low, -INF]))
        lp.row_upper.append(rng.choice([max(low, 0.0), INF]))
    for k in range(rng.randint(1, 3)):
        lp.column_names.append(f"alone{k}")
        lp.cost.append(float(rng.choice([0, 0, 1, -1])))
        lp.lower.append(rng.choice([0.0, -2.0]))
        lp.upper.append(rng.choice([3.0, 3.0, INF]))
        lp.integer.append(False)
        lp.columns.append([])
    return lp


def fixed_columns(rng: random.Random) -> Lp:
    """Many columns with equal bounds, some free ones, singleton rows, and ranges of width 0."""
    m, n = _sizes(rng)
    rows, x = _matrix(rng, m, n, 0.5), _point(rng, n)
    rows += [{rng.randrange(n): _value(rng)} for _ in range(rng.randint(0, 4))]
    sides = [_sides(rng, a, float(rng.randint(0, 2))) for a in _activities(rows, x)]
    bounds = []
    for value in x:
        kind = rng.random()
        if kind < 0.5:
            bounds.append((value, value))
        elif kind < 0.7:
            bounds.append((-INF, INF))
        else:
            bounds.append((value - 1.0, value + 3.0))
    cost = [_value(rng) for _ in range(n)]
    return build(cost, rows, sides, bounds, maximise=rng.random() < 0.3)


def boxed(rng: random.Random) -> Lp:
    """Every column between two bounds, negative lower bounds, dense: bound flips."""
    m, n = rng.randint(1, 10), rng.randint(2, 24)
    rows = _matrix(rng, m, n, 0.8)
    bounds = []
    for _ in range(n):
        low = float(rng.randint(-9, 3))
        bounds.append((low, low + rng.randint(0, 9)))
    middle = _activities(rows, [(low + high) / 2 for low, high in bounds])
    sides = [_sides(rng, a, float(rng.randint(0, 3))) for a in middle]
    return build([_value(rng) for _ in range(n)], rows, sides, bounds, rng.random() < 0.5)


FAMILIES: dict[str, Callable[[random.Random], Lp]] = {
    maker.__name__: maker
    for maker in (
        *(feasible, sparse, degenerate, transport, badly_scaled),
        *(infeasible, unbounded, empty_rows, fixed_columns, boxed),
    )
}


def make(family: str, seed: int) -> Lp:
    return FAMILIES[family](random.Random(f"{family}-{seed}"))


def copies(family: str, seed: int, least: int = 1000) -> Lp:
    """Copies of an LP of that family, `least` rows and columns or more in any order, and one row
    that limits the sum of some columns, the same ones in each copy."""
    block = make(family, seed)
    rng = random.Random(f"copies-{family}-{seed}")
    m, n = len(block.row_names), len(block.cost)
    times = max(3, least // (m + n) + 1)
    row_at = list(range(m * times + 1))
    column_at = list(range(n * times))
    rng.shuffle(row_at)
    rng.shuffle(column_at)
    rows: Rows = [{} for _ in row_at]
    sides, bounds = [(-INF, INF)] * len(rows), [(0.0, 0.0)] * len(column_at)
    cost = [0.0] * len(column_at)
    link = [rng.choice([0.0, 1.0, _value(rng)]) for _ in range(n)]
    for copy in range(times):
        for i in range(m):
            sides[row_at[copy * m + i]] = (block.row_lower[i], block.row_upper[i])
        for j in range(n):
            to = column_at[copy * n + j]
            cost[to], bounds[to] = block.cost[j], (block.lower[j], block.upper[j])
            rows[row_at[m * times]][to] = link[j]
            for i, value in block.columns[j]:
                rows[row_at[copy * m + i]][to] = value
    sides[row_at[m * times]] = (-INF, float(times * rng.randint(1, 9)))
    return build(cost, rows, sides, bounds, block.maximise)


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


def write_mps(lp: Lp, path: Path, minimise: bool = False) -> None:
    """Free MPS. `minimise` negates a maximisation, for readers without OBJSENSE."""
    turn = -1.0 if minimise and lp.maximise else 1.0
    lines = ["NAME random"]
    if lp.maximise and not minimise:
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
        lines.append(f" {name} cost {turn * lp.cost[j]!r}")
        lines += [f" {name} {lp.row_names[i]} {value!r}" for i, value in lp.columns[j]]
    lines += ["RHS", *rhs, "RANGES", *ranges, "BOUNDS"]
    for j, name in enumerate(lp.column_names):
        lines += _bound_lines(name, lp.lower[j], lp.upper[j])
    path.write_text("\n".join([*lines, "ENDATA", ""]))
