"""The LP object: build, edit, read back; every bad value named; nothing changed by a failure."""

from __future__ import annotations

import copy
import math
import pickle
from array import array

import dcalloc
import numpy as np
import pandas
import pytest
from dcalloc import ArgumentError, Kind, Lp


@pytest.fixture
def lp() -> Lp:
    """max 3x + 2y + z, x + y <= 4, 1 <= x - y + 2z, x <= 3, y in [-1, 5], z free."""
    made = Lp("small", sense="max")
    made.add_columns(
        cost=[3, 2, 1], lower=[0, -1, -math.inf], upper=[3, 5, math.inf], names=["x", "y", "z"]
    )
    made.add_row("capacity", {"x": 1, "y": 1}, upper=4)
    made.add_row("floor", {"x": 1, "y": -1, "z": 2}, lower=1)
    return made


def dense(lp: Lp) -> np.ndarray:
    start, index, value = lp.entries()
    made = np.zeros((lp.num_rows, lp.num_columns))
    for j in range(lp.num_columns):
        made[index[start[j] : start[j + 1]], j] = value[start[j] : start[j + 1]]
    return made


def test_reads_back(lp: Lp) -> None:
    assert (lp.name, lp.sense, lp.offset) == ("small", dcalloc.Sense.MAXIMISE, 0)
    assert (lp.num_rows, lp.num_columns, lp.num_entries, lp.num_integers) == (2, 3, 5, 0)
    assert lp.column_names == ["x", "y", "z"]
    assert lp.row_names == ["capacity", "floor"]
    assert lp.cost.tolist() == [3, 2, 1]
    assert lp.lower.tolist() == [0, -1, -math.inf]
    assert lp.upper.tolist() == [3, 5, math.inf]
    assert lp.row_lower.tolist() == [-math.inf, 1]
    assert lp.row_upper.tolist() == [4, math.inf]
    assert dense(lp).tolist() == [[1, 1, 0], [1, -1, 2]]
    assert lp.find_row("floor") == 1
    assert "small" in repr(lp) and "2 rows" in repr(lp)
    assert lp.columns_frame().loc["y", "upper"] == 5
    assert lp.rows_frame().loc["capacity", "upper"] == 4


def test_single_columns_and_rows() -> None:
    with Lp() as lp:
        assert lp.add_row("r", upper=1) == 0
        assert lp.add_column("c", cost=2, upper=9, integer=True, entries={"r": 5}) == 0
        assert lp.add_column(entries=[(0, 4.0)]) == 1
        assert lp.add_row("e", [("c", 1), (1, 2)], equals=3) == 1
        assert lp.column_name(1) is None
        assert lp.integer.tolist() == [1, 0]
        assert lp.row_lower.tolist() == [-math.inf, 3]
        assert lp.row_upper.tolist() == [1, 3]
        assert dense(lp).tolist() == [[5, 4], [1, 2]]
        with pytest.raises(ArgumentError, match="equals"):
            lp.add_row(equals=1, upper=2)


class Sparse:
    """What of scipy's matrices is used."""

    def __init__(self, kind: str, matrix: np.ndarray) -> None:
        self.format, self.shape = kind, matrix.shape
        lines = matrix if kind == "csr" else matrix.T
        self.indptr = np.cumsum([0] + [np.count_nonzero(line) for line in lines]).astype("i4")
        self.indices = np.concatenate([np.nonzero(line)[0] for line in lines]).astype("i4")
        self.data = np.concatenate([line[line != 0] for line in lines])
        self.dense = matrix

    def tocsc(self) -> Sparse:
        return Sparse("csc", self.dense)


@pytest.mark.parametrize("kind", ["csc", "csr", "coo", "dense", "list"])
def test_from_arrays(kind: str) -> None:
    a = np.array([[1.0, 0, 2, 0], [0, 3, 0, 0], [4, 0, 5, 0]])
    given = {"dense": a, "list": a.tolist()}.get(kind)
    if given is None:
        given = Sparse(kind, a)
    lp = Lp.from_arrays(
        given,
        cost=np.arange(8.0)[::2],
        upper=[1, 2, 3, math.inf],
        row_upper=7,
        integer=np.array([True, False, False, False]),
        row_names=["a", None, "c"],
        sense="max",
        offset=2.5,
        name="whole",
    )
    assert dense(lp).tolist() == a.tolist()
    assert lp.cost.tolist() == [0, 2, 4, 6]
    assert lp.row_upper.tolist() == [7, 7, 7]
    assert lp.row_names == ["a", None, "c"]
    assert lp.integer.tolist() == [1, 0, 0, 0]
    assert (lp.offset, lp.name) == (2.5, "whole")


def test_from_arrays_checks_sizes() -> None:
    with pytest.raises(ArgumentError, match="cost has 3 values, expected 2"):
        Lp.from_arrays(np.eye(2), cost=[1, 2, 3])
    with pytest.raises(ArgumentError, match="row_upper has 1 values, expected 2"):
        Lp.from_arrays(np.eye(2), row_upper=[1])
    assert repr(Lp.from_arrays(row_upper=[1], cost=[1, 2])).endswith(
        "1 rows, 2 columns, 0 entries>"
    )


def test_edits(lp: Lp) -> None:
    before = lp.revision
    lp.set_cost("x", 7)
    lp.set_cost(["y", 2], [8, 9])
    assert lp.cost.tolist() == [7, 8, 9]
    lp.set_cost(None, [1, 2])
    assert lp.cost.tolist() == [1, 2, 9]
    lp.set_column_bounds("x", upper=6)
    lp.set_column_bounds(["y", "z"], lower=-2, upper=np.array([1.0, 2.0]))
    assert lp.lower.tolist() == [0, -2, -2]
    assert lp.upper.tolist() == [6, 1, 2]
    lp.set_row_bounds("capacity", lower=1)
    assert (lp.row_lower[0], lp.row_upper[0]) == (1, 4)
    lp.set_integer(["x", "z"])
    lp.set_integer("x", False)
    assert lp.integer.tolist() == [0, 0, 1]
    lp.set_coefficient("floor", "x", 0)
    lp.set_coefficients(["capacity", 1], [2, "y"], [6, 7])
    assert dense(lp).tolist() == [[1, 1, 6], [0, 7, 2]]
    lp.sense, lp.offset, lp.name, lp.objective_name = "min", 4, None, "profit"
    assert (lp.sense, lp.offset, lp.name) == (dcalloc.Sense.MINIMISE, 4, None)
    assert lp.objective_name == "profit"
    lp.set_column_name("x", "new")
    lp.set_row_name(0, None)
    assert lp.column_names == ["new", "y", "z"] and lp.row_names == [None, "floor"]
    assert lp.revision > before


def test_deletion_returns_the_map(lp: Lp) -> None:
    assert list(lp.delete_columns(["y"])) == [0, -1, 1]
    assert list(lp.delete_rows(0)) == [-1, 0]
    assert dense(lp).tolist() == [[1, 2]]
    assert lp.find_column("z") == 1


def test_copies_are_independent(lp: Lp) -> None:
    other = lp.copy()
    other.set_cost("x", 100)
    lp.close()
    assert other.cost.tolist() == [100, 2, 1]
    with pytest.raises(dcalloc.StateError, match="Lp is closed"):
        _ = lp.num_rows
    assert lp.closed and repr(lp) == "<Lp, closed>"
    lp.close()


def bad_edits() -> list[tuple[str, str]]:
    return [
        ("lp.set_cost('x', math.nan)", "x"),
        ("lp.set_cost('x', math.inf)", "x"),
        ("lp.set_column_bounds('y', lower=math.nan)", "y"),
        ("lp.set_row_bounds('floor', upper=math.nan)", "floor"),
        ("lp.set_cost(17, 1)", "17"),
        ("lp.set_cost(-1, 1)", "-1"),
        ("lp.set_cost('nobody', 1)", "column 'nobody' does not exist"),
        ("lp.add_row('floor')", "floor"),
        ("lp.add_row('new', {'nobody': 1})", "nobody"),
        ("lp.add_row('new', {'x': math.nan})", "x"),
        ("lp.add_row('new', [('x', 1), ('x', 2)])", "x"),
        ("lp.add_column('z')", "z"),
        ("lp.add_columns(2, cost=[1, math.nan])", "nan|NaN"),
        ("lp.add_columns(2, names=['q', 'q'])", "q"),
        ("lp.delete_rows([0, 0])", "capacity|0"),
        ("lp.set_coefficients([0], [0, 1], [1])", "columns has 2 values, expected 1"),
        ("lp.set_coefficient('floor', 'x', math.inf)", "x"),
        ("lp.set_cost(['x', 'y'], [1, 2, 3])", "cost has 3 values, expected 2"),
        ("lp.offset = math.nan", "offset"),
    ]


@pytest.mark.parametrize(("statement", "culprit"), bad_edits())
def test_bad_edits_name_the_culprit_and_change_nothing(
    lp: Lp, statement: str, culprit: str
) -> None:
    def state() -> tuple[object, ...]:
        return (
            dense(lp).tolist(),
            lp.cost.tolist(),
            lp.lower.tolist(),
            lp.upper.tolist(),
            lp.row_lower.tolist(),
            lp.row_upper.tolist(),
            lp.row_names,
            lp.column_names,
            lp.offset,
        )

    before = state()
    with pytest.raises(ArgumentError, match=culprit):
        exec(statement, {"lp": lp, "math": math})
    assert state() == before


def test_errors_carry_where(lp: Lp) -> None:
    with pytest.raises(ArgumentError) as caught:
        lp.set_cost("y", math.nan)
    error = caught.value
    assert (error.code, error.kind, error.index, error.name) == (
        dcalloc.Status.ARG,
        Kind.COLUMN,
        1,
        "y",
    )
    with pytest.raises(ArgumentError) as caught:
        lp.find_row("none")
    assert (caught.value.kind, caught.value.name) == (Kind.ROW, "none")


def test_without_rows_or_columns() -> None:
    lp = Lp()
    assert lp.cost.tolist() == [] and lp.row_names == []
    assert [list(part) for part in lp.entries()] == [[0], [], []]
    assert lp.add_columns(0) == range(0)
    assert lp.add_rows(3) == range(3)


def test_bulk_takes_lists_arrays_and_series() -> None:
    lp = Lp()
    lp.add_rows(2)
    lp.add_columns(
        cost=array("d", [1, 2]),
        lower=pandas.Series([0, 1]),
        upper=(3, 4),
        entries=(array("q", [0, 1, 2]), [0, 1], [5, 6]),
    )
    assert dense(lp).tolist() == [[5, 0], [0, 6]]
    assert lp.lower.tolist() == [0, 1]


def test_memory_limit() -> None:
    env = dcalloc.Env(memory_limit=200_000, logger=None)
    lp = Lp(env=env)
    with pytest.raises(MemoryError) as caught:
        lp.add_columns(10**6, cost=1.0)
    assert isinstance(caught.value, dcalloc.OutOfMemoryError)
    assert lp.num_columns == 0
    lp.add_columns(10, cost=1.0)
    assert 0 < env.memory <= env.memory_peak <= 200_000
    with pytest.raises(ArgumentError, match="memory_limit"):
        dcalloc.Env(memory_limit=-1)


def test_copies_and_pickles_are_by_value(lp: Lp) -> None:
    lp.objective_name, lp.offset = "total", 2.5
    for other in (copy.copy(lp), copy.deepcopy(lp), pickle.loads(pickle.dumps(lp))):
        assert dense(other).tolist() == dense(lp).tolist()
        assert (other.name, other.sense, other.offset) == (lp.name, lp.sense, lp.offset)
        assert other.objective_name == "total"
        assert (other.row_names, other.column_names) == (lp.row_names, lp.column_names)
        assert other.upper.tolist() == lp.upper.tolist()
        assert other.row_lower.tolist() == lp.row_lower.tolist()
        other.set_cost("x", 99)
        other.close()
    assert lp.cost.tolist() == [3, 2, 1]
    empty = pickle.loads(pickle.dumps(Lp()))
    assert (empty.num_rows, empty.num_columns, empty.name) == (0, 0, None)
    for lonely in (dcalloc.Env(), dcalloc.Control(), dcalloc.Options(), lp.solver()):
        with pytest.raises(TypeError, match="cannot be copied or pickled"):
            copy.copy(lonely)
