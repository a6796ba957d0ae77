"""Random edits, done alike to a live LP of the library and to plain lists."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from exact.mps import Lp
from parts import INF, coefficient


@dataclass
class Edit:
    """One change; `i`, `j` row and column, `a`, `b` what they get."""

    kind: str
    i: int = -1
    j: int = -1
    a: float = 0.0
    b: float = 0.0
    entries: tuple[tuple[int, float], ...] = ()


def _moved(rng: random.Random, low: float, high: float) -> tuple[float, float]:
    """Another pair of sides, near the old ones where they are finite; rarely open, or shut."""
    kind = rng.randrange(10)
    if kind == 0:
        return -INF, INF
    if low == -INF and high == INF:
        at = float(rng.randint(-4, 4))
        return at, at + rng.choice([0.0, 3.0, INF])
    shift = float(rng.choice([-2, -1, 1, 2]))
    if kind == 1:
        at = low if low > -INF else high
        return at, at
    if kind < 5:
        return low + shift, high + shift
    if kind < 8 and high < INF:
        return low, max(low, high + shift)
    return min(low + shift, high), high


def draw(rng: random.Random, lp: Lp, hard: bool) -> Edit:
    """An edit of an LP with columns. On LPs of `hard` numbers factors take the place of steps."""
    m, n = len(lp.row_names), len(lp.cost)
    j = rng.randrange(n)
    i = rng.randrange(m) if m else -1
    if not hard and rng.random() < 0.05:
        return rng.choice([Edit("sense"), Edit("column", j=j, a=1.0, b=0.0)])  # crossed
    kinds = ["cost", "cost"]
    if m:
        kinds += ["add_column", "delete_row"]
    kinds += ["column", "column", "add_row"]
    if m:
        kinds += ["row"] * 4 + ["entry"]
    if n > 2:
        kinds.append("delete_column")
    kind = rng.choice(kinds)
    factor = rng.choice([0.5, 2.0, 1.5])
    if kind == "cost":
        return Edit(kind, j=j, a=lp.cost[j] * factor if hard else coefficient(rng))
    if kind == "column":
        low, high = lp.lower[j], lp.upper[j]
        if hard:
            return Edit(kind, j=j, a=low, b=high * factor if high > 0.0 else high)
        low, high = _moved(rng, low, high)
        return Edit(kind, j=j, a=low, b=high)
    if kind == "row":
        low, high = lp.row_lower[i], lp.row_upper[i]
        if hard:
            same = low * factor if low > -INF else low, high * factor if high < INF else high
            return Edit(kind, i=i, a=min(same), b=max(same))
        low, high = _moved(rng, low, high)
        return Edit(kind, i=i, a=low, b=high)
    if kind == "entry":
        held = dict(lp.columns[j]).get(i, 0.0)
        value = held * factor if hard else rng.choice([0.0, coefficient(rng)])
        return Edit(kind, i=i, j=j, a=value)
    if kind == "add_column":
        rows = sorted(rng.sample(range(m), rng.randint(0, min(m, 3))))
        scale = 0.0 if hard else 1.0
        entries = tuple((row, scale * coefficient(rng)) for row in rows)
        return Edit(kind, a=scale * coefficient(rng), b=rng.choice([4.0, INF]), entries=entries)
    if kind == "add_row":
        columns = sorted(rng.sample(range(n), rng.randint(1, min(n, 4))))
        entries = tuple((column, 1.0) for column in columns)
        return Edit(kind, a=-INF, b=float(rng.randint(0, 9)), entries=entries)
    return Edit(kind, i=i, j=j)


def _cost(edit: Edit, lp: Lp, live: Any) -> None:
    lp.cost[edit.j] = edit.a
    live.set_cost(edit.j, edit.a)


def _sense(edit: Edit, lp: Lp, live: Any) -> None:
    lp.maximise = not lp.maximise
    live.sense = "max" if lp.maximise else "min"


def _column(edit: Edit, lp: Lp, live: Any) -> None:
    lp.lower[edit.j], lp.upper[edit.j] = edit.a, edit.b
    live.set_column_bounds(edit.j, edit.a, edit.b)


def _row(edit: Edit, lp: Lp, live: Any) -> None:
    lp.row_lower[edit.i], lp.row_upper[edit.i] = edit.a, edit.b
    live.set_row_bounds(edit.i, edit.a, edit.b)


def _entry(edit: Edit, lp: Lp, live: Any) -> None:
    held = dict(lp.columns[edit.j])
    held[edit.i] = edit.a
    lp.columns[edit.j] = sorted((i, value) for i, value in held.items() if value != 0.0)
    live.set_coefficient(edit.i, edit.j, edit.a)


def _add_column(edit: Edit, lp: Lp, live: Any) -> None:
    lp.column_names.append(f"new{len(lp.cost)}")
    lp.cost.append(edit.a)
    lp.lower.append(0.0)
    lp.upper.append(edit.b)
    lp.integer.append(False)
    lp.columns.append([(i, value) for i, value in edit.entries if value != 0.0])
    live.add_column(cost=edit.a, upper=edit.b, entries=dict(edit.entries))


def _add_row(edit: Edit, lp: Lp, live: Any) -> None:
    i = len(lp.row_names)
    lp.row_names.append(f"new{i}")
    lp.row_lower.append(edit.a)
    lp.row_upper.append(edit.b)
    for j, value in edit.entries:
        lp.columns[j].append((i, value))
    live.add_row(entries=dict(edit.entries), lower=edit.a, upper=edit.b)


def _delete_row(edit: Edit, lp: Lp, live: Any) -> None:
    for held in (lp.row_names, lp.row_lower, lp.row_upper):
        del held[edit.i]
    lp.columns = [
        [(i - (i > edit.i), value) for i, value in entries if i != edit.i] for entries in lp.columns
    ]
    live.delete_rows([edit.i])


def _delete_column(edit: Edit, lp: Lp, live: Any) -> None:
    for held in (lp.column_names, lp.cost, lp.lower, lp.upper, lp.integer, lp.columns):
        del held[edit.j]
    live.delete_columns([edit.j])


_DO: dict[str, Callable[[Edit, Lp, Any], None]] = {
    "cost": _cost,
    "sense": _sense,
    "column": _column,
    "row": _row,
    "entry": _entry,
    "add_column": _add_column,
    "add_row": _add_row,
    "delete_row": _delete_row,
    "delete_column": _delete_column,
}


def apply(edit: Edit, lp: Lp, live: Any) -> None:
    """To the lists and to the library's LP."""
    _DO[edit.kind](edit, lp, live)
