"""Arrays in and out: what is read in place, what is copied, what is refused."""

from __future__ import annotations

import ctypes
from array import array

import numpy as np
import pytest
from dcalloc import ArgumentError, _convert


def read(made: object, n: int) -> list[float]:
    """What C would see."""
    at = ctypes.cast(made.at, ctypes.c_void_p).value or 0
    kind = made.at._type_
    return [kind.from_address(at + k * made.stride).value for k in range(n)]


def start_of(made: object) -> int | None:
    return ctypes.cast(made.at, ctypes.c_void_p).value


@pytest.mark.parametrize("step", [1, 2, -1, -3])
def test_float64_is_read_in_place_with_any_stride(step: int) -> None:
    held = np.arange(12.0)[::step]
    made, keep = _convert.doubles(held, len(held), "cost")
    assert read(made, len(held)) == held.tolist()
    assert start_of(made) == held.__array_interface__["data"][0]
    assert made.stride == 8 * step
    assert keep is held


def test_a_field_of_a_structured_array_is_read_in_place() -> None:
    table = np.zeros(
        5,
        dtype=[("name", "S7"), ("cost", "f8"), ("pool", "i4")],
    )
    aligned = np.zeros(
        5, dtype=np.dtype([("name", "S7"), ("cost", "f8"), ("pool", "i4")], align=True)
    )
    aligned["cost"], aligned["pool"] = np.arange(5), np.arange(5) * 2
    made, _ = _convert.doubles(aligned["cost"], 5, "cost")
    assert start_of(made) == aligned["cost"].__array_interface__["data"][0]
    assert read(made, 5) == [0, 1, 2, 3, 4]
    made, _ = _convert.indices(aligned["pool"], 5, "pool")
    assert read(made, 5) == [0, 2, 4, 6, 8]
    table["cost"] = 7  # 7 bytes in: not aligned, so C gets a copy
    made, keep = _convert.doubles(table["cost"], 5, "cost")
    assert read(made, 5) == [7] * 5
    assert start_of(made) % 8 == 0
    assert keep is not table


@pytest.mark.parametrize(
    "values",
    [
        [1, 2.5, 3],
        (1, 2.5, 3),
        array("d", [1, 2.5, 3]),
        array("f", [1, 2.5, 3]),
        np.array([1, 2.5, 3], dtype="f4"),
        np.array([1, 2.5, 3], dtype=">f8"),
        np.array([1, 2.5, 3], dtype=object),
        memoryview(array("d", [1, 2.5, 3])),
    ],
)
def test_other_sequences_are_converted(values: object) -> None:
    made, keep = _convert.doubles(values, 3, "cost")
    assert read(made, 3) == [1, 2.5, 3]
    del keep


def test_a_number_is_repeated_and_none_is_the_default() -> None:
    for number in (2, 2.0, np.float32(2), np.array(2.0), True):
        made, keep = _convert.doubles(number, 5, "cost")
        assert made.stride == 0
        assert read(made, 5) == [float(number)] * 5
        del keep
    made, _ = _convert.doubles(None, 5, "cost")
    assert not made.at


def test_indices_that_do_not_fit_are_named() -> None:
    made, _keep = _convert.indices(np.array([1, 2, 3], dtype="i8"), 3, "pool")
    assert read(made, 3) == [1, 2, 3]
    with pytest.raises(ArgumentError, match=r"pool\[1\] is 4294967296"):
        _convert.indices(np.array([0, 2**32], dtype="i8"), 2, "pool")
    with pytest.raises(ArgumentError, match="index is 2147483648"):
        _convert.index32(2**31, "index")
    with pytest.raises(TypeError):
        _convert.index32(1.0, "index")
    with pytest.raises(TypeError, match="pool"):
        _convert.indices([0.5], 1, "pool")
    with pytest.raises(TypeError, match="pool"):
        _convert.indices(np.array([0.5]), 1, "pool")


def test_lengths_and_shapes_are_checked() -> None:
    with pytest.raises(ArgumentError, match="cost has 2 values, expected 3"):
        _convert.doubles([1, 2], 3, "cost")
    with pytest.raises(ArgumentError, match="cost has 2 dimensions"):
        _convert.doubles(np.zeros((2, 2)), 2, "cost")
    with pytest.raises(ArgumentError, match="upper has 2 values, expected 3 as cost says"):
        _convert.common_length({"cost": [1, 2, 3], "lower": 0, "upper": [1, 2]})
    with pytest.raises(ArgumentError, match="none of cost, lower says how many"):
        _convert.common_length({"cost": 1, "lower": None})
    for bad in (["a"], [None], [[1, 2], [3]]):
        with pytest.raises((ArgumentError, TypeError), match="cost"):
            _convert.doubles(bad, 1, "cost")


def test_names_become_indices() -> None:
    numbers = {"a": 4, "b": 7}
    found = _convert.names_to_indices(["a", "b", "a", 9], numbers.__getitem__, "pool")
    assert list(found) == [4, 7, 4, 9]
    held = np.array([1, 2], dtype="i4")
    assert _convert.names_to_indices(held, numbers.__getitem__, "pool") is held
    found = _convert.names_to_indices(np.array(["b", "a"]), numbers.__getitem__, "pool")
    assert list(found) == [7, 4]


class Csr:
    def __init__(self, indptr: object, indices: object, data: object) -> None:
        self.indptr, self.indices, self.data = indptr, indices, data


def test_sparse_lists() -> None:
    start = np.array([0, 2, 3], dtype="i8")
    index = np.array([0, 1, 1], dtype="i4")
    value = np.array([1.0, 2.0, 3.0])
    for given in ((start, index, value), Csr(start, index, value)):
        made, keep = _convert.sparse(given, 2, int, "use")
        assert ctypes.addressof(made.start.contents) == start.__array_interface__["data"][0]
        assert ctypes.addressof(made.index.contents) == index.__array_interface__["data"][0]
        assert ctypes.addressof(made.value.contents) == value.__array_interface__["data"][0]
        del keep
    find = {"gpu": 0, "core": 1}.__getitem__
    for lists in ([{"gpu": 1, "core": 2}, {1: 3}], [[("gpu", 1), (1, 2)], [("core", 3)]]):
        made, keep = _convert.sparse(lists, 2, find, "use")
        assert made.start[0:3] == [0, 2, 3]
        assert made.index[0:3] == [0, 1, 1]
        assert made.value[0:3] == [1, 2, 3]
        del keep
    with pytest.raises(ArgumentError, match="use start has 3 values, expected 4"):
        _convert.sparse((start, index, value), 3, find, "use")
    with pytest.raises(ArgumentError, match="use start ends at 3, but there are 2 entries"):
        _convert.sparse((start, index[:2], value[:2]), 2, find, "use")
    with pytest.raises(ArgumentError, match="use has 1 lists, expected 2"):
        _convert.sparse([{}], 2, find, "use")
    with pytest.raises(TypeError, match="neither a name nor a pair"):
        _convert.sparse([[3]], 1, find, "use")


def test_names_must_be_text() -> None:
    assert _convert.text("größe", "name") == "größe".encode()
    for bad in ("a\0b", "\ud800"):
        with pytest.raises(ArgumentError, match="name"):
            _convert.text(bad, "name")
    with pytest.raises(TypeError, match="name is 3"):
        _convert.text(3, "name")
    with pytest.raises(TypeError, match="names is one string"):
        _convert.strings("abc", 3, "names")


def test_names_in_bulk() -> None:
    for given in (["a", "größe", ""], ["a", None, "c"], ("x",), []):
        made, keep = _convert.strings(given, len(given), "names")
        seen = [made.at[k] for k in range(len(given))]
        assert seen == [None if name is None else name.encode() for name in given]
        del keep
    with pytest.raises(ArgumentError, match="zero character"):
        _convert.strings(["a", "b\0c"], 2, "names")
    with pytest.raises(TypeError, match="names is 3"):
        _convert.strings(["a", 3], 2, "names")
    with pytest.raises(ArgumentError, match="Unicode"):
        _convert.strings(["a", "\ud800"], 2, "names")
