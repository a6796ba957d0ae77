"""The checker itself: right answers pass, wrong ones of each kind are refused, files read right."""

from __future__ import annotations

import gzip
import math
import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from exact.agree import agree
from exact.implied import implied_bounds
from exact.judge import judge_farkas, judge_optimal, judge_unbounded
from exact.mps import Lp, MpsError, read

INF = math.inf


def make(
    cost: list[float],
    matrix: list[list[float]],
    rows: list[tuple[float, float]],
    bounds: list[tuple[float, float]] | None = None,
    maximise: bool = False,
    offset: float = 0.0,
) -> Lp:
    n = len(cost)
    bounds = bounds or [(0.0, INF)] * n
    return Lp(
        maximise=maximise,
        offset=offset,
        row_names=[f"r{i}" for i in range(len(rows))],
        row_lower=[low for low, _ in rows],
        row_upper=[high for _, high in rows],
        column_names=[f"x{j}" for j in range(n)],
        cost=cost,
        lower=[low for low, _ in bounds],
        upper=[high for _, high in bounds],
        integer=[False] * n,
        columns=[[(i, row[j]) for i, row in enumerate(matrix) if row[j] != 0.0] for j in range(n)],
    )


# max 3x + 2y, x + y <= 4, x + 3y <= 6, x <= 3: x = 3, y = 1, value 11; prices by hand: 2 on the
# first row (y enters at 2), 0 on the second, 1 on the bound of x.
KNOWN = make(
    [3.0, 2.0],
    [[1.0, 1.0], [1.0, 3.0]],
    [(-INF, 4.0), (-INF, 6.0)],
    [(0.0, 3.0), (0.0, INF)],
    maximise=True,
    offset=10.0,
)


def test_right_answer_passes() -> None:
    verdict = judge_optimal(KNOWN, [3.0, 1.0], [2.0, 0.0])
    assert verdict.valid and not verdict.rounded
    assert verdict.objective == verdict.bound == 21


@pytest.mark.parametrize(
    ("x", "y"),
    [
        ([3.0, 1.0], [-2.0, 0.0]),  # the sign of a minimisation
        ([3.0, 1.0], [2.0 + 1e-6, 0.0]),
        ([3.0, 1.0], [0.0, 2.0]),
        ([3.0, 0.999], [2.0, 0.0]),  # feasible, not optimal
        ([3.0, 1.000001], [2.0, 0.0]),  # a row is broken
        ([3.000001, 1.0], [2.0, 0.0]),  # a bound is broken
        ([0.0, 0.0], [2.0, 0.0]),
        ([3.0, 1.0], [0.0, 0.0]),
    ],
)
def test_wrong_answer_is_refused(x: list[float], y: list[float]) -> None:
    assert not judge_optimal(KNOWN, x, y).valid


def test_a_tiny_reduced_cost_counts_where_the_bound_is_far() -> None:
    # min -1e-8 x, x <= 1e9: at x = 0 the wrong sign is only 1e-8, and the gap is 10.
    lp = make([-1e-8], [[1.0]], [(-INF, 1e9)])
    assert not judge_optimal(lp, [0.0], [0.0]).valid
    assert judge_optimal(lp, [1e9], [-1e-8]).valid


def test_implied_bounds_close_open_sides() -> None:
    # x + y <= 5 with x, y >= 0 bounds both by 5, though neither has an upper bound of its own.
    lp = make([1.0, 1.0], [[1.0, 1.0]], [(-INF, 5.0)])
    lower, upper = implied_bounds(lp, None)
    assert lower == [0.0, 0.0]
    assert all(5.0 <= value < 5.001 for value in upper)
    # A free column bounded by nothing stays open, also beside another.
    free = make([1.0, 0.0], [[1.0, 1.0]], [(1.0, INF)], [(-INF, INF)] * 2)
    assert implied_bounds(free, None) == ([-INF, -INF], [INF, INF])
    # The cut-off row bounds what costs money.
    assert implied_bounds(make([2.0], [], []), 8.0)[1][0] == pytest.approx(4.0)


def test_free_column_needs_an_exact_reduced_cost() -> None:
    lp = make([1.0, 0.1], [[1.0, 0.1]], [(2.0, 2.0)], [(-INF, INF), (-INF, INF)])
    assert judge_optimal(lp, [2.0, 0.0], [1.0]).valid
    noisy = judge_optimal(lp, [2.0, 0.0], [1.0 + 2.0**-50])
    assert noisy.valid and noisy.rounded
    assert not judge_optimal(lp, [2.0, 0.0], [1.0 + 1e-8]).valid


def test_value_zero_with_a_price_that_is_no_double() -> None:
    # min x, 3x = 0, -1 <= x <= 3: the price is 1/3, and d = 1 - 3 fl(1/3) is not 0.
    lp = make([1.0], [[3.0]], [(0.0, 0.0)], [(-1.0, 3.0)])
    assert judge_optimal(lp, [0.0], [1.0 / 3.0]).valid
    assert not judge_optimal(lp, [0.0], [1.0 / 3.0 + 1e-14]).valid


def test_rounding_is_credited_at_the_point() -> None:
    # min 3 x0 - x1, x1 <= 3 x0: the value is 0, also far from the bounds.
    lp = make([3.0, -1.0], [[-3.0, 1.0]], [(-INF, 0.0)], [(0.0, INF), (0.0, 4e6)])
    x = [1e6, 3e6]
    assert judge_optimal(lp, x, [-1.0]).valid
    assert judge_optimal(lp, x, [-1.0 + 2.0**-51]).valid
    assert not judge_optimal(lp, x, [-1.0 + 2.0**-46]).valid


def test_far_bounds_hide_nothing() -> None:
    # The bound -1e25 times d = 5e-17 is neither a scale nor a tolerance for what x1 is off.
    lp = make([1.0, 1.0], [[3.0, 0.0]], [(0.0, 0.0)], [(-1e25, INF), (0.0, INF)])
    assert judge_optimal(lp, [0.0, 0.0], [1.0 / 3.0]).valid
    assert not judge_optimal(lp, [0.0, 1.0], [1.0 / 3.0]).valid


def test_rounding_floor_of_a_row() -> None:
    # 1e12 x - 1e12 y = 0: one ulp of x is 1e-4 in the row, and no fault of the answer.
    lp = make([1.0, 1.0], [[1e12, -1e12], [1.0, 0.0]], [(0.0, 0.0), (1.0, INF)])
    x = [1.0, math.nextafter(1.0, 2.0)]
    assert judge_optimal(lp, x, [-1e-12, 2.0]).valid
    assert not judge_optimal(lp, [1.0, 1.0 + 1e-12], [-1e-12, 2.0]).valid


def test_farkas() -> None:
    # x + y >= 3 and x + y <= 2.
    lp = make([0.0, 0.0], [[1.0, 1.0], [1.0, 1.0]], [(3.0, INF), (-INF, 2.0)])
    assert judge_farkas(lp, [1.0, -1.0]).valid
    assert judge_farkas(lp, [1e-3, -1e-3]).valid  # the size of a ray does not matter
    for wrong in ([-1.0, 1.0], [1.0, 0.0], [0.0, 0.0], [1.0, -1.6], [1.0, -1.0 + 1e-3]):
        expected = wrong == [1.0, -1.0 + 1e-3]  # z = 1e-3 >= 0, and x + y <= 2 bounds it
        assert judge_farkas(lp, wrong).valid == expected, wrong
    wide = judge_farkas(lp, [1.0, -1.0])
    assert not wide.narrow


def test_narrow_farkas() -> None:
    def apart(distance: float, bound: float = INF) -> Lp:  # x >= 1 + distance, x <= 1, y free
        rows = [(1.0 + distance, INF), (-INF, 1.0), (-bound, bound)]
        return make(
            [0.0] * 2, [[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]], rows, [(0.0, INF), (-INF, INF)]
        )

    for distance, narrow in ((1e-8, True), (3e-9, True), (1.9e-7, True), (2.1e-7, False)):
        verdict = judge_farkas(apart(distance), [1.0, -1.0, 0.0])
        assert verdict.valid and verdict.narrow == narrow, distance
    # A point at 1 + 5e-10 misses both rows by no more than 1e-9: not infeasible.
    assert not judge_farkas(apart(1e-9), [1.0, -1.0, 0.0]).valid
    # Noise on a column that nothing bounds counts as zero for the wide claim only.
    lp = make(
        [0.0] * 2,
        [[1.0, 1.0], [1.0, 1.0 + 2.0**-40]],
        [(1.0 + 1e-8, INF), (-INF, 1.0)],
        [(0.0, INF), (-INF, INF)],
    )
    assert not judge_farkas(lp, [1.0, -1.0]).valid
    lp.row_lower[0] = 1.0 + 1e-6
    assert judge_farkas(lp, [1.0, -1.0]).valid


def test_crossed_bounds_are_their_own_proof() -> None:
    row = make([0.0], [[1.0]], [(2.0, 1.0)])
    column = make([0.0], [[1.0]], [(0.0, 1.0)], [(3.0, 2.0)])
    assert judge_farkas(row, [0.0]).valid and judge_farkas(column, [0.0]).valid
    assert not judge_farkas(make([0.0], [[1.0]], [(1.0 + 1e-8, 1.0)]), [0.0]).valid


def test_unbounded() -> None:
    # max x, x - y <= 1: along (1, 1).
    lp = make([1.0, 0.0], [[1.0, -1.0]], [(-INF, 1.0)], maximise=True)
    assert judge_unbounded(lp, [0.0, 0.0], [1.0, 1.0]).valid
    assert judge_unbounded(lp, [0.0, 0.0], [1.0, 2.0]).valid
    assert not judge_unbounded(lp, [0.0, 0.0], [1.0, 0.9]).valid
    assert not judge_unbounded(lp, [0.0, 0.0], [-1.0, -1.0]).valid
    assert not judge_unbounded(lp, [0.0, 0.0], [0.0, 1.0]).valid
    assert not judge_unbounded(lp, [2.0, 0.0], [1.0, 1.0]).valid


def report(**changes: object) -> dict[str, object]:
    base: dict[str, object] = {
        "status": "optimal",
        "objective": 21.0,
        "rows": 2,
        "columns": 2,
        "nonzeros": 4,
        "certificate": {"kind": "kkt", "valid": True, "primal_violation": 0.0},
    }
    return {**base, **changes}


def solution() -> dict[str, dict[str, list]]:
    return {
        "columns": {"name": ["x1", "x0"], "value": [1.0, 3.0], "dual": [0.0, 1.0]},
        "rows": {"name": ["r0", "r1"], "value": [4.0, 6.0], "dual": [2.0, 0.0]},
    }


def test_agreement() -> None:
    assert agree(KNOWN, report(), solution()).disagreements == []


@pytest.mark.parametrize(
    "change",
    [
        {"objective": 11.0},
        {"rows": 3},
        {"nonzeros": 5},
        {"certificate": {"kind": "kkt", "valid": False, "primal_violation": 0.0}},
        {"certificate": {"kind": "farkas", "valid": True, "primal_violation": 0.0}},
        {"status": "infeasible"},
        {"status": "unbounded"},
    ],
)
def test_disagreement_of_the_report(change: dict[str, object]) -> None:
    assert agree(KNOWN, report(**change), solution()).disagreements


def test_narrow_is_said_to_be_narrow() -> None:
    lp = make([0.0], [[1.0], [1.0]], [(1.0 + 1e-8, INF), (-INF, 1.0)])
    written = {
        "columns": {"name": ["x0"], "value": [None], "dual": [None]},
        "rows": {"name": ["r0", "r1"], "value": [None] * 2, "dual": [None] * 2},
        "ray": {"kind": "farkas", "values": [1.0, -1.0]},
    }
    for violation, agreed in ((0.0, False), (2e-7, True)):
        proof = {"kind": "farkas", "valid": True, "primal_violation": violation}
        said = report(status="infeasible", rows=2, columns=1, nonzeros=2, certificate=proof)
        assert (agree(lp, said, written).disagreements == []) == agreed


@pytest.mark.parametrize("group", ["columns", "rows"])
@pytest.mark.parametrize("key", ["value", "dual", "name"])
def test_disagreement_of_the_solution(group: str, key: str) -> None:
    wrong = solution()
    wrong[group][key][0] = "nobody" if key == "name" else wrong[group][key][0] + 0.01
    assert agree(KNOWN, report(), wrong).disagreements


FILE = """* a comment
NAME          toy
ROWS
 N  cost
 L  lim
 G  dem
 E  eq
 N  other
COLUMNS
    x         cost      1.5            lim       1.0
    x         dem       2
    M1        'MARKER'                 'INTORG'
    k         cost      -1             eq        1
    b         lim       4              other     9
    M2        'MARKER'                 'INTEND'
    z         dem       -1D+01         eq        1
RHS
    RHS       cost      7              lim       10
    RHS       dem       2              eq        3
RANGES
    R         lim       -4             dem       5
    R         eq        -2
BOUNDS
 UP BND       x         -3
 LO BND       k         2
 MI BND       z
ENDATA
"""


@pytest.mark.parametrize("packed", [False, True])
def test_reading(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / "toy.mps"
    path.write_bytes(gzip.compress(FILE.encode()) if packed else FILE.encode())
    lp = read(path)
    assert (lp.name, lp.maximise, lp.offset) == ("toy", False, -7.0)
    assert lp.row_names == ["lim", "dem", "eq", "other"]
    sides = list(zip(lp.row_lower, lp.row_upper))
    assert sides == [(6.0, 10.0), (2.0, 7.0), (1.0, 3.0), (-INF, INF)]
    assert lp.column_names == ["x", "k", "b", "z"]
    assert lp.cost == [1.5, -1.0, 0.0, 0.0]
    assert lp.integer == [False, True, True, False]
    assert list(zip(lp.lower, lp.upper)) == [(-INF, -3.0), (2.0, INF), (0.0, 1.0), (-INF, INF)]
    assert lp.columns == [
        [(0, 1.0), (1, 2.0)],
        [(2, 1.0)],
        [(0, 4.0), (3, 9.0)],
        [(1, -10.0), (2, 1.0)],
    ]
    assert lp.nonzeros == 7


def test_reading_free_and_maximise(tmp_path: Path) -> None:
    path = tmp_path / "free.mps"
    path.write_text(
        "NAME f\nOBJSENSE\n    MAX\nROWS\n N o\n L a_name_that_is_long\nCOLUMNS\n"
        " x o 1 a_name_that_is_long 2\nRHS\n a_name_that_is_long 1\nBOUNDS\n FR x\nENDATA\n"
    )
    lp = read(path)
    assert lp.maximise and lp.row_upper == [1.0] and lp.lower == [-INF]


def test_reading_fixed_with_blanks_in_names(tmp_path: Path) -> None:
    path = tmp_path / "fixed.mps"
    words = ("x 1", "o", "1.0", "a b", "2.5")
    entry = "    {:8}  {:8}  {:>12}   {:8}  {:>12}\n".format(*words)
    path.write_text(
        f"NAME          f\nROWS\n N  o\n L  a b\nCOLUMNS\n{entry}RHS\n"
        "    r         a b              4.0\nBOUNDS\n UP b         x 1              9.0\nENDATA\n"
    )
    lp = read(path)
    assert (lp.row_names, lp.column_names) == (["a b"], ["x 1"])
    assert (lp.columns, lp.row_upper, lp.upper) == ([[(0, 2.5)]], [4.0], [9.0])


@pytest.mark.parametrize(
    "line",
    [" UP BND nobody 1", " XX BND x 1", " UP BND x nan", " UP BND x 1x", " UP BND x"],
)
def test_bad_files_are_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "bad.mps"
    path.write_text(FILE.replace(" LO BND       k         2", line))
    with pytest.raises(MpsError):
        read(path)


def test_random_corruption() -> None:
    """Transport problems solved by construction: prices u, v with c = u + v where x > 0."""
    rng = random.Random(7)
    for _ in range(20):
        m = n = 4
        u = [rng.randint(0, 9) for _ in range(m)]
        v = [rng.randint(0, 9) for _ in range(n)]
        x = [float(rng.choice([0, 0, rng.randint(1, 9)])) for _ in range(m * n)]
        cost = [float(u[k // n] + v[k % n] + (0 if x[k] else rng.randint(1, 5))) for k in range(16)]
        matrix = [[float(k // n == i) for k in range(16)] for i in range(m)]
        matrix += [[float(k % n == j) for k in range(16)] for j in range(n)]
        sums = [sum(a * b for a, b in zip(row, x)) for row in matrix]
        lp = make(cost, matrix, [(s, s) for s in sums])
        y = [float(value) for value in u + v]
        assert judge_optimal(lp, x, y).valid
        k = rng.randrange(16)
        assert not judge_optimal(lp, [*x[:k], x[k] + 1e-5, *x[k + 1 :]], y).valid
