"""run.py tells a clean run from a crash, a hang, a leak and a run that ended early."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

RUN = Path(__file__).resolve().parent / "run.py"
LINES = "#8\tDONE   cov: 34 ft: 99\\nstat::number_of_executed_units: {}\\n"


def play(folder: Path, script: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Run a shell script in place of the target mps."""
    (folder / "tests").mkdir()
    target = folder / "tests" / "fuzz_mps"
    target.write_text(f"#!/bin/sh\n{script}\n")
    target.chmod(0o755)
    return subprocess.run(
        [sys.executable, str(RUN), str(folder), str(folder / "work"), "mps", *options],
        capture_output=True,
        text=True,
        check=False,
    )


def test_clean(tmp_path: Path) -> None:
    done = play(tmp_path, f"printf '{LINES.format(100)}'", "--runs", "100")
    assert done.returncode == 0
    assert done.stdout.startswith("fuzz mps: 100 runs, ")
    assert done.stdout.endswith(" 34 edges, clean\n")


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        ("echo 'broken: a place'; exit 77", "broken: a place"),
        ("echo '==7== ERROR: libFuzzer: timeout after 10 seconds'; exit 70", "timeout"),
        ("echo 'SUMMARY: AddressSanitizer: 8 byte(s) leaked'; exit 77", "8 byte(s) leaked"),
        ("echo 'a.c:3:4: runtime error: shift'; exit 1", "a.c:3:4: runtime error: shift"),
        ("exit 5", "exit status 5"),
        (f"printf '{LINES.format(99)}'", "only 99 runs"),
        ("true", "only 0 runs"),
    ],
)
def test_faults(tmp_path: Path, script: str, fault: str) -> None:
    done = play(tmp_path, script, "--runs", "100")
    assert done.returncode == 1
    assert fault in done.stdout
    assert "clean" not in done.stdout
