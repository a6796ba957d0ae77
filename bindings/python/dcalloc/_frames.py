"""Tables for pandas, which is imported only here."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .enums import Kind
from .errors import DcallocError

if TYPE_CHECKING:
    import pandas

    from .model import Model
    from .result import Result

#: Less than this of a demand is unmet, relative to what is wanted: it is served in full.
SERVED_TOLERANCE = 1e-7


def _pandas() -> Any:
    try:
        import pandas
    except ImportError:
        raise ImportError("frames need pandas: pip install pandas") from None
    return pandas


def frame(
    columns: Mapping[str, Any],
    names: Sequence[str | None],
    what: str,
    drop_unnamed: bool = False,
) -> pandas.DataFrame:
    """A table indexed by name; unnamed objects by number, or left out (removed slots)."""
    labels = [k if name is None else name for k, name in enumerate(names)]
    pandas = _pandas()
    table = pandas.DataFrame(
        {key: values for key, values in columns.items() if values is not None},
        index=pandas.Index(labels, name=what),
    )
    if drop_unnamed:
        table = table.iloc[[k for k, name in enumerate(names) if name is not None]]
    return table


def records(fields: Sequence[str], rows: Sequence[Sequence[Any]]) -> pandas.DataFrame:
    """A table from rows."""
    return _pandas().DataFrame(list(rows), columns=list(fields))


def changes(before: pandas.DataFrame, after: pandas.DataFrame) -> pandas.DataFrame:
    """Where ``placed`` differs, by more than rounding; what one of them lacks counts as 0."""
    how = {"demand": "first", "pool": "first", "placed": "sum"}
    old, new = before.groupby(level=0).agg(how), after.groupby(level=0).agg(how)
    names = old.index.union(new.index)
    was = old["placed"].reindex(names, fill_value=0.0)
    now = new["placed"].reindex(names, fill_value=0.0)
    made: pandas.DataFrame = new[["demand", "pool"]].combine_first(old[["demand", "pool"]])
    made = made.reindex(names).assign(before=was, after=now, change=now - was)
    made = made[made["change"].abs() > 1e-9 * (1.0 + was.abs() + now.abs())]
    order = made["change"].abs().sort_values(ascending=False, kind="stable").index
    return made.reindex(order)


def by_resource(
    model: Model, amounts: Sequence[Mapping[str, float]], none: float = 0.0
) -> dict[str, list[float]]:
    """A column for each resource that is listed, headed "resource (unit)"; ``none`` where it is
    not."""
    made = {}
    for resource in model.names(Kind.RESOURCE):
        if any(resource in one for one in amounts):
            unit = model.unit(Kind.RESOURCE, resource)
            made[f"{resource} ({unit})"] = [one.get(resource, none) for one in amounts]
    return made


def compare(results: Mapping[str, Result]) -> pandas.DataFrame:
    """Answers of models side by side, a row for each. Needs pandas.

    Columns: the outcome, every tier's value, demands served in full, units served (where all
    demands have one unit), cost per hour, kWh per hour, full limits with a price, seconds,
    iterations, and whether it was solved warm. What an answer without a point lacks is NaN.

        dcalloc.compare({"today": before, "feed A lost": after})
    """
    rows = {name: _figures(result) for name, result in results.items()}
    fields = list(dict.fromkeys(field for row in rows.values() for field in row))
    tail = ("seconds", "iterations", "warm")
    fields = [field for field in fields if field not in tail] + list(tail)
    columns = {field: [row.get(field, math.nan) for row in rows.values()] for field in fields}
    return frame(columns, list(rows), "scenario")


def _figures(result: Result) -> dict[str, Any]:
    """One row of a comparison."""
    made: dict[str, Any] = {"outcome": str(result.outcome)}
    try:
        served, unmet, wanted = result.served, result.unmet, result.wanted
    except DcallocError:  # infeasible, or stopped before there was a point
        pass
    else:
        made.update(result.tiers)
        alive = [k for k in range(len(wanted)) if not math.isnan(wanted[k])]
        short = [k for k in alive if unmet[k] > SERVED_TOLERANCE * max(1.0, wanted[k])]
        made["demands in full"] = len(alive) - len(short)
        units = {result.unit(Kind.DEMAND, k) for k in alive}
        if len(units) == 1:
            made[f"served ({units.pop()})"] = float(sum(served[k] for k in alive))
        made["cost (per hour)"], made["energy (kWh per hour)"] = result.cost, result.energy
        made["full limits"] = len(result.binding)
    info = result.info
    made.update(seconds=info.seconds, iterations=info.iterations, warm=info.warm)
    return made
