"""Random LPs around what answers claim: infeasible by little, and in units that are far apart."""

from __future__ import annotations

import random
from collections.abc import Callable

from exact.mps import Lp
from parts import INF, Rows, activities, build, matrix, point
from plain import feasible


def _repeated(rng: random.Random, off: float) -> Lp:
    """Equations through a point, and a combination of them whose side is off by that much."""
    m, n = rng.randint(1, 8), rng.randint(2, 14)
    rows, x = matrix(rng, m, n, 0.5), point(rng, n)
    weights = [float(rng.choice([-2, -1, 1, 1, 2])) for _ in rows]
    last: dict[int, float] = {}
    for row, weight in zip(rows, weights):
        for j, value in row.items():
            last[j] = last.get(j, 0.0) + weight * value
    all_rows: Rows = [*rows, last]
    sides = [(a, a) for a in activities(all_rows, x)]
    sides[-1] = (sides[-1][0] + off, sides[-1][0] + off)
    cost = [float(rng.randint(0, 9)) for _ in range(n)]
    return build(cost, all_rows, sides, [(0.0, INF)] * n)


def noise(rng: random.Random) -> Lp:
    """No point in real numbers, but only by what rounding of the data or a little more makes."""
    return _repeated(rng, rng.choice([-1.0, 1.0]) * rng.choice([2.0**-52, 1e-14, 1e-12, 1e-10]))


def nearly(rng: random.Random) -> Lp:
    """No point, by an amount around those that claims allow. Answers may differ by method."""
    return _repeated(rng, rng.choice([-1.0, 1.0]) * 10.0 ** rng.uniform(-9.0, -5.0))


def worse_scaled(rng: random.Random) -> Lp:
    """A feasible LP, rows multiplied by powers of two up to 2^30 and columns up to 2^50."""
    lp = feasible(rng)
    rows = [2.0 ** rng.randint(-30, 30) for _ in lp.row_names]
    columns = [2.0 ** rng.randint(-50, 50) for _ in lp.column_names]
    for j, scale in enumerate(columns):
        lp.columns[j] = [(i, value * rows[i] * scale) for i, value in lp.columns[j]]
        lp.cost[j] *= scale
        lp.lower[j] /= scale
        lp.upper[j] /= scale
    lp.row_lower = [value * scale for value, scale in zip(lp.row_lower, rows)]
    lp.row_upper = [value * scale for value, scale in zip(lp.row_upper, rows)]
    return lp


def made(maker: Callable[[random.Random], Lp], seed: int) -> Lp:
    return maker(random.Random(f"{maker.__name__}-{seed}"))
