"""GLPK and HiGHS in this process: what each says of an LP, optimal with a value, infeasible,
unbounded, or unknown. Either may be absent; what is missing is said in `missing`.

GLPK is called through ctypes, in a library that the system finds, with the scaling of its program
and no presolve; HiGHS through highspy, its simplex with its presolve, and once more without where
presolve cannot tell infeasible from unbounded.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable
from ctypes.util import find_library
from typing import Any

from exact.mps import Lp

SECONDS = 5.0  # then a peer knows nothing
Said = tuple[str, float]
UNKNOWN: Said = ("unknown", math.nan)


def _lists(lp: Lp) -> tuple[list[int], list[int], list[float]]:
    """The matrix by column: offsets, rows, values."""
    start, index, value = [0], [], []
    for entries in lp.columns:
        for i, a in entries:
            index.append(i)
            value.append(a)
        start.append(len(index))
    return start, index, value


# ---- GLPK ----------------------------------------------------------------------------------------


class _Parameters(ctypes.Structure):
    """The part of glp_smcp that is set here, and room for the rest."""

    _fields_ = (
        ("msg_lev", ctypes.c_int),
        ("method_and_tests", ctypes.c_int * 3),
        ("tolerances_and_limits", ctypes.c_double * 5),
        ("it_lim", ctypes.c_int),
        ("tm_lim", ctypes.c_int),
        ("rest", ctypes.c_char * 512),
    )


_MAXIMISE = 2
_SCALE = 0x80  # as it sees fit
_FREE, _LOWER, _UPPER, _DOUBLE, _FIXED = 1, 2, 3, 4, 5
_STATUS = {4: "infeasible", 5: "optimal", 6: "unbounded"}


def _load_glpk() -> Any:
    path = find_library("glpk")
    if path is None:
        return None
    glpk = ctypes.CDLL(path)
    glpk.glp_create_prob.restype = ctypes.c_void_p
    glpk.glp_get_obj_val.restype = ctypes.c_double
    glpk.glp_get_obj_val.argtypes = [ctypes.c_void_p]
    problem, number, real = ctypes.c_void_p, ctypes.c_int, ctypes.c_double
    for name in ("glp_set_row_bnds", "glp_set_col_bnds"):
        getattr(glpk, name).argtypes = [problem, number, number, real, real]
    glpk.glp_set_obj_coef.argtypes = [problem, number, real]
    for name in ("glp_add_rows", "glp_add_cols", "glp_set_obj_dir", "glp_scale_prob"):
        getattr(glpk, name).argtypes = [problem, number]
    for name in ("glp_delete_prob", "glp_get_status"):
        getattr(glpk, name).argtypes = [problem]
    glpk.glp_simplex.argtypes = [problem, ctypes.POINTER(_Parameters)]
    glpk.glp_load_matrix.argtypes = [
        problem,
        number,
        ctypes.POINTER(number),
        ctypes.POINTER(number),
        ctypes.POINTER(real),
    ]
    glpk.glp_term_out(0)
    return glpk


def _kind(low: float, high: float) -> int:
    if low == -math.inf:
        return _FREE if high == math.inf else _UPPER
    return _LOWER if high == math.inf else _FIXED if low == high else _DOUBLE


def _ask_glpk(glpk: Any, lp: Lp) -> Said:
    if any(low > high for low, high in zip(lp.row_lower, lp.row_upper)):
        return UNKNOWN  # GLPK refuses bounds that cross
    if any(low > high for low, high in zip(lp.lower, lp.upper)):
        return UNKNOWN
    m, n = len(lp.row_names), len(lp.cost)
    held = glpk.glp_create_prob()
    glpk.glp_set_obj_dir(held, _MAXIMISE if lp.maximise else 1)
    if m:
        glpk.glp_add_rows(held, m)
    if n:
        glpk.glp_add_cols(held, n)
    for i, (low, high) in enumerate(zip(lp.row_lower, lp.row_upper), 1):
        glpk.glp_set_row_bnds(held, i, _kind(low, high), low, high)
    for j, (low, high) in enumerate(zip(lp.lower, lp.upper), 1):
        glpk.glp_set_col_bnds(held, j, _kind(low, high), low, high)
        glpk.glp_set_obj_coef(held, j, lp.cost[j - 1])
    rows, columns, values = [0], [0], [0.0]  # GLPK counts from 1
    for j, entries in enumerate(lp.columns, 1):
        for i, value in entries:
            rows.append(i + 1)
            columns.append(j)
            values.append(value)
    k = len(rows)
    glpk.glp_load_matrix(
        held,
        k - 1,
        (ctypes.c_int * k)(*rows),
        (ctypes.c_int * k)(*columns),
        (ctypes.c_double * k)(*values),
    )
    parameters = _Parameters()
    glpk.glp_init_smcp(ctypes.byref(parameters))
    parameters.msg_lev = 0
    parameters.tm_lim = int(1000 * SECONDS)
    glpk.glp_scale_prob(held, _SCALE)
    failed = glpk.glp_simplex(held, ctypes.byref(parameters))
    status = _STATUS.get(glpk.glp_get_status(held)) if not failed else None
    value = glpk.glp_get_obj_val(held)
    glpk.glp_delete_prob(held)
    if status is None:
        return UNKNOWN
    return status, value if status == "optimal" else math.nan


# ---- HiGHS ---------------------------------------------------------------------------------------


def _load_highs() -> Any:
    try:
        import highspy
    except ImportError:
        return None
    highspy.Highs.resetGlobalScheduler(True)  # another test may have begun with more threads
    highs = highspy.Highs()
    highs.silent()
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("solver", "simplex")
    return highspy, highs


def _ask_highs(loaded: Any, lp: Lp) -> Said:
    highspy, highs = loaded
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = len(lp.row_names), len(lp.cost)
    model.col_cost_, model.col_lower_, model.col_upper_ = lp.cost, lp.lower, lp.upper
    model.row_lower_, model.row_upper_ = lp.row_lower, lp.row_upper
    matrix = model.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kColwise
    matrix.start_, matrix.index_, matrix.value_ = _lists(lp)
    matrix.num_row_, matrix.num_col_ = model.num_row_, model.num_col_
    model.sense_ = highspy.ObjSense.kMaximize if lp.maximise else highspy.ObjSense.kMinimize
    status = highspy.HighsModelStatus
    for presolve in ("choose", "off"):
        highs.clearSolver()
        highs.setOptionValue("presolve", presolve)
        highs.setOptionValue("time_limit", highs.getRunTime() + SECONDS)
        if highs.passModel(model) == highspy.HighsStatus.kError:
            return UNKNOWN
        highs.run()
        found = highs.getModelStatus()
        if found == status.kOptimal:
            return "optimal", highs.getObjectiveValue()
        if found == status.kInfeasible:
            return "infeasible", math.nan
        if found == status.kUnbounded:
            return "unbounded", math.nan
        if found == status.kModelEmpty:
            return "optimal", 0.0
        if found != status.kUnboundedOrInfeasible:
            return UNKNOWN
    return UNKNOWN


def peers() -> tuple[dict[str, Callable[[Lp], Said]], list[str]]:
    """Who is here, by name, and a sentence about each who is not."""
    here: dict[str, Callable[[Lp], Said]] = {}
    missing = []
    glpk, highs = _load_glpk(), _load_highs()
    if glpk is None:
        missing.append("GLPK is not here (Debian: libglpk40)")
    else:
        here["GLPK"] = lambda lp: _ask_glpk(glpk, lp)
    if highs is None:
        missing.append("HiGHS is not here (pip: highspy)")
    else:
        here["HiGHS"] = lambda lp: _ask_highs(highs, lp)
    return here, missing
