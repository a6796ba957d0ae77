"""Random LPs by family and seed, the same everywhere. Small, each built to hurt in its own way."""

from __future__ import annotations

import random
from collections.abc import Callable

import plain
import shaped
from exact.mps import Lp
from parts import INF, LargeDice, Rows, build, coefficient

_LARGER = (
    *(plain.feasible, plain.small_integers, plain.infeasible, plain.little_infeasible),
    *(plain.unbounded, plain.free_columns, plain.fixed_columns, plain.equalities, plain.decimals),
)


def large(rng: random.Random) -> Lp:
    """Of one of several families, with up to eighty rows and columns."""
    return rng.choice(_LARGER)(LargeDice(rng.getrandbits(64)))


def large_badly_scaled(rng: random.Random) -> Lp:
    """Up to eighty rows and columns, multiplied by powers of two."""
    return plain.badly_scaled(LargeDice(rng.getrandbits(64)))


FAMILIES: dict[str, Callable[[random.Random], Lp]] = {
    maker.__name__: maker
    for maker in (
        *(plain.feasible, plain.sparse, plain.degenerate, plain.cone, plain.small_integers),
        *(plain.infeasible, plain.little_infeasible, plain.unbounded, plain.empty_rows),
        *(plain.free_columns, plain.fixed_columns, plain.boxed, plain.equalities),
        *(plain.nearly_parallel, plain.wide, plain.tall, plain.medium),
        *(plain.decimals, plain.near_ties, plain.cube),
        *(plain.badly_scaled, plain.close_call),
        *(shaped.transport, shaped.network, shaped.allocation, shaped.fair_share),
        *(shaped.utilisation, shaped.partition, shaped.periods, shaped.assignment),
        *(shaped.raw_units, large, large_badly_scaled),
    )
}
# Numbers of so many sizes, or contradictions so near to the size of a claim, that an answer may end
# imprecise, or that two may differ which are both within the claim.
HARD_NUMBERS = {"badly_scaled", "large_badly_scaled", "near_ties", "close_call"}
# What an LP is by construction.
ALWAYS = {
    "feasible": "optimal",
    "free_columns": "optimal",
    "medium": "optimal",
    "fair_share": "optimal",
    "near_ties": "optimal",
    "cube": "optimal",
    "assignment": "optimal",
    "infeasible": "infeasible",
    "little_infeasible": "infeasible",
    "unbounded": "unbounded",
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
    link = [rng.choice([0.0, 1.0, coefficient(rng)]) for _ in range(n)]
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
