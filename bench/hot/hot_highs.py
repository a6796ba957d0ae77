"""HiGHS through highspy, warm: the same arguments and events as the C contestants, see hot.h.

The simplex method, presolve off once there is a basis; HiGHS chooses the primal one from a basis
that is primal feasible, else the dual one. Deleting basic columns leaves HiGHS without a basis: it
gets what is left of the last one, to be mended by it. Time includes what the binding spends on the
calls.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
import time
from dataclasses import dataclass
from typing import Any, TextIO

import highspy
import numpy as np

from bench.hot.trace import Edit, edits
from bench.peers.arrays import Arrays, read
from bench.peers.highs import WORDS
from bench.peers.highs import Highs as Cold


@dataclass
class Calls:
    """An edit as the arguments of HiGHS's bulk calls, made before the clock runs."""

    edit: Edit
    gone: tuple[Any, Any]  # columns, rows
    new_rows: tuple[Any, ...]
    new_columns: tuple[Any, ...]
    rows: tuple[Any, ...]
    columns: tuple[Any, ...]
    costs: tuple[Any, ...]

    @classmethod
    def of(cls, edit: Edit) -> Calls:
        return cls(
            edit,
            (np.array(edit.gone_columns, np.int32), np.array(edit.gone_rows, np.int32)),
            _added(edit.new_rows, 2),
            _added(edit.new_columns, 3),
            _changed(edit.rows, 2),
            _changed(edit.columns, 2),
            _changed(edit.costs, 1),
        )


def _changed(entries: list[Any], numbers: int) -> tuple[Any, ...]:
    """Count, indices, and an array for each number of the entries."""
    index = np.array([entry[0] for entry in entries], np.int32)
    return (len(index), index, *(_floats(entries, k + 1) for k in range(numbers)))


def _floats(entries: list[Any], k: int) -> Any:
    return np.array([entry[k] for entry in entries], float)


def _added(entries: list[Any], numbers: int) -> tuple[Any, ...]:
    """Count, an array for each number, then number of entries, starts, indices, values."""
    lengths = [len(entry[numbers]) for entry in entries]
    start = np.cumsum([0, *lengths[:-1]]).astype(np.int32)
    index = np.array([k for entry in entries for k in entry[numbers]], np.int32)
    value = np.array([v for entry in entries for v in entry[numbers + 1]], float)
    heads = [_floats(entries, k) for k in range(numbers)]
    return (len(entries), *heads, len(index), start, index, value)


class Highs(Cold):
    """The problem as bench.peers loads it, and edits."""

    def __init__(self, lp: Arrays, options: dict[str, str], limit: float) -> None:
        super().__init__(lp, {"solver": "simplex", "simplex_strategy": "0", **options}, limit)
        self.limit = limit
        self.solved = False

    def apply(self, calls: Calls) -> None:
        if len(calls.gone[0]) or len(calls.gone[1]):
            self._delete(calls)
        for call, arguments in (
            (self.solver.addRows, calls.new_rows),
            (self.solver.addCols, calls.new_columns),
            (self.solver.changeRowsBounds, calls.rows),
            (self.solver.changeColsBounds, calls.columns),
            (self.solver.changeColsCost, calls.costs),
        ):
            if arguments[0] > 0 and call(*arguments) == highspy.HighsStatus.kError:
                raise ValueError(f"{call.__name__} was refused")

    def _delete(self, calls: Calls) -> None:
        basis = self.solver.getBasis()
        columns, rows = list(basis.col_status), list(basis.row_status)
        self.solver.deleteCols(len(calls.gone[0]), calls.gone[0])
        self.solver.deleteRows(len(calls.gone[1]), calls.gone[1])
        if basis.valid and not self.solver.getBasis().valid:
            for j in reversed(calls.edit.gone_columns):
                del columns[j]
            for i in reversed(calls.edit.gone_rows):
                del rows[i]
            left = highspy.HighsBasis()
            left.col_status, left.row_status = columns, rows
            left.valid = left.alien = True
            self.solver.setBasis(left)

    def solve(self) -> None:
        if self.solved:  # the time limit counts from the first run on
            self.solver.setOptionValue("time_limit", self.solver.getRunTime() + self.limit)
        self.solver.run()
        self.solved = True

    def told(self) -> dict[str, Any]:
        info = self.solver.getInfo()
        return {
            "status": WORDS.get(self.solver.getModelStatus().name, "failed"),
            "iterations": max(info.simplex_iteration_count, 0),
            "work": -1,
            "objective": info.objective_function_value,
        }


def tell(events: TextIO, event: str, **members: Any) -> None:
    objective = members.get("objective")
    if objective is not None and not math.isfinite(objective):
        members["objective"] = None
    events.write(json.dumps({"event": event, **members}) + "\n")
    events.flush()


def round_trip(
    events: TextIO, problem: Highs, lp: Arrays, number: int, edit: Edit | None, offset: float
) -> None:
    """Make the edit, solve, tell."""
    calls = None if edit is None else Calls.of(edit)
    used, begin = time.process_time(), time.perf_counter()
    if calls is not None:
        problem.apply(calls)
    problem.solve()
    seconds = time.perf_counter() - begin
    processor = time.process_time() - used
    told = problem.told()
    told["objective"] = lp.sign * told["objective"] + offset
    change = "first" if edit is None else edit.change
    spent = {"seconds": seconds, "processor": processor}
    tell(events, "edit", number=number, change=change, **spent, **told)


def measure(events: TextIO, task: argparse.Namespace) -> None:
    lp = read(task.path)
    tell(events, "read", rows=lp.m, columns=lp.n, nonzeros=len(lp.value))
    begin = time.perf_counter()
    problem = Highs(lp, dict(text.split("=", 1) for text in task.option), task.limit)
    tell(events, "loaded", seconds=time.perf_counter() - begin)
    offset = lp.offset
    round_trip(events, problem, lp, 0, None, offset)
    with open(task.trace, encoding="ascii") as trace:
        next(trace)
        for number, edit in enumerate(edits(trace, lp.sign), 1):
            offset = offset if edit.offset is None else edit.offset
            round_trip(events, problem, lp, number, edit, offset)
    tell(events, "end", status="done", text="")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("path", nargs="?")
    parser.add_argument("trace", nargs="?")
    parser.add_argument("--version", action="store_true")
    parser.add_argument("--option", action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("--limit", type=float, default=30.0)
    task = parser.parse_args()
    events = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # solvers may print; events keep the real standard output
    with events:
        if task.version:
            tell(events, "version", version=Highs.version())
            return 0
        if task.trace is None:
            parser.error("an LP and a trace are needed")
        try:
            measure(events, task)
        except MemoryError:
            tell(events, "end", status="out_of_memory", text="")
            return 1
        except Exception as error:
            tell(events, "end", status="failed", text=f"{type(error).__name__}: {error}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
