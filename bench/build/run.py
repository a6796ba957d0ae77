"""Measure model building: the same placement model from arrays to ready, in C, Go and Python.

    python3 -m bench.build.run [--size N]... [--repeats N] --out RECORDS.jsonl

Each contestant runs alone, in a process of its own for each size and repeat, in rotated order; one
record (kind `build`) per contestant and size. What took part is right when its optimum agrees. With
--resume, sizes that the file holds are left out, without it an earlier file is set aside as
RECORDS.jsonl.previous.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.build.contestants import CONTESTANTS
from bench.lp import machine, records
from bench.lp.contestants import ROOT, Contestant, Missing, build_folder, library_is_there

OURS = {"dcalloc-c": 10**7, "dcalloc-go": 10**7}  # largest N, as in CONTESTANTS
NAMES = (*OURS, *CONTESTANTS)
TOLERANCE = 1e-6  # relative, of optima
GO_SECONDS = 300.0


def command_of(name: str, folder: Path) -> list[str]:
    """What runs a contestant. Raises Missing."""
    if name == "dcalloc-c":
        return [str(build_folder() / "bench" / "build_c")]
    if name == "dcalloc-go":
        return [str(go_program(folder))]
    return [sys.executable, "-m", "bench.build.contestants", name]


def go_program(folder: Path) -> Path:
    """The Go program, built into a folder against the release build of this tree."""
    if shutil.which("go") is None:
        raise Missing("no go here")
    program = folder / "buildgo"
    command = ["go", "build", "-tags", "dcalloc_tree", "-o", str(program), "."]
    environment = {**os.environ, "GOTOOLCHAIN": "local", "GOFLAGS": "-buildvcs=false"}
    done = subprocess.run(
        command,
        cwd=ROOT / "bench" / "build" / "golang",
        env=environment,
        capture_output=True,
        text=True,
        timeout=GO_SECONDS,
        check=False,
    )
    if done.returncode != 0:
        raise Missing((done.stderr.strip().splitlines() or ["go build failed"])[-1][:200])
    return program


def once(contestant: Contestant, n: int, limit: float) -> dict[str, Any]:
    """One process; what it tells, or why it tells nothing."""
    try:
        done = subprocess.run(
            [*contestant.command, str(n)],
            env=contestant.surroundings(),
            capture_output=True,
            text=True,
            timeout=limit,
            check=False,
        )
        if done.returncode == 0:
            told = json.loads(done.stdout.strip().splitlines()[-1])
            return {"status": "done", **told}
        last = (done.stderr.strip().splitlines() or [f"exit status {done.returncode}"])[-1]
        return {"status": "missing" if "ModuleNotFound" in last else "failed", "text": last[:200]}
    except subprocess.TimeoutExpired:
        return {"status": "time_limit", "text": f"{limit:g} s"}
    except (OSError, ValueError, IndexError, TypeError) as error:
        return {"status": "failed", "text": str(error)[:200]}


def judge(found: Sequence[dict[str, Any]]) -> None:
    """Mark those whose optimum is not the one that most have."""
    done = [record for record in found if record["status"] == "done"]
    values = Counter(round(record["objective"], 3) for record in done if record["objective"])
    middle = values.most_common(1)[0][0] if values else 0.0
    for record in done:
        value = record["objective"]
        if value is None or abs(value - middle) > TOLERANCE * max(abs(middle), 1.0):
            record["status"], record["text"] = "wrong", f"optimum {value} for {middle}"


def summary(name: str, n: int, runs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """One record from the repeats; the first that failed speaks for all."""
    failed = [run for run in runs if run["status"] != "done"]
    heading = {"kind": "build", "contestant": name, "variables": n, "repeats": len(runs)}
    if failed:
        return {**heading, **failed[0]}
    return {
        **heading,
        "status": "done",
        "text": "",
        "version": runs[0]["version"],
        "seconds": statistics.median(run["seconds"] for run in runs),
        "processor_seconds": statistics.median(run["processor"] for run in runs),
        "times": [run["seconds"] for run in runs],
        "memory": max(run["memory"] for run in runs),
        "objective": runs[0]["objective"],
    }


def run(given: argparse.Namespace) -> list[dict[str, Any]]:
    """Everything; the records, which are in the file too."""
    known = records.begin(given.out, given.resume)
    there = {record["variables"] for record in known if record["kind"] == "build"}
    start = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    records.append(given.out, {"kind": "build_run", "start": start, "machine": machine.describe()})
    appended = []
    with tempfile.TemporaryDirectory() as folder:
        field = {}
        for name in given.contestant or NAMES:
            try:
                field[name] = Contestant(name, tuple(command_of(name, Path(folder))))
            except Missing as missing:
                entry = {"contestant": name, "text": str(missing), "status": "missing"}
                records.append(given.out, {"kind": "build", "variables": 0, **entry})
                print(f"missing: {name}: {missing}", file=sys.stderr)
        largest = {**OURS, **{name: each.largest for name, each in CONTESTANTS.items()}}
        for n in sorted(set(given.size) - there):
            names = [name for name in field if n <= largest[name]]
            runs: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
            for turn in range(given.repeats):
                for k in range(len(names)):
                    name = names[(k + turn) % len(names)]
                    if all(each["status"] == "done" for each in runs[name]):
                        runs[name].append(once(field[name], n, given.limit))
            found = [summary(name, n, runs[name]) for name in names]
            judge(found)
            for record in found:
                records.append(given.out, record)
                print(_line(record), flush=True)
            appended += found
    return appended


def _line(record: dict[str, Any]) -> str:
    head = f"{record['variables']:9} {record['contestant']:18} {record['status']:10}"
    if record["status"] != "done":
        return f"{head} {record['text']}"
    mebibytes = record["memory"] / 2**20
    return f"{head} {1e3 * record['seconds']:10.2f} ms {mebibytes:8.1f} MiB  {record['version']}"


def main(arguments: Sequence[str] | None = None) -> int:
    made = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    made.add_argument("--size", type=int, action="append", help="variables; default 10^4 .. 10^6")
    made.add_argument("--repeats", type=int, default=3)
    made.add_argument("--contestant", action="append", choices=NAMES)
    made.add_argument(
        "--limit", type=float, default=300.0, help="seconds per process, solve included"
    )
    made.add_argument("--out", type=Path, required=True, help="record file")
    made.add_argument("--resume", action="store_true")
    given = made.parse_args(arguments)
    given.size = given.size or [10**4, 10**5, 10**6]
    if any(n < 1000 or n % 10 for n in given.size):
        made.error("sizes are multiples of 10 from 1000 on")
    if not library_is_there():
        return 2
    run(given)
    return 0


if __name__ == "__main__":
    sys.exit(main())
