"""Two sides of ours on the same instances, interleaved: is B slower than A?

    python3 -m bench.lp.compare A [B] [--on SET|quick|FILE]... --out RECORDS.jsonl

Sides are revisions and options, see sides.py; B is the working tree unless said otherwise. Exit
status 1 when B is flagged: the interval of the geometric mean of the ratios B/A lies above the
threshold, in time, processor time, iterations or entries touched, or B loses an answer that A has.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.lp import child, contestants, instances, records, run, sides
from bench.lp.contestants import ROOT, Contestant, Missing
from bench.lp.instances import Instance
from bench.peers import arrays
from bench.report import stats
from bench.report.page import seconds, table, times

THRESHOLD = 1.05
MEASURES = {  # name: member of a result; the first two are one per round, the others counts
    "time": "seconds",
    "processor time": "processor_seconds",
    "iterations": "iterations",
    "entries touched": "work",
}
ROUNDWISE = ("time", "processor time")


@dataclass
class Pair:
    """One instance: the results of each side, round by round."""

    instance: str
    a: list[dict[str, Any]] = field(default_factory=list)
    b: list[dict[str, Any]] = field(default_factory=list)

    def solved(self, side: str) -> bool:
        return all(result["verdict"] == "solved" for result in getattr(self, side))

    def ratios(self, measure: str, limit: float) -> list[float]:
        """B/A: in time one per round, in counts one; none where a count is not known or not of a
        finished solve."""
        name = MEASURES[measure]
        if measure in ROUNDWISE:
            rounds = zip(self.a, self.b)
            return [stats.ratio(_time(b, limit, name), _time(a, limit, name)) for a, b in rounds]
        one, other = self.a[-1][name], self.b[-1][name]
        if not (self.solved("a") and self.solved("b")) or one is None or other is None:
            return []
        return [max(other, 1) / max(one, 1)]


@dataclass
class Finding:
    measure: str
    centre: float
    low: float
    high: float
    instances: int
    flagged: bool


def _time(result: dict[str, Any], limit: float, name: str = "seconds") -> float:
    return float(result[name]) if result["verdict"] == "solved" else limit


def interleave(
    one: Contestant,
    other: Contestant,
    chosen: Sequence[Instance],
    rounds: int,
    limits: child.Limits,
) -> list[Pair]:
    """A B, B A, A B ... on each instance; those that cannot be read are left out, and said."""
    pairs = []
    for turn, instance in enumerate(chosen):
        try:
            lp = arrays.read(str(instance.path))
        except Exception as error:
            print(f"unreadable: {instance.path}: {error}", file=sys.stderr)
            continue
        pair = Pair(instance.name)
        for k in range(rounds):
            steps = [(one, pair.a), (other, pair.b)]
            for contestant, results in steps if (turn + k) % 2 == 0 else reversed(steps):
                results.append(run.measure(contestant, instance, lp, limits))
        pairs.append(pair)
        print(_progress(pair, limits.solve), file=sys.stderr, flush=True)
    return pairs


def _progress(pair: Pair, limit: float) -> str:
    ratio = statistics.median(pair.ratios("time", limit))
    return f"{pair.instance:28} B/A {ratio:.3f} in time"


def findings(pairs: Sequence[Pair], limit: float, threshold: float = THRESHOLD) -> list[Finding]:
    """The mean ratio of each measure, with its interval."""
    found = []
    for measure in MEASURES:
        rounds = [ratios for pair in pairs if (ratios := pair.ratios(measure, limit))]
        if rounds:
            centre, low, high = stats.ratio_interval(rounds)
            found.append(Finding(measure, centre, low, high, len(rounds), low > threshold))
    return found


def lost(pairs: Sequence[Pair]) -> list[str]:
    """Instances that A solves and B does not."""
    return [pair.instance for pair in pairs if pair.solved("a") and not pair.solved("b")]


def report(
    pairs: Sequence[Pair], found: Sequence[Finding], names: tuple[str, str], limit: float
) -> str:
    """The comparison in Markdown."""
    rows = []
    for pair in pairs:
        cells = [pair.instance]
        for side in ("a", "b"):
            middle = statistics.median(_time(result, limit) for result in getattr(pair, side))
            cells.append(seconds(middle) + ("" if pair.solved(side) else " (not solved)"))
        for measure in MEASURES:
            ratios = pair.ratios(measure, limit)
            cells.append(times(statistics.median(ratios)) if ratios else "-")
        rows.append(cells)
    rows.sort(key=lambda cells: -float(cells[3]))
    summary = [
        (
            finding.measure,
            str(finding.instances),
            f"{finding.centre:.3f}",
            f"{finding.low:.3f} .. {finding.high:.3f}",
            "SLOWER" if finding.flagged else "",
        )
        for finding in found
    ]
    overall = table(("B/A", "instances", "geometric mean", "95 % interval", ""), summary)
    each = table(("instance", "A", "B", *(f"B/A {measure}" for measure in MEASURES)), rows)
    gone = lost(pairs)
    losses = f"\nLost by B: {', '.join(gone)}\n" if gone else ""
    return f"A: {names[0]}\nB: {names[1]}\n\n{overall}\n{losses}\n{each}"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("a")
    parser.add_argument("b", nargs="?", default=":")
    parser.add_argument("--on", action="append", help="set, `quick`, folder or file")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--limit", type=float, default=10.0)
    parser.add_argument("--threshold", type=float, default=THRESHOLD)
    parser.add_argument("--out", type=Path, required=True, help="record file, appended to")
    given = parser.parse_args(arguments)
    if not contestants.library_is_there():
        return 2
    chosen = instances.choose(given.on or ["quick"])
    if not chosen:
        print(f"bench: no instances; sets are looked for in {instances.shared()}", file=sys.stderr)
        return 2
    try:
        one, other = (
            sides.parse(text, ROOT / "build" / "bench" / "revisions") for text in (given.a, given.b)
        )
    except (sides.Unbuildable, Missing, ValueError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    limits = child.Limits(solve=given.limit, repeats=1)
    pairs = interleave(one.contestant, other.contestant, chosen, given.rounds, limits)
    if not pairs:
        print("bench: nothing was measured", file=sys.stderr)
        return 2
    found = findings(pairs, given.limit, given.threshold)
    entry = {"kind": "compare", "a": one.text, "b": other.text, "threshold": given.threshold}
    entry["findings"] = [vars(finding) for finding in found]
    entry["pairs"] = [vars(pair) for pair in pairs]
    records.append(given.out, entry)
    print(report(pairs, found, (one.text, other.text), given.limit))
    return int(any(finding.flagged for finding in found) or bool(lost(pairs)))


if __name__ == "__main__":
    sys.exit(main())
