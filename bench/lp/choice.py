"""What `method = auto` counts of an LP, and what each method then takes: the table behind the rule.

    python3 bench/lp/choice.py FILE... [--method dual,primal,auto] [--time-limit S] [--option N=V]

One line for each file and method, separated by tabs. The counts are those of the presolved problem,
as the log of `auto` tells them; work is in entries touched. docs/algorithms/choice.md has the rule.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
COUNTS = re.compile(
    r"violate (?P<violated>\d+) of (?P<rows>\d+) rows \((?P<equations>\d+) equations\), and of "
    r"(?P<columns>\d+) columns \((?P<priced>\d+) with a price\) (?P<wrong>\d+) have a wrong sign "
    r"and (?P<flips>\d+) are to be flipped; predicted (?P<predicted>[^ ]+) entries"
)
WORK = re.compile(r"iterations, (\d+) entries touched")
NAMES = ("rows", "columns", "violated", "equations", "priced", "wrong", "flips", "predicted")
TOLD = ("status", "method", "iterations", "solve_seconds")


def counts(log: str) -> dict[str, str]:
    """The figures of the first sentence of `auto` in a log; empty where it had no say."""
    found = COUNTS.search(log)
    return found.groupdict() if found else {}


def solve(file: str, method: str, limit: float, options: list[str]) -> tuple[dict[str, str], str]:
    """What the program tells of one run, with its work; and its log."""
    program = os.environ.get("DCALLOC_PROGRAM", str(ROOT / "build/release/examples/dcalloc"))
    command = [program, "solve", file, "--json", "--relax", "--verbose", "--method", method]
    command += ["--time-limit", f"{limit:g}"]
    for option in options:
        command += ["--option", option]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    answer = json.loads(done.stdout) if done.stdout else {"status": "failed"}
    told = {name: str(answer.get(name, "-")) for name in TOLD}
    work = WORK.findall(done.stderr)
    told["work"] = work[-1] if work else "-"
    return told, done.stderr


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--method", default="dual,primal,auto")
    parser.add_argument("--time-limit", type=float, default=10.0)
    parser.add_argument("--option", action="append", default=[])
    asked = parser.parse_args()
    print("\t".join(("file", "asked", *TOLD, "work", *NAMES)))
    for file in asked.files:
        _, log = solve(file, "auto", asked.time_limit, [*asked.option, "limits.iterations=1"])
        figures = counts(log)
        for method in asked.method.split(","):
            told, _ = solve(file, method, asked.time_limit, asked.option)
            row = [Path(file).name, method, *told.values(), *(figures.get(n, "-") for n in NAMES)]
            print("\t".join(row), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
