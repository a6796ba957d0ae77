"""Does the program's own word agree with the exact verdict?"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .judge import Verdict, align, inconsistencies, judge
from .mps import Lp, read

CLAIMS = {"optimal": "kkt", "infeasible": "farkas", "unbounded": "ray"}


@dataclass
class Finding:
    verdict: Verdict
    disagreements: list[str] = field(default_factory=list)


def agree(lp: Lp | str | Path, report: dict[str, Any], solution: dict[str, Any]) -> Finding:
    """Judge the solution and compare with the report of --json."""
    if not isinstance(lp, Lp):
        lp = read(lp)
    status, certificate = report["status"], report["certificate"]
    try:
        answer = align(lp, solution)
    except (KeyError, ValueError) as error:
        return Finding(Verdict(), [f"solution file: {error!r}"])
    verdict = judge(lp, status, answer)
    finding = Finding(verdict)
    if status in CLAIMS:
        if certificate["kind"] != CLAIMS[status]:
            finding.disagreements.append(f"{status} with certificate {certificate['kind']}")
        if not certificate["valid"]:
            finding.disagreements.append(f"{status} is said with a certificate that is not valid")
        if not verdict.valid:
            finding.disagreements.append(f"{status} is not proved: {'; '.join(verdict.faults[:3])}")
    if status == "infeasible" and verdict.narrow != (certificate["primal_violation"] > 0.0):
        finding.disagreements.append(
            f"margin {verdict.gap:.3g}, said to be {'wide' if verdict.narrow else 'narrow'}"
        )
    for name, ours in (
        ("rows", len(lp.row_names)),
        ("columns", len(lp.column_names)),
        ("nonzeros", lp.nonzeros),
    ):
        if report[name] != ours:
            finding.disagreements.append(f"{name}: {report[name]} reported, {ours} in the file")
    if status == "optimal":
        finding.disagreements += inconsistencies(lp, answer, report["objective"])
    return finding
