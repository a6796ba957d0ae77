"""Answers: immutable, verified, by index and by name.

Sign rule, in both senses: c = A'y + d; y_i and d_j are d(objective)/d(bound of row i, of column j,
that binds), in the objective's own sense.

Arrays are numpy arrays where numpy is installed, else ``array.array``. Each access copies.
"""

from __future__ import annotations

import json
import math
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from . import _ffi
from ._convert import (
    OwnedText,
    fresh,
    index32,
    make,
    new_index,
    new_real,
    ref,
    string,
    structures,
    text,
)
from ._handle import Handle, check, new_error
from .conflict import Conflict, read_conflict
from .enums import BasisStatus, CertificateKind, Kind, Outcome, RepairBy, as_enum
from .env import Env
from .errors import ArgumentError, StateError
from .typing import Where

if TYPE_CHECKING:
    import numpy
    import numpy.typing
    import pandas
    from matplotlib.figure import Figure

    Floats = numpy.typing.NDArray[numpy.float64]
    Integers = numpy.typing.NDArray[numpy.integer[Any]]

__all__ = ["Certificate", "Change", "Limit", "Repair", "Result", "SolveInfo"]

#: Prices up to this size, in the units of the first tier, are rounding: as in ``sentences``.
PRICE_NOISE = 1e-9


@dataclass(frozen=True)
class Certificate:
    """How the answer was checked, on the caller's own numbers.

    Attributes:
        kind: KKT (optimal), FARKAS (infeasible), RAY (unbounded) or NONE.
        valid: the test holds.
        rounded: a free column needed a rounded multiplier.
        primal_violation: largest violation of a row or bound, >= 0.
        dual_violation: largest wrong sign of a reduced cost or row price, >= 0.
        relative_gap: between value and dual bound; for FARKAS margin over scale.
        dual_bound: no feasible point is better than this.
    """

    kind: CertificateKind
    valid: bool
    rounded: bool
    primal_violation: float
    dual_violation: float
    relative_gap: float
    dual_bound: float


@dataclass(frozen=True)
class SolveInfo:
    """How the answer came about: warm start or not, iterations, matrix entries touched, seconds,
    the size of the problem and what presolve left of it, the method, and why."""

    warm: bool
    iterations: int
    work: int
    seconds: float
    rows: int
    columns: int
    entries: int
    presolved_rows: int
    presolved_columns: int
    presolved_entries: int
    method: str
    note: str


@dataclass(frozen=True)
class Limit:
    """One limit: what it limits, how much, how much of it is used, and what one more unit is worth.

    Attributes:
        kind: POOL, DOMAIN, LINK or DEMAND (whose limit is the amount wanted).
        name: of the pool, domain, link or demand.
        resource: name of the resource, or None.
        unit: of limit and use.
        limit: ``math.inf`` for none.
        price: d(value of the first tier)/d(limit), in that tier's own sense. A pool's limit moves
            with the capacity of its nodes, of which only those that are on bring it. NaN where the
            answer is not optimal.
    """

    kind: Kind
    index: int
    name: str
    resource: str | None
    unit: str
    limit: float
    use: float
    price: float

    @property
    def utilisation(self) -> float:
        """use / limit; 0 of a limit of 0 that is not used."""
        return self.use / self.limit if self.limit else float(self.use > 0)

    @property
    def binding(self) -> bool:
        """Used up, to a relative 1e-9."""
        return self.use >= self.limit - 1e-9 * max(1.0, abs(self.limit))

    @property
    def priced(self) -> bool:
        """One more unit would change the first tier: a price that is more than rounding."""
        return abs(self.price) > PRICE_NOISE

    def __str__(self) -> str:
        return f"{_what(self)}: {self.use:.9g} of {self.limit:.9g} {self.unit}"


@dataclass(frozen=True)
class Change:
    """One change of a repair: a limit raised, or a hard demand asked for less."""

    kind: Kind
    index: int
    name: str
    resource: str | None
    unit: str
    old: float
    new: float

    def __str__(self) -> str:
        verb = "lower" if self.kind == Kind.DEMAND else "raise"
        step = f"from {self.old:.9g} to {self.new:.9g} {self.unit}"
        return f"{verb} {_what(self)} {step}"


def _what(one: Limit | Change) -> str:
    """What is limited, as the library's own sentences put it."""
    thing = f"{one.kind.name.lower()} '{one.name}'"
    return f"{one.resource} of {thing}" if one.resource else thing


@dataclass(frozen=True)
class Repair:
    """The cheapest repair of an infeasible model: its weighted size (``math.inf``: there is none)
    and its changes."""

    size: float
    changes: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.changes)

    def __str__(self) -> str:
        return "; ".join(str(change) for change in self.changes) or "no repair exists"


class Result(Handle):
    """One answer. It keeps nothing of the problem or the solver, which may change or go.

    The members about demands, pools and limits raise :class:`StateError` where it answers an LP.
    """

    def __init__(self, raw: Any, env: Env) -> None:
        self._env = env
        self._adopt(raw, _ffi.library().dca_result_free)
        self._numbers: dict[Kind, dict[str, int]] = {}

    def __copy__(self) -> Result:
        """One more owner of the same answer, closed on its own."""
        return Result(_ffi.library().dca_result_retain(self._ptr), self._env)

    @property
    def is_model(self) -> bool:
        """Whether it answers a :class:`Model`."""
        return self.count(Kind.RESOURCE) > 0

    # ---- Verdict -------------------------------------------------------------------------------

    @property
    def outcome(self) -> Outcome:
        """What is proven."""
        return Outcome(_ffi.library().dca_result_outcome(self._ptr))

    @property
    def optimal(self) -> bool:
        """Whether the outcome is OPTIMAL: proved, on the caller's own numbers."""
        return self.outcome == Outcome.OPTIMAL

    @property
    def objective(self) -> float:
        """Objective in its own sense (of a model: of its first tier); NaN without a point."""
        return float(_ffi.library().dca_result_objective(self._ptr))

    @property
    def certificate(self) -> Certificate:
        """The proof and its figures."""
        c = fresh(_ffi.dca_certificate)
        check(_ffi.library().dca_result_certificate(self._ptr, ref(c)), None, "certificate")
        return Certificate(
            CertificateKind(c.kind),
            bool(c.valid),
            bool(c.rounded),
            c.primal_violation,
            c.dual_violation,
            c.relative_gap,
            c.dual_bound,
        )

    @property
    def info(self) -> SolveInfo:
        """Iterations, seconds, sizes, method."""
        i = fresh(_ffi.dca_solve_info)
        check(_ffi.library().dca_result_info(self._ptr, ref(i)), None, "info")
        return SolveInfo(
            bool(i.warm),
            i.iterations,
            i.work,
            i.seconds,
            i.rows,
            i.columns,
            i.entries,
            i.presolved_rows,
            i.presolved_columns,
            i.presolved_entries,
            i.method.decode(),
            i.note.decode(),
        )

    @property
    def sentences(self) -> list[str]:
        """The answer in words: the verdict and its proof, unmet demands with reasons, limits that
        bind with prices, or the repair."""
        lib, raw = _ffi.library(), self._ptr
        return [
            string(lib.dca_result_sentence(raw, k)) or ""
            for k in range(lib.dca_result_num_sentences(raw))
        ]

    # ---- Names ---------------------------------------------------------------------------------

    def count(self, kind: Kind | str) -> int:
        """Number of objects of a kind when the problem was solved, removed ones included."""
        return int(_ffi.library().dca_result_count(self._ptr, as_enum(Kind, kind, "kind")))

    def name(self, kind: Kind | str, index: int) -> str | None:
        """Name of an object as it was then, or None."""
        held = as_enum(Kind, kind, "kind")
        return string(_ffi.library().dca_result_name(self._ptr, held, index32(index, "index")))

    def names(self, kind: Kind | str) -> list[str | None]:
        """Names of all objects of a kind."""
        held, call, raw = as_enum(Kind, kind, "kind"), _ffi.library().dca_result_name, self._ptr
        return [string(call(raw, held, k)) for k in range(self.count(held))]

    def unit(self, kind: Kind | str, index: int) -> str:
        """Unit of a resource, a link, a demand or a placement; "" where there is none."""
        held = as_enum(Kind, kind, "kind")
        return (
            string(_ffi.library().dca_result_unit(self._ptr, held, index32(index, "index"))) or ""
        )

    def find(self, kind: Kind | str, name: str) -> int:
        """Index of an object by name.

        Raises:
            ArgumentError: there is none.
        """
        held = as_enum(Kind, kind, "kind")
        if held not in self._numbers:
            self._numbers[held] = {
                given: k for k, given in enumerate(self.names(held)) if given is not None
            }
        at = self._numbers[held].get(name)
        if at is None:
            raise ArgumentError(
                f"{held.name.lower()} {name!r} does not exist", kind=held, name=name
            )
        return at

    def _at(self, kind: Kind, where: Where) -> int:
        return (
            self.find(kind, where) if isinstance(where, str) else index32(where, kind.name.lower())
        )

    # ---- LP ------------------------------------------------------------------------------------

    def _range(self, call: Any, n: int, what: str) -> Floats:
        values: Floats
        values, room = make(n, "f")
        check(call(self._ptr, 0, n, room), None, f"{what} of a result that is {self.outcome}")
        return values

    def _one(self, call: Any, kind: Kind, where: Where, what: str) -> float:
        out = new_real()
        status = call(self._ptr, self._at(kind, where), 1, ref(out))
        check(status, None, f"{what} of {kind.name.lower()} {where!r}")
        return out.value

    @property
    def num_rows(self) -> int:
        """m"""
        return int(_ffi.library().dca_result_num_rows(self._ptr))

    @property
    def num_columns(self) -> int:
        """n"""
        return int(_ffi.library().dca_result_num_columns(self._ptr))

    @property
    def x(self) -> Floats:
        """[n] column values."""
        return self._range(_ffi.library().dca_result_get_x, self.num_columns, "x")

    @property
    def activity(self) -> Floats:
        """[m] row activities A x."""
        return self._range(_ffi.library().dca_result_get_activity, self.num_rows, "activity")

    @property
    def y(self) -> Floats:
        """[m] row prices."""
        return self._range(_ffi.library().dca_result_get_y, self.num_rows, "y")

    @property
    def d(self) -> Floats:
        """[n] reduced costs."""
        return self._range(_ffi.library().dca_result_get_d, self.num_columns, "d")

    def value(self, column: Where) -> float:
        """Value of one column."""
        return self._one(_ffi.library().dca_result_get_x, Kind.COLUMN, column, "x")

    def reduced_cost(self, column: Where) -> float:
        """Reduced cost of one column."""
        return self._one(_ffi.library().dca_result_get_d, Kind.COLUMN, column, "d")

    def price(self, row: Where) -> float:
        """Price of one row."""
        return self._one(_ffi.library().dca_result_get_y, Kind.ROW, row, "y")

    @property
    def basis(self) -> tuple[Integers, Integers]:
        """:class:`BasisStatus` of columns [n] and rows [m], for :meth:`Solver.set_basis`.

        Raises:
            StateError: the answer has no basis.
        """
        columns, column_room = make(self.num_columns, "B")
        rows, row_room = make(self.num_rows, "B")
        status = _ffi.library().dca_result_get_basis(self._ptr, column_room, row_room)
        check(status, None, "basis")
        return columns, rows

    @property
    def ray(self) -> Floats:
        """Infeasible: [m] Farkas multipliers. Unbounded: [n] direction.

        Raises:
            StateError: the answer has no ray.
        """
        farkas = self.outcome != Outcome.UNBOUNDED
        values: Floats
        values, room = make(self.num_rows if farkas else self.num_columns, "f")
        status = _ffi.library().dca_result_get_ray(self._ptr, room)
        check(status, None, f"ray of a result that is {self.outcome}")
        return values

    # ---- Model ---------------------------------------------------------------------------------

    @property
    def tiers(self) -> dict[str, float]:
        """Value of every tier, in its own sense, by name, in order."""
        lib, raw, out = _ffi.library(), self._ptr, new_real()
        values = {}
        for k in range(lib.dca_result_num_tiers(raw)):
            check(lib.dca_result_tier_value(raw, k, ref(out)), None, f"value of tier {k}")
            values[string(lib.dca_result_tier_name(raw, k)) or f"tier {k}"] = out.value
        return values

    @property
    def served(self) -> Floats:
        """[demands] units served."""
        return self._range(_ffi.library().dca_result_get_served, self.count(Kind.DEMAND), "served")

    @property
    def unmet(self) -> Floats:
        """[demands] units wanted and not served; 0 for demands without limit."""
        return self._range(_ffi.library().dca_result_get_unmet, self.count(Kind.DEMAND), "unmet")

    @property
    def wanted(self) -> Floats:
        """[demands] units wanted; ``math.inf``: as much as fits; NaN in removed slots."""
        n = self.count(Kind.DEMAND)
        values: Floats
        values, _ = make(n, "f")
        call, raw, out = _ffi.library().dca_result_limit, self._ptr, fresh(_ffi.dca_limit)
        for k in range(n):
            status = call(raw, Kind.DEMAND, k, -1, ref(out))
            values[k] = out.limit if status == 0 else math.nan
        return values

    @property
    def placed(self) -> Floats:
        """[placements] units placed."""
        return self._range(
            _ffi.library().dca_result_get_placed, self.count(Kind.PLACEMENT), "placed"
        )

    def served_of(self, demand: Where) -> float:
        """Units served of one demand."""
        return self._one(_ffi.library().dca_result_get_served, Kind.DEMAND, demand, "served")

    def unmet_of(self, demand: Where) -> float:
        """Units of one demand that are not served."""
        return self._one(_ffi.library().dca_result_get_unmet, Kind.DEMAND, demand, "unmet")

    def _groups(self, call: Any, kind: Kind, fields: tuple[str, ...]) -> dict[str, Any]:
        n = self.count(kind)
        made = {field: make(n, "f") for field in fields}
        status = call(self._ptr, 0, n, *[room for _, room in made.values()])
        check(status, None, f"{kind.name.lower()}s of a result that is {self.outcome}")
        return {field: values for field, (values, _) in made.items()}

    @property
    def pools(self) -> dict[str, Floats]:
        """[pools] each: ``nodes_on``, ``cost`` per hour, ``kilowatts`` drawn."""
        call = _ffi.library().dca_result_get_pools
        return self._groups(call, Kind.POOL, ("nodes_on", "cost", "kilowatts"))

    @property
    def domains(self) -> dict[str, Floats]:
        """[domains] each: ``cost`` per hour of the energy counted, ``kilowatts`` counted."""
        return self._groups(
            _ffi.library().dca_result_get_domains, Kind.DOMAIN, ("cost", "kilowatts")
        )

    @property
    def cost(self) -> float:
        """Total cost per hour."""
        return self._totals()[0]

    @property
    def energy(self) -> float:
        """Total energy, kWh per hour."""
        return self._totals()[1]

    def _totals(self) -> tuple[float, float]:
        cost, energy = new_real(), new_real()
        status = _ffi.library().dca_result_totals(self._ptr, ref(cost), ref(energy))
        check(status, None, f"totals of a result that is {self.outcome}")
        return cost.value, energy.value

    # ---- Limits and explanations ---------------------------------------------------------------

    def _named(self, kind: int, index: int, resource: int) -> tuple[Kind, str, str | None, str]:
        held = Kind(kind)
        name = self.name(held, index) or f"{held.name.lower()} {index}"
        if resource < 0:
            return held, name, None, self.unit(held, index)
        return held, name, self.name(Kind.RESOURCE, resource), self.unit(Kind.RESOURCE, resource)

    def _limit(self, c: _ffi.dca_limit) -> Limit:
        kind, name, resource, unit = self._named(c.kind, c.index, c.resource)
        return Limit(kind, c.index, name, resource, unit, c.limit, c.use, c.price)

    def limit(self, kind: Kind | str, where: Where, resource: Where | None = None) -> Limit:
        """One limit: ``limit("pool", "a100", "gpu")``, ``limit("link", "uplink")``."""
        held = as_enum(Kind, kind, "kind")
        of = -1 if resource is None else self._at(Kind.RESOURCE, resource)
        out = fresh(_ffi.dca_limit)
        status = _ffi.library().dca_result_limit(
            self._ptr, held, self._at(held, where), of, ref(out)
        )
        check(status, None, f"limit of {held.name.lower()} {where!r}")
        return self._limit(out)

    def limit_price(
        self, tier: int, kind: Kind | str, where: Where, resource: Where | None = None
    ) -> float:
        """Price of a limit in another tier's own sense."""
        held = as_enum(Kind, kind, "kind")
        of = -1 if resource is None else self._at(Kind.RESOURCE, resource)
        out = new_real()
        status = _ffi.library().dca_result_limit_price(
            self._ptr, index32(tier, "tier"), held, self._at(held, where), of, ref(out)
        )
        check(status, None, f"price in tier {tier} of {held.name.lower()} {where!r}")
        return out.value

    def pool_price(self, pool: Where, resource: Where) -> float:
        """Marginal value, in the first tier's units, of one more unit of a resource in a pool."""
        out = new_real()
        status = _ffi.library().dca_result_pool_price(
            self._ptr, self._at(Kind.POOL, pool), self._at(Kind.RESOURCE, resource), ref(out)
        )
        check(status, None, f"price of {resource!r} in pool {pool!r}")
        return out.value

    def limits(self) -> list[Limit]:
        """Every limit that the model has, in order of kind and index."""
        lib, raw, out, found = _ffi.library(), self._ptr, fresh(_ffi.dca_limit), []
        for k in range(lib.dca_result_num_limits(raw)):
            check(lib.dca_result_limit_at(raw, k, ref(out)), None, f"limit {k}")
            found.append(self._limit(out))
        return found

    @property
    def binding(self) -> list[Limit]:
        """The limits that are used up and have a price, demands apart; first the one of which
        one per cent more changes the most."""
        tight = [
            one for one in self.limits() if one.kind != Kind.DEMAND and one.binding and one.priced
        ]
        return sorted(tight, key=lambda one: -abs(one.price * one.limit))

    def blocking(self, demand: Where) -> list[Limit]:
        """The limits that keep a demand from being served more, dearest first."""
        lib, at, count = _ffi.library(), self._at(Kind.DEMAND, demand), new_index()
        status = lib.dca_result_blocking(self._ptr, at, 0, None, ref(count))
        check(status, None, f"limits that block demand {demand!r}")
        room = structures(_ffi.dca_limit, count.value)
        status = lib.dca_result_blocking(self._ptr, at, count.value, room, ref(count))
        check(status, None, f"limits that block demand {demand!r}")
        return [self._limit(one) for one in room]

    def note(self, demand: Where) -> str:
        """One sentence about a demand: served, or unmet and why."""
        at = self._at(Kind.DEMAND, demand)
        return string(_ffi.library().dca_result_demand_note(self._ptr, at)) or ""

    def repair(self, by: RepairBy | str = RepairBy.CHEAPEST) -> Repair:
        """The cheapest repair of an infeasible model: by any means (default), by "capacity" alone
        or by "demand" alone.

        Raises:
            StateError: the outcome is not infeasible.
        """
        lib, how = _ffi.library(), as_enum(RepairBy, by, "by")
        count, size = new_index(), new_real()
        status = lib.dca_result_repair_count(self._ptr, how, ref(count), ref(size))
        check(status, None, f"repair of a result that is {self.outcome}")
        changes = []
        for k in range(count.value):
            c = fresh(_ffi.dca_repair)
            check(lib.dca_result_repair_at(self._ptr, how, k, ref(c)), None, f"change {k}")
            kind, name, resource, unit = self._named(c.kind, c.index, c.resource)
            changes.append(Change(kind, c.index, name, resource, unit, getattr(c, "from"), c.to))
        return Repair(size.value, tuple(changes))

    def conflict(self) -> Conflict:
        """What cannot hold together where the answer is infeasible: only of a result of
        ``find_conflict()``.

        Raises:
            StateError: none was looked for, or the outcome is not infeasible.
        """
        return read_conflict(self)

    # ---- Files ---------------------------------------------------------------------------------

    def answer(self) -> dict[str, Any]:
        """The answer of a model as the versioned object of ``dcalloc solve --json``."""
        lib, raw = _ffi.library(), self._ptr
        out, err = OwnedText(), new_error()
        status = lib.dca_result_answer_json(raw, ref(out.start), ref(out.length), ref(err))
        check(status, err, "answer")
        try:
            made: dict[str, Any] = json.loads(out.read())
        finally:
            lib.dca_text_free(lib.dca_result_env(raw), out.start)
        return made

    def write_solution(self, path: str | os.PathLike[str]) -> None:
        """Write the solution file of the program (JSON): columns and rows with name, value, dual
        and status, and the ray where there is one."""
        err = new_error()
        status = _ffi.library().dca_result_write_solution(
            self._ptr, text(os.fspath(path), "path"), ref(err)
        )
        check(status, err, f"write {os.fspath(path)}")

    def write_basis(self, path: str | os.PathLike[str]) -> None:
        """Write the basis as an MPS basis file."""
        err = new_error()
        status = _ffi.library().dca_basis_write(self._ptr, text(os.fspath(path), "path"), ref(err))
        check(status, err, f"write {os.fspath(path)}")

    # ---- Tables (pandas) -----------------------------------------------------------------------

    def columns_frame(self) -> pandas.DataFrame:
        """Columns by name: value, reduced_cost, status. Needs pandas."""
        from ._frames import frame

        return frame(
            {"value": self.x, "reduced_cost": self.d, "status": self._statuses(0)},
            self.names(Kind.COLUMN),
            "column",
        )

    def rows_frame(self) -> pandas.DataFrame:
        """Rows by name: activity, price, status. Needs pandas."""
        from ._frames import frame

        return frame(
            {"activity": self.activity, "price": self.y, "status": self._statuses(1)},
            self.names(Kind.ROW),
            "row",
        )

    def _statuses(self, which: int) -> list[str] | None:
        try:
            return [BasisStatus(one).name.lower() for one in self.basis[which]]
        except StateError:
            return None

    def demands_frame(self) -> pandas.DataFrame:
        """Demands by name: unit, wanted, served, unmet, note. Needs pandas."""
        from ._frames import frame

        n, served, unmet = self.count(Kind.DEMAND), self.served, self.unmet
        return frame(
            {
                "unit": [self.unit(Kind.DEMAND, k) for k in range(n)],
                "wanted": self.wanted,
                "served": served,
                "unmet": unmet,
                "note": [self.note(k) for k in range(n)],
            },
            self.names(Kind.DEMAND),
            "demand",
            drop_unnamed=True,
        )

    def pools_frame(self) -> pandas.DataFrame:
        """Pools by name: nodes_on, cost (per hour), kilowatts. Needs pandas."""
        from ._frames import frame

        return frame(self.pools, self.names(Kind.POOL), "pool", drop_unnamed=True)

    def domains_frame(self) -> pandas.DataFrame:
        """Domains by name: cost (per hour, of energy), kilowatts. Needs pandas."""
        from ._frames import frame

        return frame(self.domains, self.names(Kind.DOMAIN), "domain", drop_unnamed=True)

    def limits_frame(self) -> pandas.DataFrame:
        """Every limit: kind, name, resource, unit, limit, use, utilisation, price. Needs pandas."""
        from ._frames import records

        fields = ("kind", "name", "resource", "unit", "limit", "use", "utilisation", "price")
        rows = [
            [
                one.kind.name.lower(),
                one.name,
                one.resource,
                one.unit,
                one.limit,
                one.use,
                one.utilisation,
                one.price,
            ]
            for one in self.limits()
        ]
        return records(fields, rows)

    def placements_frame(self, all: bool = False) -> pandas.DataFrame:
        """Placements by name: demand, pool, placed. Needs pandas.

        Args:
            all: also those where nothing is placed.
        """
        from ._frames import frame

        demand, pool = self.placements()
        demands, pools = self.names(Kind.DEMAND), self.names(Kind.POOL)
        table = frame(
            {
                "demand": [demands[k] if k >= 0 else None for k in demand],
                "pool": [pools[k] if k >= 0 else None for k in pool],
                "placed": self.placed,
            },
            self.names(Kind.PLACEMENT),
            "placement",
            drop_unnamed=True,
        )
        return table if all else table[table["placed"] != 0]

    def moved_frame(self, before: Result) -> pandas.DataFrame:
        """What another answer placed elsewhere, by name of the placement: demand, pool, before,
        after, change; the largest change first. Needs pandas."""
        from ._frames import changes

        return changes(before.placements_frame(all=True), self.placements_frame(all=True))

    def placements(self) -> tuple[Integers, Integers]:
        """Demand and pool (-1: none) of every placement."""
        n = self.count(Kind.PLACEMENT)
        demand, demand_room = make(n, "i")
        pool, pool_room = make(n, "i")
        status = _ffi.library().dca_result_get_placements(self._ptr, 0, n, demand_room, pool_room)
        check(status, None, "placements")
        return demand, pool

    # ---- Pictures ------------------------------------------------------------------------------

    def plot(self, *, top: int = 24, path: str | os.PathLike[str] | None = None) -> Figure:
        """Draw utilisation and prices of the limits, and what was served. Needs matplotlib.

        Prices are compared by what one per cent more of a limit is worth.

        Args:
            top: the most limits shown: those with a price first, then the fullest.
            path: also save it there (.png, .svg, .pdf).
        """
        from ._plot import plot_result

        return plot_result(self, top, None if path is None else os.fspath(path))

    def plot_prices(self, *, top: int = 32, path: str | os.PathLike[str] | None = None) -> Figure:
        """Draw what one more unit of each limit is worth in the first tier, a panel for each unit
        (GPU, core, W). Needs matplotlib.

        Args:
            top: the most limits shown, by what one per cent more is worth.
            path: also save it there (.png, .svg, .pdf).
        """
        from ._plot_prices import plot_prices

        return plot_prices(self, top, None if path is None else os.fspath(path))

    def __repr__(self) -> str:
        if self.closed:
            return "<Result, closed>"
        return f"<Result: {self.outcome}, objective {self.objective:.12g}>"

    def _repr_html_(self) -> str:
        from ._html import result_card

        return result_card(self)
