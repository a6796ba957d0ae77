"""Bounds on columns that every point of the rows, or every optimum, must satisfy.

Plain propagation: row_lower <= sum a_j x_j <= row_upper bounds each x_j by the extremes of the
others. The row c'x <= cutoff takes part where one is given. Floating point, but every bound is
moved outwards by several times what a sum of so many doubles can lose; so a
bound found here is a true one.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from .mps import Lp

OUTWARDS = 2.0**-50  # of the sum of absolute terms, for each of them: 8 roundings
PASSES = 20
LARGEST = 1e25  # a bound beyond is no help

Row = tuple[list[tuple[int, float]], float, float]


def implied_bounds(
    lp: Lp, cutoff: float | None, tightest: bool = False
) -> tuple[list[float], list[float]]:
    """Lower and upper bounds, those of the LP tightened only where they are infinite: by the first
    row that gives one, or after that once more by any row."""
    lower, upper = list(lp.lower), list(lp.upper)
    rows: list[Row] = list(zip(lp.rows(), lp.row_lower, lp.row_upper))
    if cutoff is not None:
        sign = -1.0 if lp.maximise else 1.0
        costs = [(j, sign * c) for j, c in enumerate(lp.cost) if c != 0.0]
        rows.append((costs, -math.inf, cutoff))
    pending = rows
    for _ in range(PASSES):
        moved = False
        waiting = []
        for row in pending:
            moved = _propagate(row, lower, upper) or moved
            if any(math.isinf(lower[j]) or math.isinf(upper[j]) for j, _ in row[0]):
                waiting.append(row)
        pending = waiting
        if not moved:
            break
    if not tightest:
        return lower, upper
    given = Given([math.isfinite(low) for low in lp.lower], [math.isfinite(up) for up in lp.upper])
    for row in rows:
        _propagate(row, lower, upper, given)
    return lower, upper


class Given(NamedTuple):
    """Which bounds are left as they are: those that the LP gives."""

    lower: list[bool]
    upper: list[bool]


def _propagate(
    row: Row, lower: list[float], upper: list[float], given: Given | None = None
) -> bool:
    entries, row_lower, row_upper = row
    moved = False
    if row_upper < math.inf:
        moved = _tighten(entries, row_upper, lower, upper, given)
    if row_lower > -math.inf:
        negated = [(j, -a) for j, a in entries]
        moved = _tighten(negated, -row_lower, lower, upper, given) or moved
    return moved


def _tighten(
    entries: list[tuple[int, float]],
    side: float,
    lower: list[float],
    upper: list[float],
    given: Given | None,
) -> bool:
    """From sum a_j x_j <= side: x_j is at most (side - least of the others) / a_j. Without `given`
    only bounds that are still infinite are set."""
    total = size = 0.0
    open_column = -1
    for j, a in entries:
        extreme = lower[j] if a > 0.0 else upper[j]
        if math.isinf(extreme):
            if open_column >= 0:
                return False  # two columns without an end: nothing follows
            open_column = j
        else:
            total += a * extreme
            size += abs(a * extreme)
    moved = False
    for j, a in entries:
        if open_column not in (-1, j):
            continue
        now, fixed = (upper, given and given.upper) if a > 0.0 else (lower, given and given.lower)
        if fixed[j] if fixed else math.isfinite(now[j]):
            continue
        own = 0.0 if open_column == j else a * (lower[j] if a > 0.0 else upper[j])
        bound = (side - (total - own)) / a
        margin = (len(entries) + 4) * OUTWARDS * (size + abs(side) + abs(own)) / abs(a)
        if a > 0.0 and bound + margin < min(LARGEST, upper[j]):
            upper[j] = bound + margin
            moved = True
        elif a < 0.0 and bound - margin > max(-LARGEST, lower[j]):
            lower[j] = bound - margin
            moved = True
    return moved
