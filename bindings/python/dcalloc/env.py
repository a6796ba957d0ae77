"""Environments (logging, memory) and controls (cancel, limits, progress)."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from . import _ffi
from ._convert import bytes_at, fresh, new_handle, ref, string
from ._handle import Handle, check
from .enums import Outcome, Phase, as_enum
from .errors import ArgumentError, OutOfMemoryError

__all__ = [
    "Block",
    "Control",
    "Env",
    "Progress",
    "capabilities",
    "default_env",
    "library_version",
    "outcome_name",
]

_PYTHON_LEVELS = (logging.ERROR, logging.WARNING, logging.INFO, logging.DEBUG)

# The C side of an environment outlives its Python object while other objects use it, so what it
# calls lives as long as the process.
_immortal: list[Any] = []


def library_version() -> tuple[int, int, int]:
    """Version of the C library that was loaded: major, minor, patch."""
    version = _ffi.library().dca_version()
    return version // 1000000, version // 1000 % 1000, version % 1000


def capabilities() -> frozenset[str]:
    """What this build of the library can do, e.g. ``{"simplex", "mps", "gz", "json"}``."""
    words = string(_ffi.library().dca_capabilities()) or ""
    return frozenset(words.split())


def outcome_name(outcome: Outcome | str) -> str:
    """An outcome as files and the program write it: ``"time_limit"``."""
    held = as_enum(Outcome, outcome, "outcome")
    return string(_ffi.library().dca_outcome_name(held)) or ""


class Env(Handle):
    """Where objects get their memory from and send their log lines to.

    Args:
        logger: a :class:`logging.Logger` or the name of one; None: silent.
        memory_limit: bytes that the objects of this environment may hold together; 0: no limit.

    Objects that are made without an environment share :func:`default_env`.
    """

    def __init__(
        self, *, logger: logging.Logger | str | None = "dcalloc", memory_limit: int = 0
    ) -> None:
        lib = _ffi.library()
        if not 0 <= memory_limit < 2**64:
            raise ArgumentError(f"memory_limit is {memory_limit}, expected 0 to 2**64 - 1")
        config = fresh(_ffi.dca_env_config)
        config.memory_limit = memory_limit
        if isinstance(logger, str):
            logger = logging.getLogger(logger)
        if logger is not None:
            config.log = _ffi.LOG_CALLBACK(_log_function(logger))
            _immortal.append(config.log)
        raw = new_handle(_ffi.dca_env)
        check(lib.dca_env_new(ref(config), ref(raw)), None, "new environment")
        self._adopt(raw, lib.dca_env_free)

    @property
    def memory(self) -> int:
        """Bytes that the objects of this environment hold now."""
        return int(_ffi.library().dca_env_memory(self._ptr))

    @property
    def memory_peak(self) -> int:
        """The most bytes that they ever held."""
        return int(_ffi.library().dca_env_memory_peak(self._ptr))

    def block(self, size: int) -> Block:
        """Memory for the caller's own use that counts against the memory limit.

        Raises:
            OutOfMemoryError: it would exceed the limit.
        """
        return Block(self, size)


class Block(Handle):
    """Bytes of C memory, counted by an :class:`Env` until :meth:`close`. See :meth:`Env.block`."""

    def __init__(self, env: Env, size: int) -> None:
        self._size = 0
        self._env = env
        self._within = env._ptr
        self._keeper = Control(env=env)  # the C side of the environment outlives the block
        self._adopt(self._moved(None, size), _give_back(self._within, self._keeper))
        self._size = size

    def _moved(self, raw: Any, size: int) -> Any:
        if size < 1:
            raise ArgumentError(f"the size is {size} bytes, expected 1 or more")
        moved = _ffi.library().dca_env_resize(self._within, raw, size)
        if moved is None:
            raise OutOfMemoryError(f"block of {size} bytes: out of memory")
        return moved

    def __len__(self) -> int:
        return self._size

    def resize(self, size: int) -> None:
        """Change the size; what fits of the contents stays. Views taken before are stale. When it
        is refused the block is as it was."""
        self._raw = self._moved(self._ptr, size)
        self._size = size

    @property
    def view(self) -> memoryview:
        """The bytes, to read and write until the block is resized or closed."""
        return bytes_at(self._ptr, self._size)


def _give_back(within: Any, keeper: Control) -> Callable[[Any], None]:
    def free(raw: Any) -> None:
        _ffi.library().dca_env_resize(within, raw, 0)
        keeper.close()

    return free


def _log_function(logger: logging.Logger) -> Callable[[Any, int, bytes], None]:
    def log(_user: Any, level: int, line: bytes) -> None:
        number = _PYTHON_LEVELS[level] if 0 <= level < len(_PYTHON_LEVELS) else logging.INFO
        if logger.isEnabledFor(number):
            logger.log(number, "%s", line.decode("utf-8", "replace"))

    return log


_default: list[Env] = []


def default_env() -> Env:
    """The environment of objects that name none: logs to ``logging.getLogger("dcalloc")``."""
    if not _default:
        _default.append(Env())
    return _default[0]


@dataclass(frozen=True)
class Progress:
    """What a long call is doing.

    ``objective``, ``infeasibility`` (sum of violations) and ``fraction`` (part done, in [0, 1]) are
    NaN where they are not known.
    """

    phase: Phase
    iteration: int
    work: int
    objective: float
    infeasibility: float
    fraction: float


class Control(Handle):
    """Stops long calls: cancel flag, deadline, work limit; and shows their progress.

    A control serves one call at a time. :meth:`cancel` may be called from any thread.
    """

    def __init__(self, *, env: Env | None = None) -> None:
        lib = _ffi.library()
        self._env = env or default_env()
        raw = new_handle(_ffi.dca_control)
        check(lib.dca_control_new(self._env._ptr, ref(raw)), None, "new control")
        self._adopt(raw, lib.dca_control_free)
        self._callback: Any = None
        self._raised: BaseException | None = None

    def cancel(self) -> None:
        """Ask the running call, and every later one until :meth:`reset`, to stop."""
        raw = self._raw
        if raw is not None:
            _ffi.library().dca_control_cancel(raw)

    def poll(self, work: int = 0) -> Outcome:
        """For a loop of the caller's own that obeys the same limits: count ``work`` entries, and
        say whether to go on, ``Outcome.UNSOLVED``, or which limit was met."""
        return Outcome(_ffi.library().dca_control_poll(self._ptr, work, None))

    def reset(self) -> None:
        """Clear the cancel flag."""
        _ffi.library().dca_control_reset(self._ptr)

    def set_deadline(self, seconds: float) -> None:
        """Stop ``seconds`` from now, >= 0; ``math.inf``: never."""
        seconds = float(seconds)
        if math.isnan(seconds) or seconds < 0:
            raise ArgumentError(f"the deadline is {seconds} s from now, expected 0 or more")
        status = _ffi.library().dca_control_set_deadline(self._ptr, seconds)
        check(status, None, f"deadline in {seconds} s")

    def set_work_limit(self, entries: int) -> None:
        """Stop after ``entries`` more matrix entries were touched; 0: no limit. The same amount of
        work on every machine."""
        if not 0 <= entries < 2**63:
            raise ArgumentError(f"the work limit is {entries} entries, expected 0 to 2**63 - 1")
        status = _ffi.library().dca_control_set_work_limit(self._ptr, int(entries))
        check(status, None, f"work limit of {entries} entries")

    def set_progress(
        self, callback: Callable[[Progress], object] | None, interval: float = 0.1
    ) -> None:
        """Call ``callback(progress)`` at most every ``interval`` seconds (default 0.1); what it
        returns, when true, cancels. It may be called in another thread. An exception in it cancels
        the call, which then raises it."""
        interval = float(interval)
        if math.isnan(interval) or interval < 0:
            raise ArgumentError(f"the interval is {interval} s, expected 0 or more")
        function = _ffi.PROGRESS_CALLBACK() if callback is None else self._wrap(callback)
        status = _ffi.library().dca_control_set_progress(self._ptr, function, None, interval)
        check(status, None, "progress callback")
        self._callback = function

    def _wrap(self, callback: Callable[[Progress], object]) -> Any:
        def show(_user: Any, pointer: Any) -> int:
            try:
                now = pointer.contents
                seen = Progress(
                    Phase(now.phase),
                    now.iteration,
                    now.work,
                    now.objective,
                    now.infeasibility,
                    now.fraction,
                )
                return 1 if callback(seen) else 0
            except BaseException as error:
                self._raised = error
                return 1

        return _ffi.PROGRESS_CALLBACK(show)

    def _take_raised(self) -> BaseException | None:
        raised, self._raised = self._raised, None
        return raised
