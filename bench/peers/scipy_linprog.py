"""scipy.optimize.linprog. Option method: highs (default), highs-ds, highs-ipm. It takes
inequalities A x <= b and equations apart; that split is loading, not solving."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import scipy
from scipy.optimize import linprog
from scipy.sparse import csc_matrix, vstack

from bench.peers.arrays import Arrays
from bench.peers.peer import Answer, main

WORDS = {0: "optimal", 1: "time_limit", 2: "infeasible", 3: "unbounded", 4: "failed"}


class Linprog:
    @staticmethod
    def version() -> str:
        return str(scipy.__version__)

    def __init__(self, lp: Arrays, options: dict[str, str], limit: float) -> None:
        self.method = options.get("method", "highs")
        if set(options) - {"method"} or not self.method.startswith("highs"):
            raise ValueError("options: method=highs|highs-ds|highs-ipm")
        matrix = csc_matrix((lp.value, lp.index, lp.start), shape=(lp.m, lp.n)).tocsr()
        self.equal = np.flatnonzero(lp.row_lower == lp.row_upper)
        self.above = np.flatnonzero((lp.row_lower != lp.row_upper) & np.isfinite(lp.row_upper))
        self.below = np.flatnonzero((lp.row_lower != lp.row_upper) & np.isfinite(lp.row_lower))
        self.m = lp.m
        self.arguments: dict[str, Any] = {
            "c": lp.cost,
            "A_ub": vstack([matrix[self.above], -matrix[self.below]], format="csr"),
            "b_ub": np.concatenate([lp.row_upper[self.above], -lp.row_lower[self.below]]),
            "A_eq": matrix[self.equal],
            "b_eq": lp.row_lower[self.equal],
            "bounds": np.column_stack([lp.lower, lp.upper]),
        }
        self.limit = limit
        self.result: Any = None

    def solve(self) -> None:
        options = {"time_limit": self.limit, "disp": False}
        self.result = linprog(**self.arguments, method=self.method, options=options)

    def answer(self) -> Answer:
        result = self.result
        answer = Answer(
            WORDS.get(result.status, "failed"),
            iterations=int(result.nit),
            extra={"code": int(result.status), "text": str(result.message)[:200]},
        )
        if answer.status == "optimal":
            answer.objective = float(result.fun)
            answer.x = np.asarray(result.x)
            answer.y = np.zeros(self.m)
            answer.y[self.equal] = result.eqlin.marginals
            above = len(self.above)
            answer.y[self.above] += result.ineqlin.marginals[:above]
            answer.y[self.below] -= result.ineqlin.marginals[above:]
        return answer


if __name__ == "__main__":
    sys.exit(main(Linprog))
