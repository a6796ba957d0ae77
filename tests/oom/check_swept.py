"""Every public function is swept, or shown to allocate nothing: tests/oom against the headers.

check_swept.py INCLUDE PROGRAM    PROGRAM --list tells what it calls, one name a line
check_swept.py --self-test
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from check_symbols import declared


def compare(promised: set[str], called: set[str]) -> list[str]:
    return [
        *(f"{name} is declared, and tests/oom does not call it" for name in promised - called),
        *(f"{name} is called, and no header declares it" for name in called - promised),
    ]


def self_test() -> list[str]:
    if compare({"dca_a"}, {"dca_a"}):
        return ["equal sets are not let pass"]
    found = compare({"dca_a", "dca_new"}, {"dca_a", "dca_gone"})
    return [] if len(found) == 2 else [f"not refused: {found}"]


def main() -> int:
    if sys.argv[1:] == ["--self-test"]:
        faults = self_test()
    else:
        include, program = sys.argv[1:]
        listed = subprocess.run([program, "--list"], capture_output=True, text=True, check=True)
        called = {line for line in listed.stdout.split() if line.startswith("dca_")}
        faults = sorted(compare(declared(Path(include)), called))
    print("\n".join(faults) or "no faults")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
