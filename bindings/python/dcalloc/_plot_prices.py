"""The picture of prices: what one more unit of each limit is worth in the first tier.

Units cannot be compared, so each has a panel with an axis of its own; the panel of the limit of
which one per cent more is worth most comes first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._html import number
from ._plot import (
    COLOURS,
    FAINT,
    INK,
    LINE,
    change_of,
    chosen_limits,
    key_of_kinds,
    limit_names,
    lines,
    new_figure,
    title,
)
from .errors import StateError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from .result import Limit, Result

_GAP = 0.95  # inches between panels: axis, its label and the next title


def plot_prices(result: Result, top: int, path: str | None) -> Figure:
    """Draw the prices of a model's answer, and save the picture where a path is given."""
    if not result.is_model:
        raise StateError("plot_prices() draws answers of models; this is one of an LP")
    shown = [one for one in chosen_limits(result.limits(), top) if one.priced]
    panels = _by_unit(shown)
    heights = [LINE * max(len(limits), 2) + 0.1 for limits in panels] or [LINE]
    high = sum(heights) + _GAP * len(heights) + 0.2
    figure = new_figure(9, high)
    if not panels:
        figure.text(0.5, 0.5, "no limit has a price", ha="center", color=INK)
    tier, bottom = next(iter(result.tiers), "objective"), high
    for k, (limits, height) in enumerate(zip(panels, heights)):
        bottom -= height + (0.5 if k == 0 else _GAP)
        axes = figure.add_axes((0.28, bottom / high, 0.64, height / high))
        _draw(axes, limits, tier)
        if k == 0:
            key_of_kinds(axes, shown)
    if path is not None:
        figure.savefig(path, dpi=150)
    return figure  # type: ignore[no-any-return]


def _by_unit(limits: list[Limit]) -> list[list[Limit]]:
    """Limits that share resource and unit, dearest first; equal prices differ by rounding only."""
    groups: dict[tuple[str | None, str], list[Limit]] = {}
    for one in limits:
        groups.setdefault((one.resource, one.unit), []).append(one)
    return [sorted(group, key=lambda one: -round(abs(one.price), 9)) for group in groups.values()]


def _draw(axes: Any, limits: list[Limit], tier: str) -> None:
    unit = limits[0].unit or "unit"
    places = lines(axes, limit_names(limits))
    prices = [abs(one.price) for one in limits]
    axes.barh(places, prices, color=[COLOURS[one.kind] for one in limits], height=0.66)
    for place, price in zip(places, prices):
        axes.text(
            price + 0.01 * max(prices), place, number(price, 3), va="center", fontsize=8, color=INK
        )
    axes.set_xlim(0, 1.1 * max(prices))
    axes.set_xlabel(change_of(tier, limits), fontsize=8, color=FAINT, loc="left")
    title(axes, f"One more {unit}")
