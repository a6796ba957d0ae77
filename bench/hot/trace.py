"""The edits of a trace file (bench/dc/README.md), one at a time, for contestants in Python."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TextIO


@dataclass
class Edit:
    """What one edit does to the LP, in this order: deletions, additions, bounds, costs."""

    change: str = ""
    offset: float | None = None
    gone_columns: list[int] = field(default_factory=list)
    gone_rows: list[int] = field(default_factory=list)
    #: lower, upper, columns, values
    new_rows: list[tuple[float, float, list[int], list[float]]] = field(default_factory=list)
    #: cost, lower, upper, rows, values
    new_columns: list[tuple[float, float, float, list[int], list[float]]] = field(
        default_factory=list
    )
    rows: list[tuple[int, float, float]] = field(default_factory=list)
    columns: list[tuple[int, float, float]] = field(default_factory=list)
    costs: list[tuple[int, float]] = field(default_factory=list)


def _sparse(words: list[str]) -> tuple[list[int], list[float]]:
    """N INDEX VALUE ..."""
    n = int(words[0])
    return [int(w) for w in words[1 : 2 * n + 1 : 2]], [float(w) for w in words[2 : 2 * n + 1 : 2]]


def _take(edit: Edit, words: list[str], sign: float) -> None:
    """One line."""
    kind, rest = words[0], words[1:]
    if kind == "e":
        edit.change = rest[0]
    elif kind == "r":
        edit.rows.append((int(rest[0]), float(rest[1]), float(rest[2])))
    elif kind == "b":
        edit.columns.append((int(rest[0]), float(rest[1]), float(rest[2])))
    elif kind == "c":
        edit.costs.append((int(rest[0]), sign * float(rest[1])))
    elif kind == "o":
        edit.offset = float(rest[0])
    elif kind == "R":
        edit.new_rows.append((float(rest[0]), float(rest[1]), *_sparse(rest[2:])))
    elif kind == "C":
        cost, lower, upper = map(float, rest[:3])
        edit.new_columns.append((sign * cost, lower, upper, *_sparse(rest[3:])))
    elif kind == "x":
        edit.gone_rows = [int(w) for w in rest[1:]]
    elif kind == "y":
        edit.gone_columns = [int(w) for w in rest[1:]]
    elif kind != "m":
        raise ValueError(f"no line of a trace: {' '.join(words)}")


def edits(trace: TextIO, sign: float) -> Iterator[Edit]:
    """All edits after the first line; costs are those of minimising."""
    edit = Edit()
    for line in trace:
        words = line.split()
        if words == ["."]:
            yield edit
            edit = Edit()
        else:
            _take(edit, words, sign)
