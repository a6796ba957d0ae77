"""Add up meson's test logs (one JSON object a line) and pytest's (JUnit XML): one line at the end.

A log that is missing or empty counts as a failure, so a suite that died is not a suite that passed.
Exit status 1 when anything failed.
"""

from __future__ import annotations

import json
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

PASSED = {"OK", "EXPECTEDFAIL"}
SKIPPED = {"SKIP", "IGNORED"}


def tally_meson(path: Path) -> tuple[int, int, int]:
    results = [json.loads(line)["result"] for line in path.read_text().splitlines() if line]
    passed = sum(result in PASSED for result in results)
    skipped = sum(result in SKIPPED for result in results)
    return passed, len(results) - passed - skipped, skipped


def tally_pytest(path: Path) -> tuple[int, int, int]:
    passed = failed = skipped = 0
    for suite in ElementTree.parse(path).getroot().iter("testsuite"):
        bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        idle = int(suite.get("skipped", 0))
        failed += bad
        skipped += idle
        passed += int(suite.get("tests", 0)) - bad - idle
    return passed, failed, skipped


def main(names: list[str]) -> int:
    passed = failed = skipped = 0
    for name in names:
        path = Path(name)
        try:
            counts = tally_pytest(path) if path.suffix == ".xml" else tally_meson(path)
        except (OSError, ValueError, ElementTree.ParseError) as error:
            print(f"{name}: no result ({error})", file=sys.stderr)
            counts = (0, 1, 0)
        if sum(counts) == 0:
            print(f"{name}: nothing was run", file=sys.stderr)
            counts = (0, 1, 0)
        passed, failed, skipped = passed + counts[0], failed + counts[1], skipped + counts[2]
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
