"""Record files: one JSON object a line, appended and flushed as they are measured.

Kinds of bench/lp: `run` (machine, commit, versions, settings, at the start), `missing` (a
contestant that is not there), `result` (one contestant on one instance), `unreadable` (an
instance); those of bench/hot and bench/build are in their README. A line that a dead run left
half-written is passed over.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Record = dict[str, Any]


def read(paths: Iterable[Path]) -> list[Record]:
    """All records of files, in order."""
    found = []
    for path in paths:
        for line in path.read_bytes().splitlines():
            try:
                record = json.loads(line)
            except ValueError:
                continue
            if isinstance(record, dict) and "kind" in record:
                found.append(record)
    return found


def begin(path: Path, resume: bool) -> list[Record]:
    """What a run goes on from: the records that are there, or none, an earlier file set aside as
    PATH.previous."""
    if not path.exists():
        return []
    if resume:
        return read([path])
    path.replace(path.with_name(path.name + ".previous"))
    return []


def append(path: Path, record: Record) -> None:
    """One more line, on the disk before this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        if file.seek(0, os.SEEK_END) > 0:
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":  # a line that a dead run left half-written
                file.write(b"\n")
        file.write(json.dumps(_clean(record), ensure_ascii=False).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def _clean(value: Any) -> Any:
    """Without the floats that JSON does not have."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {name: _clean(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(item) for item in value]
    return value


def key(record: Record) -> tuple[Any, ...]:
    """What makes a measurement the same one."""
    return tuple(record.get(name) for name in ("contestant", "version", "instance", "limit"))


def done(records: Iterable[Record]) -> set[tuple[Any, ...]]:
    """The measurements that are there."""
    return {key(record) for record in records if record["kind"] == "result"}
