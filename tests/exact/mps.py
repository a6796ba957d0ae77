"""Read an LP from an MPS file, fixed or free, gzipped or not, into plain lists.

Written apart from the library's own reader, to judge it: nothing is shared. Numbers are the doubles
nearest to the text, which is what an LP solver is given. The conventions are those of CPLEX and
HiGHS: an RHS on the objective row counts negatively; a negative UP bound on a column with no lower
bound of its own frees the lower side; an integer column (by marker) without any bound is 0/1; of
several N rows the first is the objective, and the others are rows without sides.
"""

from __future__ import annotations

import gzip
import math
from dataclasses import dataclass, field
from pathlib import Path

SECTIONS = {"NAME", "OBJSENSE", "OBJSENSE MAX", "ROWS", "COLUMNS", "RHS", "RANGES", "BOUNDS"}
FIXED_FIELDS = ((1, 3), (4, 12), (14, 22), (24, 36), (39, 47), (49, 61))
WITHOUT_VALUE = {"FR", "MI", "PL", "BV"}


class MpsError(ValueError):
    """The file is not an LP that this reader knows."""


@dataclass
class Lp:
    """min or max c0 + c'x subject to row_lower <= A x <= row_upper, lower <= x <= upper."""

    name: str = ""
    maximise: bool = False
    offset: float = 0.0
    row_names: list[str] = field(default_factory=list)
    row_lower: list[float] = field(default_factory=list)
    row_upper: list[float] = field(default_factory=list)
    column_names: list[str] = field(default_factory=list)
    cost: list[float] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    integer: list[bool] = field(default_factory=list)
    columns: list[list[tuple[int, float]]] = field(default_factory=list)  # (row, value)

    @property
    def nonzeros(self) -> int:
        return sum(len(entries) for entries in self.columns)

    def rows(self) -> list[list[tuple[int, float]]]:
        """The matrix by rows: (column, value)."""
        result: list[list[tuple[int, float]]] = [[] for _ in self.row_names]
        for j, entries in enumerate(self.columns):
            for i, value in entries:
                result[i].append((j, value))
        return result


class _Reader:
    def __init__(self, lines: list[str]) -> None:
        self.lp = Lp()
        self.fixed = _is_fixed(lines)
        self.section = ""
        self.kind: dict[str, str] = {}  # row name -> N, L, G, E
        self.row: dict[str, int] = {}
        self.column: dict[str, int] = {}
        self.objective = ""
        self.rhs: dict[str, float] = {}
        self.ranges: dict[str, float] = {}
        self.bounded: set[int] = set()
        self.lower_set: set[int] = set()
        self.in_integers = False
        for number, line in enumerate(lines, 1):
            try:
                if not self.take(line):
                    break
            except (KeyError, IndexError, ValueError) as error:
                raise MpsError(f"line {number}: {line.rstrip()!r}: {error!r}") from error
        self.finish()

    def take(self, line: str) -> bool:
        if not line.strip() or line[0] == "*":
            return True
        if not line[0].isspace():
            words = line.split()
            self.section = words[0].upper()
            if self.section == "NAME":
                self.lp.name = words[1] if len(words) > 1 else ""
            elif self.section in ("OBJSENSE", "MAX", "MIN"):
                self.sense(words[-1])
            elif self.section == "ENDATA":
                return False
            elif self.section not in SECTIONS:
                raise ValueError("unknown section")
            return True
        words = self.split(line)
        getattr(self, "take_" + self.section.lower())(words)
        return True

    def split(self, line: str) -> list[str]:
        if not self.fixed or self.section == "OBJSENSE":
            return line.split()
        fields = [line[a:b].strip() for a, b in FIXED_FIELDS]
        fields = fields[:4] if self.section in ("ROWS", "BOUNDS") else fields[1:]
        while fields and not fields[-1]:
            fields.pop()
        return fields

    def sense(self, word: str) -> None:
        if word.upper() in ("MAX", "MAXIMIZE", "MAXIMISE"):
            self.lp.maximise = True
        elif word.upper() in ("MIN", "MINIMIZE", "MINIMISE"):
            self.lp.maximise = False

    def take_objsense(self, words: list[str]) -> None:
        self.sense(words[0])

    def take_rows(self, words: list[str]) -> None:
        kind, name = words[0].upper(), words[1]
        if kind not in ("N", "L", "G", "E") or name in self.kind:
            raise ValueError("row")
        self.kind[name] = kind
        if kind == "N" and not self.objective:
            self.objective = name
            return
        self.row[name] = len(self.lp.row_names)
        self.lp.row_names.append(name)

    def take_columns(self, words: list[str]) -> None:
        if len(words) >= 3 and words[1].strip("'") == "MARKER":
            mark = words[-1].strip("'")
            if mark not in ("INTORG", "INTEND"):
                raise ValueError("marker")
            self.in_integers = mark == "INTORG"
            return
        lp, name = self.lp, words[0]
        if name not in self.column:
            self.column[name] = len(lp.column_names)
            lp.column_names.append(name)
            lp.cost.append(0.0)
            lp.lower.append(0.0)
            lp.upper.append(math.inf)
            lp.integer.append(self.in_integers)
            lp.columns.append([])
        j = self.column[name]
        for row, text in _pairs(words[1:]):
            value = _number(text)
            if row == self.objective:
                lp.cost[j] = value
            elif value != 0.0:
                lp.columns[j].append((self.row[row], value))

    def take_rhs(self, words: list[str]) -> None:
        self.take_sides(words, self.rhs)

    def take_ranges(self, words: list[str]) -> None:
        self.take_sides(words, self.ranges)

    def take_sides(self, words: list[str], into: dict[str, float]) -> None:
        if self.fixed or len(words) % 2 == 1:
            words = words[1:]
        for row, text in _pairs(words):
            self.kind[row]  # a KeyError names an unknown row
            into[row] = _number(text)

    def take_bounds(self, words: list[str]) -> None:
        kind = words[0].upper()
        if kind in WITHOUT_VALUE:
            name = words[2] if len(words) > 2 else words[1]
            if name not in self.column:
                name = words[1]
            value = 0.0
        else:
            name, value = words[-2], _side(_number(words[-1]))
        self.bound(kind, self.column[name], value)

    def bound(self, kind: str, j: int, value: float) -> None:
        lp = self.lp
        self.bounded.add(j)
        if kind in ("UP", "UI"):
            lp.upper[j] = value
            if value < 0.0 and j not in self.lower_set and lp.lower[j] == 0.0:
                lp.lower[j] = -math.inf
        elif kind in ("LO", "LI"):
            lp.lower[j] = value
            self.lower_set.add(j)
        elif kind == "FX":
            lp.lower[j] = lp.upper[j] = value
            self.lower_set.add(j)
        elif kind == "FR":
            lp.lower[j], lp.upper[j] = -math.inf, math.inf
        elif kind == "MI":
            lp.lower[j] = -math.inf
        elif kind == "PL":
            lp.upper[j] = math.inf
        elif kind == "BV":
            lp.lower[j], lp.upper[j] = 0.0, 1.0
            self.lower_set.add(j)
        else:
            raise ValueError(f"bound of kind {kind}")
        if kind in ("UI", "LI", "BV"):
            lp.integer[j] = True

    def finish(self) -> None:
        lp = self.lp
        lp.offset = 0.0 - self.rhs.get(self.objective, 0.0)
        for name in lp.row_names:
            lower, upper = _sides(
                self.kind[name], _side(self.rhs.get(name, 0.0)), self.ranges.get(name)
            )
            lp.row_lower.append(lower)
            lp.row_upper.append(upper)
        for j, integer in enumerate(lp.integer):
            if integer and j not in self.bounded:
                lp.upper[j] = 1.0
        for j, entries in enumerate(lp.columns):
            if len({i for i, _ in entries}) != len(entries):
                raise MpsError(f"column {lp.column_names[j]} has two entries in one row")


def _is_fixed(lines: list[str]) -> bool:
    """Fixed form only where names hold blanks, so that words do not tell the fields."""
    section = ""
    counts = {"ROWS": {2}, "COLUMNS": {3, 5}, "RHS": {2, 3, 4, 5}, "BOUNDS": {2, 3, 4}}
    for line in lines:
        if not line.strip() or line[0] == "*":
            continue
        if not line[0].isspace():
            section = line.split()[0].upper()
        elif len(line.split()) not in counts.get(section, {len(line.split())}):
            return True
    return False


def _pairs(words: list[str]) -> list[tuple[str, str]]:
    if len(words) % 2 != 0 or not words:
        raise ValueError("names and numbers do not pair up")
    return list(zip(words[0::2], words[1::2]))


def _number(text: str) -> float:
    value = float(text.replace("D", "e").replace("d", "e"))
    if math.isnan(value):
        raise ValueError("nan")
    return value


def _side(value: float) -> float:
    """A bound or side: 1e20 and beyond is the customary way to write infinity."""
    return math.copysign(math.inf, value) if abs(value) >= 1e20 else value


def _sides(kind: str, rhs: float, span: float | None) -> tuple[float, float]:
    if kind == "N":
        return -math.inf, math.inf
    if span is None:
        return (
            rhs if kind in "GE" else -math.inf,
            rhs if kind in "LE" else math.inf,
        )
    if kind == "L" or (kind == "E" and span < 0.0):
        return rhs - abs(span), rhs
    return rhs, rhs + abs(span)


def read(path: str | Path) -> Lp:
    """The LP in an MPS file; gzip is recognised by content."""
    data = Path(path).read_bytes()
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    return _Reader(data.decode("latin-1").splitlines()).lp
