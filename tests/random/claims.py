"""Random LPs around what answers claim: infeasible by little, and in units that are far apart."""

from __future__ import annotations

import random
from collections.abc import Callable

from exact.mps import Lp
from parts import INF, Rows, activities, build, matrix, point
from plain import scaled


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
    """Rows by up to 2^30, columns by up to 2^50."""
    return scaled(rng, 30, 50)


def made(maker: Callable[[random.Random], Lp], seed: int) -> Lp:
    return maker(random.Random(f"{maker.__name__}-{seed}"))
