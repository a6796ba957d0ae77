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


def on_terminal(
    *arguments: str | Path, stream: str = "stdout", status: int = 0, **variables: str
) -> str:
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
    assert process.wait(timeout=60) == status
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


def test_an_error_has_a_caret(tmp_path: Path) -> None:
    path = tmp_path / "a.lp"
    path.write_text("Minimize\n caf\u00e9 ? y\nEnd\n", "utf-8")
    shown = on_terminal("solve", path, stream="stderr", status=3, NO_COLOR="1")
    first, line, caret = shown.replace("\r\n", "\n").splitlines()
    assert first.startswith(f"{path}:2:8: found '?'")
    assert (line, caret) == ("   caf\u00e9 ? y", "        ^")
    shown = on_terminal("solve", path, stream="stderr", status=3, NO_COLOR="1", LC_ALL="C")
    assert shown.splitlines()[1:] == ["   caf?? ? y", "         ^"]
    assert run("solve", path).stderr.count("\n") == 1, "one line for scripts"
