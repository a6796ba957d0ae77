"""Judge a written answer against the LP in its file, in exact rational arithmetic.

The file and the solution hold doubles, and doubles are rationals: here nothing is rounded but the
implied bounds, and those outwards. What is tested is docs/numerics.md, word for word; u = 2^-53.

    optimal     rows and bounds hold within 1e-7 + 8u (|A||x|)_i, and the dual bound of y, made with
                implied bounds where a reduced cost points at an infinite one, meets the value.
    infeasible  the margin of the Farkas multipliers exceeds 1e-7 (sum|y| + sum|z|), or the bounds
                of one row or column contradict each other by more than twice 1e-7. Narrowly so:
                it exceeds 1e-9 times that, and nothing was taken as zero that is not.
    unbounded   the point holds, and the ray is a direction of recession along which c falls.

Everything is turned to minimisation first. Prices follow the sign rule y_i = d(objective)/d(side
i), so a maximisation negates them with its costs.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from .implied import implied_bounds
from .mps import Lp

CLAIM = Fraction(1, 10**7)
NARROW = Fraction(1, 10**9)
GAP = Fraction(1, 10**8)
ROUNDING = Fraction(8, 2**53)
NOISE = Fraction(1, 2**36)
DIRECTION = Fraction(1, 10**9)
ZERO = Fraction(0)


@dataclass
class Verdict:
    """What was found. `valid` is the proof; `faults` say why not, one sentence each."""

    kind: str = "none"
    faults: list[str] = field(default_factory=list)
    rounded: bool = False
    narrow: bool = False  # infeasible by more than 1e-9, but not by more than 1e-7
    objective: Fraction | None = None
    bound: Fraction | None = None
    violation: Fraction = ZERO
    gap: float = 0.0

    @property
    def valid(self) -> bool:
        return self.kind != "none" and not self.faults


@dataclass
class Answer:
    """The solution file, aligned with the LP by name. None: the answer does not have it."""

    x: list[float] | None
    y: list[float] | None
    d: list[float] | None
    activity: list[float] | None
    ray_kind: str
    ray: list[float] | None


def _array(group: dict[str, Any], key: str, names: list[str], kind: str) -> list[float] | None:
    values = group.get(key)
    if values is None or any(value is None for value in values):
        return None
    if len(values) != len(group["name"]):
        raise ValueError(f"{kind} {key}: {len(values)} values for {len(group['name'])} names")
    by_name = dict(zip(group["name"], values))
    if len(by_name) != len(values):
        raise ValueError(f"{kind}: a name stands twice")
    return [float(by_name[name]) for name in names]


def align(lp: Lp, solution: dict[str, Any]) -> Answer:
    """Bring a solution file into the order of the LP; a name that is missing raises KeyError."""
    columns, rows, ray = solution["columns"], solution["rows"], solution.get("ray") or {}
    kind, values = ray.get("kind") or "none", ray.get("values")
    if values is not None:
        group, names = (rows, lp.row_names) if kind == "farkas" else (columns, lp.column_names)
        values = _array({"name": group["name"], "ray": values}, "ray", names, kind)
    return Answer(
        x=_array(columns, "value", lp.column_names, "columns"),
        y=_array(rows, "dual", lp.row_names, "rows"),
        d=_array(columns, "dual", lp.column_names, "columns"),
        activity=_array(rows, "value", lp.row_names, "rows"),
        ray_kind=kind,
        ray=values,
    )


def _exact(values: list[float]) -> list[Fraction]:
    return [Fraction(value) for value in values]


def _product(lp: Lp, x: list[Fraction]) -> tuple[list[Fraction], list[Fraction]]:
    """A x and |A||x|."""
    total = [ZERO] * len(lp.row_names)
    size = [ZERO] * len(lp.row_names)
    for entries, value in zip(lp.columns, x):
        if value:
            for i, a in entries:
                term = Fraction(a) * value
                total[i] += term
                size[i] += abs(term)
    return total, size


def _transposed(lp: Lp, y: list[Fraction]) -> tuple[list[Fraction], list[Fraction]]:
    """A'y and |A'||y|."""
    total, size = [], []
    for entries in lp.columns:
        terms = [Fraction(a) * y[i] for i, a in entries if y[i]]
        total.append(sum(terms, ZERO))
        size.append(sum(map(abs, terms), ZERO))
    return total, size


def _outside(value: Fraction, lower: float, upper: float) -> Fraction:
    below = Fraction(lower) - value if lower > -math.inf else ZERO
    above = value - Fraction(upper) if upper < math.inf else ZERO
    return max(below, above, ZERO)


def _check_point(lp: Lp, x: list[Fraction], verdict: Verdict) -> None:
    activity, size = _product(lp, x)
    for names, values, sizes, lower, upper in (
        (lp.row_names, activity, size, lp.row_lower, lp.row_upper),
        (lp.column_names, x, [abs(v) for v in x], lp.lower, lp.upper),
    ):
        for name, value, scale, low, high in zip(names, values, sizes, lower, upper):
            violation = _outside(value, low, high)
            verdict.violation = max(verdict.violation, violation)
            if violation > CLAIM + ROUNDING * scale:
                verdict.faults.append(
                    f"{name} is {float(value):.17g}, outside [{low:g}, {high:g}] by "
                    f"{float(violation):.3g}"
                )


def _toward(value: Fraction, lower: float, upper: float) -> float:
    """The side that makes value * side smallest."""
    return lower if value > 0 else upper


def _drop_open(y: list[Fraction], lower: list[float], upper: list[float]) -> list[Fraction]:
    """Prices that point at an infinite side are no proof of anything: 0."""
    return [
        ZERO if value and math.isinf(_toward(value, low, high)) else value
        for value, low, high in zip(y, lower, upper)
    ]


@dataclass
class _Box:
    """sum of min(d_j L_j, d_j U_j), with implied bounds where the LP has none.

    With a point x, what of d_j is rounding of y is credited at x_j instead: the bound D~."""

    total: Fraction = ZERO
    size: Fraction = ZERO
    rounded: bool = False
    implied: bool = False  # bounds that the rows imply took part
    faults: list[str] = field(default_factory=list)


def _box(
    lp: Lp,
    d: list[Fraction],
    sizes: list[Fraction],
    cutoff: float | None,
    x: list[Fraction] | None = None,
    tightest: bool = False,
) -> _Box:
    box = _Box()
    pending = [
        j
        for j, value in enumerate(d)
        if value and math.isinf(_toward(value, lp.lower[j], lp.upper[j]))
    ]
    lower, upper = lp.lower, lp.upper
    if pending:
        box.implied = True
        lower, upper = implied_bounds(lp, cutoff, tightest)
    for j, value in enumerate(d):
        if not value:
            continue
        side = _toward(value, lp.lower[j], lp.upper[j])
        if math.isinf(side):
            side = _toward(value, lower[j], upper[j])
        if x is not None:
            resolution = ROUNDING * sizes[j]
            unresolved = max(-resolution, min(value, resolution))
            box.total += unresolved * x[j]
            box.size += abs(unresolved * x[j])
        else:
            unresolved = ZERO
        if math.isfinite(side):
            box.total += (value - unresolved) * Fraction(side)
            box.size += abs((value - unresolved) * Fraction(side))
        elif abs(value) <= NOISE * sizes[j]:
            box.rounded = True
        else:
            box.faults.append(
                f"reduced cost {float(value):.3g} of {lp.column_names[j]} points at an open side"
            )
    return box


def _sides(lp: Lp, y: list[Fraction]) -> tuple[Fraction, Fraction]:
    """sum of y_i times the side that it points at, and the sum of absolute values."""
    terms = [
        value * Fraction(_toward(value, low, high))
        for value, low, high in zip(y, lp.row_lower, lp.row_upper)
        if value
    ]
    return sum(terms, ZERO), sum(map(abs, terms), ZERO)


def judge_optimal(lp: Lp, x_in: list[float], y_in: list[float]) -> Verdict:
    verdict = Verdict(kind="kkt")
    sign = -1 if lp.maximise else 1
    x = _exact(x_in)
    cost = [sign * Fraction(value) for value in lp.cost]
    offset = sign * Fraction(lp.offset)
    _check_point(lp, x, verdict)
    terms = [c * v for c, v in zip(cost, x) if c and v]
    value = sum(terms, ZERO)
    y = _drop_open([sign * v for v in _exact(y_in)], lp.row_lower, lp.row_upper)
    product, sizes = _transposed(lp, y)
    d = [c - z for c, z in zip(cost, product)]
    sizes = [abs(c) + s for c, s in zip(cost, sizes)]
    # Rows hold only within a tolerance, so the best value may lie a little above this one.
    slack = 1e-6 * float(sum(map(abs, terms), ZERO))
    by_rows, row_size = _sides(lp, y)
    for tightest in (False, True):  # any bounds that the rows imply will do for a proof
        box = _box(lp, d, sizes, float(value) + slack, x, tightest)
        bound = by_rows + box.total
        rounding = ROUNDING * (sum(map(abs, terms), ZERO) + row_size + box.size)
        scale = max(abs(value), abs(bound))
        closed = abs(value - bound) <= GAP * scale + rounding
        if not box.implied or (closed and not box.faults):
            break
    verdict.faults += box.faults
    verdict.rounded = box.rounded
    verdict.gap = float(abs(value - bound) / scale) if scale else 0.0
    if not closed:
        verdict.faults.append(
            f"value {float(value):.17g} and dual bound {float(bound):.17g}: gap {verdict.gap:.3g}"
        )
    verdict.objective = sign * (offset + value)
    verdict.bound = sign * (offset + bound)
    return verdict


def _crossed(lp: Lp) -> bool:
    """Do bounds of one row or column contradict each other by more than a claim could bridge?"""
    pairs = [*zip(lp.row_lower, lp.row_upper), *zip(lp.lower, lp.upper)]
    return any(
        low > high
        and (math.isinf(low) or math.isinf(high) or _contradict(Fraction(low), Fraction(high)))
        for low, high in pairs
    )


def _contradict(low: Fraction, high: Fraction) -> bool:
    return low - high > 2 * CLAIM + ROUNDING * (abs(low) + abs(high)) * 2


def judge_farkas(lp: Lp, ray: list[float]) -> Verdict:
    verdict = Verdict(kind="farkas")
    if _crossed(lp):
        return verdict  # no multipliers are needed
    y = _drop_open(_exact(ray), lp.row_lower, lp.row_upper)
    z, sizes = _transposed(lp, y)
    by_rows, row_size = _sides(lp, y)
    # sum max(z_j L_j, z_j U_j) = - sum min(-z_j L_j, -z_j U_j)
    box = _box(lp, [-value for value in z], sizes, None)
    verdict.faults += box.faults
    verdict.rounded = box.rounded
    margin = by_rows + box.total
    scale = sum(map(abs, y), ZERO) + sum(map(abs, z), ZERO)
    verdict.gap = float(margin / scale) if scale else 0.0
    rounding = ROUNDING * (row_size + box.size)
    verdict.narrow = margin <= CLAIM * scale + rounding
    if verdict.narrow and (box.rounded or margin <= NARROW * scale + rounding):
        verdict.faults.append(f"margin {float(margin):.3g} of multipliers of {float(scale):.3g}")
    return verdict


def judge_unbounded(lp: Lp, x_in: list[float], ray: list[float]) -> Verdict:
    verdict = Verdict(kind="ray")
    x, r = _exact(x_in), _exact(ray)
    _check_point(lp, x, verdict)
    sign = -1 if lp.maximise else 1
    along, size = _product(lp, r)
    for names, values, sizes, lower, upper in (
        (lp.row_names, along, size, lp.row_lower, lp.row_upper),
        (lp.column_names, r, [ZERO] * len(r), lp.lower, lp.upper),
    ):
        for name, value, scale, low, high in zip(names, values, sizes, lower, upper):
            falls = low > -math.inf and value < -DIRECTION * scale
            rises = high < math.inf and value > DIRECTION * scale
            if falls or rises:
                verdict.faults.append(f"the ray moves {name} by {float(value):.3g} past a side")
    terms = [sign * Fraction(c) * v for c, v in zip(lp.cost, r)]
    fall = sum(terms, ZERO)
    if not fall < 0 or fall > -DIRECTION * sum(map(abs, terms), ZERO):
        verdict.faults.append(f"the objective changes by {float(fall):.3g} along the ray")
    return verdict


def judge(lp: Lp, status: str, answer: Answer) -> Verdict:
    """Prove or refute what the status claims; no claim gives kind 'none'."""
    if status == "optimal":
        if answer.x is None or answer.y is None:
            return Verdict("kkt", ["optimal without values or prices"])
        return judge_optimal(lp, answer.x, answer.y)
    if status == "infeasible":
        if _crossed(lp):
            return Verdict(kind="farkas")
        if answer.ray_kind != "farkas" or answer.ray is None:
            return Verdict("farkas", ["infeasible without multipliers"])
        return judge_farkas(lp, answer.ray)
    if status == "unbounded":
        if answer.ray_kind != "ray" or answer.ray is None or answer.x is None:
            return Verdict("ray", ["unbounded without a point and a ray"])
        return judge_unbounded(lp, answer.x, answer.ray)
    return Verdict()


def inconsistencies(lp: Lp, answer: Answer, reported: float | None) -> list[str]:
    """Activities, reduced costs and objective as written against those recomputed."""
    faults = []
    loose = Fraction(1, 10**9)
    if answer.x is not None:
        x = _exact(answer.x)
        terms = [Fraction(c) * v for c, v in zip(lp.cost, x)]
        value = Fraction(lp.offset) + sum(terms, ZERO)
        size = abs(Fraction(lp.offset)) + sum(map(abs, terms), ZERO)
        if reported is not None and abs(Fraction(reported) - value) > loose * size:
            faults.append(f"objective {reported:.17g} is written, {float(value):.17g} is right")
        if answer.activity is not None:
            faults += _differences(lp.row_names, answer.activity, *_product(lp, x), "activity")
    if answer.y is not None and answer.d is not None:
        product, sizes = _transposed(lp, _exact(answer.y))
        cost = _exact(lp.cost)
        d = [c - z for c, z in zip(cost, product)]
        sizes = [abs(c) + s for c, s in zip(cost, sizes)]
        faults += _differences(lp.column_names, answer.d, d, sizes, "reduced cost")
    return faults


def _differences(
    names: list[str], written: list[float], right: list[Fraction], size: list[Fraction], what: str
) -> list[str]:
    loose = Fraction(1, 10**9)
    return [
        f"{what} of {name}: {value:.17g} is written, {float(true):.17g} is right"
        for name, value, true, scale in zip(names, written, right, size)
        if abs(Fraction(value) - true) > loose * scale
    ]
