"""Run the program, and say plainly why not when it is not there.

DCALLOC_PROGRAM names the program (set by ./dev test: then it must exist); without it the release
build is used where there is one, and tests skip where there is none.
"""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests"


def program() -> str:
    given = os.environ.get("DCALLOC_PROGRAM")
    path = Path(given or ROOT / "build/release/examples/dcalloc")
    if given and not path.exists():
        pytest.fail(f"DCALLOC_PROGRAM={given} does not exist")
    if not path.exists():
        pytest.skip(f"{path} is not built")
    return str(path)


def shared_data() -> Path:
    """The folder of LPs and traces beside the project; the test skips without it."""
    path = Path(os.environ.get("DCALLOC_SHARED", ROOT.parent / "shared")) / "data"
    if not path.is_dir():
        pytest.skip(f"no shared data at {path}")
    return path


def _refuse(word: str) -> float:
    raise ValueError(f"{word} is no JSON")


@dataclass
class Run:
    """One run of the program."""

    status: int
    stdout: str
    stderr: str

    def json(self) -> dict[str, Any]:
        """The one JSON object on standard output."""
        assert self.stdout.endswith("\n"), self
        value = json.loads(self.stdout, parse_constant=_refuse)
        assert isinstance(value, dict)
        return value


def run(*arguments: str | Path, timeout: float = 60.0, **keywords: Any) -> Run:
    done = subprocess.run(
        [program(), *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
        **keywords,
    )
    return Run(done.returncode, done.stdout, done.stderr)


def solve(path: Path, folder: Path, *arguments: str) -> tuple[Run, dict[str, Any]]:
    """Solve with --json and --solution; the solution is empty when none was written."""
    solution = folder / (path.name + ".solution.json")
    solution.unlink(missing_ok=True)
    done = run("solve", path, "--json", "--solution", solution, *arguments)
    return done, json.loads(solution.read_text()) if solution.exists() else {}
