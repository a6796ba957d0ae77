"""On a terminal: colours and bars, unless NO_COLOR asks for none; in a pipe: plain text."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from harness import ROOT, program, run

pty = pytest.importorskip("pty")

SCENARIO = ROOT / "examples" / "scenarios" / "gpu-cluster.json"
ESCAPE = "\033["


def on_terminal(*arguments: str | Path, stream: str = "stdout", **variables: str) -> str:
    """What the program writes to a terminal that stands for one of its streams."""
    ours, theirs = pty.openpty()
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    environment |= {"TERM": "xterm", "LC_ALL": "C.UTF-8", **variables}
    streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, stream: theirs}
    process = subprocess.Popen(
        [program(), *map(str, arguments)], env=environment, stdin=subprocess.DEVNULL, **streams
    )
    os.close(theirs)
    parts = []
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:
            break
        if not part:
            break
        parts.append(part)
    os.close(ours)
    assert process.wait(timeout=60) == 0
    return b"".join(parts).decode()


def test_colours_on_a_terminal() -> None:
    shown = on_terminal("solve", SCENARIO)
    assert ESCAPE in shown and "█" in shown


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colours_when_asked(variables: dict[str, str]) -> None:
    shown = on_terminal("solve", SCENARIO, **variables)
    assert ESCAPE not in shown and "feed-A" in shown


def test_no_unicode_without_utf8() -> None:
    shown = on_terminal("solve", SCENARIO, LC_ALL="C")
    assert "█" not in shown and "####" in shown


def test_plain_in_a_pipe() -> None:
    done = run("solve", SCENARIO)
    assert ESCAPE not in done.stdout and done.stdout.isascii()
    assert done.stderr == ""


def test_quick_work_shows_no_progress() -> None:
    shown = on_terminal(
        "solve", ROOT / "examples/scenarios/article-4-indivisible.json", stream="stderr"
    )
    assert shown == ""


def test_options_on_a_terminal() -> None:
    assert ESCAPE in on_terminal("options")
