"""Building one placement model from numpy arrays: a function for each library.

    python3 -m bench.build.contestants NAME N

    min sum cost_k x_k,  x >= 0,   with
    sum_{k of i} x_k = amount_i,   sum_{k on p} use_i(k) x_k <= capacity_p

Each has build(arrays), which returns what is ready to solve, and solve(built): the optimum, not
timed. Ready means: the library has the LP in the form in which it goes to its solver. Written as
the library's own documentation would have it for many variables: vectorised where it has that.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bench.peers.peer import mark_memory, memory

POOLS, WAYS = 100, 10


@dataclass
class Arrays:
    """What a caller has: N placements, N / WAYS demands, POOLS pools."""

    demand: Any
    pool: Any
    cost: Any
    amount: Any
    use: Any  # of a unit of each demand
    capacity: Any  # of each pool

    @classmethod
    def of(cls, n: int) -> Arrays:
        """As arrays.c and golang/main.go make them."""
        k = np.arange(n)
        i = np.arange(n // WAYS)
        amount, use = 1.0 + i % 5, 1.0 + i % 3
        capacity = np.full(POOLS, np.floor(1.25 * (amount * use).sum() / POOLS + 1.0))
        pool = (7 * (k // WAYS) + 11 * (k % WAYS)) % POOLS
        demand, cost = (k // WAYS).astype(np.int32), 1.0 + 31 * k % 17
        return cls(demand, pool.astype(np.int32), cost, amount, use, capacity)

    @property
    def rows_of_entries(self) -> tuple[Any, Any, Any]:
        """The LP by column: start, row, value; demands first, then pools."""
        n, demands = len(self.demand), len(self.amount)
        row = np.empty(2 * n, np.int32)
        row[0::2], row[1::2] = self.demand, demands + self.pool
        value = np.ones(2 * n)
        value[1::2] = self.use[self.demand]
        return np.arange(0, 2 * n + 1, 2), row, value


@dataclass
class Contestant:
    module: str  # whose version is told, and without which it is missing
    build: Callable[[Arrays], Any]
    solve: Callable[[Any], float]
    largest: int  # N beyond which it is not tried


def dcalloc_model(a: Arrays) -> Any:
    import dcalloc

    model = dcalloc.Model()
    model.add_resource("slot", "slot")
    pools, demands = len(a.capacity), len(a.amount)
    ones = np.ones(max(pools, demands), np.int32)
    start = np.arange(max(pools, demands) + 1, dtype=np.int64)
    names = [f"pool {p}" for p in range(pools)]
    model.add_pools(names, capacity=(start[: pools + 1], ones[:pools], a.capacity))
    names = [f"demand {i}" for i in range(demands)]
    use = (start[: demands + 1], ones[:demands], a.use)
    model.add_demands(names, amount=a.amount, use=use, hard=1)
    model.add_placements(demand=a.demand, pool=a.pool, cost=a.cost)
    model.add_tier("cost", cost=1, unmet=1)  # nothing is unmet: all demands are hard
    solver = dcalloc.Solver(model)
    return model, solver, solver.compiled()


def dcalloc_lp(a: Arrays) -> Any:
    import dcalloc

    lp = dcalloc.Lp()
    none = np.full(len(a.capacity), -np.inf)
    lp.add_rows(
        lower=np.concatenate([a.amount, none]), upper=np.concatenate([a.amount, a.capacity])
    )
    lp.add_columns(cost=a.cost, entries=a.rows_of_entries)
    return lp


def highspy_arrays(a: Arrays) -> Any:
    import highspy

    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    start, row, value = a.rows_of_entries
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(a.cost), len(a.amount) + len(a.capacity)
    model.col_cost_, model.col_lower_ = a.cost, np.zeros(len(a.cost))
    model.col_upper_ = np.full(len(a.cost), np.inf)
    model.row_lower_ = np.concatenate([a.amount, np.full(len(a.capacity), -np.inf)])
    model.row_upper_ = np.concatenate([a.amount, a.capacity])
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = start.astype(np.int32)
    model.a_matrix_.index_, model.a_matrix_.value_ = row, value
    solver.passModel(model)
    return solver


def highspy_solve(solver: Any) -> float:
    solver.run()
    return float(solver.getInfo().objective_function_value)


def pulp_model(a: Arrays) -> Any:
    """PuLP hands a problem to its solvers as an MPS file."""
    import pulp

    problem = pulp.LpProblem("placements", pulp.LpMinimize)
    x = [pulp.LpVariable(f"x{k}", lowBound=0) for k in range(len(a.cost))]
    demand, pool, use = a.demand.tolist(), a.pool.tolist(), a.use.tolist()
    of_demand: list[Any] = [[] for _ in a.amount]
    on_pool: list[Any] = [[] for _ in a.capacity]
    for k, column in enumerate(x):
        of_demand[demand[k]].append((column, 1.0))
        on_pool[pool[k]].append((column, use[demand[k]]))
    problem += pulp.LpAffineExpression(zip(x, a.cost.tolist()))
    for terms, amount in zip(of_demand, a.amount.tolist()):
        problem += pulp.LpAffineExpression(terms) == amount
    for terms, capacity in zip(on_pool, a.capacity.tolist()):
        problem += pulp.LpAffineExpression(terms) <= capacity
    with tempfile.TemporaryDirectory() as folder:
        problem.writeMPS(str(Path(folder) / "model.mps"))
    return problem


def pulp_solve(problem: Any) -> float:
    import pulp

    problem.solve(pulp.HiGHS(msg=False))
    return float(pulp.value(problem.objective))


def cvxpy_model(a: Arrays) -> Any:
    """Ready: the data that it hands to HiGHS."""
    import cvxpy
    from scipy import sparse

    n, demands, pools = len(a.cost), len(a.amount), len(a.capacity)
    k = np.arange(n)
    balance = sparse.csr_matrix((np.ones(n), (a.demand, k)), shape=(demands, n))
    usage = sparse.csr_matrix((a.use[a.demand], (a.pool, k)), shape=(pools, n))
    x = cvxpy.Variable(n, nonneg=True)
    rows = [balance @ x == a.amount, usage @ x <= a.capacity]
    problem = cvxpy.Problem(cvxpy.Minimize(a.cost @ x), rows)
    problem.get_problem_data(cvxpy.HIGHS)
    return problem


def cvxpy_solve(problem: Any) -> float:
    return float(problem.solve(solver="HIGHS"))


def linopy_model(a: Arrays) -> Any:
    """Ready: a HiGHS object that holds the model."""
    import linopy
    import pandas
    import xarray

    model = linopy.Model()
    k = pandas.RangeIndex(len(a.cost), name="k")
    x = model.add_variables(lower=0, coords=[k], name="x")
    demand = xarray.DataArray(a.demand, coords=[k], name="demand")
    pool = xarray.DataArray(a.pool, coords=[k], name="pool")
    amount = xarray.DataArray(
        a.amount, dims=["demand"], coords={"demand": np.arange(len(a.amount))}
    )
    capacity = xarray.DataArray(
        a.capacity, dims=["pool"], coords={"pool": np.arange(len(a.capacity))}
    )
    use = xarray.DataArray(a.use[a.demand], coords=[k])
    model.add_constraints((1.0 * x).groupby(demand).sum() == amount, name="balance")
    model.add_constraints((use * x).groupby(pool).sum() <= capacity, name="capacity")
    model.add_objective((xarray.DataArray(a.cost, coords=[k]) * x).sum())
    return model, model.to_highspy()


def linopy_solve(built: Any) -> float:
    built[1].setOptionValue("output_flag", False)
    return highspy_solve(built[1])


def pyomo_model(a: Arrays) -> Any:
    """Pyomo hands a model to its solvers as an LP file, or through APPSI, which is what this is."""
    import pyomo.environ as pyo
    from pyomo.contrib.appsi.solvers.highs import Highs

    model = pyo.ConcreteModel()
    demand, pool, use = a.demand.tolist(), a.pool.tolist(), a.use.tolist()
    cost = a.cost.tolist()
    model.x = pyo.Var(range(len(cost)), domain=pyo.NonNegativeReals)
    of_demand: list[list[int]] = [[] for _ in a.amount]
    on_pool: list[list[int]] = [[] for _ in a.capacity]
    for k in range(len(cost)):
        of_demand[demand[k]].append(k)
        on_pool[pool[k]].append(k)
    amount, capacity = a.amount.tolist(), a.capacity.tolist()
    model.balance = pyo.Constraint(
        range(len(amount)),
        rule=lambda m, i: pyo.quicksum(m.x[k] for k in of_demand[i]) == amount[i],
    )
    model.capacity = pyo.Constraint(
        range(len(capacity)),
        rule=lambda m, p: pyo.quicksum(use[demand[k]] * m.x[k] for k in on_pool[p]) <= capacity[p],
    )
    model.cost = pyo.Objective(expr=pyo.quicksum(cost[k] * model.x[k] for k in range(len(cost))))
    solver = Highs()
    solver.set_instance(model)
    return model, solver


def pyomo_solve(built: Any) -> float:
    return float(built[1].solve(built[0]).best_feasible_objective)


CONTESTANTS = {
    "dcalloc-numpy": Contestant(
        "dcalloc", dcalloc_model, lambda built: float(built[1].solve().objective), 10**7
    ),
    "dcalloc-lp-numpy": Contestant(
        "dcalloc", dcalloc_lp, lambda lp: float(lp.solve().objective), 10**7
    ),
    "highspy": Contestant("highspy", highspy_arrays, highspy_solve, 10**7),
    "cvxpy": Contestant("cvxpy", cvxpy_model, cvxpy_solve, 10**6),
    "linopy": Contestant("linopy", linopy_model, linopy_solve, 10**6),
    "pulp": Contestant("pulp", pulp_model, pulp_solve, 10**5),
    "pyomo": Contestant("pyomo", pyomo_model, pyomo_solve, 10**5),
}


def version_of(module: str) -> str:
    if module != "dcalloc":
        return importlib.metadata.version(module)
    import dcalloc

    return str(dcalloc.__version__)


def main() -> int:
    name, n = sys.argv[1], int(sys.argv[2])
    contestant = CONTESTANTS[name]
    importlib.import_module(contestant.module)
    contestant.build(Arrays.of(1000))  # imports, and what is compiled at first use
    arrays = Arrays.of(n)
    mark_memory()
    before = memory("VmRSS")
    used, begin = time.process_time(), time.perf_counter()
    built = contestant.build(arrays)
    seconds = time.perf_counter() - begin
    processor = time.process_time() - used
    told: dict[str, Any] = {"seconds": seconds, "processor": processor}
    told["memory"] = max(memory("VmHWM") - before, 0)
    told["objective"] = contestant.solve(built)
    print(json.dumps({**told, "version": version_of(contestant.module)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
