"""HiGHS through highspy. Options are HiGHS's own; one thread, no output."""

from __future__ import annotations

import sys

import highspy
import numpy as np

from bench.peers.arrays import Arrays
from bench.peers.peer import Answer, main

WORDS = {
    "kOptimal": "optimal",
    "kInfeasible": "infeasible",
    "kUnbounded": "unbounded",
    "kUnboundedOrInfeasible": "infeasible_or_unbounded",
    "kTimeLimit": "time_limit",
    "kMemoryLimit": "out_of_memory",
}
FIXED = {"output_flag": "false", "threads": "1", "parallel": "off"}


class Highs:
    @staticmethod
    def version() -> str:
        return str(highspy.Highs().version())

    def __init__(self, lp: Arrays, options: dict[str, str], limit: float) -> None:
        self.solver = highspy.Highs()
        for name, value in {**FIXED, **options, "time_limit": repr(limit)}.items():
            self._set(name, value)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = lp.n, lp.m
        model.col_cost_, model.col_lower_, model.col_upper_ = lp.cost, lp.lower, lp.upper
        model.row_lower_, model.row_upper_ = lp.row_lower, lp.row_upper
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = lp.start.astype(np.int32)
        model.a_matrix_.index_, model.a_matrix_.value_ = lp.index, lp.value
        if self.solver.passModel(model) == highspy.HighsStatus.kError:
            raise ValueError("HiGHS refused the model")

    def _set(self, name: str, text: str) -> None:
        """An option from text, in the type that it has."""
        status, now = self.solver.getOptionValue(name)
        if status != highspy.HighsStatus.kOk:
            raise ValueError(f"HiGHS has no option {name}")
        value = text == "true" if isinstance(now, bool) else type(now)(text)
        if self.solver.setOptionValue(name, value) != highspy.HighsStatus.kOk:
            raise ValueError(f"HiGHS refused {name}={text}")

    def solve(self) -> None:
        self.solver.run()

    def answer(self) -> Answer:
        status, info = self.solver.getModelStatus(), self.solver.getInfo()
        counts = {
            "simplex_iterations": info.simplex_iteration_count,
            "ipm_iterations": info.ipm_iteration_count,
            "crossover_iterations": info.crossover_iteration_count,
        }
        answer = Answer(
            WORDS.get(status.name, "failed"),
            info.objective_function_value,
            sum(max(count, 0) for count in counts.values()),
            extra={"code": status.name, **counts},
        )
        solution = self.solver.getSolution()
        if answer.status == "optimal" and solution.value_valid:
            answer.x = np.array(solution.col_value)
            answer.y = np.array(solution.row_dual) if solution.dual_valid else None
        return answer


if __name__ == "__main__":
    sys.exit(main(Highs))
