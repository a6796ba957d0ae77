"""The sections of re-solving, from records of kind `hot`; its pictures are in pictures.py."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np

from bench.hot.contestants import DEFAULTS
from bench.lp.records import Record
from bench.report.page import Section, seconds, table

PERCENTILES = (50.0, 90.0, 99.0, 99.9)
SHOWN = 12  # wrong answers of a contestant that are listed
FALLEN_BEHIND = 0.1  # who made less than this share of the edits of the median is left out


@dataclass
class Latencies:
    """The contestants on one instance, over the edits that all of them made."""

    instance: str
    family: str
    nonzeros: int
    edits: int  # common to all
    cells: dict[str, Record]

    def values(self, name: str, key: str = "seconds") -> Any:
        return np.asarray(self.cells[name][key][: self.edits], dtype=float)

    def of_change(self, name: str, change: str) -> Any:
        record = self.cells[name]
        if change not in record["changes"]:
            return np.empty(0)
        chosen = np.asarray(record["change"][: self.edits]) == record["changes"].index(change)
        return self.values(name)[chosen]


def order(name: str) -> tuple[int, str]:
    base = name.partition(":")[0]
    return (DEFAULTS.index(base) if base in DEFAULTS else len(DEFAULTS), name)


def gather(found: Sequence[Record]) -> list[Latencies]:
    """By family and size; of repeated records the last counts, who fell behind is left out."""
    cells: dict[str, dict[str, Record]] = {}
    for record in found:
        if record["kind"] == "hot":
            cells.setdefault(_instance(record), {})[record["contestant"]] = record
    made = []
    for instance, by_name in cells.items():
        least = max(1.0, FALLEN_BEHIND * median(record["done"] for record in by_name.values()))
        there = [name for name, record in by_name.items() if record["done"] >= least]
        if not there:
            continue
        ordered = {name: by_name[name] for name in sorted(there, key=order)}
        one = next(iter(ordered.values()))
        common = min(record["done"] for record in ordered.values())
        made.append(Latencies(instance, one["family"], one["nonzeros"], common, ordered))
    return sorted(made, key=lambda each: (each.family, each.nonzeros, each.instance))


def _instance(record: Record) -> str:
    return str(record["instance"]) + ("" if record["mix"] == "all" else f" ({record['mix']})")


def _behind(found: Sequence[Record], every: Sequence[Latencies]) -> list[Record]:
    """Records that gather() left out."""
    there = {(each.instance, name) for each in every for name in each.cells}
    hot = [record for record in found if record["kind"] == "hot"]
    return [r for r in hot if (_instance(r), r["contestant"]) not in there]


def exponent(sizes: Sequence[float], values: Sequence[float]) -> float:
    """The slope of log value by log size, least squares; NaN of fewer than two sizes."""
    if len(set(sizes)) < 2:
        return math.nan
    return float(np.polyfit(np.log(sizes), np.log(values), 1)[0])


def sections(found: Sequence[Record]) -> list[Section]:
    """Everything that can be said in words; empty without records of re-solving."""
    every = gather(found)
    if not every:
        return []
    return [
        _setting(found, every),
        _distributions(every),
        _changes(every),
        _growth(every),
        _wrong(found),
    ]


def _setting(found: Sequence[Record], every: Sequence[Latencies]) -> Section:
    lines = []
    for run in [record for record in found if record["kind"] == "hot_run"][-1:]:
        m = run["machine"]
        changed = ", tree changed" if m["changed"] else ""
        lines.append(f"Commit {m['commit']}{changed}, {run['start']}.")
        lines.append(f"{m['processor']}, load average at the start {m['load'][0]:.2f}.")
        versions = ", ".join(f"{name} {version}" for name, version in run["versions"].items())
        lines.append(f"Versions: {versions}.")
    lines.append(
        "Each edit is made and the problem solved again, warm; the time is that of both. All"
        " contestants make the same edits; figures are over those that all of them made in"
        " their time; who made less than a tenth of the median number is left out."
        " `dcalloc-model` makes the edit in domain terms."
    )
    for record in found:
        if record["kind"] == "hot_missing":
            lines.append(f"\n- Missing: **{record['contestant']}** ({record['reason']})")
        if record["kind"] == "hot_unmade":
            lines.append(f"\n- Not made: {record['instance']} ({record['text']})")
    for record in _behind(found, every):
        place = f"{record['contestant']} on {_instance(record)}"
        text = f"{record['done']} edits, {record['end']} {record['text']}".strip()
        lines.append(f"\n- Fell behind, left out: {place} ({text})")
    return Section("Re-solving: setting", "\n".join(lines))


def _distributions(every: Sequence[Latencies]) -> Section:
    """Percentiles of the latency of all edits."""
    rows = []
    for each in every:
        for name, record in each.cells.items():
            values = each.values(name)
            told = [seconds(float(v)) for v in np.percentile(values, PERCENTILES)]
            worked = each.values(name, "work")
            rows.append(
                (
                    f"{each.instance}, {each.nonzeros}",
                    name,
                    f"{each.edits}" + ("" if record["end"] == "done" else f" ({record['end']})"),
                    *told,
                    seconds(float(values.max())),
                    f"{each.values(name, 'iterations').mean():.1f}",
                    "-" if worked.min() < 0 else f"{worked.mean():.3g}",
                    seconds(record["first_seconds"]),
                )
            )
    head = ("instance, nonzeros", "contestant", "edits", *(f"p{p:g}" for p in PERCENTILES))
    head += ("largest", "pivots", "entries", "first solve")
    return Section("Re-solving: latency of an edit", f"{table(head, rows)}\n\n{{latency}}")


def _changes(every: Sequence[Latencies]) -> Section:
    """Median by change, on the largest instance of each family."""
    parts = []
    for each in largest(every):
        changes = sorted({c for record in each.cells.values() for c in record["changes"]})
        rows = []
        for change in changes:
            row = [change]
            for name in each.cells:
                values = each.of_change(name, change)
                row.append(seconds(float(np.median(values))) if len(values) else "-")
            rows.append(row)
        parts.append(f"{each.instance}\n\n{table(('change', *each.cells), rows)}")
    return Section("Re-solving: median by change", "\n\n".join(parts))


def largest(every: Sequence[Latencies]) -> list[Latencies]:
    """Of each family the largest instance."""
    return list({each.family: each for each in every}.values())


def _growth(every: Sequence[Latencies]) -> Section:
    """How the latency grows with the size of the problem."""
    names = sorted({name for each in every for name in each.cells}, key=order)
    rows = []
    for family in dict.fromkeys(each.family for each in every):
        row = [family]
        for name in names:
            part = [each for each in every if each.family == family and name in each.cells]
            sizes = [each.nonzeros for each in part]
            middle = exponent(sizes, [float(np.median(each.values(name))) for each in part])
            mean = exponent(sizes, [float(np.mean(each.values(name))) for each in part])
            first = exponent(sizes, [each.cells[name]["first_seconds"] for each in part])
            told = ", ".join(f"{round(value, 2) + 0.0:.2f}" for value in (middle, mean, first))
            row.append("-" if math.isnan(middle) else told)
        rows.append(row)
    text = (
        "Exponents fitted to the median latency, to the mean latency and to the first, cold solve"
        " by nonzeros, on logarithms: 0 is a time that does not depend on the size, 1 one that is"
        " proportional to it."
    )
    body = f"{text}\n\n{table(('family', *names), rows)}\n\n{{growth}}"
    return Section("Re-solving: growth with size", body)


def _refuted(record: Record) -> list[tuple[str, ...]]:
    """The rows of one record."""
    rows: list[tuple[str, ...]] = []
    place = (record["contestant"], record["instance"])
    for why, entries in (("cold solve", record["wrong"]), ("the others", record["odd"])):
        for number, change, *said in entries[:SHOWN]:
            words = [_word(value) for value in said]
            pair = (" ".join(words[:2]), " ".join(words[2:]))
            rows.append((*place, f"{number} ({change})", *pair, why))
        if len(entries) > SHOWN:
            rows.append((*place, f"{len(entries) - SHOWN} more", "", "", why))
    return rows


def _word(value: str | float | None) -> str:
    return "-" if value is None else value if isinstance(value, str) else f"{value:.10g}"


def _wrong(found: Sequence[Record]) -> Section:
    """Answers that cold solves refute, and those that differ from what most say."""
    hot = [record for record in found if record["kind"] == "hot"]
    rows = [row for record in hot for row in _refuted(record)]
    unsolved = [
        f"{record['contestant']} on {record['instance']}: {record['unsolved']}"
        for record in hot
        if record["unsolved"]
    ]
    compared = sum(record["references"] for record in hot)
    sampled = "a sample, and where contestants differ"
    text = f"{compared} answers were compared with cold solves of ours: {sampled}."
    if unsolved:
        text += f"\n\nWithout an answer (time limit, failure): {'; '.join(unsolved)}."
    if not rows:
        return Section("Re-solving: wrong answers", f"{text}\n\nNone is wrong.")
    head = ("contestant", "instance", "edit", "said", "but", "by")
    return Section("Re-solving: wrong answers", f"{text}\n\n{table(head, rows, numbers=False)}")
