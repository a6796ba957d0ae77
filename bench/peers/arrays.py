"""An MPS file as arrays, read with our reader through the bindings: every contestant gets the same
numbers. DCALLOC_LIBRARY names the library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import dcalloc
import numpy as np

Array = Any  # numpy.ndarray of float64 or of an integer type


@dataclass
class Arrays:
    """minimise cost'x + offset, row_lower <= A x <= row_upper, lower <= x <= upper; A by column."""

    sign: float  # -1: the file maximises, cost is turned round
    offset: float
    cost: Array
    lower: Array
    upper: Array
    row_lower: Array
    row_upper: Array
    start: Array
    index: Array
    value: Array

    @property
    def m(self) -> int:
        return len(self.row_lower)

    @property
    def n(self) -> int:
        return len(self.cost)


def read(path: str) -> Arrays:
    """A file as arrays, integer marks dropped."""
    with dcalloc.Lp.read_mps(path) as lp:
        sign = -1.0 if lp.sense == dcalloc.Sense.MAXIMISE else 1.0
        start, index, value = lp.entries()
        return Arrays(
            sign,
            lp.offset,
            sign * np.asarray(lp.cost),
            np.asarray(lp.lower),
            np.asarray(lp.upper),
            np.asarray(lp.row_lower),
            np.asarray(lp.row_upper),
            np.asarray(start),
            np.asarray(index),
            np.asarray(value),
        )
