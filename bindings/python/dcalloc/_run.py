"""Long calls that Ctrl-C can stop.

Python runs signal handlers in the main thread only, between two of its instructions: never while
that thread is inside C. So a long call that the main thread makes runs in a thread of its own,
while the main thread waits where signals reach it. Whatever a handler raises there
(KeyboardInterrupt, or an alarm's exception) sets the cancel flag, waits until the C call has
returned, and then goes on its way. Objects in use stay locked, and alive, until then.
"""

from __future__ import annotations

import _thread
import contextlib
import threading
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from ._handle import Handle
from .env import Control
from .errors import StateError

T_ = TypeVar("T_")


class _Locked:
    """The locks of all objects that a call uses, taken at once or not at all."""

    def __init__(self, handles: Sequence[Handle]) -> None:
        self._handles = handles

    def __enter__(self) -> None:
        taken: list[Handle] = []
        for handle in self._handles:
            if not handle._lock.acquire(blocking=False):
                for other in taken:
                    other._lock.release()
                raise StateError(f"this {type(handle).__name__} is in use by a running call")
            taken.append(handle)

    def __exit__(self, *exception: object) -> None:
        for handle in self._handles:
            handle._lock.release()


def run(
    call: Callable[[], T_],
    control: Control,
    uses: Sequence[Handle],
    interruptible: bool = True,
) -> T_:
    """Make a call that obeys ``control``, with the objects that it uses locked meanwhile."""
    if interruptible and threading.current_thread() is threading.main_thread():
        answer = _run_aside(call, control, (control, *uses))
    else:
        with _Locked((control, *uses)):
            answer = call()
    raised = control._take_raised()
    if raised is not None:
        control.reset()
        raise raised
    return answer


def _run_aside(call: Callable[[], T_], control: Control, uses: Sequence[Handle]) -> T_:
    ticket = [None]  # whoever pops it decides: the worker starts, or the waiter gives up
    ended = _thread.allocate_lock()
    ended.acquire()
    answers: list[T_] = []
    errors: list[BaseException] = []
    done: list[bool] = []

    def work() -> None:
        try:
            ticket.pop()
        except IndexError:
            return
        try:
            with _Locked(uses):
                answers.append(call())
        except BaseException as error:  # raised again by the thread that waits
            errors.append(error)
        finally:
            done.append(True)
            ended.release()

    try:
        _thread.start_new_thread(work, ())
        # A wait with a time limit: where signals do not interrupt it they are seen when it ends.
        while not done:
            ended.acquire(timeout=0.1)
    except BaseException:
        _stop(ticket, control, done)
        raise
    if errors:
        raise errors[0]
    return answers[0]


def _stop(ticket: list[Any], control: Control, done: list[bool]) -> None:
    """Cancel the call and wait for its end; more signals meanwhile change nothing."""
    with contextlib.suppress(IndexError):
        ticket.pop()
        return  # it had not begun, and never will
    pause = _thread.allocate_lock()
    pause.acquire()
    while not done:
        with contextlib.suppress(KeyboardInterrupt):
            control.cancel()
            pause.acquire(timeout=0.005)
    control.reset()
