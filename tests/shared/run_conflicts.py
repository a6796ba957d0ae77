"""Conflicts of the shared infeasible LPs, judged from outside.

    python3 tests/shared/run_conflicts.py [--max-rows 5000] [--match 'netlibinf-*'] [--most 400]

For each LP the conflict is asked for through the Python binding and judged on the LP's own numbers:
the members alone are infeasible, by a Farkas ray multiplied out in exact rationals, and without any
one of them there is a point, whose violation is computed with exact sums. Every member is dropped,
or `--most` of them, evenly spread, where there are more. Times are the medians of five: of a solve,
and of find_conflict(), which solves as well. Exit status 1 when a conflict is wrong.
"""

from __future__ import annotations

import argparse
import math
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE.parent), str(ROOT / "bindings" / "python")]
os.environ.setdefault("DCALLOC_LIBRARY", str(ROOT / "build/release/lib/libdcalloc.so"))

import dcalloc
import numpy as np
from dcalloc import Kind, Outcome
from run_reference import instances

CLAIM = Fraction(1, 10**7)  # docs/numerics.md
REPEATS = 5


@dataclass
class Verdict:
    name: str
    rows: int
    members: int = 0
    irreducible: bool = False
    dropped: int = 0
    solve: float = math.nan
    find: float = math.nan
    wrong: list[str] = field(default_factory=list)


def exact(value: float) -> Fraction:
    return Fraction(float(value))


class Part:
    """The LP with the sides of some members in force, and no others."""

    def __init__(self, lp: dcalloc.Lp, members: tuple[Any, ...]) -> None:
        m, n = lp.num_rows, lp.num_columns
        self.start, self.index, self.value = lp.entries()
        self.bounds = {
            Kind.ROW: np.array([np.full(m, -np.inf), np.full(m, np.inf)]),
            Kind.COLUMN: np.array([np.full(n, -np.inf), np.full(n, np.inf)]),
        }
        for one in members:
            self.bounds[one.kind][int(one.side > 0), one.index] = one.limit
        rows, columns = self.bounds[Kind.ROW], self.bounds[Kind.COLUMN]
        self.lp = dcalloc.Lp()
        self.lp.add_rows(lower=rows[0], upper=rows[1])
        self.lp.add_columns(
            lower=columns[0], upper=columns[1], entries=(self.start, self.index, self.value)
        )

    def switch(self, one: Any, on: bool) -> None:
        limit = one.limit if on else math.copysign(math.inf, one.side)
        self.bounds[one.kind][int(one.side > 0), one.index] = limit
        call = self.lp.set_row_bounds if one.kind == Kind.ROW else self.lp.set_column_bounds
        call([one.index], **{"upper" if one.side > 0 else "lower": [limit]})

    def contradicts(self, ray: np.ndarray[Any, Any]) -> bool:
        """Do the multipliers prove that no point exists, in exact rationals?"""
        rows, columns = self.bounds[Kind.ROW], self.bounds[Kind.COLUMN]
        margin, size = Fraction(0), Fraction(0)
        y = {int(i): exact(ray[i]) for i in np.flatnonzero(ray)}
        for i, value in y.items():
            side = rows[0, i] if value > 0 else rows[1, i]
            if math.isinf(side):
                return False
            margin += value * exact(side)
            size += abs(value)
        for j in range(len(self.start) - 1):
            entries = range(self.start[j], self.start[j + 1])
            terms = [y[i] * exact(self.value[e]) for e in entries if (i := self.index[e]) in y]
            z, magnitude = sum(terms, Fraction(0)), sum(map(abs, terms), Fraction(0))
            side = columns[1, j] if z > 0 else columns[0, j]
            if not math.isinf(side):
                margin -= z * exact(side)
                size += abs(z)
            elif abs(z) > magnitude / 2**36:  # the rule for columns that nothing bounds
                return False
        return margin > CLAIM * size

    def violation(self, x: np.ndarray[Any, Any]) -> float:
        """The largest miss of a row or bound beyond the rounding floor; sums of rows are exact."""
        rows, columns = self.bounds[Kind.ROW], self.bounds[Kind.COLUMN]
        terms: list[list[float]] = [[] for _ in range(rows.shape[1])]
        column = np.repeat(np.arange(len(x)), np.diff(self.start))
        product = self.value * x[column]
        for i, term in zip(self.index, product, strict=True):
            terms[i].append(float(term))
        activity = np.array([math.fsum(row) for row in terms])
        floor = np.array([2**-50 * math.fsum(map(abs, row)) for row in terms])
        miss = np.maximum(rows[0] - activity, activity - rows[1]) - floor
        bound = np.maximum(columns[0] - x, x - columns[1])
        return float(max(miss.max(initial=0.0), bound.max(initial=0.0)))


def timed(make: Callable[[], Any]) -> float:
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        make()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def cold(lp: dcalloc.Lp, what: str) -> dcalloc.Result:
    with lp.solver(relax=True) as solver:
        made: dcalloc.Result = getattr(solver, what)(interruptible=False)
        return made


def judge(path: Path, name: str, most: int) -> Verdict:
    lp = dcalloc.Lp.read_mps(path)
    out = Verdict(name, lp.num_rows)
    answer = cold(lp, "find_conflict")
    if answer.outcome != Outcome.INFEASIBLE:
        out.wrong.append(f"the answer is {answer.outcome.name.lower()}")
        return out
    out.solve = timed(lambda: cold(lp, "solve"))
    out.find = timed(lambda: cold(lp, "find_conflict"))
    conflict = answer.conflict()
    out.members, out.irreducible = len(conflict), conflict.irreducible
    part = Part(lp, conflict.members)
    whole = part.lp.solve()
    if whole.outcome != Outcome.INFEASIBLE or not part.contradicts(whole.ray):
        out.wrong.append("the members are not infeasible")
    step = max(1, -(-len(conflict) // most))
    for one in conflict.members[::step]:
        part.switch(one, on=False)
        answer = part.lp.solve(interruptible=False)
        found = answer.outcome == Outcome.OPTIMAL
        if not found or part.violation(answer.x) > CLAIM:
            out.wrong.append(f"without '{one}' it is {answer.outcome.name.lower()}")
        part.switch(one, on=True)
        out.dropped += 1
    return out


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--max-rows", type=int, default=5000)
    parser.add_argument("--match", default="*")
    parser.add_argument("--most", type=int, default=400, help="members that are dropped")
    args = parser.parse_args()
    done, right = [], 0
    for one in instances(("infeasible",), args.match):
        with dcalloc.Lp.read_mps(one.path) as lp:
            if lp.num_rows > args.max_rows:
                print(f"{one.name:32s} {lp.num_rows} rows: left out")
                continue
        v = judge(one.path, one.name, args.most)
        done.append(v)
        right += v.irreducible and not v.wrong
        print(
            f"{v.name:32s} {v.members:6d} members, {v.dropped:4d} dropped, irreducible "
            f"{v.irreducible!s:5s} solve {v.solve * 1e3:9.3f} ms, conflict {v.find / v.solve:5.2f} "
            f"times  {'; '.join(v.wrong[:2])}",
            flush=True,
        )
    ratios = [v.find / v.solve for v in done if not math.isnan(v.find)]
    print(
        f"{right} of {len(done)} irreducible and shown to be; find_conflict() takes "
        f"{statistics.median(ratios):.2f} times the solve, median, at most {max(ratios):.2f}"
    )
    return 0 if right == len(done) else 1


if __name__ == "__main__":
    sys.exit(main())
