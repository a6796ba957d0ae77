"""Families of random LPs in the shape of real ones: who gets what, and what flows where."""

from __future__ import annotations

import random

from exact.mps import Lp
from parts import INF, Rows, build


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


def network(rng: random.Random) -> Lp:
    """Flow of least cost through a graph with capacities, some of them too small."""
    nodes = rng.randint(3, 12)
    arcs = [(a, (a + 1) % nodes) for a in range(nodes)]
    arcs += [tuple(rng.sample(range(nodes), 2)) for _ in range(rng.randint(2, 3 * nodes))]
    need = [0] * nodes
    for _ in range(rng.randint(1, nodes)):
        a, b = rng.sample(range(nodes), 2)
        amount = rng.randint(1, 6)
        need[a] += amount
        need[b] -= amount
    rows: Rows = [{} for _ in range(nodes)]
    for j, (a, b) in enumerate(arcs):
        rows[a][j], rows[b][j] = 1.0, -1.0
    sides = [(float(v), float(v)) for v in need]
    roomy = rng.choice([6, 12, 40])
    bounds = [(0.0, float(rng.randint(1, roomy))) for _ in arcs]
    cost = [float(rng.randint(0, 12)) for _ in arcs]
    return build(cost, rows, sides, bounds)


def allocation(rng: random.Random) -> Lp:
    """Demands on pools of nodes with several resources; value of what is served, less its cost."""
    pools, demands, resources = rng.randint(1, 6), rng.randint(1, 9), rng.randint(1, 3)
    rows: Rows = [{} for _ in range(pools * resources + demands)]
    sides = [(-INF, float(rng.randint(4, 60))) for _ in range(pools * resources)]
    cost, bounds = [], []
    for d in range(demands):
        use = [float(rng.choice([0, 1, 2, 4, 8])) for _ in range(resources)]
        value = float(rng.randint(1, 20))
        for p in range(pools):
            if rng.random() < 0.7:
                for r, amount in enumerate(use):
                    rows[p * resources + r][len(cost)] = amount
                rows[pools * resources + d][len(cost)] = 1.0
                cost.append(value - rng.choice([0.0, 0.0, rng.randint(1, 12) / 4]))
                bounds.append((0.0, INF))
        wanted = float(rng.randint(1, 16))
        sides.append((wanted, wanted) if rng.random() < 0.15 else (-INF, wanted))
    return build(cost or [1.0], rows, sides, bounds or [(0.0, 1.0)], maximise=True)


def fair_share(rng: random.Random) -> Lp:
    """The least share of any demand, as large as it can be: every row ends in one column."""
    pools, demands = rng.randint(1, 6), rng.randint(2, 12)
    rows: Rows = [{} for _ in range(pools + demands)]
    sides = [(-INF, float(rng.randint(2, 20))) for _ in range(pools)]
    cost, bounds = [1.0], [(0.0, rng.choice([1.0, INF]))]
    for d in range(demands):
        wanted = float(rng.randint(1, 12))
        for p in rng.sample(range(pools), rng.randint(1, pools)):
            rows[p][len(cost)] = rng.choice([1.0, 1.0, 0.5, 1.25])
            rows[pools + d][len(cost)] = 1.0
            cost.append(0.0)
            bounds.append((0.0, INF))
        rows[pools + d][0] = -wanted
        sides.append((0.0, INF))
    return build(cost, rows, sides, bounds, maximise=True)


def utilisation(rng: random.Random) -> Lp:
    """Several flows on one graph; the largest utilisation of an arc, as small as it can be."""
    nodes, flows = rng.randint(3, 6), rng.randint(1, 4)
    arcs = [(a, (a + 1) % nodes) for a in range(nodes)]
    arcs += [tuple(rng.sample(range(nodes), 2)) for _ in range(rng.randint(1, 2 * nodes))]
    rows: Rows = [{} for _ in range(nodes * flows + len(arcs))]
    sides = []
    for f in range(flows):
        need = [0.0] * nodes
        a, b = rng.sample(range(nodes), 2)
        need[a] = float(rng.randint(1, 30))
        need[b] = -need[a]
        sides += [(v, v) for v in need]
        for k, (tail, head) in enumerate(arcs):
            column = 1 + f * len(arcs) + k
            rows[f * nodes + tail][column] = 1.0
            rows[f * nodes + head][column] = -1.0
            rows[nodes * flows + k][column] = 1.0
    for k in range(len(arcs)):
        rows[nodes * flows + k][0] = -float(rng.choice([10, 10, 25, 40, 100]))
        sides.append((-INF, 0.0))
    columns = 1 + flows * len(arcs)
    return build([1.0] + [0.0] * (columns - 1), rows, sides, [(0.0, INF)] * columns)


def partition(rng: random.Random) -> Lp:
    """Sets that cover every element once, or at least once: relaxed, degenerate."""
    m, n = rng.randint(3, 14), rng.randint(6, 50)
    rows: Rows = [{} for _ in range(m)]
    for j in range(n):
        for i in rng.sample(range(m), rng.randint(1, min(m, 4))):
            rows[i][j] = 1.0
    sides = [(1.0, rng.choice([1.0, INF]))] * m
    cost = [float(rng.randint(1, 9)) for _ in range(n)]
    return build(cost, rows, sides, [(0.0, rng.choice([1.0, INF]))] * n)


def periods(rng: random.Random) -> Lp:
    """Make, store, deliver, period by period, with a budget over all of them: a long chain."""
    count = rng.randint(3, 20)
    made, stored = range(count), range(count, 2 * count)
    rows: Rows = []
    sides: list[tuple[float, float]] = []
    for t in range(count):
        row = {made[t]: 1.0, stored[t]: -1.0}
        if t > 0:
            row[stored[t - 1]] = rng.choice([1.0, 1.0, 0.875])
        rows.append(row)
        sides.append((float(rng.randint(0, 9)),) * 2)
        if t > 0 and rng.random() < 0.5:  # no faster than so
            rows.append({made[t]: 1.0, made[t - 1]: -1.0})
            sides.append((-4.0, 4.0))
    rows.append(dict.fromkeys(made, 1.0))
    sides.append((-INF, float(rng.randint(4, 9) * count)))
    cost = [float(rng.randint(1, 9)) for _ in made] + [0.25] * count
    bounds = [(0.0, float(rng.randint(5, 15))) for _ in made]
    bounds += [(0.0, rng.choice([6.0, INF])) for _ in stored]
    return build(cost, rows, sides, bounds)


def assignment(rng: random.Random) -> Lp:
    """One each to one each: n rows of n columns twice, and most vertices degenerate."""
    n = rng.randint(2, 8)
    rows: Rows = [{i * n + j: 1.0 for j in range(n)} for i in range(n)]
    rows += [{i * n + j: 1.0 for i in range(n)} for j in range(n)]
    cost = [float(rng.randint(0, rng.choice([1, 9, 99]))) for _ in range(n * n)]
    return build(cost, rows, [(1.0, 1.0)] * (2 * n), [(0.0, INF)] * (n * n))


def raw_units(rng: random.Random) -> Lp:
    """An allocation whose resources come as bytes, watts and whole cores."""
    lp = allocation(rng)
    units = [rng.choice([1.0, 1000.0, 2.0**20, 2.0**30]) for _ in lp.row_names]
    wanted = {i for i, high in enumerate(lp.row_upper) if high <= 16.0}  # amounts stay amounts
    units = [1.0 if i in wanted else unit for i, unit in enumerate(units)]
    lp.columns = [[(i, value * units[i]) for i, value in entries] for entries in lp.columns]
    lp.row_lower = [value * unit for value, unit in zip(lp.row_lower, units)]
    lp.row_upper = [value * unit for value, unit in zip(lp.row_upper, units)]
    return lp
