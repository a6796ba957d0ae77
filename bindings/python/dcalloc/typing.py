"""Types of what callers may pass, for annotations of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol, Union

__all__ = [
    "Amounts",
    "Entries",
    "HasArray",
    "HasCompressed",
    "Lists",
    "Reals",
    "Shares",
    "Where",
    "Wheres",
]


class HasArray(Protocol):
    """What numpy can read: its own arrays, a pandas Series, ..."""

    def __array__(self) -> Any:
        """The values as a numpy array."""


class HasCompressed(Protocol):
    """A compressed sparse matrix, as scipy's."""

    @property
    def indptr(self) -> Any:
        """[n+1] where each list starts."""

    @property
    def indices(self) -> Any:
        """Column or row of each entry."""

    @property
    def data(self) -> Any:
        """Value of each entry."""


#: An object of the problem: its index or its name.
Where = Union[int, str]
#: Several of them: a sequence or array of indices or names; or one.
Wheres = Union[int, str, Sequence[Where], Sequence[int], Sequence[str], HasArray]
#: A column of numbers: a sequence or an array, or one number for all.
Reals = Union[float, Sequence[float], HasArray]
#: Amounts by name or index: ``{"gpu": 8, "core": 96}``.
Amounts = Union[Mapping[str, float], Mapping[int, float], Mapping[Where, float]]
#: Entries of one row or column: amounts, or pairs of (index or name, value).
Entries = Union[
    Amounts,
    Iterable[tuple[Where, float]],
    Iterable[tuple[int, float]],
    Iterable[tuple[str, float]],
]
#: One or several objects, each with a share: a name, a sequence of names, or a mapping.
Shares = Union[Where, Sequence[Where], Sequence[int], Sequence[str], Amounts, None]
#: One list of entries per object: (start, index, value), a compressed matrix, or the lists.
Lists = Union[tuple[Any, Any, Any], HasCompressed, Sequence[Entries]]
