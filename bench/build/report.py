"""The section of model building, from records of kind `build`."""

from __future__ import annotations

from collections.abc import Sequence

from bench.build.run import NAMES
from bench.lp.records import Record
from bench.report.page import Section, mebibytes, seconds, table


def sections(found: Sequence[Record]) -> list[Section]:
    """Times and memory by size; empty without records of building."""
    cells = {
        (record["contestant"], record["variables"]): record
        for record in found
        if record["kind"] == "build"
    }
    sizes = sorted({n for _, n in cells if n > 0})
    if not sizes:
        return []
    names = [name for name in NAMES if any((name, n) in cells for n in sizes)]
    rows = []
    for name in names:
        there = [cells[name, n] for n in sizes if (name, n) in cells]
        version = next((r["version"] for r in there if "version" in r), "-")
        told = [_cell(cells.get((name, n))) for n in sizes]
        rows.append((name, version, *told))
    text = (
        "One placement model from arrays to ready to solve: time, and peak memory above what"
        " stood before. Each N is a number of variables, with 2 N nonzeros and N / 10 + 100 rows;"
        " every optimum was compared. `-`: not tried at that size."
    )
    missing = [
        f"\n- Missing: **{record['contestant']}** ({record['text']})"
        for record in cells.values()
        if record["status"] == "missing"
    ]
    head = ("contestant", "version", *(f"N = {n}" for n in sizes))
    return [Section("Model building", f"{text}\n{''.join(missing)}\n\n{table(head, rows)}")]


def _cell(record: Record | None) -> str:
    if record is None:
        return "-"
    if record["status"] != "done":
        return f"{record['status']} {record['text']}"[:80]
    return f"{seconds(record['seconds'])}, {mebibytes(record['memory'])}"
