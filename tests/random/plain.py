"""Families of random LPs that are hard for the numbers or the pivots in them, one a function."""

from __future__ import annotations

import random

from exact.mps import Lp
from parts import INF, Rows, activities, build, coefficient, matrix, point, sides_around, sizes


def feasible(rng: random.Random) -> Lp:
    """A point is known; costs are nonnegative on nonnegative columns, so there is an optimum."""
    m, n = sizes(rng)
    rows, x = matrix(rng, m, n, rng.choice([0.2, 0.5, 0.9])), point(rng, n)
    sides = [sides_around(rng, a, float(rng.randint(0, 5))) for a in activities(rows, x)]
    bounds = [(0.0, rng.choice([INF, v + rng.randint(0, 4)])) for v in x]
    cost = [rng.choice([0.0, rng.randint(0, 40) / 4]) for _ in range(n)]
    return build(cost, rows, sides, bounds)


def sparse(rng: random.Random) -> Lp:
    """Larger and sparse, any status, both senses."""
    m, n = rng.randint(5, 40), rng.randint(5, 60)
    rows, x = matrix(rng, m, n, 3.0 / n), point(rng, n)
    sides = [sides_around(rng, a, float(rng.randint(0, 9))) for a in activities(rows, x)]
    bounds = [(0.0, v + 20.0) if rng.random() < 0.8 else (-INF, INF) for v in x]
    cost = [coefficient(rng) if rng.random() < 0.7 else 0.0 for _ in range(n)]
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


def scaled(rng: random.Random, of_rows: int, of_columns: int) -> Lp:
    """A feasible LP, rows and columns multiplied by powers of two up to these."""
    lp = feasible(rng)
    rows = [2.0 ** rng.randint(-of_rows, of_rows) for _ in lp.row_names]
    columns = [2.0 ** rng.randint(-of_columns, of_columns) for _ in lp.column_names]
    for j, scale in enumerate(columns):
        lp.columns[j] = [(i, value * rows[i] * scale) for i, value in lp.columns[j]]
        lp.cost[j] *= scale
        lp.lower[j] /= scale
        lp.upper[j] /= scale
    lp.row_lower = [value * scale for value, scale in zip(lp.row_lower, rows)]
    lp.row_upper = [value * scale for value, scale in zip(lp.row_upper, rows)]
    return lp


def badly_scaled(rng: random.Random) -> Lp:
    """Rows by up to 2^20, columns by up to 2^12."""
    return scaled(rng, 20, 12)


def contradicted(rng: random.Random, gap: float) -> Lp:
    """A random nonnegative combination of the rows contradicts one more row by `gap`; it leaves
    room for it where `gap` is negative, and the columns decide."""
    m, n = sizes(rng)
    rows = matrix(rng, m, n, 0.6)
    sides = [(-INF, float(rng.randint(-3, 9))) for _ in rows]
    weights = [float(rng.choice([0, 1, 2])) for _ in rows]
    weights[rng.randrange(m)] = 1.0
    last: dict[int, float] = {}
    for row, weight in zip(rows, weights):
        for j, value in row.items():
            last[j] = last.get(j, 0.0) + weight * value
    reach = sum(weight * high for weight, (_, high) in zip(weights, sides))
    rows.append(last)
    sides.append((reach + gap, INF))
    bounds = [rng.choice([(0.0, INF), (-INF, INF), (-5.0, 5.0)]) for _ in range(n)]
    return build([coefficient(rng) for _ in range(n)], rows, sides, bounds)


def infeasible(rng: random.Random) -> Lp:
    """By at least 1."""
    return contradicted(rng, rng.choice([1.0, 7.0]))


def little_infeasible(rng: random.Random) -> Lp:
    """By 2^-8 to 2^-15, with multipliers of 1 and 2: a proof by docs/numerics.md exists."""
    return contradicted(rng, 2.0 ** -rng.randint(8, 15))


def close_call(rng: random.Random) -> Lp:
    """Feasible or not by so little that doubles cannot always tell."""
    return contradicted(rng, rng.choice([-1.0, 1.0]) * 2.0 ** -rng.randint(18, 40))


def unbounded(rng: random.Random) -> Lp:
    """A feasible LP, and a direction that stays inside and along which the objective falls."""
    m, n = sizes(rng)
    n += 1
    direction = [float(rng.choice([0, 1, 1, 2])) for _ in range(n)]
    direction[rng.randrange(n)] = 1.0
    rows, x = matrix(rng, m, n, 0.5), point(rng, n)
    sides = []
    for row, activity in zip(rows, activities(rows, x)):
        along = sum(value * direction[j] for j, value in row.items())
        if along > 0.0:
            sides.append((activity - 1.0, INF))
        elif along < 0.0:
            sides.append((-INF, activity + 1.0))
        else:
            sides.append((activity, activity + 2.0))
    cost = [coefficient(rng) for _ in range(n)]
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
    m, n = sizes(rng)
    rows, x = matrix(rng, m, n, 0.5), point(rng, n)
    rows += [{rng.randrange(n): coefficient(rng)} for _ in range(rng.randint(0, 4))]
    sides = [sides_around(rng, a, float(rng.randint(0, 2))) for a in activities(rows, x)]
    bounds = []
    for value in x:
        kind = rng.random()
        if kind < 0.5:
            bounds.append((value, value))
        elif kind < 0.7:
            bounds.append((-INF, INF))
        else:
            bounds.append((value - 1.0, value + 3.0))
    cost = [coefficient(rng) for _ in range(n)]
    return build(cost, rows, sides, bounds, maximise=rng.random() < 0.3)


def boxed(rng: random.Random) -> Lp:
    """Every column between two bounds, negative lower bounds, dense: bound flips."""
    m, n = rng.randint(1, 10), rng.randint(2, 24)
    rows = matrix(rng, m, n, 0.8)
    bounds = []
    for _ in range(n):
        low = float(rng.randint(-9, 3))
        bounds.append((low, low + rng.randint(0, 9)))
    middle = activities(rows, [(low + high) / 2 for low, high in bounds])
    sides = [sides_around(rng, a, float(rng.randint(0, 3))) for a in middle]
    return build([coefficient(rng) for _ in range(n)], rows, sides, bounds, rng.random() < 0.5)


def free_columns(rng: random.Random) -> Lp:
    """Nearly all columns free; costs are a combination of the rows, so that there is an optimum."""
    m, n = sizes(rng)
    rows, x = matrix(rng, m, n, 0.5), [float(rng.randint(-9, 9)) for _ in range(n)]
    sides, cost = [], [0.0] * n
    for row, activity in zip(rows, activities(rows, x)):
        price = float(rng.choice([0, 0, 1, 2, -1, -3]))
        low = activity if price > 0.0 else activity - rng.choice([1.0, INF])
        high = activity if price < 0.0 else activity + rng.choice([0.0, 1.0, INF])
        sides.append((low, high))
        for j, value in row.items():
            cost[j] += price * value
    bounds = [(-INF, INF)] * n
    for j in range(n):
        if rng.random() < 0.1:
            bounds[j] = (x[j] - rng.choice([0.0, 2.0]), INF)
            cost[j] += rng.choice([0.0, 1.0])
    return build(cost, rows, sides, bounds)


def equalities(rng: random.Random) -> Lp:
    """Equations, nearly as many as columns or more, some of them sums of others."""
    m = rng.randint(2, 14)
    n = max(2, m + rng.randint(-3, 6))
    rows, x = matrix(rng, m, n, rng.choice([0.3, 0.6])), point(rng, n)
    for _ in range(rng.randint(0, 4)):
        total = dict(rng.choice(rows))
        for j, value in rng.choice(rows).items():
            total[j] = total.get(j, 0.0) + value
        rows.append(total)
    sides = [(a, a) for a in activities(rows, x)]
    if rng.random() < 0.2:
        at = rng.randrange(len(rows))
        sides[at] = (sides[at][0] + 1.0, sides[at][1] + 1.0)
    bounds = [rng.choice([(0.0, INF), (0.0, INF), (0.0, 9.0), (-INF, INF)]) for _ in range(n)]
    return build([coefficient(rng) for _ in range(n)], rows, sides, bounds)


def nearly_parallel(rng: random.Random) -> Lp:
    """Rows that differ from others in one entry by a small power of two."""
    m, n = rng.randint(2, 8), rng.randint(3, 14)
    rows, x = matrix(rng, m, n, 0.7), point(rng, n)
    for _ in range(rng.randint(1, 6)):
        twin = dict(rng.choice(rows))
        j = rng.randrange(n)
        twin[j] = twin.get(j, 0.0) + rng.choice([-1.0, 1.0]) * 2.0 ** -rng.randint(8, 16)
        rows.append(twin)
    sides = [sides_around(rng, a, float(rng.choice([0, 0, 1]))) for a in activities(rows, x)]
    bounds = [(0.0, v + 9.0) if rng.random() < 0.7 else (0.0, INF) for v in x]
    return build([coefficient(rng) for _ in range(n)], rows, sides, bounds)


def small_integers(rng: random.Random) -> Lp:
    """Entries, sides, bounds and costs from -3 to 3, nothing known of the status."""
    m, n = sizes(rng)
    few = [-3.0, -2.0, -1.0, -1.0, 1.0, 1.0, 2.0, 3.0]
    density = rng.choice([0.3, 0.7])
    rows = [{j: rng.choice(few) for j in range(n) if rng.random() < density} for _ in range(m)]
    sides = []
    for _ in rows:
        at = float(rng.randint(-3, 3))
        sides.append(rng.choice([(at, at), (-INF, at), (at, INF), (at, at + 2.0)]))
    ends = [(0.0, INF), (0.0, 1.0), (0.0, 3.0), (-INF, INF), (-INF, 0.0), (-2.0, 2.0)]
    bounds = [rng.choice(ends) for _ in range(n)]
    cost = [float(rng.randint(-3, 3)) for _ in range(n)]
    return build(cost, rows, sides, bounds, maximise=rng.random() < 0.5)


def cone(rng: random.Random) -> Lp:
    """Every row has side 0 but one, the simplex that all columns lie in: one vertex, many bases."""
    m, n = rng.randint(3, 14), rng.randint(3, 14)
    rows = matrix(rng, m, n, 0.6)
    sides = [(-INF, 0.0)] * m
    rows.append(dict.fromkeys(range(n), 1.0))
    sides.append(rng.choice([(-INF, 1.0), (-INF, 1.0), (1.0, 1.0)]))
    return build([coefficient(rng) for _ in range(n)], rows, sides, [(0.0, INF)] * n)


def wide(rng: random.Random) -> Lp:
    """Few rows, many columns, some of them the same twice."""
    m, n = rng.randint(1, 6), rng.randint(60, 200)
    rows, x = matrix(rng, m, n, 0.6), [float(rng.random() < 0.1) for _ in range(n)]
    for j in range(0, n - 1, 7):
        for row in rows:
            if j in row:
                row[j + 1] = row[j]
    sides = [sides_around(rng, a, float(rng.randint(0, 9))) for a in activities(rows, x)]
    cost = [float(rng.randint(0, 9)) for _ in range(n)]
    return build(cost, rows, sides, [(0.0, rng.choice([1.0, 2.0, INF])) for _ in range(n)])


def tall(rng: random.Random) -> Lp:
    """Many rows over few columns: a polytope around a point."""
    m, n = rng.randint(40, 120), rng.randint(2, 8)
    rows, x = matrix(rng, m, n, 0.8), [float(rng.randint(-9, 9)) for _ in range(n)]
    sides = [(-INF, a + rng.randint(0, 20)) for a in activities(rows, x)]
    bounds = [rng.choice([(-INF, INF), (-20.0, 20.0)]) for _ in range(n)]
    return build([coefficient(rng) for _ in range(n)], rows, sides, bounds, rng.random() < 0.5)


def medium(rng: random.Random) -> Lp:
    """Some hundred columns of a few entries each; an optimum exists, half of it degenerate."""
    m, n = rng.randint(30, 80), rng.randint(40, 160)
    rows: Rows = [{} for _ in range(m)]
    for j in range(n):
        for i in rng.sample(range(m), rng.randint(1, 5)):
            rows[i][j] = coefficient(rng)
    x = point(rng, n)
    sides = [sides_around(rng, a, float(rng.choice([0, 0, 1, 5]))) for a in activities(rows, x)]
    bounds = [(0.0, rng.choice([v, v + 5.0, v + 5.0, INF])) for v in x]
    cost = [0.0] * n
    for row, (low, high) in zip(rows, sides):
        price = float(rng.choice([0, 1, 2, 3])) * ((low > -INF) - (high < INF))
        for j, value in row.items():
            cost[j] += price * value
    cost = [c + rng.choice([0.0, 1.0, 4.0]) for c in cost]
    return build(cost, rows, sides, bounds)


def decimals(rng: random.Random) -> Lp:
    """Entries of one to three decimals, which no double holds: sides are met up to rounding."""
    m, n = sizes(rng)
    places = rng.choice([1, 2, 3])
    density = rng.choice([0.3, 0.7])
    rows: Rows = [
        {j: round(rng.uniform(-9.0, 9.0), places) for j in range(n) if rng.random() < density}
        for _ in range(m)
    ]
    x = [rng.choice([0.0, 0.0, round(rng.uniform(0.0, 9.0), places)]) for _ in range(n)]
    sides = [sides_around(rng, a, rng.choice([0.0, 0.1, 2.3])) for a in activities(rows, x)]
    bounds = [(0.0, rng.choice([v, v + 0.7, 20.0])) for v in x]
    cost = [round(rng.uniform(-5.0, 5.0), places) for _ in range(n)]
    return build(cost, rows, sides, bounds)


def near_ties(rng: random.Random) -> Lp:
    """Costs, and slacks at a point that is known, equal but for a millionth or less: bases that are
    wrong are nearly right. The point holds, so that no LP is infeasible by as little."""
    m, n = sizes(rng)
    few = [1.0, 1.0, 2.0]
    rows: Rows = [{j: rng.choice(few) for j in range(n) if rng.random() < 0.6} for _ in range(m)]

    def little() -> float:
        return rng.choice([0.0, 2.0 ** -rng.randint(20, 34)])

    x = [float(rng.choice([0, 1, 2])) for _ in range(n)]
    sides = []
    for activity in activities(rows, x):
        low, high = (activity - little(), INF), (-INF, activity + little())
        sides.append(rng.choice([low, high]))
    cost = [rng.choice([1.0, 1.0, -1.0]) + little() for _ in range(n)]
    return build(cost, rows, sides, [(0.0, v + little()) for v in x])


def cube(rng: random.Random) -> Lp:
    """A cube of Klee and Minty, its columns in any order: sides grow by powers."""
    n, base = rng.randint(2, 7), float(rng.choice([2, 4, 5]))
    at = list(range(n))
    rng.shuffle(at)
    rows: Rows = []
    for i in range(n):
        row = {at[j]: 2.0 * base ** (i - j) for j in range(i)}
        row[at[i]] = 1.0
        rows.append(row)
    sides = [(-INF, base ** (2 * i)) for i in range(n)]
    cost = [0.0] * n
    for j in range(n):
        cost[at[j]] = base ** (n - 1 - j)
    return build(cost, rows, sides, [(0.0, INF)] * n, maximise=True)
