"""What an LP and a model share: they can be solved, and solved again after edits."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Union

from ._handle import Handle
from .conflict import Marks
from .env import Control, Env, Progress
from .options import OptionValue

if TYPE_CHECKING:
    from .result import Result
    from .solver import Backend, Solver

#: True for a bar (tqdm), or a function that is shown a Progress and may return True to stop.
ShowProgress = Union[bool, Callable[[Progress], object], None]


class Problem(Handle):
    """Base of :class:`Lp` and :class:`Model`."""

    _env: Env
    _own_solver: Solver | None = None

    def _culprit(self, err: Any) -> str | None:
        """Name of the object that an error record is about, or None."""
        raise NotImplementedError

    def _new_solver(self, options: Any, out: Any, err: Any) -> int:
        raise NotImplementedError

    def solver(self, *, backend: Backend | str | None = None, **options: OptionValue) -> Solver:
        """A solver of this problem, which follows its edits; several may."""
        from .solver import Solver

        return Solver(self, backend=backend, **options)

    def solve(
        self,
        *,
        control: Control | None = None,
        time_limit: float | None = None,
        work_limit: int | None = None,
        progress: ShowProgress = None,
        interruptible: bool = True,
        backend: Backend | str | None = None,
        **options: OptionValue,
    ) -> Result:
        """Solve, or solve again after edits: warm from the last basis of this object's own solver.

        Args:
            control: to cancel from elsewhere, see :class:`Control`.
            time_limit: seconds from now, for this call. Default: none.
            work_limit: matrix entries touched in this call, the same on every machine. Default:
                none.
            progress: True for a bar, or a function of a :class:`Progress`.
            interruptible: in the main thread, let Ctrl-C stop the solve (about 0.1 ms more per
                call). Without, Ctrl-C waits until the answer is there.
            backend: another simplex code for this call, ``"glpk"`` or a :class:`Backend`.
            options: as listed by :func:`describe_options`, dots as underscores:
                ``method="dual", relax=True``. They hold for this call; those left out are at
                their defaults.

        Returns:
            The answer, which may be "infeasible" or "time limit": read ``outcome``.

        Raises:
            UnsupportedError: integer marks without ``relax=True``; a method that is not built.
            LibraryError: the plug-in of ``backend`` is not there.
            OutOfMemoryError: memory ran out; the problem is as it was.
        """
        return self._ready(options, backend).solve(
            control=control,
            time_limit=time_limit,
            work_limit=work_limit,
            progress=progress,
            interruptible=interruptible,
        )

    def find_conflict(
        self,
        *,
        untouchable_rows: Marks = None,
        untouchable_columns: Marks = None,
        time_limit: float | None = None,
        **options: OptionValue,
    ) -> Result:
        """Solve and, where the answer is infeasible, say what cannot hold together; see
        :meth:`Solver.find_conflict`. Options as in :meth:`solve`."""
        return self._ready(options).find_conflict(
            untouchable_rows=untouchable_rows,
            untouchable_columns=untouchable_columns,
            time_limit=time_limit,
        )

    def _ready(
        self, options: dict[str, OptionValue], backend: Backend | str | None = None
    ) -> Solver:
        """This object's own solver, with these options."""
        if self._own_solver is None:
            self._own_solver = self.solver(backend=backend, **options)
        else:
            self._own_solver.set_backend(backend)
            self._own_solver.set_options(**options)
        return self._own_solver

    def close(self) -> None:
        """Free the memory of the C library, that of the own solver included."""
        super().close()
        if self._own_solver is not None:
            self._own_solver.close()
