"""Python values to C arguments and back: names, numbers, arrays with strides, sparse lists.

Arrays of the right type are passed as they lie in memory, whatever their stride; anything else is
copied once. numpy is used when it is installed and never required.
"""

from __future__ import annotations

import operator
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from ctypes import (
    POINTER,
    Structure,
    addressof,
    byref,
    c_char,
    c_char_p,
    c_double,
    c_int32,
    c_int64,
    c_size_t,
    c_uint8,
    cast,
    create_string_buffer,
    sizeof,
    string_at,
)
from typing import Any, TypeVar

from ._ffi import dca_doubles, dca_indices, dca_sparse, dca_strings
from .errors import ArgumentError

np: Any
try:
    import numpy as np
except ImportError:  # every function below has a way without it
    np = None

S_ = TypeVar("S_", bound=Structure)

INDEX_MAX = 2**31 - 1

_TYPES: dict[str, tuple[Any, str, str]] = {
    "f": (c_double, "d", "f8"),
    "i": (c_int32, "i", "i4"),
    "q": (c_int64, "q", "i8"),
    "B": (c_uint8, "B", "u1"),
    "p": (c_char_p, "P", "u8"),
}


def fresh(kind: type[S_]) -> S_:
    """A structure with all zeros and its ``struct_size``."""
    made = kind()
    made.struct_size = sizeof(kind)
    return made


# ---- Places for C to write to --------------------------------------------------------------------

#: A reference for the length of a call.
ref = byref
#: Bytes of a structure.
size_of = sizeof


def new_handle(kind: type[Structure]) -> Any:
    """A NULL pointer to an opaque type."""
    return POINTER(kind)()


def new_index() -> c_int32:
    """Room for one index or count."""
    return c_int32(-1)


def new_real() -> c_double:
    """Room for one number."""
    return c_double()


def reals(n: int) -> Any:
    """n zeros for a structure to point to."""
    return (c_double * n)()


def whole_numbers(n: int) -> Any:
    """n 32-bit zeros for a structure to point to."""
    return (c_int32 * n)()


def new_text(size: int) -> Any:
    """Room for ``size`` characters."""
    return create_string_buffer(size)


def structures(kind: type[S_], n: int) -> Any:
    """Room for n structures, each with its ``struct_size``."""
    room = (kind * n)()
    for one in room:
        one.struct_size = sizeof(kind)
    return room


def bytes_at(address: int, size: int) -> memoryview:
    """Memory of the library's, as bytes to read and write."""
    return memoryview((c_uint8 * size).from_address(address)).cast("B")


class OwnedText:
    """Room for a text that the library allocates."""

    def __init__(self) -> None:
        self.start = POINTER(c_char)()
        self.length = c_size_t()

    def read(self) -> str:
        """The text."""
        return string_at(self.start, self.length.value).decode("utf-8")


# ---- Scalars and names ---------------------------------------------------------------------------


def text(value: str, what: str) -> bytes:
    """A name as the library takes it."""
    if not isinstance(value, str):
        raise TypeError(f"{what} is {value!r}, expected a string")
    if "\0" in value:
        raise ArgumentError(f"{what} {value!r} holds a zero character")
    try:
        return value.encode("utf-8")
    except UnicodeEncodeError:
        raise ArgumentError(f"{what} {value!r} is not valid Unicode") from None


def optional_text(value: str | None, what: str) -> bytes | None:
    """As text(); None stays None."""
    return None if value is None else text(value, what)


def string(value: bytes | None) -> str | None:
    """A borrowed C string as a string of our own."""
    return None if value is None else value.decode("utf-8", "replace")


def index32(value: Any, what: str) -> int:
    """An integer that fits dca_index; ctypes would cut it to 32 bits without a word."""
    number = operator.index(value)
    if not -INDEX_MAX <= number <= INDEX_MAX:
        raise ArgumentError(f"{what} is {number}, which does not fit 32 bits")
    return number


def real(value: Any, what: str) -> float:
    """A number; ctypes would refuse others without saying which argument it was."""
    try:
        return _number(value)
    except (TypeError, ValueError, OverflowError):
        raise TypeError(f"{what} is {str(value)[:40]}, expected a number") from None


# ---- Arrays in -----------------------------------------------------------------------------------


def is_scalar(values: Any) -> bool:
    """A single number, as opposed to a sequence of them."""
    return (
        isinstance(values, (int, float))
        or (not hasattr(values, "__len__") and hasattr(values, "__float__"))
        or (np is not None and isinstance(values, np.ndarray) and values.ndim == 0)
    )


def common_length(named: Mapping[str, Any], n: int | None = None) -> int:
    """The one length that all sequences among ``named`` have; scalars and None fit any."""
    source = "n"
    for name, values in named.items():
        if values is None or is_scalar(values):
            continue
        length = len(values)
        if n is None:
            n, source = length, name
        elif length != n:
            raise ArgumentError(f"{name} has {length} values, expected {n} as {source} says")
    if n is None:
        raise ArgumentError(f"none of {', '.join(named)} says how many there are: give n")
    return index32(n, "n")


def _is_native(values: Any, code: str) -> bool:
    """A one-dimensional numpy array that C can read in place."""
    return bool(
        np is not None
        and isinstance(values, np.ndarray)
        and values.dtype == np.dtype(_TYPES[code][2])
        and values.dtype.isnative
        and values.flags.aligned
    )


def _number(value: Any) -> float:
    if isinstance(value, (str, bytes)):
        raise TypeError(f"{value!r} is not a number")
    return float(value)


def _numpy_array(values: Any, code: str, what: str) -> Any:
    """``values`` as a one-dimensional array of the type; no copy where it is that already."""
    if isinstance(values, Iterable) and not hasattr(values, "__len__"):
        values = list(values)
    try:
        given = np.asarray(values)
        if given.ndim != 1:
            raise ArgumentError(f"{what} has {given.ndim} dimensions, expected 1")
        if _is_native(given, code):
            return given
        if code == "f":
            if given.dtype.kind not in "fiub" and given.size:
                return np.array([_number(value) for value in given.tolist()])
            return given.astype(np.float64)
        if given.size and given.dtype.kind not in "iub":
            for value in values:
                operator.index(value)  # raises the TypeError that names the type
        low, high = (0, 255) if code == "B" else (-INDEX_MAX, INDEX_MAX)
        if code != "q" and given.size and not (low <= int(given.min()) <= int(given.max()) <= high):
            at = int(np.argmax((given < low) | (given > high)))
            raise ArgumentError(f"{what}[{at}] is {given[at]}, expected {low} to {high}")
        return given.astype(_TYPES[code][2])
    except ArgumentError:
        raise
    except ValueError as error:
        raise ArgumentError(f"{what}: {error}") from None
    except (TypeError, OverflowError) as error:
        raise TypeError(f"{what}: {error}") from None


def _plain_array(values: Any, code: str, what: str) -> Any:
    """The same without numpy: an array.array, ``values`` itself where it is one of the type."""
    typecode = _TYPES[code][1]
    if isinstance(values, array) and values.typecode == typecode:
        return values
    try:
        return array(typecode, values)
    except OverflowError:
        for at, value in enumerate(values):
            if not -INDEX_MAX <= value <= INDEX_MAX:
                raise ArgumentError(f"{what}[{at}] is {value}, out of range") from None
        raise
    except TypeError as error:
        raise TypeError(f"{what}: {error}") from None


def as_array(values: Any, code: str, what: str) -> Any:
    """A one-dimensional array of the type that owns or borrows the values."""
    if np is not None:
        return _numpy_array(values, code, what)
    return _plain_array(values, code, what)


def address(values: Any) -> int:
    """Address of the first value of what as_array() gave."""
    if isinstance(values, array):
        return values.buffer_info()[0]
    return int(values.__array_interface__["data"][0])


def pointer(values: Any, code: str) -> Any:
    """Pointer to the values of what as_array() or make() gave, contiguous."""
    return cast(address(values), POINTER(_TYPES[code][0]))


def contiguous(values: Any, code: str, what: str) -> Any:
    """As as_array(), and without gaps."""
    made = as_array(values, code, what)
    if np is not None and isinstance(made, np.ndarray):
        return np.ascontiguousarray(made)
    return made


def _strided(values: Any, n: int, code: str, what: str, kind: Any) -> tuple[Any, Any]:
    ctype = _TYPES[code][0]
    if values is None:
        return kind(), None
    if is_scalar(values):
        one = ctype(float(values) if code == "f" else index32(values, what))
        return kind(cast(addressof(one), POINTER(ctype)), 0), one
    made = as_array(values, code, what)
    if len(made) != n:
        raise ArgumentError(f"{what} has {len(made)} values, expected {n}")
    stride = sizeof(ctype) if isinstance(made, array) else made.strides[0]
    return kind(cast(address(made), POINTER(ctype)), stride), made


def doubles(values: Any, n: int, what: str) -> tuple[dca_doubles, Any]:
    """``values`` (None: default, a number: repeated) for C, and what must stay alive meanwhile."""
    return _strided(values, n, "f", what, dca_doubles)


def indices(values: Any, n: int, what: str) -> tuple[dca_indices, Any]:
    """As doubles(), of 32-bit integers."""
    return _strided(values, n, "i", what, dca_indices)


def strings(values: Sequence[str | None] | None, n: int, what: str) -> tuple[dca_strings, Any]:
    """Names for C; None leaves one unnamed."""
    if values is None:
        return dca_strings(), None
    if isinstance(values, str):
        raise TypeError(f"{what} is one string, expected a sequence of them")
    if np is not None and n > 0:
        block = _joined(values)
        if block is not None:
            held = _addresses(block, n)
            if held is not None:
                return dca_strings(pointer(held, "p"), sizeof(c_char_p)), (held, block)
    held = (c_char_p * n)(*[optional_text(name, what) for name in values])
    return dca_strings(cast(held, POINTER(c_char_p)), sizeof(c_char_p)), held


def _joined(values: Sequence[str | None]) -> bytes | None:
    """All names in one block, each followed by a zero; None where one is not plain text."""
    try:
        return "\0".join(values).encode("utf-8") + b"\0"  # type: ignore[arg-type]
    except (TypeError, UnicodeEncodeError):
        return None  # the slow way names the culprit, and takes None


def _addresses(block: bytes, n: int) -> Any:
    """Where each of n names begins, as pointers; None where a name holds a zero itself."""
    view = np.frombuffer(block, dtype=np.uint8)
    ends = np.flatnonzero(view == 0)
    if len(ends) != n:
        return None
    starts = np.concatenate(([0], ends[:-1] + 1)).astype(np.uintp)
    return starts + np.uintp(view.__array_interface__["data"][0])


def names_to_indices(values: Any, find: Callable[[str], int], what: str) -> Any:
    """A sequence of indices or names, or of both, as indices; arrays of numbers pass through."""
    if values is None or is_scalar(values):
        return values
    if isinstance(values, str):
        return find(values)
    if np is not None and isinstance(values, np.ndarray) and values.dtype.kind in "iu":
        return values
    if isinstance(values, (array, range)):
        return values
    if np is not None and hasattr(values, "__array__"):
        given = np.asarray(values)
        if given.dtype.kind in "iu":
            return given
        values = given.tolist()
    known: dict[str, int] = {}
    found = array("i")
    for value in values:
        if isinstance(value, str):
            at = known.get(value)
            if at is None:
                at = known[value] = find(value)
            found.append(at)
        else:
            found.append(index32(value, what))
    return found


def sparse(lists: Any, n: int, find: Callable[[str], int], what: str) -> tuple[dca_sparse, Any]:
    """Compressed lists for C. ``lists``: None; (start, index, value) with value possibly None; an
    object with indptr, indices and data, as scipy's; or a sequence of n mappings or pair lists."""
    if lists is None:
        return dca_sparse(), None
    if hasattr(lists, "indptr"):
        lists = (lists.indptr, lists.indices, lists.data)
    if isinstance(lists, tuple) and len(lists) == 3 and not isinstance(lists[0], Mapping):
        start_given, index_given, value_given = lists
    else:
        start_given, index_given, value_given = _compress(lists, n, find, what)
    start = contiguous(start_given, "q", f"{what} start")
    index = contiguous(names_to_indices(index_given, find, what), "i", f"{what} index")
    value = None if value_given is None else contiguous(value_given, "f", f"{what} value")
    if len(start) != n + 1:
        raise ArgumentError(f"{what} start has {len(start)} values, expected {n + 1}")
    last = int(start[n])
    short = min(len(index), last if value is None else len(value))
    if int(start[0]) < 0 or short < last:
        raise ArgumentError(f"{what} start ends at {last}, but there are {short} entries")
    made = dca_sparse(
        pointer(start, "q"),
        pointer(index, "i"),
        None if value is None else pointer(value, "f"),
    )
    return made, (start, index, value)


def _compress(lists: Any, n: int, find: Callable[[str], int], what: str) -> tuple[Any, Any, Any]:
    start, index, value = array("q", [0]), array("i"), array("d")
    for entry in lists:
        at, by = pairs(entry, find, what)
        index.extend(at)
        value.extend(by)
        start.append(len(index))
    if len(start) != n + 1:
        raise ArgumentError(f"{what} has {len(start) - 1} lists, expected {n}")
    return start, index, value


def pairs(entries: Any, find: Callable[[str], int], what: str) -> tuple[array[int], array[float]]:
    """Indices and values of a mapping, of (index or name, value) pairs, or of names alone (1)."""
    at, by = array("i"), array("d")
    if entries is None:
        return at, by
    items = entries.items() if isinstance(entries, Mapping) else entries
    for item in items:
        key, number = (item, 1.0) if isinstance(item, str) else _pair(item, what)
        at.append(find(key) if isinstance(key, str) else index32(key, what))
        by.append(number)
    return at, by


def _pair(item: Any, what: str) -> tuple[Any, float]:
    try:
        key, number = item
    except (TypeError, ValueError):
        raise TypeError(f"{what}: {item!r} is neither a name nor a pair (name, value)") from None
    return key, float(number)


# ---- Arrays out ----------------------------------------------------------------------------------


def make(n: int, code: str) -> tuple[Any, Any]:
    """Room for n values, as the caller will get it, and the pointer to it."""
    if np is not None:
        room = np.zeros(n, dtype=_TYPES[code][2])
    else:
        room = array(_TYPES[code][1], bytes(n * sizeof(_TYPES[code][0])))
    return room, pointer(room, code)
