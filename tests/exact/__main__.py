"""python3 -m exact FILE.mps[.gz] ANSWER.json SOLUTION.json (from the folder tests).

ANSWER.json is what `dcalloc solve FILE --json` printed, SOLUTION.json what --solution wrote. Exit
status 0 when the exact verdict agrees with the certificate, 1 when it does not.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from .agree import agree


def main(arguments: list[str]) -> int:
    if len(arguments) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    path, answer, solution = map(Path, arguments)
    finding = agree(path, json.loads(answer.read_text()), json.loads(solution.read_text()))
    verdict = finding.verdict
    print(f"{verdict.kind}: {'valid' if verdict.valid else 'not valid'}", end="")
    if verdict.objective is not None:
        print(f", objective {float(verdict.objective):.17g}, gap {verdict.gap:.3g}", end="")
    print(f", largest violation {float(verdict.violation):.3g}")
    for fault in verdict.faults[:10]:
        print("  fault:", fault)
    for fault in finding.disagreements[:10]:
        print("  disagrees:", fault)
    return 1 if finding.disagreements else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
