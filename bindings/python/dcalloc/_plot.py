"""Pictures of answers with matplotlib, which is imported only here and in ``_plot_prices``.

Three panels: how much of each demand is served, how full each limit is, and what one per cent more
of that limit would change in the first tier (price x limit / 100), which compares watts with GPUs.
"""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING, Any

from ._html import number, shortened
from .enums import Kind
from .errors import StateError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from .result import Limit, Result

INK, FAINT, GRID = "#22303c", "#7b8794", "#e4e9ee"
COLOURS = {Kind.POOL: "#2f7f9f", Kind.DOMAIN: "#c26d1f", Kind.LINK: "#7a5ea8"}
_WORDS = {Kind.POOL: "pool", Kind.DOMAIN: "domain", Kind.LINK: "link"}
_SERVED, _UNMET, _PRICE = "#4c9a6a", "#e2b6b0", "#b23a48"
LINE = 0.27  # inches of height per bar
_NAME = 34  # most characters of a name


def new_figure(width: float, height: float) -> Any:
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise ImportError("plots need matplotlib: pip install matplotlib") from None

    class Picture(Figure):
        """A figure that notebooks show without pyplot."""

        def _repr_png_(self) -> bytes:
            out = io.BytesIO()
            self.savefig(out, format="png", dpi=100)
            return out.getvalue()

    return Picture(figsize=(width, height), facecolor="white")


def chosen_limits(limits: list[Limit], top: int) -> list[Limit]:
    """Those to draw: finite and not of demands; with a price first, by worth, then the fullest."""
    shown = [one for one in limits if one.kind != Kind.DEMAND and math.isfinite(one.limit)]
    shown.sort(key=lambda one: (-_worth(one), -one.utilisation))
    return shown[: max(1, top)]


def _worth(one: Limit) -> float:
    """What one per cent more of a limit changes, without sign."""
    return abs(one.price * one.limit) / 100 if one.priced else 0.0


def change_of(tier: str, limits: list[Limit]) -> str:
    """What a price changes, in words: prices have the sign of the tier's own sense."""
    verb = "falls" if any(one.price < 0 for one in limits if one.priced) else "rises"
    return f"{shortened(tier, _NAME)} {verb} by"


def bare(axes: Any) -> None:
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(FAINT)
    axes.tick_params(axis="y", length=0, labelsize=8.5, colors=INK)
    axes.tick_params(axis="x", labelsize=8, colors=FAINT, length=3)
    axes.grid(axis="x", color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)


def title(axes: Any, words: str) -> None:
    """The title of a panel."""
    axes.set_title(words, loc="left", fontsize=10.5, color=INK, weight="bold")


def limit_names(limits: list[Limit]) -> list[str]:
    """What is limited, for a line of a picture."""
    return [f"{one.name} · {one.resource}" if one.resource else one.name for one in limits]


def lines(axes: Any, names: list[str]) -> range:
    """A line for each name, the first at the top."""
    bare(axes)
    axes.set_yticks(range(len(names)), [shortened(name, _NAME) for name in names])
    axes.set_ylim(len(names) - 0.4, -0.6)
    return range(len(names))


def key(axes: Any, entries: list[tuple[str, str]]) -> None:
    """A legend of colours, above the axes at the right."""
    from matplotlib.patches import Patch

    if entries:
        axes.legend(
            handles=[Patch(color=colour, label=label) for colour, label in entries],
            loc="lower right",
            bbox_to_anchor=(1.0, 1.0),
            ncols=len(entries),
            frameon=False,
            fontsize=8,
            handlelength=0.9,
            borderaxespad=0.1,
        )


def key_of_kinds(axes: Any, limits: list[Limit]) -> None:
    """What the colours of limits mean."""
    here = {one.kind for one in limits}
    key(axes, [(COLOURS[kind], word) for kind, word in _WORDS.items() if kind in here])


def plot_result(result: Result, top: int, path: str | None) -> Figure:
    """Draw an answer of a model, and save it where a path is given."""
    if not result.is_model:
        raise StateError("plot() draws answers of models; this is one of an LP")
    limits = chosen_limits(result.limits(), top)
    demands = _demands(result, top // 2)
    heights = [LINE * max(len(demands), 2) + 0.5, LINE * max(len(limits), 2) + 0.5]
    figure = new_figure(11, sum(heights) + 1.6)
    grid = figure.add_gridspec(
        2,
        2,
        width_ratios=(2.3, 1),
        height_ratios=heights,
        left=0.23,
        right=0.965,
        wspace=0.1,
        top=1 - 0.85 / (sum(heights) + 1.6),
        bottom=0.55 / (sum(heights) + 1.6),
        hspace=0.9 / heights[1],
    )
    _heading(figure, result)
    _draw_demands(figure.add_subplot(grid[0, :]), demands)
    use = figure.add_subplot(grid[1, 0])
    _draw_use(use, limits)
    _draw_worth(
        figure.add_subplot(grid[1, 1], sharey=use), limits, next(iter(result.tiers), "objective")
    )
    if path is not None:
        figure.savefig(path, dpi=150)
    return figure  # type: ignore[no-any-return]


def _heading(figure: Any, result: Result) -> None:
    tiers = "     ".join(f"{name}  {number(value)}" for name, value in result.tiers.items())
    high = figure.get_figheight()
    figure.text(
        0.02,
        1 - 0.28 / high,
        f"{str(result.outcome).capitalize()}",
        fontsize=14,
        weight="bold",
        color=INK,
        va="center",
    )
    figure.text(0.98, 1 - 0.28 / high, tiers, fontsize=10, color=INK, va="center", ha="right")


def _demands(result: Result, top: int) -> list[tuple[str, float, str]]:
    """Name, part served and amounts in words: those with most missing first, then the largest."""
    served, wanted = result.served, result.wanted
    found = []
    for k, name in enumerate(result.names(Kind.DEMAND)):
        if name is not None:
            got, asked, unit = float(served[k]), float(wanted[k]), result.unit(Kind.DEMAND, k)
            bounded = 0 < asked < math.inf
            words = (
                f"{number(got, 4)} of {number(asked, 4)} {unit}"
                if bounded
                else (f"{number(got, 4)} {unit}")
            )
            found.append((name, min(got / asked, 1.0) if bounded else 1.0, words, got))
    found.sort(key=lambda one: (one[1] > 1 - 1e-9, one[1] if one[1] <= 1 - 1e-9 else -one[3]))
    return [(name, part, words) for name, part, words, _ in found[: max(4, top)]]


def _draw_demands(axes: Any, demands: list[tuple[str, float, str]]) -> None:
    places = lines(axes, [name for name, *_ in demands])
    axes.barh(places, [1.0] * len(demands), color=_UNMET, height=0.66)
    axes.barh(places, [part for _, part, _ in demands], color=_SERVED, height=0.66)
    for place, (_, part, words) in zip(places, demands):
        ink = INK if part < 1 - 1e-9 else FAINT
        axes.text(1.012, place, words, va="center", fontsize=8, color=ink)
    axes.set_xlim(0, 1.22)
    axes.spines["bottom"].set_bounds(0, 1)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25", "50", "75", "100 %"])
    title(axes, "Demand served, most missing first")
    key(axes, [(_SERVED, "served"), (_UNMET, "not served")])


def _draw_use(axes: Any, limits: list[Limit]) -> None:
    places = lines(axes, limit_names(limits))
    axes.barh(places, [1.0] * len(limits), color="#f1f4f6", height=0.66)
    axes.barh(
        places,
        [min(one.utilisation, 1.0) for one in limits],
        height=0.66,
        color=[COLOURS[one.kind] for one in limits],
    )
    for place, one in zip(places, limits):
        words = f"{number(one.use, 4)} of {number(one.limit, 4)} {one.unit}"
        inside = one.utilisation > 0.5
        axes.text(
            min(one.utilisation, 1.0) - 0.012 if inside else one.utilisation + 0.012,
            place,
            words,
            ha="right" if inside else "left",
            va="center",
            fontsize=8,
            color="white" if inside else INK,
        )
    axes.set_xlim(0, 1.0)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25", "50", "75", "100 %"])
    title(axes, "Use of limits")
    key_of_kinds(axes, limits)


def _draw_worth(axes: Any, limits: list[Limit], tier: str) -> None:
    bare(axes)
    places = range(len(limits))
    worth = [_worth(one) for one in limits]
    most = max([*worth, 0.0]) or 1.0
    axes.barh(places, worth, color=_PRICE, height=0.66)
    for place, one, long in zip(places, limits, worth):
        if long > 0:
            axes.text(
                long + 0.02 * most,
                place,
                f"{number(abs(one.price), 3)} per {one.unit}",
                va="center",
                fontsize=8,
                color=INK,
            )
        else:
            axes.text(0.01 * most, place, "free", va="center", fontsize=8, color=FAINT)
    axes.tick_params(axis="y", labelleft=False)
    axes.set_xlim(0, 2.0 * most)
    axes.locator_params(axis="x", nbins=4)
    title(axes, "What 1 % more is worth")
    axes.set_xlabel(change_of(tier, limits), fontsize=8, color=FAINT, loc="left")
