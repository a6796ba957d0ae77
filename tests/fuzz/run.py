"""Run fuzz targets, two at a time, each from its corpus and dictionary in the tree.

    run.py BUILD WORK NAME... (--seconds N | --runs N)

BUILD/tests/fuzz_NAME is run; what it finds that is new lies in WORK/corpus/NAME, its log in
WORK/NAME.log, and an input that breaks it in WORK/found. One line is printed for every target; the
exit status is 1 when one crashed, hung, leaked or ran less than it was asked to.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
HANG_SECONDS = 10  # for inputs of at most a few hundred bytes, on a machine that may be busy
MEMORY_MB = 2048  # resident, the fuzzer's own tables included
JOBS = 2
# Longest input: long enough for every construct, short enough for many runs a second.
LONGEST = {"basis": 256, "edits": 96, "scenario": 1024}
LONGEST_OTHERWISE = 512
# A solve has too many paths to tell them apart by how often they are taken.
EXTRA = {"edits": ["-use_counters=0"]}
ASAN = "detect_leaks=1:malloc_context_size=4:quarantine_size_mb=16:allocator_may_return_null=1"


@dataclass
class Outcome:
    name: str
    runs: int
    seconds: float
    coverage: str
    fault: str  # empty: none


def command(build: Path, work: Path, name: str, seconds: int, runs: int) -> list[str]:
    found, corpus = work / "found", work / "corpus" / name
    found.mkdir(parents=True, exist_ok=True)
    corpus.mkdir(parents=True, exist_ok=True)
    words = HERE / f"{name}.dict"
    return [
        str(build / "tests" / f"fuzz_{name}"),
        str(corpus),
        str(HERE / "corpus" / name),
        f"-max_len={LONGEST.get(name, LONGEST_OTHERWISE)}",
        f"-timeout={HANG_SECONDS}",
        f"-rss_limit_mb={MEMORY_MB}",
        f"-artifact_prefix={found}/{name}-",
        "-entropic=0",  # its bookkeeping costs more than the targets
        "-print_final_stats=1",
        f"-runs={runs}" if runs > 0 else f"-max_total_time={seconds}",
        *([f"-dict={words}"] if words.exists() else []),
        *EXTRA.get(name, []),
    ]


def fault_of(log: str, status: int, done: int, runs: int) -> str:
    """What went wrong, from libFuzzer's log; empty when nothing did."""
    patterns = (r"^broken: .*$", r"^SUMMARY: .*$|^\S+: runtime error: .*$", r"^==\d+== ERROR: .*$")
    for pattern in patterns:
        found = re.search(pattern, log, re.MULTILINE)
        if status != 0 and found:
            return found[0]
    if status != 0:
        return f"exit status {status}"
    return f"only {done} runs" if done < max(runs, 1) else ""


def run(build: Path, work: Path, name: str, seconds: int, runs: int) -> Outcome:
    began = time.monotonic()
    log_path = work / f"{name}.log"
    surroundings = {**os.environ, "ASAN_OPTIONS": ASAN, "UBSAN_OPTIONS": "halt_on_error=1"}
    work.mkdir(parents=True, exist_ok=True)
    with log_path.open("w") as log:
        status = subprocess.run(
            command(build, work, name, seconds, runs),
            stdout=log,
            stderr=subprocess.STDOUT,
            env=surroundings,
            check=False,
        ).returncode
    text = log_path.read_text(errors="replace")
    count = re.search(r"^stat::number_of_executed_units: (\d+)", text, re.MULTILINE)
    coverage = re.findall(r" cov: (\d+)", text)
    done = int(count[1]) if count else 0
    return Outcome(
        name,
        done,
        time.monotonic() - began,
        coverage[-1] if coverage else "?",
        fault_of(text, status, done, runs),
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("build", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("names", nargs="+")
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--runs", type=int, default=0)
    options = parser.parse_args()
    failed = False
    with ThreadPoolExecutor(JOBS) as pool:
        jobs = [
            pool.submit(run, options.build, options.work, name, options.seconds, options.runs)
            for name in options.names
        ]
        for job in jobs:
            end = job.result()
            failed = failed or end.fault != ""
            print(
                f"fuzz {end.name}: {end.runs} runs, {end.seconds:.0f} s, {end.coverage} edges, "
                f"{end.fault or 'clean'}",
                flush=True,
            )
    if failed:
        print(f"logs and inputs are in {options.work}", file=sys.stderr)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
