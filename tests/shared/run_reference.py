"""Run the program over the shared LPs and compare with their reference.tsv.

    python3 tests/shared/run_reference.py [--set feasible] [--match 'netlib-*'] [--time-limit 60]
        [--jobs 1] [--max-nonzeros N] [--exact N] [--json OUT] [-- further arguments of the program]

An LP of the sets feasible and allocation counts as solved when the program says optimal with a
valid certificate, an objective within 1e-6 (relative) of the reference and within the time limit;
of the set infeasible, when it says infeasible with a valid Farkas certificate. `--exact N` also has
answers of LPs up to N nonzeros judged in exact rationals. Exit status 1 when an answer is *wrong*:
optimal with another objective, optimal where infeasible, or a claim that the exact judge refutes.
Three LPs are so ill-conditioned that solvers differ in the sixth digit: there the judge decides.
"""

from __future__ import annotations

import argparse
import fnmatch
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from exact.agree import agree

ROOT = Path(__file__).resolve().parent.parent.parent
SETS = ("feasible", "infeasible", "allocation")
TOLERANCE = 1e-6
# So ill-conditioned that solvers differ in the sixth digit: here the exact judge decides alone.
ILL_CONDITIONED = {"meszaros-delfland", "meszaros-bpmpd", "meszaros-model3"}
GRACE = 5.0  # seconds beyond its own limit before a run is killed


@dataclass
class Instance:
    name: str
    group: str
    path: Path
    nonzeros: int  # 0: not known
    objective: float  # NaN: infeasible


@dataclass
class Outcome:
    name: str
    group: str
    nonzeros: int = 0
    status: str = "-"
    objective: float = math.nan
    error: float = math.nan  # relative, of the objective
    certificate: str = "-"
    seconds: float = math.nan  # the process, from outside
    solve_seconds: float = math.nan
    iterations: int = -1
    solved: bool = False
    wrong: bool = False
    note: str = ""


def shared_folder() -> Path:
    return Path(os.environ.get("DCALLOC_SHARED", ROOT.parent / "shared"))


def program_path() -> Path:
    return Path(os.environ.get("DCALLOC_PROGRAM", ROOT / "build/release/examples/dcalloc"))


def instances(groups: tuple[str, ...] = SETS, match: str = "*") -> Iterator[Instance]:
    """The shared LPs, by set and name."""
    for group in groups:
        folder = shared_folder() / "data" / "lp" / group
        if not (folder / "reference.tsv").exists():
            continue
        for line in (folder / "reference.tsv").read_text().splitlines():
            words = line.split("\t")
            if line.startswith("#") or not fnmatch.fnmatch(words[0], match):
                continue
            known = len(words) > 4
            yield Instance(
                words[0],
                group,
                folder / f"{words[0]}.mps.gz",
                int(words[3]) if known else 0,
                float(words[4]) if known else math.nan,
            )


def run(
    instance: Instance,
    limit: float,
    exact: int = 0,
    arguments: tuple[str, ...] = (),
    program: Path | None = None,
) -> Outcome:
    """Solve one LP with the program and judge what it says."""
    result = Outcome(instance.name, instance.group, instance.nonzeros)
    if instance.name in ILL_CONDITIONED:
        exact = sys.maxsize
    with tempfile.TemporaryDirectory() as folder:
        solution = Path(folder) / "solution.json"
        command = [str(program or program_path()), "solve", str(instance.path), "--json", "--relax"]
        command += ["--time-limit", f"{limit:g}", *arguments]
        if exact > 0:
            command += ["--solution", str(solution)]
        start = time.monotonic()
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=limit + GRACE, check=False
            )
        except subprocess.TimeoutExpired:
            result.status, result.seconds = "killed", time.monotonic() - start
            return result
        result.seconds = time.monotonic() - start
        try:
            report = json.loads(done.stdout)
        except ValueError:
            result.status = f"exit {done.returncode}"
            result.note = (done.stderr.strip().splitlines() or [""])[-1][:100]
            return result
        _fill(result, report, instance, limit)
        if solution.exists() and report.get("nonzeros", math.inf) <= exact:
            finding = agree(instance.path, report, json.loads(solution.read_text()))
            if finding.disagreements:
                result.wrong, result.solved = True, False
                result.note = "exact: " + "; ".join(finding.disagreements[:2])
            elif result.wrong and instance.name in ILL_CONDITIONED:
                result.wrong, result.solved = False, finding.verdict.valid
                result.note = f"the exact judge proves {result.objective:.11g}"
    return result


def _fill(result: Outcome, report: dict, instance: Instance, limit: float) -> None:
    certificate = report.get("certificate") or {}
    valid = bool(certificate.get("valid"))
    result.status = report["status"]
    result.certificate = f"{certificate.get('kind', 'none')}{'' if valid else ' (not valid)'}"
    result.iterations = report.get("iterations", -1)
    result.solve_seconds = report.get("solve_seconds", math.nan)
    result.nonzeros = report.get("nonzeros", result.nonzeros)
    if report.get("objective") is not None:
        result.objective = report["objective"]
    if report["status"] in ("error", "unsupported"):
        result.note = str(report.get("text", report.get("error", "")))[:100]
    if instance.group == "infeasible":
        result.solved = result.status == "infeasible" and valid
        result.wrong = result.status in ("optimal", "unbounded")
        return
    scale = abs(instance.objective) or 1.0
    result.error = abs(result.objective - instance.objective) / scale
    right = result.error <= TOLERANCE
    in_time = result.seconds <= limit
    result.solved = result.status == "optimal" and valid and right and in_time
    result.wrong = (result.status == "optimal" and not right) or result.status in (
        "infeasible",
        "unbounded",
    )


def show(result: Outcome) -> str:
    mark = "WRONG" if result.wrong else "ok" if result.solved else "lost"
    return (
        f"{mark:5} {result.name:34} {result.nonzeros:9d} {result.status:14.14} "
        f"{result.objective:18.10e} {result.error:8.1e} {result.certificate:20.20} "
        f"{result.seconds:8.2f} {result.solve_seconds:8.2f} {result.iterations:8d}  {result.note}"
    )


def summary(results: list[Outcome]) -> str:
    lines = []
    for group in SETS:
        of_group = [r for r in results if r.group == group]
        families = sorted({r.name.split("-")[0].split("_")[0] for r in of_group})
        for family in families if len(families) > 1 else []:
            part = [r for r in of_group if r.name.split("-")[0].split("_")[0] == family]
            lines.append(_score(f"  {family}", part))
        if of_group:
            lines.append(_score(group, of_group))
    lost = [r.name for r in results if not r.solved and not r.wrong]
    wrong = [r.name for r in results if r.wrong]
    lines.append(f"lost: {' '.join(lost) or 'none'}")
    lines.append(f"wrong: {' '.join(wrong) or 'none'}")
    return "\n".join(lines)


def _score(title: str, results: list[Outcome]) -> str:
    shift = 0.01
    times = [r.seconds for r in results if math.isfinite(r.seconds)]
    mean = math.exp(sum(math.log(t + shift) for t in times) / len(times)) - shift if times else 0.0
    solved = sum(r.solved for r in results)
    return f"{title:20} {solved:4d} of {len(results):4d} solved, shifted mean {mean:.3f} s"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--set", action="append", choices=SETS, help="may be given again")
    parser.add_argument("--match", default="*", help="names, as a shell pattern")
    parser.add_argument("--time-limit", type=float, default=60.0)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--max-nonzeros", type=int, default=0)
    parser.add_argument("--exact", type=int, default=0, metavar="NONZEROS")
    parser.add_argument("--program", type=Path)
    parser.add_argument("--json", type=Path, help="write the table here as well")
    parser.add_argument("arguments", nargs="*", help="passed on to the program")
    options = parser.parse_args()
    chosen = [
        instance
        for instance in instances(tuple(options.set or SETS), options.match)
        if not options.max_nonzeros or 0 < instance.nonzeros <= options.max_nonzeros
    ]
    if not chosen:
        print(f"no LPs chosen under {shared_folder()}", file=sys.stderr)
        return 2
    results = []
    with ThreadPoolExecutor(options.jobs) as pool:
        for result in pool.map(
            lambda instance: run(
                instance,
                options.time_limit,
                options.exact,
                tuple(options.arguments),
                options.program,
            ),
            chosen,
        ):
            print(show(result), flush=True)
            results.append(result)
    print(summary(results))
    if options.json:
        options.json.write_text(json.dumps([asdict(r) for r in results], indent=1))
    return int(any(result.wrong for result in results))


if __name__ == "__main__":
    sys.exit(main())
