"""Run one contestant over a trace and take down what it tells, whatever becomes of it."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.lp.contestants import Contestant


@dataclass(frozen=True)
class Limits:
    solve: float = 30.0  # seconds, told to the solver
    grace: float = 10.0  # seconds beyond, before it counts as hung
    load: float = 300.0  # seconds to read and load
    budget: float = 600.0  # seconds for the whole trace
    cpu: int | None = None  # the only processor that it may use


@dataclass
class Told:
    """Everything that a contestant told. end: done, budget, hung, crash, or its own word."""

    end: str = "crash"
    text: str = ""
    read: dict[str, Any] = field(default_factory=dict)
    load: float | None = None
    edits: dict[int, dict[str, Any]] = field(default_factory=dict)  # by number; 0: the first solve

    def take(self, line: bytes) -> None:
        """One line; what is no event is passed over, solvers print at times."""
        try:
            event = json.loads(line)
            kind = event["event"]
            if kind == "read":
                self.read = event
            elif kind == "loaded":
                self.load = float(event["seconds"])
            elif kind == "edit":
                self.edits[int(event["number"])] = event
            elif kind == "end":
                self.end, self.text = str(event["status"]), str(event["text"])
        except (ValueError, KeyError, TypeError):
            pass


def follow(
    contestant: Contestant,
    path: Path,
    trace: Path,
    limits: Limits,
    more: Sequence[str] = (),
) -> Told:
    """One contestant over one trace."""
    command = [*contestant.command, "--limit", repr(limits.solve), *more]
    for option in contestant.options:
        command += ["--option", option]
    told = Told()
    try:
        process = subprocess.Popen(
            [*command, str(path), str(trace)],
            env=contestant.surroundings(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=lambda: _confine(limits),
        )
    except OSError as error:
        told.text = f"cannot be started: {error}"
        return told
    try:
        stopped = _watch(process, told, limits)
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert process.stdout is not None
        process.stdout.close()
    if stopped:
        told.end = stopped
    elif told.end == "crash":
        told.text = f"exit status {process.returncode}"
    return told


def _confine(limits: Limits) -> None:
    """In the child, before it becomes the contestant."""
    if limits.cpu is not None:
        os.sched_setaffinity(0, {limits.cpu})


def _watch(process: subprocess.Popen[bytes], told: Told, limits: Limits) -> str:
    """Take events to the end; why it was stopped before, or nothing."""
    assert process.stdout is not None
    stream = process.stdout.fileno()
    finish: float | None = None  # the budget begins with the trace
    held = b""
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        while True:
            patience = limits.solve + limits.grace if told.load is not None else limits.load
            if not selector.select(patience):
                return "hung"
            chunk = os.read(stream, 1 << 16)
            if not chunk:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(limits.grace)
                return ""
            *lines, held = (held + chunk).split(b"\n")
            for line in lines:
                told.take(line)
            if finish is None and told.edits:
                finish = time.monotonic() + limits.budget
            if finish is not None and told.end == "crash" and time.monotonic() > finish:
                return "budget"
