"""One contestant in Python: the same arguments, events and files as the C ones, see peer.h.

A contestant is a class with version(), solve() and answer(), whose constructor loads the problem;
PROGRAM is `python3 -m bench.peers.NAME`. Its modules are imported before memory is marked.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import json
import math
import os
import struct
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TextIO

import dcalloc
import numpy as np

from bench.peers.arrays import Array, Arrays, read

LONG_SOLVE = 1.0  # seconds; as in peer.c


@dataclass
class Answer:
    status: str = "failed"
    objective: float = math.nan  # without the offset
    iterations: int = -1
    x: Array | None = None
    y: Array | None = None
    extra: dict[str, Any] = field(default_factory=dict)


class Peer(Protocol):
    """What each solver's file defines; one object per solve."""

    @staticmethod
    def version() -> str: ...

    def __init__(self, lp: Arrays, options: dict[str, str], limit: float) -> None:
        """The solver's own problem. Raises ValueError on options that it does not know."""

    def solve(self) -> None: ...

    def answer(self) -> Answer: ...


def memory(name: str) -> int:
    """Bytes of a line of /proc/self/status."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name + ":"):
            return 1024 * int(line.split()[1])
    return 0


def mark_memory() -> None:
    """Set the peak back to what is resident now."""
    ctypes.CDLL(None).malloc_trim(0)
    with contextlib.suppress(OSError):  # the peak then includes reading
        Path("/proc/self/clear_refs").write_text("5")


def write_point(path: str, lp: Arrays, answer: Answer) -> None:
    with open(path, "wb") as file:
        there = (answer.x is not None, answer.y is not None)
        file.write(struct.pack("=4q", lp.n, lp.m, *there))
        for values in (answer.x, answer.y):
            if values is not None:
                file.write(np.ascontiguousarray(values, dtype=np.float64).tobytes())


def tell(events: TextIO, event: str, **members: Any) -> None:
    """One event; a float that JSON does not have becomes null."""
    clean = {
        name: None if isinstance(value, float) and not math.isfinite(value) else value
        for name, value in members.items()
    }
    events.write(json.dumps({"event": event, **clean}) + "\n")
    events.flush()


def round_trip(
    events: TextIO, peer: type[Peer], lp: Arrays, options: dict[str, str], limit: float
) -> tuple[Answer, float]:
    """Load, solve, tell."""
    begin = time.perf_counter()
    problem = peer(lp, options, limit)
    tell(events, "loaded", seconds=time.perf_counter() - begin)
    used, start = time.process_time(), time.perf_counter()
    problem.solve()
    seconds = time.perf_counter() - start
    processor = time.process_time() - used
    answer = problem.answer()
    tell(events, "solved", seconds=seconds, processor=processor, status=answer.status)
    return answer, seconds


def measure(events: TextIO, peer: type[Peer], task: argparse.Namespace) -> None:
    begin = time.perf_counter()
    lp = read(task.path)
    seconds = time.perf_counter() - begin
    mark_memory()
    before = memory("VmRSS")
    sizes = {"rows": lp.m, "columns": lp.n, "nonzeros": len(lp.value)}
    tell(events, "read", seconds=seconds, resident=before, **sizes)
    options = dict(text.split("=", 1) for text in task.option)
    answer, seconds = round_trip(events, peer, lp, options, task.limit)
    peak = memory("VmHWM")
    if seconds < LONG_SOLVE:
        for _ in range(task.repeats):
            answer, _ = round_trip(events, peer, lp, options, task.limit)
    if task.point:
        write_point(task.point, lp, answer)
    tell(
        events,
        "answer",
        status=answer.status,
        objective=lp.sign * answer.objective + lp.offset,
        iterations=answer.iterations,
        work=-1,
        memory=max(peak - before, 0),
        **answer.extra,
    )


def main(peer: type[Peer], arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("path", nargs="?")
    parser.add_argument("--version", action="store_true")
    parser.add_argument("--option", action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("--limit", type=float, default=30.0)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--point")
    task = parser.parse_args(arguments)
    events = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # solvers may print; events keep the real standard output
    with events:
        if task.version:
            tell(events, "version", version=peer.version())
            return 0
        if task.path is None:
            parser.error("a file is needed")
        try:
            measure(events, peer, task)
        except MemoryError:
            tell(events, "answer", status="out_of_memory")
            return 1
        except dcalloc.DcallocError as error:
            tell(events, "answer", status="unreadable", text=str(error))
            return 1
        except Exception as error:
            tell(events, "answer", status="failed", text=f"{type(error).__name__}: {error}")
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
            return 1
    return 0
