"""Measure contestants on MPS files: the method is in bench/README.md.

    python3 -m bench.lp.run [SET | quick | FOLDER | FILE]... --out RECORDS.jsonl

Without files: every set that is there. Each result is appended to the record file at once; with
--resume what it already holds (same contestant, version, instance and limit) is left out, without
it an earlier file is set aside as RECORDS.jsonl.previous.
"""

from __future__ import annotations

import argparse
import hashlib
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

from bench.lp import child, contestants, instances, machine, records, verify
from bench.lp.contestants import Contestant, Missing
from bench.lp.instances import Instance
from bench.peers import arrays

MEMORY_LIMIT = 8.0  # GiB of address space
T = TypeVar("T")


def version_of(contestant: Contestant) -> str:
    """Its version; ours with a digest of the library that it loads. Raises Missing."""
    version = contestant.version()
    if contestant.base != "dcalloc":
        return version
    number, _, path = version.partition(" ")
    try:
        digest = hashlib.sha256(Path(path).read_bytes()).hexdigest()[:8]
    except OSError as error:
        raise Missing(f"its library: {error}") from error
    return f"{number}+{digest}"


def measure(
    contestant: Contestant, instance: Instance, lp: arrays.Arrays, limits: child.Limits
) -> dict[str, Any]:
    """Run one contestant on one instance and judge the answer."""
    with tempfile.TemporaryDirectory() as folder:
        point = Path(folder) / "point"
        outcome = child.run(contestant, instance.path, limits, point)
        x, y = verify.read_point(point, lp)
    told = outcome.answer.get("objective")
    verdict = verify.judge(lp, instance, outcome.status, told, x, y)
    seconds, processor = middle(outcome.times), middle(outcome.processor)
    if verdict.verdict == "solved" and (seconds is None or seconds > limits.solve):
        verdict.verdict, verdict.why = "unsolved", "over the limit"
    known = ("event", "status", "text", "objective", "iterations", "work", "memory")
    return {
        "status": outcome.status,
        "text": outcome.text,
        **vars(verdict),
        "seconds": seconds,
        "processor_seconds": processor,
        "times": outcome.times,
        "load_seconds": outcome.load,
        "read_seconds": outcome.read.get("seconds"),
        "memory": outcome.memory,
        "iterations": outcome.answer.get("iterations"),
        "work": outcome.answer.get("work"),
        "told": told,
        "extra": {name: v for name, v in outcome.answer.items() if name not in known},
    }


def middle(times: Sequence[float]) -> float | None:
    """The median without the warm-up; of a long solve, which is the only one, itself."""
    counted = times[1:] or times
    return statistics.median(counted) if counted else None


def present(
    wanted: Sequence[Contestant], out: Path, known: Sequence[records.Record]
) -> list[tuple[Contestant, str]]:
    """Those that can run, with their versions; the others are recorded as missing."""
    found = []
    noted = {(r["contestant"], r["reason"]) for r in known if r["kind"] == "missing"}
    for contestant in wanted:
        try:
            found.append((contestant, version_of(contestant)))
        except Missing as missing:
            print(f"missing: {contestant.name}: {missing}", file=sys.stderr)
            if (contestant.name, str(missing)) not in noted:
                entry = {"kind": "missing", "contestant": contestant.name, "reason": str(missing)}
                records.append(out, entry)
    return found


def run(
    chosen: Sequence[Instance],
    wanted: Sequence[Contestant],
    limits: child.Limits,
    out: Path,
    known: Sequence[records.Record] = (),
) -> int:
    """Measure everything that is not known; the number of results appended."""
    there = records.done(known)
    field = present(wanted, out, known)
    records.append(out, _settings(field, limits))
    appended = 0
    for turn, instance in enumerate(chosen):
        left = [
            (contestant, heading)
            for contestant, version in rotated(field, turn)
            if records.key(heading := _heading(contestant, version, instance, limits)) not in there
        ]
        if not left:
            continue
        try:
            lp = arrays.read(str(instance.path))
        except Exception as error:
            print(f"unreadable: {instance.path}: {error}", file=sys.stderr)
            entry = {"kind": "unreadable", "instance": instance.name, "text": str(error)}
            records.append(out, entry)
            continue
        sizes = {"rows": lp.m, "columns": lp.n, "nonzeros": len(lp.value)}
        for contestant, heading in left:
            result = measure(contestant, instance, lp, limits)
            records.append(out, {**heading, **sizes, **result})
            appended += 1
            print(_line(contestant, instance, result), flush=True)
    return appended


def rotated(field: Sequence[T], turn: int) -> list[T]:
    """The order of the contestants on the instance number `turn`."""
    return [field[(k + turn) % len(field)] for k in range(len(field))]


def _settings(field: Sequence[tuple[Contestant, str]], limits: child.Limits) -> dict[str, Any]:
    """The record at the head of a run."""
    return {
        "kind": "run",
        "start": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "limits": vars(limits),
        "machine": machine.describe(),
        "versions": {contestant.name: version for contestant, version in field},
        "options": {contestant.name: list(contestant.options) for contestant, _ in field},
    }


def _heading(
    contestant: Contestant, version: str, instance: Instance, limits: child.Limits
) -> dict[str, Any]:
    return {
        "kind": "result",
        "contestant": contestant.name,
        "version": version,
        "instance": instance.name,
        "group": instance.group,
        "family": instance.family,
        "reference": instance.reference,
        "infeasible": instance.infeasible,
        "limit": limits.solve,
    }


def _line(contestant: Contestant, instance: Instance, result: dict[str, Any]) -> str:
    seconds = "-" if result["seconds"] is None else f"{result['seconds']:.4f}"
    memory = "-" if result["memory"] is None else f"{result['memory'] / 2**20:.1f}"
    said = "" if result["verdict"] == "solved" else f"{result['why']} {result['text']}"
    return (
        f"{instance.name:28.28} {contestant.name:24.24} {result['verdict']:9}"
        f" {seconds:>9} s {memory:>8} MiB  {said}".rstrip()
    )


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    made.add_argument("files", nargs="*", help="sets, `quick`, folders or MPS files")
    made.add_argument("--out", type=Path, required=True, help="record file")
    made.add_argument("--contestant", action="append", help="NAME[:OPTION=VALUE,...]; default all")
    made.add_argument("--option", action="append", default=[], metavar="NAME=VALUE[,...]")
    made.add_argument("--limit", type=float, default=30.0, help="seconds per solve")
    made.add_argument("--repeats", type=int, default=5, help="of solves under a second")
    made.add_argument("--memory", type=float, default=MEMORY_LIMIT, help="GiB; 0: no limit")
    made.add_argument("--cpu", type=int, help="the only processor to run on")
    made.add_argument("--resume", action="store_true", help="go on with the record file")
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    given = parser().parse_args(arguments)
    if not contestants.library_is_there():
        return 2
    names = given.contestant or list(contestants.DEFAULTS)
    names += [f"dcalloc:{options}" for options in given.option]
    chosen = instances.choose(given.files or list(instances.SETS))
    try:
        wanted = [contestants.parse(name) for name in dict.fromkeys(names)]
    except ValueError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    if not chosen:
        print(f"bench: no instances; sets are looked for in {instances.shared()}", file=sys.stderr)
        return 2
    limits = child.Limits(
        solve=given.limit,
        memory=int(given.memory * 2**30),
        repeats=given.repeats,
        cpu=given.cpu,
    )
    known = records.begin(given.out, given.resume)
    appended = run(chosen, wanted, limits, given.out, known)
    print(f"{appended} results in {given.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
