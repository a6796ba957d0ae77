"""Is an LP infeasible, but by so little that docs/numerics.md may allow no claim?

    min t   subject to   rl - t <= A x <= ru + t,   l - t <= x <= u + t

Its optimum is the least miss of any point. Where it is above 0 the LP has no point, so that nothing
but infeasible is true; where it is within the claim of 1e-7 no Farkas multipliers have the margin
that is asked for. Then imprecise is a right answer, where the narrow claim was not proved. Solved
by the library itself, with sides in units of the claim, and believed only with an exact proof.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from exact.judge import CLAIM, Verdict
from exact.mps import Lp
from parts import INF, Rows, build

UNIT = 2.0**-24  # below the claim, and a power of two: sides stay what they are


def elastic(lp: Lp) -> Lp:
    """The problem above, x and t in units of UNIT; t is the last column."""
    n = len(lp.cost)
    rows: Rows = []
    sides = []
    given = [
        (dict(entries), *ends) for entries, *ends in zip(lp.rows(), lp.row_lower, lp.row_upper)
    ]
    given += [({j: 1.0}, *ends) for j, ends in enumerate(zip(lp.lower, lp.upper))]
    for row, low, high in given:
        if low > -INF:
            rows.append({**row, n: 1.0})
            sides.append((low / UNIT, INF))
        if high < INF:
            rows.append({**row, n: -1.0})
            sides.append((-INF, high / UNIT))
    bounds = [(-INF, INF)] * n + [(0.0, INF)]
    return build([0.0] * n + [1.0], rows, sides, bounds)


def infeasible_by_a_hair(lp: Lp, prove: Callable[[Lp], Verdict]) -> bool:
    """`prove`: solves an LP and judges the answer."""
    verdict = prove(elastic(lp))
    if not verdict.valid or verdict.bound is None or verdict.objective is None:
        return False
    return verdict.bound > 0 and verdict.objective * Fraction(UNIT) <= CLAIM
