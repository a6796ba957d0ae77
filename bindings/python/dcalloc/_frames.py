"""Tables for pandas, which is imported only here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas


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
