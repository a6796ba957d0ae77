"""Is an answer right? Residuals, objective and dual bound from the point that a contestant left, on
the original data, by rules that are the same for everybody (bench/README.md)."""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.lp.instances import Instance
from bench.peers.arrays import Array, Arrays

RESIDUAL = 1e-6  # of max(1, |bound|, sum of the absolute terms)
OBJECTIVE = 1e-6  # relative distance from the reference
FAR = 1e-4  # relative distance at which an ill-conditioned answer is wrong, proof or no proof
GAP = 1e-6  # relative distance of objective and dual bound
NOISE = 1e-6  # of max(1, |c_j|, sum |a_ij y_i|): a reduced cost that may point at infinity
CLAIMS = ("optimal", "infeasible", "unbounded", "infeasible_or_unbounded")


@dataclass
class Verdict:
    verdict: str  # solved; wrong or imprecise: says optimal (or ...) and is refuted; unsolved
    why: str = ""
    objective: float | None = None  # of the point, in the file's own sense
    objective_error: float | None = None  # relative, from the reference
    primal_violation: float | None = None  # relative, see RESIDUAL
    gap: float | None = None  # relative; None: no prices


def read_point(path: Path, lp: Arrays) -> tuple[Array | None, Array | None]:
    """x and y of the file that a contestant wrote; None for what is not there."""
    try:
        held = path.read_bytes()
    except OSError:
        return None, None
    if len(held) < 32:
        return None, None
    n, m, has_x, has_y = struct.unpack("=4q", held[:32])
    if (n, m) != (lp.n, lp.m) or len(held) != 32 + 8 * (n * bool(has_x) + m * bool(has_y)):
        return None, None
    values = np.frombuffer(held, dtype=np.float64, offset=32)
    x = values[:n] if has_x else None
    y = values[len(values) - m :] if has_y else None
    return x, y


def _columns(lp: Arrays) -> Array:
    """The column of each entry."""
    return np.repeat(np.arange(lp.n), np.diff(lp.start))


def _misses(value: Array, lower: Array, upper: Array, terms: Array) -> float:
    """The largest relative miss of a bound."""
    if not len(value):
        return 0.0
    with np.errstate(invalid="ignore"):
        below = np.where(np.isfinite(lower), lower - value, 0.0)
        above = np.where(np.isfinite(upper), value - upper, 0.0)
        below /= np.maximum(1.0, np.maximum(np.where(np.isfinite(lower), abs(lower), 0.0), terms))
        above /= np.maximum(1.0, np.maximum(np.where(np.isfinite(upper), abs(upper), 0.0), terms))
    worst = float(np.max(np.maximum(below, above)))
    return max(worst, 0.0) if math.isfinite(worst) else math.inf


def primal_violation(lp: Arrays, x: Array) -> float:
    """The largest miss of a row or column bound, over max(1, |bound|, sum of absolute terms)."""
    if not np.all(np.isfinite(x)):
        return math.inf
    terms = lp.value * x[_columns(lp)]
    activity = np.bincount(lp.index, weights=terms, minlength=lp.m)
    absolute = np.bincount(lp.index, weights=abs(terms), minlength=lp.m)
    rows = _misses(activity, lp.row_lower, lp.row_upper, absolute)
    return max(rows, _misses(x, lp.lower, lp.upper, abs(x)))


def objective(lp: Arrays, x: Array) -> float:
    """The objective in the file's own sense."""
    return lp.sign * math.fsum(lp.cost * x) + lp.offset


def relative_gap(lp: Arrays, x: Array, y: Array) -> float:
    """|P - D| / max(|P|, |D|), without the offset; D is the dual bound that y proves."""
    if not np.all(np.isfinite(y)):
        return math.inf
    y = np.where((y > 0) & np.isinf(lp.row_lower), 0.0, y)
    y = np.where((y < 0) & np.isinf(lp.row_upper), 0.0, y)
    columns = _columns(lp)
    terms = lp.value * y[lp.index]
    d = lp.cost - np.bincount(columns, weights=terms, minlength=lp.n)
    noise = np.maximum(abs(lp.cost), np.bincount(columns, weights=abs(terms), minlength=lp.n))
    at = np.where(d > 0, lp.lower, lp.upper)
    open_side = np.isinf(at) & (d != 0)
    if np.any(abs(d[open_side]) > NOISE * np.maximum(1.0, noise[open_side])):
        return math.inf
    rows = np.where(y > 0, lp.row_lower, np.where(y < 0, lp.row_upper, 0.0))
    held = (d != 0) & np.isfinite(at)
    bound = math.fsum((y * rows)[y != 0]) + math.fsum(d[held] * at[held])
    value = math.fsum(lp.cost * x)
    scale = max(abs(value), abs(bound))
    return abs(value - bound) / (scale or 1.0)


def judge(
    lp: Arrays,
    instance: Instance,
    status: str,
    told: object,
    x: Array | None,
    y: Array | None,
) -> Verdict:
    """What an answer is worth. `told` is the objective that the contestant reported."""
    if status not in CLAIMS:
        return Verdict("unsolved", status)
    if status != "optimal":
        return _judge_no_optimum(instance, status)
    verdict = Verdict("solved")
    if x is not None:
        verdict.objective = objective(lp, x) if np.all(np.isfinite(x)) else None
        verdict.primal_violation = primal_violation(lp, x)
        verdict.gap = None if y is None else relative_gap(lp, x, y)
    value = verdict.objective
    if instance.reference is not None and value is not None:
        verdict.objective_error = _distance(value, instance.reference)
    if instance.infeasible:
        verdict.verdict, verdict.why = "wrong", "optimal, but it is infeasible"
    elif x is None:
        verdict.verdict, verdict.why = "unsolved", "optimal, without a point"
    elif value is None:
        verdict.verdict, verdict.why = "wrong", "its point is not finite"
    elif isinstance(told, (int, float)) and _distance(told, value) > OBJECTIVE:
        verdict.verdict, verdict.why = "wrong", f"it says {told:.10g}, its point gives {value:.10g}"
    else:
        _judge_value(verdict, instance, value)
    miss = verdict.primal_violation or 0.0
    if miss > RESIDUAL and verdict.verdict in ("solved", "unsolved"):
        verdict.verdict, verdict.why = "imprecise", f"a bound is missed by {miss:.1e}, relative"
    return verdict


def _judge_value(verdict: Verdict, instance: Instance, value: float) -> None:
    """Against the reference, or by its certificate."""
    error = verdict.objective_error
    tolerance = FAR if instance.by_certificate else OBJECTIVE
    if error is not None and error > tolerance:
        verdict.verdict = "wrong"
        verdict.why = f"{value:.10g}, the reference is {instance.reference:.10g}"
    elif instance.by_certificate and not (verdict.gap is not None and verdict.gap <= GAP):
        gap = "no prices" if verdict.gap is None else f"gap {verdict.gap:.1e}"
        verdict.verdict, verdict.why = "unsolved", f"not proved: {gap}"


def _judge_no_optimum(instance: Instance, status: str) -> Verdict:
    if instance.infeasible:
        right = status in ("infeasible", "infeasible_or_unbounded")
        return Verdict("solved" if right else "wrong", "" if right else status)
    if instance.reference is not None:
        return Verdict("wrong", f"{status}, the optimum is {instance.reference:.10g}")
    return Verdict("unsolved", f"{status}: nothing to hold it to")


def _distance(value: float, reference: float) -> float:
    return abs(value - reference) / (abs(reference) or 1.0)
