"""Measure re-solving: contestants over traces of edits on seeded allocation problems.

    python3 -m bench.hot.run [FAMILY | quick | all]... --size N [--size N] --out RECORDS.jsonl

Each contestant runs alone, in a process of its own, over the same LP file and trace (bench/dc), in
an order that is rotated from instance to instance; the time of an edit is that of making it and
solving. Cold solves of ours at every --cold-every-th edit, and where contestants differ, give the
reference values. One record (kind `hot`) per contestant and instance, with every edit's figures;
with --resume, instances that the file holds are left out, without it an earlier file is set aside
as RECORDS.jsonl.previous.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.hot import contestants, judge
from bench.hot.follow import Limits, Told, follow
from bench.lp import machine, records
from bench.lp.contestants import Contestant, Missing, build_folder, library_is_there

FAMILIES = (
    *("max_min", "placement", "traffic_flow", "traffic_mlu", "transport", "deferrable"),
    *("reservations", "fair_share"),
)
QUICK = ("placement", "traffic_flow", "transport")
LP_LAYER = ("deferrable", "reservations")  # not in domain terms
DISPUTED = 200  # edits on which contestants differ that are solved cold beside the sample
PATIENCE = 4.0  # the budget of those cold solves, in budgets of a contestant
DIGITS = 4  # of the times that are recorded


def generate(family: str, size: int, given: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Instance and trace; what the generator tells of it, and its paths."""
    path, trace = folder / "problem.mps", folder / "trace"
    command = [str(build_folder() / "bench" / "dc" / "bench_dc"), family, "--size", str(size)]
    command += ["--seed", str(given.seed), "-o", str(path), "--trace", str(trace)]
    command += ["--edits", str(given.edits)]
    if given.changes:
        command += ["--changes", given.changes]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise ValueError(done.stderr.strip() or f"bench_dc ended with {done.returncode}")
    return {**json.loads(done.stdout), "path": path, "trace": trace}


def record_of(
    contestant: Contestant, version: str, made: dict[str, Any], told: Told, heading: dict[str, Any]
) -> dict[str, Any]:
    """Everything measured of one contestant on one instance, wrong answers not yet in it."""
    events = [told.edits[number] for number in sorted(told.edits) if number > 0]
    changes = sorted({event["change"] for event in events})
    first = told.edits.get(0, {})
    return {
        "kind": "hot",
        "contestant": contestant.name,
        "version": version,
        **heading,
        **{name: made[name] for name in ("rows", "columns", "nonzeros", "layer")},
        "end": told.end,
        "text": told.text,
        "done": len(events),
        "load_seconds": told.load,
        "first_seconds": first.get("seconds"),
        "changes": changes,
        "change": [changes.index(event["change"]) for event in events],
        "seconds": [_short(event["seconds"]) for event in events],
        "processor_seconds": [_short(event["processor"]) for event in events],
        "iterations": [event["iterations"] for event in events],
        "work": [event["work"] for event in events],
        "unsolved": sum(event["status"] not in judge.ANSWERS for event in events),
    }


def _short(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


def measure(
    family: str, size: int, field: Sequence[tuple[Contestant, str]], given: argparse.Namespace
) -> list[dict[str, Any]]:
    """All contestants on one instance."""
    limits = Limits(given.limit, budget=given.budget, cpu=given.cpu)
    heading = _heading(family, size, given)
    with tempfile.TemporaryDirectory() as name:
        made = generate(family, size, given, Path(name))
        told = {}
        for contestant, _ in field:
            if contestant.base == "dcalloc-model" and family in LP_LAYER:
                continue
            told[contestant.name] = follow(contestant, made["path"], made["trace"], limits)
        sample = set(range(0, given.edits + 1, given.cold_every))
        wanted = sample.union(judge.disputed(told)[:DISPUTED])
        listed = ("--cold", ",".join(map(str, sorted(wanted))))
        cold = contestants.parse("dcalloc")
        patient = replace(limits, budget=PATIENCE * limits.budget)
        reference = follow(cold, made["path"], made["trace"], patient, listed)
    odd = {n: judge.unsettled(entries, reference) for n, entries in judge.odd(told).items()}
    found = []
    for contestant, version in field:
        if contestant.name in told:
            mine = told[contestant.name]
            compared, wrong = judge.wrong(mine, reference)
            judged = {"references": compared, "wrong": wrong, "odd": odd[contestant.name]}
            found.append({**record_of(contestant, version, made, mine, heading), **judged})
    return found


def _heading(family: str, size: int, given: argparse.Namespace) -> dict[str, Any]:
    return {
        "instance": f"{family}-{size}-{given.seed}",
        "family": family,
        "size": size,
        "seed": given.seed,
        "edits": given.edits,
        "mix": given.changes or "all",
        "cold_every": given.cold_every,
        "limit": given.limit,
        "budget": given.budget,
    }


def present(
    names: Sequence[str], out: Path, known: Sequence[records.Record]
) -> list[tuple[Contestant, str]]:
    """Those that can run, with their versions; the others are recorded as missing."""
    found = []
    noted = {(r["contestant"], r["reason"]) for r in known if r["kind"] == "hot_missing"}
    for name in names:
        contestant = contestants.parse(name)
        try:
            found.append((contestant, contestant.version()))
        except Missing as missing:
            print(f"missing: {name}: {missing}", file=sys.stderr)
            if (name, str(missing)) not in noted:
                entry = {"kind": "hot_missing", "contestant": name, "reason": str(missing)}
                records.append(out, entry)
    return found


def run(families: Sequence[str], given: argparse.Namespace) -> int:
    """Measure everything; the number of records appended."""
    known = records.begin(given.out, given.resume)
    there = {(r["instance"], r["edits"], r["mix"]) for r in known if r["kind"] == "hot"}
    field = present(given.contestant or contestants.DEFAULTS, given.out, known)
    start = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    versions = {contestant.name: version for contestant, version in field}
    entry = {"start": start, "machine": machine.describe(), "versions": versions}
    records.append(given.out, {"kind": "hot_run", **entry})
    appended = turn = 0
    for size in given.size:
        for family in families:
            heading = _heading(family, size, given)
            if (heading["instance"], heading["edits"], heading["mix"]) in there:
                continue
            rotated = [field[(k + turn) % len(field)] for k in range(len(field))]
            turn += 1
            try:
                results = measure(family, size, rotated, given)
            except ValueError as error:
                print(f"{heading['instance']}: {error}", file=sys.stderr)
                records.append(given.out, {"kind": "hot_unmade", **heading, "text": str(error)})
                continue
            for result in results:
                records.append(given.out, result)
                appended += 1
                print(_line(result), flush=True)
    return appended


def _line(result: dict[str, Any]) -> str:
    times = sorted(result["seconds"]) or [float("nan")]
    half, most = times[len(times) // 2], times[-1]
    said = "" if result["end"] == "done" else f" {result['end']} {result['text']}"
    return (
        f"{result['instance']:26} {result['contestant']:16} {result['done']:6} edits"
        f"  median {1e3 * half:9.3f} ms  largest {1e3 * most:9.2f} ms"
        f"  wrong {len(result['wrong'])} odd {len(result['odd'])}{said}"
    )


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    made.add_argument("families", nargs="*", help="families, `quick` or `all` (default)")
    made.add_argument("--size", type=int, action="append", help="nonzeros; default 10000, 100000")
    made.add_argument("--edits", type=int, default=10000)
    made.add_argument("--seed", type=int, default=1)
    made.add_argument("--changes", default="", help="only these, e.g. limit,amount,rhs")
    made.add_argument("--contestant", action="append", help="NAME[:OPTION=VALUE,...]; default all")
    made.add_argument("--cold-every", type=int, default=100, help="reference solves")
    made.add_argument("--limit", type=float, default=30.0, help="seconds per solve")
    made.add_argument("--budget", type=float, default=600.0, help="seconds a contestant and trace")
    made.add_argument("--cpu", type=int, help="the only processor to run on")
    made.add_argument("--out", type=Path, required=True, help="record file")
    made.add_argument("--resume", action="store_true")
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    given = parser().parse_args(arguments)
    given.size = given.size or [10000, 100000]
    sets = {"quick": QUICK, "all": FAMILIES}
    chosen = [name for word in given.families or ["all"] for name in sets.get(word, (word,))]
    if not library_is_there():
        return 2
    try:
        for name in given.contestant or []:
            contestants.parse(name)
    except ValueError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    unknown = [name for name in chosen if name not in FAMILIES]
    if unknown:
        print(f"bench: no family {unknown[0]}; there are {', '.join(FAMILIES)}", file=sys.stderr)
        return 2
    print(f"{run(list(dict.fromkeys(chosen)), given)} results in {given.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
