"""The C that README.md shows is an example and prints what it says (others: their tests)."""

from __future__ import annotations

import re
import subprocess
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
    source = (ROOT / "examples" / "two_solves.c").read_text()
    marked = re.search(r"/\* \[README \*/\n(.*?)\n +/\* README\] \*/", source, re.DOTALL)[1]
    assert shown("c") == textwrap.dedent(marked)


def test_c_prints_what_is_promised() -> None:
    example = Path(harness.program()).parent / "two_solves"
    scenario = ROOT / "examples" / "scenarios" / "gpu-cluster.json"
    command = [str(example), str(scenario), "feed-D"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert run.returncode == 0 and run.stdout == promised_after("c")
