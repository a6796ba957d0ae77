"""The pictures of the LP bench, as SVG: profiles, ratios to the best peer, memory."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("svg")

import matplotlib.pyplot as plt
from matplotlib.ticker import FuncFormatter, NullFormatter

from bench.lp.contestants import DEFAULTS
from bench.lp.records import Record
from bench.report import stats
from bench.report.field import Field

STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "dcalloc",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#e5e5e5",
    "grid.linewidth": 0.6,
    "legend.frameon": False,
}
# Colours that stay apart for the colour-blind (Okabe, Ito); ours is the dark one.
COLOURS = ("#000000", "#e69f00", "#56b4e9", "#009e73", "#d55e00", "#cc79a7", "#0072b2", "#999999")
DASHES = ("-", "-", "-", "-", "-", "--", "--", "--")
MEBIBYTE = float(2**20)
WIDEST = 1000.0  # where profiles end
NAMED = 6  # losses that are named
NAMED_FROM = 2.0  # the smallest ratio that is
APART = 1.25  # factor between named points; others would be written over them


def draw(records: Sequence[Record], folder: Path, subject: str = "dcalloc") -> dict[str, Path]:
    """Draw what there is; the files by name: profiles, ratios, memory."""
    field = Field.of(records)
    made: dict[str, Path] = {}
    if not field.instances:
        return made
    folder.mkdir(parents=True, exist_ok=True)
    with plt.rc_context(STYLE):
        made["profiles"] = _save(_profiles(field), folder / "profiles.svg")
        if subject in field.contestants and field.peers:
            made["ratios"] = _save(_ratios(field, subject), folder / "ratios.svg")
        made["memory"] = _save(_memory(field), folder / "memory.svg")
    return made


def _save(figure: Any, path: Path) -> Path:
    figure.savefig(path, metadata={"Date": None}, bbox_inches="tight")
    plt.close(figure)
    return path


def colour(name: str, others: Sequence[str]) -> str:
    """The same for a solver in every picture; those that are not among the defaults follow."""
    base = "highs-simplex" if name == "highs" else name.partition(":")[0]
    own = [*DEFAULTS, *(other for other in others if other not in DEFAULTS)]
    return COLOURS[own.index(base if base in DEFAULTS else name) % len(COLOURS)]


def _look(field: Field, name: str) -> dict[str, Any]:
    k = field.contestants.index(name)
    return {
        "color": colour(name, field.contestants),
        "linestyle": DASHES[k % len(DASHES)] if k < len(COLOURS) else ":",
        "linewidth": 2.2 if k == 0 else 1.3,
    }


def _plain(axis: Any) -> None:
    """1, 10, 100 instead of powers."""
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axis.set_minor_formatter(NullFormatter())


def _profiles(field: Field) -> Any:
    """Share of instances solved within a factor of the fastest."""
    figure, axes = plt.subplots(figsize=(7.0, 3.8))
    curves = stats.profiles({name: field.finite_times(name) for name in field.contestants})
    for name, steps in curves.items():
        x = [1.0, *[r for r, _ in steps], WIDEST]
        y = [0.0, *[share for _, share in steps], steps[-1][1] if steps else 0.0]
        axes.step(x, y, where="post", label=name, **_look(field, name))
    axes.set_xscale("log")
    axes.set_xlim(1.0, WIDEST)
    axes.set_ylim(0.0, 1.02)
    _plain(axes.xaxis)
    axes.set_xlabel("time over that of the fastest contestant, at most")
    axes.set_ylabel("share of instances solved")
    axes.set_title(f"Performance profiles, {len(field.instances)} instances", loc="left")
    axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return figure


def _ratios(field: Field, subject: str) -> Any:
    """Every instance: the subject's time against that of the best peer."""
    figure, axes = plt.subplots(figsize=(7.0, 4.6))
    families = list(dict.fromkeys(field.families[lp] for lp in field.instances))
    markers = "os^vDPX*<>"
    for k, family in enumerate(families):
        chosen = [lp for lp in field.instances if field.families[lp] == family]
        x = [max(field.best(lp)[0], stats.FLOOR) for lp in chosen]
        y = [max(field.time(subject, lp), stats.FLOOR) for lp in chosen]
        axes.scatter(
            x,
            y,
            s=22,
            marker=markers[k % len(markers)],
            color=COLOURS[k % len(COLOURS)],
            alpha=0.8,
            linewidths=0,
            label=family,
            zorder=3,
        )
    _name_losses(axes, field, subject)
    top = max(field.limit(lp) for lp in field.instances) * 1.5
    low = stats.FLOOR / 1.5
    for place in (axes.axhline, axes.axvline):
        place(top / 1.5, color="#cccccc", linewidth=0.9)  # the limit
    for factor, style in ((1.0, "-"), (2.0, ":"), (0.5, ":")):
        axes.plot([low, top], [factor * low, factor * top], style, color="#777777", linewidth=0.9)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlim(low, top)
    axes.set_ylim(low, top)
    _plain(axes.xaxis)
    _plain(axes.yaxis)
    axes.set_xlabel("best peer, seconds")
    axes.set_ylabel(f"{subject}, seconds")
    axes.set_title("Each instance; above the line the best peer is faster (dotted: 2x)", loc="left")
    axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return figure


def _name_losses(axes: Any, field: Field, subject: str) -> None:
    """Write the names of the largest losses beside their points."""
    found = []
    for lp in field.instances:
        best, own = field.best(lp)[0], field.time(subject, lp)
        if (ratio := stats.ratio(own, best)) > NAMED_FROM:
            found.append((ratio, lp, (max(best, stats.FLOOR), own)))
    named: list[tuple[float, float]] = []
    for _, lp, place in sorted(found, reverse=True):
        near = any(all(1 / APART < a / b < APART for a, b in zip(place, n)) for n in named)
        if near or len(named) == NAMED:
            continue
        named.append(place)
        left = place[0] < 3.0 * stats.FLOOR  # no room there
        side = ((5, 3), "left") if left else ((-4, 3), "right")
        axes.annotate(lp, place, side[0], textcoords="offset points", ha=side[1], fontsize=7)


def _memory(field: Field) -> Any:
    """Peak memory by size."""
    figure, axes = plt.subplots(figsize=(7.0, 3.8))
    for k, name in enumerate(field.contestants):
        found = [field[name, lp] for lp in field.instances]
        points = [(r["nonzeros"], r["memory"] / MEBIBYTE) for r in found if r["memory"]]
        if points:
            axes.scatter(
                [x for x, _ in points],
                [y for _, y in points],
                s=16 if k else 24,
                color=colour(name, field.contestants),
                marker="o" if k == 0 else "os^vDPX"[k % 7],
                alpha=0.75,
                linewidths=0,
                label=name,
                zorder=4 if k == 0 else 3,
            )
    axes.set_xscale("log")
    axes.set_yscale("log")
    _plain(axes.yaxis)
    axes.set_xlabel("nonzeros")
    axes.set_ylabel("peak memory, MiB")
    axes.set_title("Peak memory of load and first solve, less what stood after reading", loc="left")
    axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return figure
