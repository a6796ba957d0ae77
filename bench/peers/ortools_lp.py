"""GLOP and PDLP of OR-Tools, through the model builder. Option solver: glop or pdlp; parameters: a
text protocol buffer of the solver's own. The time includes the model builder's hand-over."""

from __future__ import annotations

import sys
import time

import numpy as np
import ortools
from ortools.linear_solver.python import model_builder_helper as builder
from scipy.sparse import csc_matrix

from bench.peers.arrays import Arrays
from bench.peers.peer import Answer, main

# Without these PDLP stops at 1e-6, relative, which does not reach six digits of the objective.
PDLP = """num_threads: 1 termination_criteria { simple_optimality_criteria {
    eps_optimal_absolute: 1e-8 eps_optimal_relative: 1e-8 } }"""


class OrTools:
    @staticmethod
    def version() -> str:
        return str(ortools.__version__)

    def __init__(self, lp: Arrays, options: dict[str, str], limit: float) -> None:
        unknown = set(options) - {"solver", "parameters"}
        name = options.get("solver", "glop")
        if unknown or name not in ("glop", "pdlp"):
            raise ValueError("options: solver=glop|pdlp, parameters=TEXT")
        self.model = builder.ModelBuilderHelper()
        matrix = csc_matrix((lp.value, lp.index, lp.start), shape=(lp.m, lp.n)).tocsr()
        self.model.fill_model_from_sparse_data(
            lp.lower, lp.upper, lp.cost, lp.row_lower, lp.row_upper, matrix
        )
        self.solver = builder.ModelSolverHelper(name)
        self.solver.set_time_limit_in_seconds(limit)
        self.limit = limit
        parameters = options.get("parameters", PDLP if name == "pdlp" else "")
        if parameters:
            self.solver.set_solver_specific_parameters(parameters)

    def solve(self) -> None:
        begin = time.perf_counter()
        self.solver.solve(self.model)
        self.in_time = time.perf_counter() - begin < self.limit

    def answer(self) -> Answer:
        status = self.solver.status()
        words = {
            builder.SolveStatus.OPTIMAL: "optimal",
            builder.SolveStatus.INFEASIBLE: "infeasible",
            builder.SolveStatus.UNBOUNDED: "unbounded",
        }
        stopped = "failed" if self.in_time else "time_limit"
        answer = Answer(
            words.get(status, stopped),
            extra={"code": status.name, "text": self.solver.status_string()[:200]},
        )
        if answer.status == "optimal":
            answer.objective = self.solver.objective_value()
            answer.x = np.array(self.solver.variable_values())
            answer.y = np.array(self.solver.dual_values())
        return answer


if __name__ == "__main__":
    sys.exit(main(OrTools))
