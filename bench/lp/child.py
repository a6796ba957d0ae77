"""Run one contestant on one file and watch it: whatever it does, there is an outcome.

The child tells by events how far it is (bench/peers/peer.h), and each stage has its own deadline. A
child that overruns it is killed, with all that it started.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import selectors
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from bench.lp.contestants import Contestant

LONGEST_LINE = 1 << 20  # bytes of one line that are looked at
OUT_OF_MEMORY = (  # in the last words of those that ran out of it, in small letters
    *("bad_alloc", "memoryerror", "out of memory", "memory allocation", "no memory"),
    *("cannot allocate memory", "failed to map segment", "env/alloc.c"),
)


@dataclass(frozen=True)
class Limits:
    solve: float = 30.0  # seconds, told to the solver
    grace: float = 5.0  # seconds beyond, before it is killed
    other: float = 120.0  # seconds for reading, and for loading
    memory: int = 0  # bytes of address space; 0: no limit
    repeats: int = 5
    cpu: int | None = None  # the only processor that it may use


@dataclass
class Outcome:
    """What came of it. Statuses of the child's own, and: crash, hung, rubbish, out_of_memory."""

    status: str
    text: str = ""
    times: list[float] = field(default_factory=list)  # of every solve, the warm-up first
    processor: list[float] = field(default_factory=list)  # processor time of the same
    load: float | None = None
    read: dict[str, Any] = field(default_factory=dict)  # the event
    answer: dict[str, Any] = field(default_factory=dict)  # the event
    memory: int | None = None


@dataclass
class _Watched:
    stage: str = "reading"
    read: dict[str, Any] = field(default_factory=dict)
    answer: dict[str, Any] = field(default_factory=dict)
    loads: list[float] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    events: int = 0
    rubbish: int = 0  # lines that are no events

    def take(self, line: bytes) -> None:
        """One line from the child."""
        try:
            event = json.loads(line)
            kind = event["event"]
            if kind == "read":
                self.read, self.stage = event, "loading"
            elif kind == "loaded":
                self.loads.append(float(event["seconds"]))
                self.stage = "solving"
            elif kind == "solved":
                seconds, processor = float(event["seconds"]), float(event["processor"])
                self.times.append(seconds)
                self.processor.append(processor)
                self.stage = "loading"
            elif kind == "answer" and isinstance(event["status"], str):
                self.answer = event
            else:
                raise ValueError(kind)
            self.events += 1
        except (ValueError, KeyError, TypeError):
            self.rubbish += 1


def run(contestant: Contestant, path: Path, limits: Limits, point: Path) -> Outcome:
    """Solve one file; the point is left in a file of its own."""
    command = [*contestant.command, "--limit", repr(limits.solve)]
    command += ["--repeats", str(limits.repeats), "--point", str(point)]
    for option in contestant.options:
        command += ["--option", option]
    with tempfile.TemporaryFile() as errors:
        try:
            process = subprocess.Popen(
                [*command, str(path)],
                env=contestant.surroundings(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                start_new_session=True,
                preexec_fn=lambda: _confine(limits),
            )
        except OSError as error:
            return Outcome("crash", f"cannot be started: {error}")
        watched = _Watched()
        memory = None
        try:
            on_time = _watch(process, watched, limits)
            if not on_time:
                memory = _peak(process.pid)
        finally:
            _kill(process)
        return _conclude(process.returncode, watched, on_time, memory, _tail(errors))


def _confine(limits: Limits) -> None:
    """In the child, before it becomes the contestant."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if limits.memory:
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    if limits.cpu is not None:
        os.sched_setaffinity(0, {limits.cpu})


def _watch(process: subprocess.Popen[bytes], watched: _Watched, limits: Limits) -> bool:
    """Take events until the answer or the end; False when a stage took too long."""
    assert process.stdout is not None
    stream = process.stdout.fileno()
    allowed = {
        "reading": limits.other,
        "loading": limits.other,
        "solving": limits.solve + limits.grace,
    }
    deadline = time.monotonic() + allowed[watched.stage]
    held = b""
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        while not watched.answer:
            if not selector.select(max(deadline - time.monotonic(), 0.0)):
                return False
            chunk = os.read(stream, 1 << 16)
            if not chunk:
                break
            *lines, held = (held + chunk).split(b"\n")
            held = held[:LONGEST_LINE]
            events = watched.events
            for line in lines:
                watched.take(line)
            if watched.events > events:
                deadline = time.monotonic() + allowed[watched.stage]
            elif time.monotonic() > deadline:  # busy, but with nothing that counts
                return False
    try:
        process.wait(limits.grace)
    except subprocess.TimeoutExpired:
        return bool(watched.answer)
    return True


def _peak(pid: int) -> int | None:
    """Peak of the resident set of a running process, bytes."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return 1024 * int(line.split()[1])
    return None


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the child and all that it started: it leads a session of its own."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdout is not None:
        process.stdout.close()


def _tail(errors: IO[bytes]) -> str:
    """The last words on standard error."""
    size = errors.seek(0, os.SEEK_END)
    errors.seek(max(size - 4000, 0))
    lines = errors.read().decode("utf-8", "replace").strip().splitlines()
    return "\n".join(lines[-5:])


def _starved(words: str) -> bool:
    small = words.lower()
    return any(word in small for word in OUT_OF_MEMORY)


def _conclude(
    code: int, watched: _Watched, on_time: bool, memory: int | None, errors: str
) -> Outcome:
    outcome = Outcome("rubbish", times=watched.times, read=watched.read, answer=watched.answer)
    outcome.processor = watched.processor
    outcome.load = watched.loads[0] if watched.loads else None
    last = (errors.splitlines() or [""])[-1][:200]
    if watched.answer:
        outcome.status = watched.answer["status"]
        outcome.text = str(watched.answer.get("text", ""))[:200]
        if outcome.status in ("unreadable", "failed") and _starved(outcome.text):
            outcome.status = "out_of_memory"
        outcome.memory = watched.answer.get("memory")
    elif not on_time:
        outcome.status = "time_limit" if watched.stage == "solving" else "hung"
        outcome.text = f"killed while {watched.stage}"
        before = watched.read.get("resident")
        if memory is not None and isinstance(before, int):
            outcome.memory = max(memory - before, 0)
    elif code == -signal.SIGKILL or (code != 0 and _starved(errors)):
        outcome.status, outcome.text = "out_of_memory", last or "killed by the system"
    elif code < 0:
        outcome.status = "crash"
        outcome.text = f"{signal.Signals(-code).name} while {watched.stage}. {last}"
    elif code > 0:
        outcome.status, outcome.text = "crash", f"exit {code} while {watched.stage}. {last}"
    else:
        outcome.text = f"no answer, {watched.rubbish} lines that are no events"
    return outcome
