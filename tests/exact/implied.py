"""Bounds on columns that every point of the rows, or every optimum, must satisfy.

Plain propagation: row_lower <= sum a_j x_j <= row_upper bounds each x_j by the extremes of the
others. The row c'x <= cutoff takes part where one is given. Floating point, but every bound is
moved outwards by 1e-9 of the sum of absolute terms, far more than a sum of doubles can lose; so a
bound found here is a true one.
"""

from __future__ import annotations

import math

from .mps import Lp

OUTWARDS = 1e-9
PASSES = 20
LARGEST = 1e25  # a bound beyond is no help

Row = tuple[list[tuple[int, float]], float, float]


def implied_bounds(lp: Lp, cutoff: float | None) -> tuple[list[float], list[float]]:
    """Lower and upper bounds, those of the LP tightened only where they are infinite."""
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
    return lower, upper


def _propagate(row: Row, lower: list[float], upper: list[float]) -> bool:
    entries, row_lower, row_upper = row
    moved = False
    if row_upper < math.inf:
        moved = _tighten(entries, row_upper, lower, upper)
    if row_lower > -math.inf:
        negated = [(j, -a) for j, a in entries]
        moved = _tighten(negated, -row_lower, lower, upper) or moved
    return moved


def _tighten(
    entries: list[tuple[int, float]], side: float, lower: list[float], upper: list[float]
) -> bool:
    """From sum a_j x_j <= side: x_j is at most (side - least of the others) / a_j."""
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
        if math.isfinite(upper[j] if a > 0.0 else lower[j]):
            continue
        own = 0.0 if open_column == j else a * (lower[j] if a > 0.0 else upper[j])
        bound = (side - (total - own)) / a
        margin = OUTWARDS * (size + abs(side) + abs(own)) / abs(a)
        if a > 0.0 and bound + margin < LARGEST:
            upper[j] = bound + margin
            moved = True
        elif a < 0.0 and bound - margin > -LARGEST:
            lower[j] = bound - margin
            moved = True
    return moved
