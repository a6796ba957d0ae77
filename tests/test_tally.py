"""The tally counts what was run, and takes no result for a failure."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

TALLY = Path(__file__).with_name("tally.py")
GREEN = '{"name": "a", "result": "OK"}\n{"name": "b", "result": "SKIP"}\n'
SUITE = (
    '<testsuites><testsuite tests="5" failures="{0}" errors="0" skipped="2">'
    "</testsuite></testsuites>"
)


def tally(*paths: Path) -> tuple[int, str]:
    run = subprocess.run(
        [sys.executable, str(TALLY), *map(str, paths)], capture_output=True, text=True, check=False
    )
    return run.returncode, run.stdout.strip()


def test_sums(tmp_path: Path) -> None:
    (tmp_path / "log.json").write_text(GREEN)
    (tmp_path / "log.xml").write_text(SUITE.format(0))
    assert tally(tmp_path / "log.json", tmp_path / "log.xml") == (
        0,
        "4 passed, 0 failed, 3 skipped",
    )


def test_failures_count(tmp_path: Path) -> None:
    for bad in ("FAIL", "TIMEOUT", "ERROR", "UNEXPECTEDPASS", "INTERRUPT"):
        (tmp_path / "log.json").write_text(GREEN + f'{{"name": "c", "result": "{bad}"}}\n')
        assert tally(tmp_path / "log.json") == (1, "1 passed, 1 failed, 1 skipped")
    (tmp_path / "log.xml").write_text(SUITE.format(1))
    assert tally(tmp_path / "log.xml") == (1, "2 passed, 1 failed, 2 skipped")


def test_silence_is_a_failure(tmp_path: Path) -> None:
    assert tally(tmp_path / "absent.json")[0] == 1
    (tmp_path / "empty.json").write_text("")
    assert tally(tmp_path / "empty.json")[0] == 1
    (tmp_path / "cut.xml").write_text("<testsuites><test")
    assert tally(tmp_path / "cut.xml")[0] == 1
