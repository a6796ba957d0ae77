"""A contestant that misbehaves as its option `mode` says; the LP is that of instances.small().

Optimum -11 at x = 3, y = 1, z free to be anything in [0, 1].
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import struct
import sys
import time
from pathlib import Path

POINTS = {
    "honest": (3.0, 1.0, 0.5),
    "late": (3.0, 1.0, 0.5),
    "boaster": (3.0, 1.0, 0.5),
    "outside": (4.0, 4.0, 0.5),
    "imprecise": (3.0, 1.0, 1.001),
    "short": (2.0, 1.0, 0.5),
    "nan": (float("nan"), 1.0, 0.5),
}
TIMES = (0.5, 0.3, 0.2, 0.25)  # the median of the repeats is 0.25
PRICES = (-2.0, 0.0)  # of x + y <= 4 and x + 3 y <= 6; x <= 3 is worth -1: -2 * 4 - 1 * 3 = -11


def tell(event: str, **members: object) -> None:
    print(json.dumps({"event": event, **members}), flush=True)


def finish(task: argparse.Namespace, mode: str) -> None:
    """Say optimal, and leave a point."""
    late = task.limit + 1.0 if mode == "late" else 0.0
    for seconds in TIMES[: 1 + task.repeats]:
        tell("solved", seconds=late + seconds, processor=0.125, status="optimal")
    point = POINTS[mode]
    with open(task.point, "wb") as file:
        file.write(struct.pack("=4q3d2d", 3, 2, 1, 1, *point, *PRICES))
    value = -3.0 * point[0] - 2.0 * point[1]
    tell(
        "answer",
        status="optimal",
        objective=-12 if mode == "boaster" else value if value == value else None,
        iterations=7,
        work=70,
        memory=1 << 20,
    )


def misbehave(mode: str, path: str) -> None:
    """Everything that ends without an answer."""
    if mode == "crash":
        tell("solved", seconds=0.125, processor=0.125, status="optimal")
        os.kill(os.getpid(), signal.SIGSEGV)
    elif mode == "exit":
        print("assertion failed: everything", file=sys.stderr)
        sys.exit(3)
    elif mode == "hang":
        time.sleep(60.0)
    elif mode == "babble":
        while True:
            print("iteration after iteration\n" * 10000, flush=True)
    elif mode == "memory":
        bytearray(3 << 30)
    elif mode == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    elif mode == "orphan":
        if (orphan := os.fork()) == 0:
            time.sleep(60.0)
        else:
            Path(f"{path}.orphan").write_text(str(orphan))
    elif mode == "rubbish":
        for line in ('{"event": "answer"}', '{"event": "answer", "status": 7}', "[1]", "\0\0"):
            print(line)
        print('{"event": "solved", "seconds": "soon", "processor": 1.0}')


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("path", nargs="?")
    parser.add_argument("--version", action="store_true")
    parser.add_argument("--option", action="append", default=[])
    parser.add_argument("--limit", type=float)
    parser.add_argument("--repeats", type=int)
    parser.add_argument("--point")
    task = parser.parse_args()
    if task.version:
        tell("version", version="1.0")
        return
    (option,) = task.option
    mode = option.partition("=")[2]
    if mode == "hang-reading":
        time.sleep(60.0)
    tell("read", seconds=0.0, rows=2, columns=3, nonzeros=4, resident=1000)
    tell("loaded", seconds=0.0)
    if mode in POINTS:
        finish(task, mode)
    elif mode == "refused":
        tell("answer", status="unreadable", text="line 0: out of memory: the allocator refused")
    elif mode in ("infeasible", "unbounded", "time_limit"):
        tell("solved", seconds=0.25, processor=0.125, status=mode)
        tell("answer", status=mode, objective=None)
    else:
        misbehave(mode, task.path)


if __name__ == "__main__":
    main()
