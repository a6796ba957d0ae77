"""Random LPs: all our methods beside GLPK and HiGHS, disagreements settled in exact rationals.

    python -m tests.random.run --count 100000 [--jobs 1] [--seconds 90] [--family NAME]
    python -m tests.random.run --one FAMILY SEED      one of them again, in words, and as a file

COUNT LPs, over all families alike. The state is build/random/run.json (--state): a run that was
stopped, by --seconds or otherwise, goes on where it stood when the same command is given again, and
seeds of LPs with a fault are kept there. Each LP is solved by four ways of ours and by the peers,
then edited a few times and solved hot and anew; see contest.py. It happens in worker processes: an
LP that crashes one, or keeps it for longer than PATIENCE, is counted as lost. The library is
DCALLOC_LIBRARY, else that of build/release. Exit status 1 when anything is against us or lost,
or imprecise or undecided on numbers of ordinary sizes (families without a star).
"""

from __future__ import annotations

import argparse
import json
import math
import select
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import parts
from families import FAMILIES, HARD_NUMBERS, make

PATIENCE = 60.0  # seconds for one LP, all its solves and judgements
BLOCK = 25  # LPs of a family between two looks at the clock
KEPT = 200  # faults of a family in words; all are counted
TITLES = {
    "LPs": "LPs",
    "answers": "answers",
    "optimal": "optimal",
    "infeasible": "infeas.",
    "unbounded": "unbound.",
    "GLPK differs": "GLPK<>",
    "HiGHS differs": "HiGHS<>",
    "judged": "judged",
    "for us": "for us",
    "against us": "against",
    "undecided": "undecided",
    "hair": "by a hair",
    "imprecise": "imprecise",
    "lost": "lost",
}


class Worker:
    """A process of worker.py, replaced when it is lost."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[str] | None = None
        self.missing: list[str] = []

    def _start(self) -> subprocess.Popen[str]:
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "worker.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        self.missing = self._answer(self.process)["missing"]
        return self.process

    def _answer(self, process: subprocess.Popen[str]) -> dict[str, Any]:
        """One line of it; TimeoutError, or EOFError where the process has ended."""
        assert process.stdout is not None
        if not select.select([process.stdout], [], [], PATIENCE)[0]:
            raise TimeoutError(f"no answer in {PATIENCE:g} s")
        line = process.stdout.readline()
        if not line:
            raise EOFError(f"the process ended with status {process.wait()}")
        return json.loads(line)

    def ask(self, family: str, seed: int) -> dict[str, Any]:
        process = self.process or self._start()
        assert process.stdin is not None
        try:
            process.stdin.write(f"{family} {seed}\n")
            return self._answer(process)
        except (OSError, EOFError) as error:
            self.close()
            return {"counts": {"LPs": 1, "lost": 1}, "faults": [f"lost: {error}"]}

    def close(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None


@dataclass
class Tally:
    """What came of one family so far. Seeds below `next` are done."""

    next: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[tuple[int, list[str]]] = field(default_factory=list)

    def add(self, seed: int, answer: dict[str, Any]) -> None:
        self.next = seed + 1
        self.counts.update(answer["counts"])
        if answer["faults"] and len(self.faults) < KEPT:
            self.faults.append((seed, answer["faults"]))


def load(path: Path) -> dict[str, Tally]:
    held = json.loads(path.read_text()) if path.exists() else {}
    return {
        family: Tally(one["next"], Counter(one["counts"]), [(s, f) for s, f in one["faults"]])
        for family, one in held.items()
    }


def store(path: Path, tallies: dict[str, Tally]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    written = path.with_suffix(".new")
    written.write_text(json.dumps({name: vars(one) for name, one in tallies.items()}, indent=1))
    written.replace(path)


def run(
    tallies: dict[str, Tally],
    each: int,
    jobs: int = 1,
    seconds: float = math.inf,
    keep: Callable[[], None] = lambda: None,
) -> list[str]:
    """Up to `each` seeds of each family of `tallies`; returns who was missing. `keep` is called now
    and then."""
    end = time.monotonic() + seconds
    lock = Lock()
    missing: set[str] = set()

    def work(names: list[str]) -> None:
        worker = Worker()
        while names and time.monotonic() < end:
            for name in list(names):
                one = tallies[name]
                for seed in range(one.next, min(each, one.next + BLOCK)):
                    answer = worker.ask(name, seed)
                    with lock:
                        one.add(seed, answer)
                if one.next >= each:
                    names.remove(name)
                if time.monotonic() >= end:
                    break
            missing.update(worker.missing)
            with lock:
                keep()
        worker.close()

    names = list(tallies)
    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(work, [names[k::jobs] for k in range(jobs)]))
    return sorted(missing)


def table(tallies: dict[str, Tally]) -> str:
    """Families by rows; those of hard numbers are starred."""
    lines = [f"{'family':18}" + "".join(f"{title:>10}" for title in TITLES.values())]
    total: Counter[str] = Counter()
    for name, one in tallies.items():
        mark = "*" if name in HARD_NUMBERS else ""
        lines.append(f"{name + mark:18}" + "".join(f"{one.counts[key]:10d}" for key in TITLES))
        total.update(one.counts)
    lines.append(f"{'all':18}" + "".join(f"{total[key]:10d}" for key in TITLES))
    silent = (f"{name} of {total[name + ' unknown']}" for name in ("GLPK", "HiGHS"))
    lines.append(f"claimed nothing, on LPs and edited ones: {', '.join(silent)}")
    return "\n".join(lines)


def failures(tallies: dict[str, Tally]) -> list[str]:
    """What the promise forbids, in words."""
    found = []
    for name, one in tallies.items():
        for seed, faults in one.faults:
            for fault in faults:
                if name not in HARD_NUMBERS or not fault.startswith(("imprecise", "undecided")):
                    found.append(f"{name} {seed}: {fault}")
    return found


def show_one(family: str, seed: int) -> None:
    path = ROOT / "build/random" / f"{family}-{seed}.mps"
    path.parent.mkdir(parents=True, exist_ok=True)
    parts.write_mps(make(family, seed), path)
    worker = Worker()
    answer = worker.ask(family, seed)
    worker.close()
    print(f"{path.relative_to(ROOT)}, before its edits")
    print(", ".join(f"{count} {word}" for word, count in answer["counts"].items() if count))
    print("\n".join(answer["faults"]))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=10000, help="LPs over all families")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=math.inf, help="then stop for now")
    parser.add_argument("--family", action="append", choices=FAMILIES, help="may be given again")
    parser.add_argument("--state", type=Path, default=ROOT / "build/random/run.json")
    parser.add_argument("--one", nargs=2, metavar=("FAMILY", "SEED"))
    options = parser.parse_args()
    if options.one:
        show_one(options.one[0], int(options.one[1]))
        return 0
    held = load(options.state)
    each = -(-options.count // len(FAMILIES))
    tallies = {name: held.setdefault(name, Tally()) for name in options.family or FAMILIES}
    missing = run(tallies, each, options.jobs, options.seconds, lambda: store(options.state, held))
    print(table(tallies))
    for sentence in missing:
        print(f"not compared: {sentence}")
    found = failures(tallies)
    print("\n".join(found[:40]))
    left = sum(max(0, each - one.next) for one in tallies.values())
    if left:
        print(f"{left} LPs are left: give the same command again")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
