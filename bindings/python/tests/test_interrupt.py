"""Ctrl-C during a solve: the solve stops, KeyboardInterrupt is raised, the interpreter lives on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest
from headers import ROOT

pytestmark = pytest.mark.slow

SCRIPT = """
import signal, sys, time
import numpy as np
import dcalloc
signal.signal(signal.SIGINT, signal.default_int_handler)  # nohup and & leave it ignored
generator = np.random.default_rng(1)
m, n = 1500, 4000
a = generator.random((m, n)) * (generator.random((m, n)) < 0.25)
lp = dcalloc.Lp.from_arrays(a, cost=generator.random(n) + 0.5, row_lower=generator.random(m) + 1.0)

def solve(**more):
    print("solving", flush=True)
    start = time.perf_counter()
    try:
        return lp.solve(**more)
    finally:
        print("stopped after", time.perf_counter() - start, flush=True)

def alive():
    lp.set_cost(0, 1.0)
    assert lp.solve(work_limit=1000).outcome == dcalloc.Outcome.WORK_LIMIT
    small = dcalloc.Lp(sense="max")
    small.add_columns(cost=[1.0], upper=2.0)
    assert small.solve().objective == 2
    print("alive", flush=True)
"""


class Child:
    """A Python that runs the script, line by line."""

    def __init__(self, ending: str) -> None:
        env = {**os.environ, "PYTHONPATH": str(ROOT / "bindings" / "python")}
        self.process = subprocess.Popen(
            [sys.executable, "-c", SCRIPT + ending],
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def wait_for_solve(self) -> None:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line == "solving\n", self.process.communicate(timeout=20)
        time.sleep(0.5)

    def finish(self) -> tuple[int, list[str], str]:
        out, err = self.process.communicate(timeout=60)
        return self.process.returncode, out.splitlines(), err


def seconds(lines: list[str]) -> float:
    return float(next(line for line in lines if line.startswith("stopped after")).split()[-1])


def test_sigint_cancels_and_the_interpreter_lives() -> None:
    child = Child("""
try:
    solve()
except KeyboardInterrupt:
    print("interrupted", flush=True)
alive()
""")
    child.wait_for_solve()
    child.process.send_signal(signal.SIGINT)
    code, lines, err = child.finish()
    assert (code, err) == (0, "")
    assert lines[1:] == ["interrupted", "alive"]
    assert 0.4 < seconds(lines) < 2.0


def test_many_signals_do_no_harm() -> None:
    child = Child("""
interrupted = 0
while interrupted < 3:
    try:
        solve()
    except KeyboardInterrupt:
        interrupted += 1
signal.signal(signal.SIGINT, signal.SIG_IGN)
alive()
""")
    child.wait_for_solve()
    for _ in range(3):
        child.process.send_signal(signal.SIGINT)
        time.sleep(0.4)
    code, lines, err = child.finish()
    assert (code, err) == (0, "")
    assert lines[-1] == "alive"


def test_uncaught_it_ends_the_program_as_usual() -> None:
    child = Child("solve()")
    child.wait_for_solve()
    child.process.send_signal(signal.SIGINT)
    code, _, err = child.finish()
    assert code == -signal.SIGINT
    assert err.splitlines()[-1] == "KeyboardInterrupt"


@pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="no SIGALRM on this system")
def test_an_exception_of_another_handler_stops_the_solve_too() -> None:
    child = Child("""
class Alarm(Exception):
    pass

def ring(number, frame):
    raise Alarm

signal.signal(signal.SIGALRM, ring)
signal.setitimer(signal.ITIMER_REAL, 0.4)
try:
    solve()
except Alarm:
    print("alarmed", flush=True)
alive()
""")
    code, lines, err = child.finish()
    assert (code, err) == (0, "")
    assert lines[2:] == ["alarmed", "alive"]
    assert seconds(lines) < 2.0


def test_a_handler_that_does_not_raise_does_not_stop_it() -> None:
    child = Child("""
signal.signal(signal.SIGINT, lambda number, frame: print("seen", flush=True))
result = solve(time_limit=1.5)
print(result.outcome, flush=True)
""")
    child.wait_for_solve()
    child.process.send_signal(signal.SIGINT)
    code, lines, err = child.finish()
    assert (code, err) == (0, "")
    assert lines[0] == "seen" and lines[-1] == "time limit"


def test_in_another_thread_the_main_thread_decides() -> None:
    child = Child("""
import threading
control = dcalloc.Control()
outcomes = []
thread = threading.Thread(target=lambda: outcomes.append(solve(control=control).outcome))
thread.start()
try:
    time.sleep(60)
except KeyboardInterrupt:
    control.cancel()
while not outcomes:
    time.sleep(0.01)
print(outcomes[0], flush=True)
alive()
""")
    child.wait_for_solve()
    child.process.send_signal(signal.SIGINT)
    code, lines, err = child.finish()
    assert (code, err) == (0, "")
    assert lines[-2:] == ["interrupted", "alive"]
    assert seconds(lines) < 2.0
