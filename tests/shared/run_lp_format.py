"""Write shared LPs as LP files, read them back, and compare: the same text again, the same optimum.

    python3 tests/shared/run_lp_format.py [--match 'netlib-*'] [--max-nonzeros N] [--time-limit 60]
        [--glpsol N]

Each LP is converted MPS -> LP -> LP; the two LP files must be the same, byte for byte. Then the MPS
file and the LP file are solved: both optimal and proved, objectives within 1e-9 (relative) of each
other. With `--glpsol N` LPs of up to N nonzeros are also solved by glpsol from the LP file: within
1e-6 of ours. That the problem is the same bit for bit, tests/unit/io/test_lpfile_write.c tests.
Exit status 1 when anything differs.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from run_reference import Instance, instances, program_path, shared_folder

TOLERANCE = 1e-9
GLPK_TOLERANCE = 1e-6  # GLPK stops at 1e-7 in its own scaling


@dataclass
class Outcome:
    name: str
    bytes: int = 0
    error: float = 0.0  # of the objectives, relative
    glpk_error: float = -1.0  # -1: not asked
    wrong: str = ""


def difference(a: float, b: float) -> float:
    return abs(a - b) / max(1.0, abs(a), abs(b))


def _solve(program: Path, path: Path, limit: float) -> float | str:
    done = subprocess.run(
        [str(program), "solve", str(path), "--json", "--time-limit", f"{limit:g}"],
        capture_output=True,
        text=True,
        check=False,
    )
    report = json.loads(done.stdout)
    if report["status"] != "optimal" or not report["certificate"]["valid"]:
        return f"{path.name} is {report['status']}"
    return float(report["objective"])


def _glpsol(path: Path, folder: Path, limit: float) -> float | str:
    answer = folder / "glpsol.txt"
    subprocess.run(
        ["glpsol", "--lp", str(path), "--tmlim", f"{limit:.0f}", "-w", str(answer)],
        capture_output=True,
        check=False,
    )
    lines = answer.read_text().splitlines() if answer.exists() else []
    for words in (line.split() for line in lines if line.startswith("s bas")):
        return float(words[6]) if words[4:6] == ["f", "f"] else f"glpsol says {words[4:6]}"
    return "glpsol has no answer"


def compare(instance: Instance, limit: float, glpsol: int, program: Path | None = None) -> Outcome:
    program = program or program_path()
    result = Outcome(instance.name)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first, second = folder / "first.lp", folder / "second.lp"
        for source, target in ((instance.path, first), (first, second)):
            done = subprocess.run(
                [str(program), "convert", str(source), str(target)],
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode != 0:
                result.wrong = done.stderr.strip()
                return result
        result.bytes = first.stat().st_size
        if first.read_bytes() != second.read_bytes():
            result.wrong = "another text when written again"
            return result
        before, after = _solve(program, instance.path, limit), _solve(program, first, limit)
        if isinstance(before, str) or isinstance(after, str):
            result.wrong = f"{before}, {after}"
            return result
        result.error = difference(before, after)
        if result.error > TOLERANCE:
            result.wrong = f"{before!r} and {after!r}"
        if instance.nonzeros <= glpsol:
            other = _glpsol(first, folder, limit)
            result.glpk_error = 1.0 if isinstance(other, str) else difference(other, after)
            if result.glpk_error > GLPK_TOLERANCE:
                result.wrong = f"{other!r} by glpsol, {after!r}"
    return result


def show(result: Outcome) -> str:
    return (
        f"{'WRONG' if result.wrong else 'ok':5} {result.name:34} {result.bytes:9d} bytes "
        f"{result.error:8.1e} {result.glpk_error:8.1e} {result.wrong}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--match", default="netlib-*", help="names, as a shell pattern")
    parser.add_argument("--max-nonzeros", type=int, default=sys.maxsize)
    parser.add_argument("--time-limit", type=float, default=60.0)
    parser.add_argument("--glpsol", type=int, default=0, metavar="NONZEROS")
    options = parser.parse_args()
    if options.glpsol and shutil.which("glpsol") is None:
        parser.error("glpsol is not installed")
    chosen = [
        instance
        for instance in instances(("feasible",), options.match)
        if instance.nonzeros <= options.max_nonzeros
    ]
    if not chosen:
        print(f"no LPs chosen under {shared_folder()}", file=sys.stderr)
        return 2
    results = []
    for instance in chosen:
        results.append(compare(instance, options.time_limit, options.glpsol))
        print(show(results[-1]), flush=True)
    wrong = [result.name for result in results if result.wrong]
    largest = max(result.error for result in results)
    asked = sum(result.glpk_error >= 0 for result in results)
    print(
        f"{len(results) - len(wrong)} of {len(results)} the same, objectives within {largest:.1e}, "
        f"{asked} solved by glpsol too; wrong: {' '.join(wrong) or 'none'}"
    )
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
