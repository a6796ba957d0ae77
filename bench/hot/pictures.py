"""The pictures of re-solving, as SVG: latency by percentile, and its growth with the size."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("svg")

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from bench.hot.report import Latencies, gather, largest, order
from bench.lp.records import Record
from bench.report.pictures import COLOURS, STYLE, colour

ACROSS = 2  # panels in a row
PANEL = (4.2, 2.7)  # inches
TICKS = (0.5, 0.1, 0.01, 0.001, 0.0001)  # share of the edits that are slower


def draw(found: Sequence[Record], folder: Path) -> dict[str, Path]:
    """Draw what there is; the files by name: latency, growth."""
    every = gather(found)
    made: dict[str, Path] = {}
    if not every:
        return made
    folder.mkdir(parents=True, exist_ok=True)
    names = sorted({name for each in every for name in each.cells}, key=order)
    with plt.rc_context(STYLE):
        made["latency"] = _save(_latency(largest(every), names), folder / "hot-latency.svg")
        families = list(dict.fromkeys(each.family for each in every))
        parts = [[each for each in every if each.family == family] for family in families]
        parts = [part for part in parts if len({each.nonzeros for each in part}) > 1]
        if parts:
            made["growth"] = _save(_growth(parts, names), folder / "hot-growth.svg")
    return made


def _save(figure: Any, path: Path) -> Path:
    figure.savefig(path, metadata={"Date": None}, bbox_inches="tight")
    plt.close(figure)
    return path


def _look(names: Sequence[str], name: str) -> dict[str, Any]:
    """Ours dark and thick; the domain level and options of the same solver dashed."""
    ours = name.startswith("dcalloc")
    return {
        "color": COLOURS[0] if ours else colour(name, names),
        "linestyle": "-" if name in ("dcalloc", "glpk", "clp", "highs") else "--",
        "linewidth": 1.9 if ours else 1.3,
    }


def _panels(count: int) -> tuple[Any, list[Any]]:
    down = -(-count // ACROSS)
    size = (PANEL[0] * min(count, ACROSS), PANEL[1] * down)
    figure, axes = plt.subplots(down, min(count, ACROSS), figsize=size, squeeze=False)
    flat = list(axes.flat)
    for unused in flat[count:]:
        unused.set_visible(False)
    return figure, flat[:count]


def _legend(figure: Any, axes: Sequence[Any]) -> None:
    """One legend below all panels."""
    known: dict[str, Any] = {}
    for panel in axes:
        for handle, label in zip(*panel.get_legend_handles_labels()):
            known.setdefault(label, handle)
    figure.tight_layout()
    place = {"loc": "upper center", "bbox_to_anchor": (0.5, 0.0)}
    figure.legend(list(known.values()), list(known), ncols=len(known), handlelength=3.0, **place)


def _milliseconds(axis: Any) -> None:
    axis.set_major_locator(LogLocator(subs=(1.0, 3.0)))
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{1e3 * value:g}"))
    axis.set_minor_formatter(NullFormatter())


def _latency(every: Sequence[Latencies], names: Sequence[str]) -> Any:
    """Each latency against the share of the edits that were slower."""
    figure, axes = _panels(len(every))
    for panel, each in zip(axes, every):
        slower = (np.arange(each.edits, 0, -1) - 0.5) / each.edits
        for name in each.cells:
            panel.plot(slower, np.sort(each.values(name)), label=name, **_look(names, name))
        panel.set_xscale("log")
        panel.set_yscale("log")
        panel.set_xlim(1.0, 0.5 / each.edits)
        ticks = [tick for tick in TICKS if tick >= 0.5 / each.edits]
        panel.set_xticks(ticks, [f"p{100.0 * (1.0 - tick):g}" for tick in ticks])
        panel.xaxis.set_minor_formatter(NullFormatter())
        _milliseconds(panel.yaxis)
        panel.set_ylabel("ms")
        panel.set_title(f"{each.family}, {each.nonzeros} nonzeros, {each.edits} edits", loc="left")
    _legend(figure, axes)
    return figure


def _growth(parts: Sequence[Sequence[Latencies]], names: Sequence[str]) -> Any:
    """Median latency against nonzeros."""
    figure, axes = _panels(len(parts))
    for panel, part in zip(axes, parts):
        for name in names:
            there = [each for each in part if name in each.cells]
            x = [each.nonzeros for each in there]
            y = [float(np.median(each.values(name))) for each in there]
            panel.plot(x, y, marker="o", markersize=3.5, label=name, **_look(names, name))
        panel.set_xscale("log")
        panel.set_yscale("log")
        _milliseconds(panel.yaxis)
        panel.set_ylabel("median, ms")
        panel.set_xlabel("nonzeros")
        panel.set_title(part[0].family, loc="left")
    _legend(figure, axes)
    return figure
