"""Progress on the screen: tqdm where it is installed, else a line on standard error."""

from __future__ import annotations

import math
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from ._problem import ShowProgress
from .env import Control, Progress


@contextmanager
def shown(control: Control, progress: ShowProgress) -> Iterator[None]:
    """Show the progress of what ``control`` controls while the block runs."""
    if not progress:
        yield
        return
    finish: Callable[[], None] | None = None
    if progress is True:
        show, finish = _bar()
    else:
        assert callable(progress)
        show = progress
    control.set_progress(show)
    try:
        yield
    finally:
        if finish is not None:
            finish()
        if not control.closed and not control._lock.locked():
            control.set_progress(None)


def summary(now: Progress, counted: bool = False) -> str:
    """One line: phase, iterations unless counted elsewhere, objective, infeasibility, part done."""
    parts = [now.phase.name.lower().replace("_", " ")]
    if not math.isnan(now.fraction):
        parts.append(f"{now.fraction:.0%}")
    if now.iteration and not counted:
        parts.append(f"{now.iteration:,} iterations")
    if not math.isnan(now.objective):
        parts.append(f"objective {now.objective:.6g}")
    if not math.isnan(now.infeasibility) and now.infeasibility > 0:
        parts.append(f"infeasibility {now.infeasibility:.2g}")
    return ", ".join(parts)


def _bar() -> tuple[Callable[[Progress], object], Callable[[], None]]:
    try:
        with warnings.catch_warnings():  # in notebooks without ipywidgets: the bar is of text there
            warnings.filterwarnings("ignore", "IProgress not found")
            from tqdm.auto import tqdm
    except ImportError:
        return _lines()
    bar: Any = tqdm(unit=" iterations", desc="dcalloc", leave=False)

    def show(now: Progress) -> None:
        bar.set_postfix_str(summary(now, counted=True), refresh=False)
        bar.update(max(0, now.iteration - bar.n))

    return show, bar.close


def _lines() -> tuple[Callable[[Progress], object], Callable[[], None]]:
    wide = 0
    terminal = sys.stderr.isatty()

    def show(now: Progress) -> None:
        nonlocal wide
        if terminal:
            line = f"dcalloc: {summary(now)}"
            sys.stderr.write("\r" + line.ljust(wide))
            sys.stderr.flush()
            wide = len(line)

    def finish() -> None:
        if wide:
            sys.stderr.write("\r" + " " * wide + "\r")
            sys.stderr.flush()

    return show, finish
