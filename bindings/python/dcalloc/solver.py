"""Solvers: solve, and solve again after edits."""

from __future__ import annotations

import math
import weakref
from collections.abc import Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from . import _ffi
from ._convert import contiguous, new_handle, pointer, ref
from ._handle import Handle, check, failure, last_error, new_error
from ._problem import Problem, ShowProgress
from ._run import run
from .conflict import Marks, as_marks
from .env import Control
from .errors import ArgumentError, StateError
from .options import Options, OptionValue
from .typing import HasArray

if TYPE_CHECKING:
    from .lp import Lp
    from .result import Result

__all__ = ["Backend", "Solver"]


class Backend:
    """Another simplex code, from a library that exports it (expert tier).

    Args:
        path: the shared library; None: ``libdcalloc-glpk``, beside the C library or in its folder
            ``plugins``, else from the system.
        symbol: the function that gives the backend. Default ``dca_glpk_backend``.
    """

    def __init__(self, path: str | None = None, symbol: str = "dca_glpk_backend") -> None:
        self._handle, self._pointer = _ffi.load_backend(path, symbol)

    @property
    def name(self) -> str:
        """What it calls itself."""
        return str(self._pointer.contents.name.decode())


_glpk: list[Backend] = []


def _chosen(backend: Backend | str | None) -> Backend | None:
    """The backend that a caller names."""
    if backend is None or isinstance(backend, Backend):
        return backend
    if backend != "glpk":
        raise ArgumentError(f"backend {backend!r} is none of 'glpk', a Backend, None")
    if not _glpk:
        _glpk.append(Backend())
    return _glpk[0]


class Solver(Handle):
    """A solver of an :class:`Lp` or a :class:`Model`; it keeps its basis between solves.

    Args:
        problem: the LP or model. The solver follows its edits.
        backend: ``"glpk"`` or a :class:`Backend`; None: the native simplex.
        options: by keyword, see :func:`describe_options`.
    """

    def __init__(
        self, problem: Problem, *, backend: Backend | str | None = None, **options: OptionValue
    ) -> None:
        lib = _ffi.library()
        self._env = problem._env
        self._problem = weakref.ref(problem)  # the C side keeps the problem alive
        raw = new_handle(_ffi.dca_solver)
        err = new_error()
        with Options(env=self._env, **options) if options else nullcontext() as chosen:
            held = None if chosen is None else chosen._ptr
            check(problem._new_solver(held, ref(raw), ref(err)), err, "new solver")
        self._adopt(raw, lib.dca_solver_free)
        self._options = dict(options)
        self._backend: Backend | None = None
        self.set_backend(backend)

    def _check(self, status: int, what: str) -> None:
        if status != 0:
            err = last_error(_ffi.library().dca_solver_error, self._ptr)
            problem = self._problem()
            known = problem is not None and not problem.closed
            name = problem._culprit(err) if problem is not None and known else None
            raise failure(status, err, what, name)

    def _uses(self) -> tuple[Handle, ...]:
        problem = self._problem()
        return (self,) if problem is None else (self, problem)

    def set_options(self, **options: OptionValue) -> None:
        """Replace the options from the next solve on; those left out return to their defaults."""
        if options == self._options:
            return
        with Options(env=self._env, **options) as chosen:
            status = _ffi.library().dca_solver_set_options(self._ptr, chosen._ptr)
            self._check(status, "set options")
        self._options = dict(options)

    def set_backend(self, backend: Backend | str | None) -> None:
        """Use another simplex code from the next solve on: ``"glpk"``, a :class:`Backend`, or None,
        the native one. Answers are checked all the same."""
        chosen = _chosen(backend)
        if chosen is self._backend:
            return
        held = None if chosen is None else chosen._pointer
        self._check(_ffi.library().dca_solver_set_backend(self._ptr, held), "set backend")
        self._backend = chosen

    def set_basis(self, columns: Sequence[int] | HasArray, rows: Sequence[int] | HasArray) -> None:
        """Start the next solve from a basis (LPs only); one that is none is repaired.

        Args:
            columns, rows: [n], [m] of :class:`BasisStatus`, as :attr:`Result.basis` gives them.
        """
        from .lp import Lp

        given = self._problem()
        c, r = contiguous(columns, "B", "columns"), contiguous(rows, "B", "rows")
        if isinstance(given, Lp):
            for what, held, size in (
                ("columns", c, given.num_columns),
                ("rows", r, given.num_rows),
            ):
                if len(held) != size:
                    raise ArgumentError(f"{what} has {len(held)} statuses, expected {size}")
        elif given is None:
            raise StateError("the LP of this solver is gone, and with it the size of its basis")
        status = _ffi.library().dca_solver_set_basis(self._ptr, pointer(c, "B"), pointer(r, "B"))
        self._check(status, "set basis")

    def reset(self) -> None:
        """Forget the basis and everything kept from earlier solves."""
        _ffi.library().dca_solver_reset(self._ptr)

    def solve(
        self,
        *,
        control: Control | None = None,
        time_limit: float | None = None,
        work_limit: int | None = None,
        progress: ShowProgress = None,
        interruptible: bool = True,
    ) -> Result:
        """Solve, or solve again after edits, warm from the last basis where it is usable.

        Arguments, answers and errors as in :meth:`Lp.solve`. On one machine the same input, options
        and calls give bit-equal answers, unless a wall-clock limit strikes.
        """
        call = _ffi.library().dca_solver_solve
        return self._answer(call, (), control, time_limit, work_limit, progress, interruptible)

    def find_conflict(
        self,
        *,
        untouchable_rows: Marks = None,
        untouchable_columns: Marks = None,
        control: Control | None = None,
        time_limit: float | None = None,
        work_limit: int | None = None,
        progress: ShowProgress = None,
        interruptible: bool = True,
    ) -> Result:
        """Solve and, where the answer is infeasible, say what cannot hold together:
        :meth:`Result.conflict`, an irreducible set of row sides and column bounds of an LP, or of
        limits, hard demands and ceilings of a model.

        Args:
            untouchable_rows, untouchable_columns: of an LP, what may not give, by name or index: it
                is kept in force while the rest is tried, and told only where it matters. A mapping
                says which side. Limits of a model are untouchable where their repair weight is
                infinite.

        Other arguments, answers and errors as in :meth:`Lp.solve`; limits hold for all of it.
        """
        from .lp import Lp

        given = self._problem()
        marks: list[Any] = [None, None]
        if untouchable_rows is not None or untouchable_columns is not None:
            if not isinstance(given, Lp):
                raise ArgumentError("only the rows and columns of an LP can be marked untouchable")
            marks = [
                as_marks(untouchable_columns, given.num_columns, given._column),
                as_marks(untouchable_rows, given.num_rows, given._row),
            ]
        held = [None if one is None else contiguous(one, "B", "marks") for one in marks]
        first = tuple(None if one is None else pointer(one, "B") for one in held)
        call = _ffi.library().dca_solver_find_conflict
        return self._answer(call, first, control, time_limit, work_limit, progress, interruptible)

    def _answer(
        self,
        call: Any,
        first: tuple[Any, ...],
        control: Control | None,
        time_limit: float | None,
        work_limit: int | None,
        progress: ShowProgress,
        interruptible: bool,
    ) -> Result:
        """What a call that solves gives; ``first``: its arguments before the control."""
        from ._progress import shown
        from .result import Result

        raw = new_handle(_ffi.dca_result)
        with Control(env=self._env) if control is None else nullcontext(control) as used:
            if time_limit is not None:
                used.set_deadline(time_limit)
            if work_limit is not None:
                used.set_work_limit(work_limit)
            mine, limits = self._ptr, used._ptr
            try:
                with shown(used, progress):
                    status = run(
                        lambda: call(mine, *first, limits, ref(raw)),
                        used,
                        self._uses(),
                        interruptible,
                    )
            finally:
                _lift(used, time_limit, work_limit)
        self._check(status, "solve")
        return Result(raw, self._env)

    def compiled(self, *, control: Control | None = None) -> Lp:
        """The LP that a model was compiled to, of its first tier, as an independent copy (of an LP:
        a copy of it): to write it to a file or to study it."""
        from .lp import Lp

        raw = new_handle(_ffi.dca_lp)
        with Control(env=self._env) if control is None else nullcontext(control) as used:
            mine, limits, call = self._ptr, used._ptr, _ffi.library().dca_solver_compiled
            status = run(lambda: call(mine, limits, ref(raw)), used, self._uses())
        self._check(status, "compiled LP")
        return Lp._from_raw(raw, self._env)

    def __repr__(self) -> str:
        return f"<Solver{', closed' if self.closed else ''}>"


def _lift(control: Control, time_limit: float | None, work_limit: int | None) -> None:
    """Take the limits of one call off a control that may serve others."""
    if time_limit is not None:
        control.set_deadline(math.inf)
    if work_limit is not None:
        control.set_work_limit(0)
