"""The LP layer: a linear programme with names, built and edited in place.

    minimise or maximise  c'x + c0   subject to   rl <= A x <= ru,   l <= x <= u

Rows and columns are numbered from 0 in the order they are added; wherever one is asked for, its
name does as well. Lower bounds may be ``-math.inf``, upper bounds ``math.inf``; NaN is refused
everywhere. Arrays of float64 (int32 for indices, int64 for offsets) are read where they lie, with
any stride.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from . import _ffi
from ._convert import (
    common_length,
    contiguous,
    doubles,
    fresh,
    index32,
    indices,
    make,
    names_to_indices,
    new_handle,
    new_index,
    np,
    optional_text,
    pairs,
    pointer,
    real,
    ref,
    sparse,
    string,
    strings,
    text,
)
from ._handle import check, failure, last_error, new_error
from ._problem import Problem
from ._run import run
from .enums import Kind, Sense, as_enum
from .env import Control, Env, default_env
from .errors import ArgumentError, DcallocError
from .typing import Entries, HasArray, HasCompressed, Lists, Reals, Where, Wheres

if TYPE_CHECKING:
    import pandas

    from .result import Floats, Integers

__all__ = ["Lp"]


class Lp(Problem):
    """A linear programme.

    Args:
        name: name of the problem, or None.
        sense: "min" (default) or "max".
        env: environment; None: the default one.
    """

    def __init__(
        self,
        name: str | None = None,
        *,
        sense: Sense | str = Sense.MINIMISE,
        env: Env | None = None,
    ) -> None:
        env = env or default_env()
        raw = new_handle(_ffi.dca_lp)
        check(_ffi.library().dca_lp_new(env._ptr, ref(raw)), None, "new LP")
        self._take(raw, env)
        self.sense = as_enum(Sense, sense, "sense")
        if name is not None:
            self.name = name

    def _take(self, raw: Any, env: Env) -> None:
        self._env = env
        self._adopt(raw, _ffi.library().dca_lp_free)

    @classmethod
    def _from_raw(cls, raw: Any, env: Env) -> Lp:
        made = cls.__new__(cls)
        made._take(raw, env)
        return made

    def _check(self, status: int, what: str) -> None:
        if status != 0:
            raise self._failure(status, what)

    def _failure(self, status: int, what: str) -> DcallocError:
        err = last_error(_ffi.library().dca_lp_error, self._ptr)
        return failure(status, err, what, self._culprit(err))

    def _culprit(self, err: Any) -> str | None:
        if err.kind == Kind.ROW and 0 <= err.index < self.num_rows:
            return self.row_name(err.index)
        if err.kind == Kind.COLUMN and 0 <= err.index < self.num_columns:
            return self.column_name(err.index)
        return None

    # ---- Whole ---------------------------------------------------------------------------------

    @classmethod
    def from_arrays(
        cls,
        matrix: HasCompressed | HasArray | Sequence[Sequence[float]] | None = None,
        *,
        cost: Reals | None = None,
        lower: Reals | None = None,
        upper: Reals | None = None,
        row_lower: Reals | None = None,
        row_upper: Reals | None = None,
        integer: Reals | None = None,
        column_names: Sequence[str | None] | None = None,
        row_names: Sequence[str | None] | None = None,
        sense: Sense | str = Sense.MINIMISE,
        offset: float = 0.0,
        name: str | None = None,
        env: Env | None = None,
    ) -> Lp:
        """An LP from a matrix and vectors.

        Args:
            matrix: [m, n] a scipy sparse matrix (CSC and CSR without copying), a two-dimensional
                array, or a list of rows; None: no entries.
            cost: [n] or a number. Default 0.
            lower, upper: [n] or a number. Defaults 0 and ``math.inf``.
            row_lower, row_upper: [m] or a number. Defaults ``-math.inf`` and ``math.inf``.
            integer: [n] nonzero marks an integer column.
            column_names, row_names: [n], [m] names, None for unnamed ones.
            offset: the constant c0.

        Raises:
            ArgumentError: lengths that differ, NaN, an infinite cost, a name twice.
        """
        by_column, lists, shape = _compressed(matrix)
        m = common_length(
            {"row_lower": row_lower, "row_upper": row_upper, "row_names": row_names},
            shape[0] if shape else None,
        )
        n = common_length(
            {
                "cost": cost,
                "lower": lower,
                "upper": upper,
                "integer": integer,
                "column_names": column_names,
            },
            shape[1] if shape else None,
        )
        lp = cls(name, sense=sense, env=env)
        try:
            lp.offset = offset
            if by_column:
                lp.add_rows(m, lower=row_lower, upper=row_upper, names=row_names)
            lp.add_columns(
                n,
                cost=cost,
                lower=lower,
                upper=upper,
                integer=integer,
                names=column_names,
                entries=lists if by_column else None,
            )
            if not by_column:
                lp.add_rows(m, lower=row_lower, upper=row_upper, names=row_names, entries=lists)
        except BaseException:
            lp.close()
            raise
        return lp

    @classmethod
    def read_mps(
        cls,
        path: str | os.PathLike[str],
        *,
        env: Env | None = None,
        control: Control | None = None,
    ) -> Lp:
        """Read MPS, fixed or free, gzipped or not.

        Raises:
            ParseError: malformed; ``line`` and ``column`` say where.
            FileError: the file cannot be read.
        """
        where = text(os.fspath(path), "path")
        return cls._read(
            lambda lib, e, c, out, err: lib.dca_lp_read_mps(e, where, c, out, err),
            f"read {os.fspath(path)}",
            env,
            control,
        )

    @classmethod
    def parse_mps(
        cls, content: str | bytes, *, env: Env | None = None, control: Control | None = None
    ) -> Lp:
        """As :meth:`read_mps`, from memory."""
        held = content.encode() if isinstance(content, str) else bytes(content)
        return cls._read(
            lambda lib, e, c, out, err: lib.dca_lp_parse_mps(e, held, len(held), c, out, err),
            "parse MPS",
            env,
            control,
        )

    @classmethod
    def read_lp(
        cls,
        path: str | os.PathLike[str],
        *,
        env: Env | None = None,
        control: Control | None = None,
    ) -> Lp:
        """Read a CPLEX LP file, gzipped or not. Rows without a label have no name; columns are
        numbered as the text mentions them first.

        Raises:
            ParseError: malformed; ``line`` and ``column`` say where.
            UnsupportedError: what is more than linear.
            FileError: the file cannot be read.
        """
        where = text(os.fspath(path), "path")
        return cls._read(
            lambda lib, e, c, out, err: lib.dca_lp_read_lp(e, where, c, out, err),
            f"read {os.fspath(path)}",
            env,
            control,
        )

    @classmethod
    def parse_lp(
        cls, content: str | bytes, *, env: Env | None = None, control: Control | None = None
    ) -> Lp:
        """As :meth:`read_lp`, from memory."""
        held = content.encode() if isinstance(content, str) else bytes(content)
        return cls._read(
            lambda lib, e, c, out, err: lib.dca_lp_parse_lp(e, held, len(held), c, out, err),
            "parse LP",
            env,
            control,
        )

    @classmethod
    def _read(cls, call: Any, what: str, env: Env | None, control: Control | None) -> Lp:
        env = env or default_env()
        raw = new_handle(_ffi.dca_lp)
        err = new_error()
        used = control or Control(env=env)
        lib, e, c = _ffi.library(), env._ptr, used._ptr
        check(run(lambda: call(lib, e, c, ref(raw), ref(err)), used, ()), err, what)
        return cls._from_raw(raw, env)

    def write_mps(self, path: str | os.PathLike[str]) -> None:
        """Write free MPS; reading it back gives the same LP bit for bit. A path that ends in .gz is
        compressed. The file is written whole or not at all.

        Raises:
            ArgumentError: a name that the format cannot hold.
            FileError: the file cannot be written.
        """
        err = new_error()
        status = _ffi.library().dca_lp_write_mps(self._ptr, text(os.fspath(path), "path"), ref(err))
        check(status, err, f"write {os.fspath(path)}")

    def write_lp(self, path: str | os.PathLike[str]) -> None:
        """Write a CPLEX LP file that other codes read too; reading it back here gives the same LP
        bit for bit, but that what had no name is called R1, C1, obj. A path that ends in .gz is
        compressed. The file is written whole or not at all.

        Raises:
            ArgumentError: a finite bound of 1e20 or more.
            FileError: the file cannot be written.
        """
        err = new_error()
        status = _ffi.library().dca_lp_write_lp(self._ptr, text(os.fspath(path), "path"), ref(err))
        check(status, err, f"write {os.fspath(path)}")

    def copy(self) -> Lp:
        """An independent copy."""
        raw = new_handle(_ffi.dca_lp)
        self._check(_ffi.library().dca_lp_copy(self._ptr, ref(raw)), "copy")
        return Lp._from_raw(raw, self._env)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled and copied by value, into the default environment."""
        whole = {
            "sense": int(self.sense),
            "offset": self.offset,
            "name": self.name,
            "cost": self.cost,
            "lower": self.lower,
            "upper": self.upper,
            "integer": self.integer,
            "row_lower": self.row_lower,
            "row_upper": self.row_upper,
            "row_names": self.row_names,
            "column_names": self.column_names,
        }
        return _unpickle, (whole, self.entries(), self.objective_name)

    # ---- Build ---------------------------------------------------------------------------------

    def add_column(
        self,
        name: str | None = None,
        *,
        cost: float = 0.0,
        lower: float = 0.0,
        upper: float = math.inf,
        integer: bool = False,
        entries: Entries | None = None,
    ) -> int:
        """Append one column and return its index.

        Args:
            entries: rows that exist, as ``{row: coefficient}``; rows by index or name.

        Raises:
            ArgumentError: NaN, an infinite cost, a row that does not exist, a name twice.
        """
        at, by = pairs(entries, self.find_row, "entries")
        out = new_index()
        status = _ffi.library().dca_lp_add_column(
            self._ptr,
            optional_text(name, "name"),
            cost,
            lower,
            upper,
            len(at),
            pointer(at, "i"),
            pointer(by, "f"),
            ref(out),
        )
        self._check(status, "add column")
        if integer:
            self.set_integer(out.value)
        return out.value

    def add_row(
        self,
        name: str | None = None,
        entries: Entries | None = None,
        *,
        lower: float = -math.inf,
        upper: float = math.inf,
        equals: float | None = None,
    ) -> int:
        """Append one row, ``lower <= sum of entries <= upper``, and return its index.

        Args:
            entries: columns that exist, as ``{column: coefficient}``; columns by index or name.
            equals: both bounds at once.

        Raises:
            ArgumentError: NaN, a column that does not exist, a name twice.
        """
        if equals is not None:
            if lower != -math.inf or upper != math.inf:
                raise ArgumentError("equals is given together with lower or upper")
            lower = upper = equals
        at, by = pairs(entries, self.find_column, "entries")
        out = new_index()
        status = _ffi.library().dca_lp_add_row(
            self._ptr,
            optional_text(name, "name"),
            lower,
            upper,
            len(at),
            pointer(at, "i"),
            pointer(by, "f"),
            ref(out),
        )
        self._check(status, "add row")
        return out.value

    def add_columns(
        self,
        n: int | None = None,
        *,
        cost: Reals | None = None,
        lower: Reals | None = None,
        upper: Reals | None = None,
        integer: Reals | None = None,
        names: Sequence[str | None] | None = None,
        entries: Lists | None = None,
    ) -> range:
        """Append columns in bulk, all or none, and return their indices.

        Args:
            n: how many; may be left out where another argument tells.
            cost, lower, upper, integer: [n], a number for all, or None for the default
                (0, 0, ``math.inf``, continuous).
            names: [n]
            entries: one list per column, of rows that exist: ``(start, index, value)`` with
                start [n+1] (int64), index (int32) and value (float64) read in place; a scipy CSC
                matrix [num_rows, n]; or a sequence of n ``{row: coefficient}``.
        """
        n = common_length(
            {"cost": cost, "lower": lower, "upper": upper, "integer": integer, "names": names},
            _list_count(entries) if n is None else n,
        )
        spec = fresh(_ffi.dca_lp_columns)
        spec.n = n
        spec.cost, keep_cost = doubles(cost, n, "cost")
        spec.lower, keep_lower = doubles(lower, n, "lower")
        spec.upper, keep_upper = doubles(upper, n, "upper")
        spec.integer, keep_integer = indices(integer, n, "integer")
        spec.name, keep_name = strings(names, n, "names")
        spec.entries, keep_entries = sparse(entries, n, self.find_row, "entries")
        out = new_index()
        status = _ffi.library().dca_lp_add_columns(self._ptr, ref(spec), ref(out))
        del keep_cost, keep_lower, keep_upper, keep_integer, keep_name, keep_entries
        self._check(status, "add columns")
        return range(out.value, out.value + n)

    def add_rows(
        self,
        n: int | None = None,
        *,
        lower: Reals | None = None,
        upper: Reals | None = None,
        names: Sequence[str | None] | None = None,
        entries: Lists | None = None,
    ) -> range:
        """Append rows in bulk, all or none, and return their indices. Arguments as in
        :meth:`add_columns`; entries hold one list per row, of columns that exist, e.g. a scipy CSR
        matrix [n, num_columns]. Defaults: ``-math.inf`` and ``math.inf``."""
        n = common_length(
            {"lower": lower, "upper": upper, "names": names},
            _list_count(entries) if n is None else n,
        )
        spec = fresh(_ffi.dca_lp_rows)
        spec.n = n
        spec.lower, keep_lower = doubles(lower, n, "lower")
        spec.upper, keep_upper = doubles(upper, n, "upper")
        spec.name, keep_name = strings(names, n, "names")
        spec.entries, keep_entries = sparse(entries, n, self.find_column, "entries")
        out = new_index()
        status = _ffi.library().dca_lp_add_rows(self._ptr, ref(spec), ref(out))
        del keep_lower, keep_upper, keep_name, keep_entries
        self._check(status, "add rows")
        return range(out.value, out.value + n)

    # ---- Edit ----------------------------------------------------------------------------------

    @property
    def sense(self) -> Sense:
        """Minimise or maximise."""
        return Sense(_ffi.library().dca_lp_sense(self._ptr))

    @sense.setter
    def sense(self, value: Sense | str) -> None:
        status = _ffi.library().dca_lp_set_sense(self._ptr, as_enum(Sense, value, "sense"))
        self._check(status, "set sense")

    @property
    def offset(self) -> float:
        """The constant c0 of the objective."""
        return float(_ffi.library().dca_lp_offset(self._ptr))

    @offset.setter
    def offset(self, value: float) -> None:
        self._check(
            _ffi.library().dca_lp_set_offset(self._ptr, real(value, "offset")), "set offset"
        )

    @property
    def name(self) -> str | None:
        """Name of the problem."""
        return string(_ffi.library().dca_lp_name(self._ptr))

    @name.setter
    def name(self, value: str | None) -> None:
        self._check(
            _ffi.library().dca_lp_set_name(self._ptr, optional_text(value, "name")), "set name"
        )

    @property
    def objective_name(self) -> str | None:
        """Name of the objective row in files; None: "obj"."""
        return string(_ffi.library().dca_lp_objective_name(self._ptr))

    @objective_name.setter
    def objective_name(self, value: str | None) -> None:
        held = optional_text(value, "objective name")
        self._check(_ffi.library().dca_lp_set_objective_name(self._ptr, held), "set objective name")

    def set_row_name(self, row: Where, name: str | None) -> None:
        """Rename a row; None takes its name away."""
        status = _ffi.library().dca_lp_set_row_name(
            self._ptr, self._row(row), optional_text(name, "name")
        )
        self._check(status, "set row name")

    def set_column_name(self, column: Where, name: str | None) -> None:
        """Rename a column; None takes its name away."""
        status = _ffi.library().dca_lp_set_column_name(
            self._ptr, self._column(column), optional_text(name, "name")
        )
        self._check(status, "set column name")

    def set_cost(self, columns: Wheres | None, cost: Reals) -> None:
        """Set costs: of one column, of a sequence of them (a number or one cost each), or with
        ``columns`` None of all from the first on."""
        n, held, keep = self._targets(columns, {"cost": cost}, self.find_column)
        values, keep_values = doubles(cost, n, "cost")
        self._check(_ffi.library().dca_lp_set_costs(self._ptr, n, held, values), "set cost")
        del keep, keep_values

    def set_column_bounds(
        self, columns: Wheres | None, lower: Reals | None = None, upper: Reals | None = None
    ) -> None:
        """Set bounds of columns, as in :meth:`set_cost`; a side that is None stays as it is."""
        self._set_bounds(
            _ffi.library().dca_lp_set_column_bounds, columns, lower, upper, self.find_column
        )

    def set_row_bounds(
        self, rows: Wheres | None, lower: Reals | None = None, upper: Reals | None = None
    ) -> None:
        """Set bounds of rows, as in :meth:`set_cost`; a side that is None stays as it is."""
        self._set_bounds(_ffi.library().dca_lp_set_row_bounds, rows, lower, upper, self.find_row)

    def _set_bounds(self, call: Any, which: Any, lower: Any, upper: Any, find: Any) -> None:
        n, held, keep = self._targets(which, {"lower": lower, "upper": upper}, find)
        low, keep_low = doubles(lower, n, "lower")
        up, keep_up = doubles(upper, n, "upper")
        self._check(call(self._ptr, n, held, low, up), "set bounds")
        del keep, keep_low, keep_up

    def set_integer(self, columns: Wheres | None, integer: Reals = True) -> None:
        """Mark columns as integer, or (False, 0) as continuous, as in :meth:`set_cost`."""
        n, held, keep = self._targets(columns, {"integer": integer}, self.find_column)
        marks, keep_marks = indices(integer, n, "integer")
        self._check(_ffi.library().dca_lp_set_integers(self._ptr, n, held, marks), "set integer")
        del keep, keep_marks

    def _targets(self, which: Any, values: Mapping[str, Any], find: Any) -> tuple[int, Any, Any]:
        """Indices for C of one object, of several, or (None) of the first n."""
        if which is None:
            return common_length(values), None, None
        if isinstance(which, (str, int)) or hasattr(which, "__index__"):
            which = [which]
        held = contiguous(names_to_indices(which, find, "index"), "i", "index")
        common_length(values, len(held))
        return len(held), pointer(held, "i"), held

    def set_coefficient(self, row: Where, column: Where, value: float) -> None:
        """Set A[row, column]; 0 removes the entry."""
        self.set_coefficients([self._row(row)], [self._column(column)], [value])

    def set_coefficients(self, rows: Wheres, columns: Wheres, values: Reals) -> None:
        """Set A[rows[k], columns[k]] = values[k] for every k; zeros remove entries."""
        i = contiguous(names_to_indices(rows, self.find_row, "rows"), "i", "rows")
        j = contiguous(names_to_indices(columns, self.find_column, "columns"), "i", "columns")
        v = contiguous(values, "f", "values")
        n = common_length({"rows": i, "columns": j, "values": v})
        status = _ffi.library().dca_lp_set_coefficients(
            self._ptr, n, pointer(i, "i"), pointer(j, "i"), pointer(v, "f")
        )
        self._check(status, "set coefficients")

    def delete_rows(self, rows: Wheres) -> Integers:
        """Delete rows, each listed once. The rest keep their order.

        Returns:
            [num_rows before] each row's new index, or -1.
        """
        return self._delete(_ffi.library().dca_lp_delete_rows, rows, self.find_row, self.num_rows)

    def delete_columns(self, columns: Wheres) -> Integers:
        """Delete columns, each listed once; returns [num_columns before] new indices, or -1."""
        return self._delete(
            _ffi.library().dca_lp_delete_columns, columns, self.find_column, self.num_columns
        )

    def _delete(self, call: Any, which: Any, find: Any, before: int) -> Integers:
        n, held, keep = self._targets(which, {}, find)
        new: Integers
        new, room = make(before, "i")
        self._check(call(self._ptr, n, held, room), "delete")
        del keep
        return new

    # ---- Read ----------------------------------------------------------------------------------

    @property
    def num_rows(self) -> int:
        """Number of rows, m."""
        return int(_ffi.library().dca_lp_num_rows(self._ptr))

    @property
    def num_columns(self) -> int:
        """Number of columns, n."""
        return int(_ffi.library().dca_lp_num_columns(self._ptr))

    @property
    def num_entries(self) -> int:
        """Number of nonzero coefficients."""
        return int(_ffi.library().dca_lp_num_entries(self._ptr))

    @property
    def num_integers(self) -> int:
        """Number of columns marked integer."""
        return int(_ffi.library().dca_lp_num_integers(self._ptr))

    @property
    def revision(self) -> int:
        """Increases with every edit."""
        return int(_ffi.library().dca_lp_revision(self._ptr))

    def row_name(self, row: int) -> str | None:
        """Name of a row, or None."""
        return string(_ffi.library().dca_lp_row_name(self._ptr, index32(row, "row")))

    def column_name(self, column: int) -> str | None:
        """Name of a column, or None."""
        return string(_ffi.library().dca_lp_column_name(self._ptr, index32(column, "column")))

    def find_row(self, name: str) -> int:
        """Index of a row by name.

        Raises:
            ArgumentError: there is none.
        """
        at = _ffi.library().dca_lp_find_row(self._ptr, text(name, "name"))
        if at < 0:
            raise ArgumentError(f"row {name!r} does not exist", kind=Kind.ROW, name=name)
        return int(at)

    def find_column(self, name: str) -> int:
        """Index of a column by name.

        Raises:
            ArgumentError: there is none.
        """
        at = _ffi.library().dca_lp_find_column(self._ptr, text(name, "name"))
        if at < 0:
            raise ArgumentError(f"column {name!r} does not exist", kind=Kind.COLUMN, name=name)
        return int(at)

    def _row(self, row: Where) -> int:
        return self.find_row(row) if isinstance(row, str) else index32(row, "row")

    def _column(self, column: Where) -> int:
        return self.find_column(column) if isinstance(column, str) else index32(column, "column")

    @property
    def row_names(self) -> list[str | None]:
        """[m]"""
        return [self.row_name(i) for i in range(self.num_rows)]

    @property
    def column_names(self) -> list[str | None]:
        """[n]"""
        return [self.column_name(j) for j in range(self.num_columns)]

    def _columns(self, which: int) -> Floats:
        values: Floats
        values, room = make(self.num_columns, "f")
        rooms = [room if k == which else None for k in range(4)]
        status = _ffi.library().dca_lp_get_columns(self._ptr, 0, len(values), *rooms)
        self._check(status, "get columns")
        return values

    def _rows(self, which: int) -> Floats:
        values: Floats
        values, room = make(self.num_rows, "f")
        rooms = [room if k == which else None for k in range(2)]
        status = _ffi.library().dca_lp_get_rows(self._ptr, 0, len(values), *rooms)
        self._check(status, "get rows")
        return values

    @property
    def cost(self) -> Floats:
        """[n] a copy; change it with :meth:`set_cost`."""
        return self._columns(0)

    @property
    def lower(self) -> Floats:
        """[n] lower bounds of columns, a copy."""
        return self._columns(1)

    @property
    def upper(self) -> Floats:
        """[n] upper bounds of columns, a copy."""
        return self._columns(2)

    @property
    def integer(self) -> Integers:
        """[n] nonzero for integer columns, a copy."""
        values: Integers
        values, room = make(self.num_columns, "i")
        status = _ffi.library().dca_lp_get_columns(
            self._ptr, 0, len(values), None, None, None, room
        )
        self._check(status, "get columns")
        return values

    @property
    def row_lower(self) -> Floats:
        """[m] lower bounds of rows, a copy."""
        return self._rows(0)

    @property
    def row_upper(self) -> Floats:
        """[m] upper bounds of rows, a copy."""
        return self._rows(1)

    def entries(self) -> tuple[Integers, Integers, Floats]:
        """The matrix by column: start [n+1], row index and value [start[n]], rows ascending; what
        ``scipy.sparse.csc_array((value, index, start), shape=(m, n))`` takes."""
        lib, n = _ffi.library(), self.num_columns
        start, start_room = make(n + 1, "q")
        self._check(lib.dca_lp_get_entries(self._ptr, 0, n, start_room, None, None), "get entries")
        index, index_room = make(int(start[n]), "i")
        value, value_room = make(int(start[n]), "f")
        status = lib.dca_lp_get_entries(self._ptr, 0, n, start_room, index_room, value_room)
        self._check(status, "get entries")
        return start, index, value

    def columns_frame(self) -> pandas.DataFrame:
        """The columns as a DataFrame: cost, lower, upper, integer, by name. Needs pandas."""
        from ._frames import frame

        return frame(
            {
                "cost": self.cost,
                "lower": self.lower,
                "upper": self.upper,
                "integer": [bool(mark) for mark in self.integer],
            },
            self.column_names,
            "column",
        )

    def rows_frame(self) -> pandas.DataFrame:
        """The rows as a DataFrame: lower, upper, by name. Needs pandas."""
        from ._frames import frame

        return frame({"lower": self.row_lower, "upper": self.row_upper}, self.row_names, "row")

    def __repr__(self) -> str:
        if self.closed:
            return "<Lp, closed>"
        named = f" {self.name!r}" if self.name else ""
        return (
            f"<Lp{named}: {self.sense.name.lower()}, {self.num_rows} rows, "
            f"{self.num_columns} columns, {self.num_entries} entries>"
        )

    def _repr_html_(self) -> str:
        from ._html import lp_card

        return lp_card(self)

    # ---- Solve ---------------------------------------------------------------------------------

    def _new_solver(self, options: Any, out: Any, err: Any) -> int:
        return int(_ffi.library().dca_solver_new_lp(self._ptr, options, out, err))

    def read_basis(self, path: str | os.PathLike[str]) -> tuple[Integers, Integers]:
        """Read an MPS basis file; returns statuses (:class:`BasisStatus`) of columns [n] and rows
        [m], for :meth:`Solver.set_basis`."""
        columns, column_room = make(self.num_columns, "B")
        rows, row_room = make(self.num_rows, "B")
        err = new_error()
        status = _ffi.library().dca_basis_read(
            self._ptr, text(os.fspath(path), "path"), column_room, row_room, ref(err)
        )
        check(status, err, f"read {os.fspath(path)}")
        return columns, rows


def _unpickle(whole: dict[str, Any], entries: Any, objective_name: str | None) -> Lp:
    rows = {key: whole[key] for key in ("row_lower", "row_upper", "row_names")}
    columns = {key: whole[key] for key in ("cost", "lower", "upper", "integer")}
    lp = Lp(whole["name"], sense=Sense(whole["sense"]))
    lp.offset, lp.objective_name = whole["offset"], objective_name
    lp.add_rows(**{key.replace("row_", ""): values for key, values in rows.items()})
    lp.add_columns(**columns, names=whole["column_names"], entries=entries)
    return lp


def _list_count(entries: Any) -> int | None:
    """How many lists a sparse argument holds."""
    if entries is None:
        return None
    if hasattr(entries, "indptr"):
        return len(entries.indptr) - 1
    if isinstance(entries, tuple) and len(entries) == 3 and not isinstance(entries[0], Mapping):
        return len(entries[0]) - 1
    return len(entries)


def _compressed(matrix: Any) -> tuple[bool, Any, tuple[int, int] | None]:
    """Whether by column, the compressed lists, and the shape."""
    if matrix is None:
        return True, None, None
    kind = getattr(matrix, "format", None)
    if kind is not None and hasattr(matrix, "shape"):
        if kind not in ("csc", "csr"):
            matrix = matrix.tocsc()
        if not getattr(matrix, "has_canonical_format", True):
            matrix = matrix.copy()
            matrix.sum_duplicates()
        return kind != "csr", matrix, tuple(matrix.shape)
    if np is not None:
        dense = np.asarray(matrix, dtype=np.float64)
        if dense.ndim != 2:
            raise ArgumentError(f"matrix has {dense.ndim} dimensions, expected 2")
        column, row = np.nonzero(dense.T)
        start = np.concatenate(([0], np.cumsum(np.bincount(column, minlength=dense.shape[1]))))
        return True, (start, row, dense.T[column, row]), tuple(dense.shape)
    rows = [list(row) for row in matrix]
    width = len(rows[0]) if rows else 0
    if any(len(row) != width for row in rows):
        raise ArgumentError("matrix has rows of different lengths")
    lists = [{j: value for j, value in enumerate(row) if value != 0} for row in rows]
    return False, lists, (len(rows), width)
