"""The sections of the LP bench: solved counts and means, best peer, refuted answers, memory,
spread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from bench.lp.records import Record
from bench.report import stats
from bench.report.field import BEST, Field
from bench.report.page import Section, mebibytes, seconds, table, times

MEBIBYTE = float(2**20)
QUICKEST = 0.01  # seconds from which processor time is told well enough


def sections(records: Sequence[Record], subject: str = "dcalloc") -> list[Section]:
    """Everything that can be said in words about LP results."""
    field = Field.of(records)
    if not field.instances:
        return [Section("Linear programmes", "No instance was run on by every contestant.")]
    made = [_surroundings(records, field), _means(field)]
    if subject in field.contestants and field.peers:
        made += [_families(field, subject), _instances(field, subject)]
    return [*made, _refuted(field), _unsolved(field), _memory(field), _spread(field)]


def _surroundings(records: Sequence[Record], field: Field) -> Section:
    """Machine, commit, versions, options, limits; who was missing."""
    runs = [r for r in records if r["kind"] == "run"]
    lines = []
    for run in runs[-1:]:
        m = run["machine"]
        changed = ", tree changed" if m["changed"] else ""
        lines.append(f"Commit {m['commit']}{changed}, {run['start']}.")
        lines.append(
            f"{m['processor']}, {m['processors']} processors, {m['memory']}, {m['system']}."
        )
        limits = run["limits"]
        longest = max(field.limit(lp) for lp in field.instances)
        lines.append(
            f"Limit {longest:g} s, {limits['repeats']} repeats below a second, address"
            f" space {limits['memory'] / 2**30:g} GiB, one thread; load average at the start"
            f" {m['load'][0]:.2f}."
        )
    for name, limit in field.given_less().items():
        lines.append(f"{name} was stopped at {limit:g} s; unsolved, it counts as the others do.")
    latest = {r["contestant"]: r["version"] for r in field.cells.values()}
    options: dict[str, list[str]] = {}
    for run in runs:
        options.update(run["options"])
    rows = [
        (name, latest[name], ", ".join(options.get(name, [])) or "defaults")
        for name in field.contestants
    ]
    lines += ["", table(("contestant", "version", "options"), rows, numbers=False), ""]
    there = set(field.contestants)
    missing = {r["contestant"]: r["reason"] for r in records if r["kind"] == "missing"}
    for name, reason in missing.items():
        if name not in there:
            lines.append(f"- Missing: **{name}** ({reason})")
    for record in records:
        if record["kind"] == "unreadable":
            lines.append(f"- Unreadable: {record['instance']} ({record['text']})")
    if field.partial:
        lines.append(f"- Not run on by everybody, left out: {', '.join(field.partial)}")
    return Section("Setting", "\n".join(lines))


def _means(field: Field) -> Section:
    """Solved counts and shifted geometric means, per family."""
    rows = []
    for family, part in field.by_family():
        row = [f"{family} ({len(part.instances)})"]
        for name in field.contestants:
            solved = sum(part.solved(name, lp) for lp in part.instances)
            row.append(f"{solved}: {seconds(stats.shifted_mean(part.times(name)))}")
        rows.append(row)
    text = "Number solved: shifted geometric mean (10 ms) of the times, the limit where unsolved."
    return Section(
        "Solved, and mean time",
        f"{text}\n\n{table(('family', *field.contestants), rows)}\n\n{{profiles}}",
    )


def _families(field: Field, subject: str) -> Section:
    """The subject beside the best peer, per family."""
    rows = []
    for family, part in field.by_family():
        ratios = [stats.ratio(part.time(subject, lp), part.best(lp)[0]) for lp in part.instances]
        own = stats.shifted_mean(part.times(subject))
        best = stats.shifted_mean(part.times(BEST))
        rows.append(
            (
                f"{family} ({len(ratios)})",
                seconds(own),
                seconds(best),
                times(_to_best(part, subject)),
                times(stats.geometric_mean(ratios)),
                str(sum(r <= 1.0 for r in ratios)),
                str(sum(r > 2.0 for r in ratios)),
                times(max(ratios)),
            )
        )
    text = (
        f"Best peer: the fastest of {', '.join(field.peers)} on each instance, chosen afterwards."
        " Ratio of the shifted geometric means, and geometric mean of the ratios; above 1 is a"
        f" loss. Floor {1e3 * stats.FLOOR:g} ms."
    )
    head = ("family", subject, BEST, "ratio of means", "mean of ratios", "<= 1", "> 2", "worst")
    return Section(f"{subject} and the best peer", f"{text}\n\n{table(head, rows)}\n\n{{ratios}}")


def _instances(field: Field, subject: str) -> Section:
    """Instance by instance, losses first."""
    rows = []
    for lp in field.instances:
        best, name = field.best(lp)
        r = stats.ratio(field.time(subject, lp), best)
        own = seconds(field.time(subject, lp))
        if not field.solved(subject, lp):
            own += f" ({field[subject, lp]['why'] or field[subject, lp]['status']})"
        peer = f"{seconds(best)} ({name})" if field.best_solved(lp) else "none"
        size = f"{field[subject, lp]['nonzeros']}"
        rows.append((r, field.solved(subject, lp), (lp, size, own, peer, times(r))))
    rows.sort(key=lambda row: (row[1], -row[0]))
    head = ("instance", "nonzeros", subject, BEST, "ratio")
    text = "Not solved first, then by the ratio to the best peer, losses first."
    return Section("Instance by instance", f"{text}\n\n{table(head, [row[2] for row in rows])}")


def _refuted(field: Field) -> Section:
    """Answers that were claimed and are not true."""
    found = [
        (name, lp, field[name, lp]["verdict"], field[name, lp]["status"], field[name, lp]["why"])
        for name in field.contestants
        for lp in field.instances
        if field[name, lp]["verdict"] in ("wrong", "imprecise")
    ]
    if not found:
        return Section("Refuted answers", "None.")
    head = ("contestant", "instance", "verdict", "said", "why")
    return Section("Refuted answers", table(head, found, numbers=False))


def _unsolved(field: Field) -> Section:
    """How often each contestant did not get there, and how."""
    lines = []
    for name in field.contestants:
        records = [field[name, lp] for lp in field.instances]
        left = [r for r in records if r["verdict"] == "unsolved"]
        for why, count in sorted(Counter(r["why"] or r["status"] for r in left).items()):
            which = [r["instance"] for r in left if (r["why"] or r["status"]) == why]
            lines.append((name, why, str(count), ", ".join(which)))
    if not lines:
        return Section("Unsolved", "None.")
    head = ("contestant", "why", "number", "instances")
    return Section("Unsolved", table(head, lines, numbers=False))


def _memory(field: Field) -> Section:
    """Peak memory, per family."""
    rows = []
    for family, part in field.by_family():
        known = [
            lp
            for lp in part.instances
            if all(part[name, lp]["memory"] is not None for name in field.contestants)
        ]
        row = [f"{family} ({len(known)})"]
        for name in field.contestants:
            values = [float(part[name, lp]["memory"]) for lp in known]
            row.append(mebibytes(stats.shifted_mean(values, MEBIBYTE)))
        rows.append(row)
    text = (
        "Shifted geometric mean (1 MiB) of the peak during load and first solve, less what stood"
        " after reading, over the instances where it is known of all."
    )
    head = ("family", *field.contestants)
    return Section("Peak memory", f"{text}\n\n{table(head, rows)}\n\n{{memory}}")


def _spread(field: Field) -> Section:
    """How far the repeats of a measurement lie apart, and what disturbed them."""
    rows = []
    for name in field.contestants:
        records = [field[name, lp] for lp in field.instances if field.solved(name, lp)]
        spreads = [_range(r["times"][1:]) for r in records if len(r["times"]) > 2]
        walls = [r["wall_seconds" if "wall_seconds" in r else "seconds"] for r in records]
        held = [r["processor_seconds"] / w for r, w in zip(records, walls) if w > QUICKEST]
        if not spreads or not held:
            continue
        rows.append(
            (
                name,
                f"{100 * np.median(spreads):.1f} %",
                f"{100 * np.quantile(spreads, 0.9):.1f} %",
                f"{100 * np.median(held):.0f} %",
                f"{100 * np.min(held):.0f} .. {100 * np.max(held):.0f} %",
            )
        )
    text = (
        "Interquartile range of the repeats, by the wall clock, over their median; and processor"
        f" time over wall clock on solves of more than {1e3 * QUICKEST:g} ms: well below 100 %"
        " others were running, above it there was more than one thread."
    )
    head = ("contestant", "spread", "90th percentile", "processor", "from .. to")
    return Section("Spread", f"{text}\n\n{table(head, rows)}")


def _range(repeats: Sequence[float]) -> float:
    """Interquartile range over the median."""
    low, middle, high = np.quantile(repeats, [0.25, 0.5, 0.75])
    return float((high - low) / middle)


def between(first: Sequence[Record], second: Sequence[Record], subject: str = "dcalloc") -> Section:
    """Two runs of the same: how far their means, and the ratio to the best peer, lie apart."""
    one, two = Field.of(first), Field.of(second)
    names = [name for name in one.contestants if name in two.contestants]
    common = [lp for lp in one.instances if lp in set(two.instances)]
    ours = subject in names and bool(one.peers) and one.peers == two.peers
    rows = []
    largest = 0.0
    parts = zip(one.only(common).by_family(), two.only(common).by_family())
    for (family, a), (_, b) in parts:
        row = [f"{family} ({len(a.instances)})"]
        if ours:
            was, now = (_to_best(part, subject) for part in (a, b))
            largest = max(largest, abs(now / was - 1.0))
            row += [times(was), times(now), f"{100.0 * (now / was - 1.0):+.1f} %"]
        for name in names:
            ratio = stats.shifted_mean(b.times(name)) / stats.shifted_mean(a.times(name))
            row.append(f"{100.0 * (ratio - 1.0):+.1f} %")
        rows.append(row)
    text = "Changes of the shifted geometric means from the first run to the second."
    head = ["family", *names]
    if ours:
        head[1:1] = [f"{subject} / {BEST}, first", "second", "change"]
        text = f"Largest change of the ratio to the best peer: {100.0 * largest:.1f} %. {text}"
    return Section("Two runs", f"{text}\n\n{table(head, rows)}")


def _to_best(field: Field, subject: str) -> float:
    """Ratio of the shifted geometric means."""
    return stats.shifted_mean(field.times(subject)) / stats.shifted_mean(field.times(BEST))
