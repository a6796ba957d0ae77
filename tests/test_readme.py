"""What README.md shows is what runs: its C is an example's, its Python prints what it says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import harness

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text()


def shown(language: str) -> str:
    return re.search(rf"```{language}\n(.*?)\n```", README, re.DOTALL)[1]


def promised_after(language: str) -> str:
    block = re.search(rf"```{language}\n.*?\n```\n\n((?:    [^\n]*\n)+)", README, re.DOTALL)[1]
    return textwrap.dedent(block)


def test_c_is_the_example() -> None:
    source = (ROOT / "examples" / "one_hall.c").read_text()
    marked = re.search(r"/\* \[README \*/\n(.*?)\n +/\* README\] \*/", source, re.DOTALL)[1]
    assert shown("c") == textwrap.dedent(marked)


def test_c_prints_what_is_promised() -> None:
    example = Path(harness.program()).parent / "one_hall"
    run = subprocess.run([str(example)], capture_output=True, text=True, timeout=60)
    assert run.returncode == 0 and run.stdout == promised_after("c")


def test_python_prints_what_is_promised() -> None:
    library = Path(harness.program()).parent.parent / "lib" / "libdcalloc.so"
    paths = [str(ROOT / "bindings" / "python"), os.environ.get("PYTHONPATH", "")]
    run = subprocess.run(
        [sys.executable, "-c", shown("python")],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "DCALLOC_LIBRARY": str(library), "PYTHONPATH": os.pathsep.join(paths)},
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout == promised_after("python")
