"""The domain layer: who wants what, where it could run, and what limits it.

Objects are numbered per kind in the order they are added; wherever one is asked for, its name does
as well. A limit that is not set is unlimited; a resource that a pool does not list, it does not
have; a use that is not listed is 0. Demands are soft unless declared hard. Units are labels: shown,
never converted. Without periods there is one period of one hour: costs are per hour, energy is kWh
per hour.
"""

from __future__ import annotations

import math
import os
import tempfile
from typing import TYPE_CHECKING, Any

from . import _ffi
from ._convert import (
    common_length,
    contiguous,
    doubles,
    fresh,
    index32,
    make,
    names_to_indices,
    new_handle,
    new_index,
    pairs,
    pointer,
    real,
    ref,
    string,
    text,
)
from ._handle import check, new_error
from ._model_build import ModelBuild
from ._run import run
from .enums import DomainKind, Kind, TermKind, as_enum
from .env import Control, Env, default_env
from .errors import ArgumentError
from .objects import Demand, Domain, Link, Placement, Pool, Term
from .typing import Amounts, Reals, Where, Wheres

if TYPE_CHECKING:
    import pandas

    from .lp import Lp
    from .result import Integers, Result

__all__ = ["Model"]

_LARGE = (TermKind.VALUE, TermKind.SHARE)


class Model(ModelBuild):
    """A data centre and what is wanted of it.

    Args:
        name: of the whole, or None.
        env: environment; None: the default one.

    The resource "power" (W), which every pool draws and power domains count, is there from the
    start.
    """

    # ---- Whole ---------------------------------------------------------------------------------

    @classmethod
    def read_json(
        cls,
        path: str | os.PathLike[str],
        *,
        env: Env | None = None,
        control: Control | None = None,
    ) -> Model:
        """Read a scenario file.

        Raises:
            ParseError: malformed; ``line`` and ``column`` say where.
            FileError: the file cannot be read.
        """
        where = text(os.fspath(path), "path")
        return cls._read(
            lambda lib, e, c, out, err: lib.dca_model_read_json(e, where, c, out, err),
            f"read {os.fspath(path)}",
            env,
            control,
        )

    @classmethod
    def parse_json(
        cls, content: str | bytes, *, env: Env | None = None, control: Control | None = None
    ) -> Model:
        """As :meth:`read_json`, from memory."""
        held = content.encode() if isinstance(content, str) else bytes(content)
        return cls._read(
            lambda lib, e, c, out, err: lib.dca_model_parse_json(e, held, len(held), c, out, err),
            "parse scenario",
            env,
            control,
        )

    @classmethod
    def _read(cls, call: Any, what: str, env: Env | None, control: Control | None) -> Model:
        env = env or default_env()
        raw = new_handle(_ffi.dca_model)
        err = new_error()
        used = control or Control(env=env)
        lib, e, c = _ffi.library(), env._ptr, used._ptr
        check(run(lambda: call(lib, e, c, ref(raw), ref(err)), used, ()), err, what)
        return cls._from_raw(raw, env)

    def write_json(self, path: str | os.PathLike[str]) -> None:
        """Write a scenario file, whole or not at all.

        Raises:
            FileError: the file cannot be written.
        """
        err = new_error()
        status = _ffi.library().dca_model_write_json(
            self._ptr, text(os.fspath(path), "path"), ref(err)
        )
        check(status, err, f"write {os.fspath(path)}")

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled and copied as a scenario, into the default environment."""
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "model.json")
            self.write_json(path)
            with open(path, "rb") as file:
                return Model.parse_json, (file.read(),)

    # ---- Edit ----------------------------------------------------------------------------------

    def _set(self, kind: Kind, at: int, field: str, value: Any) -> None:
        if value is not None:
            call = getattr(_ffi.library(), f"dca_model_set_{kind.name.lower()}_{field}")
            given = value if field == "hard" else real(value, field)
            self._check(call(self._ptr, at, given), f"set {field} of {kind.name.lower()} {at}")

    def set_pool(
        self,
        pool: Where,
        *,
        count: float | None = None,
        capacity: Amounts | None = None,
        watts: Amounts | None = None,
        idle_watts: float | None = None,
        price: float | None = None,
    ) -> None:
        """Change a pool; what is not given stays. Fields are set one after the other: where one is
        refused, those before it hold."""
        at, lib = self._at(Kind.POOL, pool), _ffi.library()
        for amounts, call, what in (
            (capacity, lib.dca_model_set_pool_capacity, "capacity"),
            (watts, lib.dca_model_set_pool_watts, "watts"),
        ):
            for resource, amount in zip(*pairs(amounts, self._finder(Kind.RESOURCE), what)):
                self._check(call(self._ptr, at, resource, amount), f"set {what} of pool {pool!r}")
        for field, value in (("count", count), ("idle_watts", idle_watts), ("price", price)):
            self._set(Kind.POOL, at, field, value)

    def set_domain(
        self,
        domain: Where,
        *,
        factor: float | None = None,
        energy_price: float | None = None,
        limits: Amounts | None = None,
    ) -> None:
        """Change a domain; what is not given stays."""
        at = self._at(Kind.DOMAIN, domain)
        self._set(Kind.DOMAIN, at, "factor", factor)
        self._set(Kind.DOMAIN, at, "energy_price", energy_price)
        for resource, cap in dict(limits or {}).items():
            self.set_limit(at, resource, cap)

    def set_link(
        self, link: Where, *, capacity: float | None = None, price: float | None = None
    ) -> None:
        """Change a link; what is not given stays."""
        at = self._at(Kind.LINK, link)
        self._set(Kind.LINK, at, "capacity", capacity)
        self._set(Kind.LINK, at, "price", price)

    def set_demand(
        self,
        demand: Where,
        *,
        amount: float | None = None,
        value: float | None = None,
        min_share: float | None = None,
        weight: float | None = None,
        hard: bool | None = None,
    ) -> None:
        """Change a demand; what is not given stays."""
        at = self._at(Kind.DEMAND, demand)
        for field, given in (
            ("amount", amount),
            ("value", value),
            ("min_share", min_share),
            ("weight", weight),
            ("hard", None if hard is None else int(hard)),
        ):
            self._set(Kind.DEMAND, at, field, given)

    def set_placement(
        self,
        placement: Where,
        *,
        cost: float | None = None,
        rate: float | None = None,
        ceiling: float | None = None,
    ) -> None:
        """Change a placement; what is not given stays."""
        at = self._at(Kind.PLACEMENT, placement)
        for field, value in (("cost", cost), ("rate", rate), ("ceiling", ceiling)):
            self._set(Kind.PLACEMENT, at, field, value)

    def set_current(self, amounts: Reals | Result, placements: Wheres | None = None) -> None:
        """Units placed now, for the movement term: of the placements given (names or indices), or
        of the first ones. Those never set: 0. A :class:`Result` of this model, no older than its
        last :meth:`compact`, stands for what it placed."""
        from .result import Result

        lib = _ffi.library()
        if isinstance(amounts, Result):
            self._check(lib.dca_model_set_current_from(self._ptr, amounts._ptr), "set current")
            return
        held, keep = None, None
        if placements is not None:
            if isinstance(placements, (str, int)):
                placements = [placements]
            keep = contiguous(
                names_to_indices(placements, self._finder(Kind.PLACEMENT), "placements"),
                "i",
                "placements",
            )
            held = pointer(keep, "i")
        n = common_length({"amounts": amounts}, None if keep is None else len(keep))
        values, keep_values = doubles(amounts, n, "amounts")
        self._check(lib.dca_model_set_current(self._ptr, n, held, values), "set current")
        del keep, keep_values

    def remove(self, kind: Kind | str, where: Where) -> None:
        """Remove a pool or a demand (with its placements), a domain, a link or a placement. Its
        index is not used again before :meth:`compact`. A link that a placement uses, or a domain
        that a term names, cannot be removed; the members of a domain stay, without it."""
        held = as_enum(Kind, kind, "kind")
        status = _ffi.library().dca_model_remove(self._ptr, held, self._at(held, where))
        self._check(status, f"remove {held.name.lower()} {where!r}")

    def compact(self) -> dict[str, Integers]:
        """Close the gaps that removals left.

        Returns:
            For "pool", "domain", "link", "demand" and "placement": [count before] each object's new
            index, or -1.
        """
        kinds = (Kind.POOL, Kind.DOMAIN, Kind.LINK, Kind.DEMAND, Kind.PLACEMENT)
        made = {kind.name.lower(): make(self.count(kind), "i") for kind in kinds}
        rooms = [room for _, room in made.values()]
        self._check(_ffi.library().dca_model_compact(self._ptr, *rooms), "compact")
        return {key: values for key, (values, _) in made.items()}

    # ---- Objective -----------------------------------------------------------------------------

    def add_tier(self, name: str, *terms: Term, **weights: float) -> int:
        """Append a tier: tiers are optimised in order, each without giving up what earlier ones
        reached. Terms as objects or as weights: ``add_tier("bill", cost=1, energy=0.1)``.

        Returns:
            The index of the tier.
        """
        held = [self._term(one) for one in terms]
        held += [self._term(Term(kind, weight)) for kind, weight in weights.items()]
        if not held:
            raise ArgumentError(f"tier {name!r} has no terms", kind=Kind.TIER, name=name)
        out = new_index()
        status = _ffi.library().dca_model_add_tier(self._ptr, text(name, "name"), ref(out))
        self._check(status, f"add tier {name!r}")
        for spec in held:
            status = _ffi.library().dca_model_add_term(self._ptr, out.value, ref(spec), None)
            self._check(status, f"add term to tier {name!r}")
        return out.value

    def _term(self, term: Term) -> _ffi.dca_term_spec:
        spec = fresh(_ffi.dca_term_spec)
        spec.kind = as_enum(TermKind, term.kind, "term")
        spec.weight = float(term.weight)
        if not 0 < spec.weight < math.inf:
            what = TermKind(spec.kind).name.lower()
            raise ArgumentError(f"the weight of {what} is {spec.weight:g}, expected > 0 and finite")
        spec.domain = self._maybe(Kind.DOMAIN, term.domain)
        spec.resource = self._maybe(Kind.RESOURCE, term.resource)
        given = term.priority
        spec.priority = _ffi.INT32_MIN if given is None else index32(given, "priority")
        return spec

    def minimise(
        self,
        kind: TermKind | str,
        *,
        name: str | None = None,
        domain: Where | None = None,
        resource: Where | None = None,
        priority: int | None = None,
    ) -> int:
        """Append a tier of one term: "cost", "energy", "unmet", "utilisation" or "movement".

        Raises:
            ArgumentError: value and share are maximised.
        """
        return self._one_term(kind, False, name, Term(kind, 1.0, domain, resource, priority))

    def maximise(
        self,
        kind: TermKind | str,
        *,
        name: str | None = None,
        domain: Where | None = None,
        priority: int | None = None,
    ) -> int:
        """Append a tier of one term: "value" or "share"."""
        return self._one_term(kind, True, name, Term(kind, 1.0, domain, None, priority))

    def _one_term(self, kind: TermKind | str, large: bool, name: str | None, term: Term) -> int:
        held = as_enum(TermKind, kind, "term")
        if (held in _LARGE) != large:
            word = "minimised" if large else "maximised"
            raise ArgumentError(f"{held.name.lower()} is {word}")
        return self.add_tier(held.name.lower() if name is None else name, term)

    def set_term_weight(self, tier: Where, term: int, weight: float) -> None:
        """Change the weight of the term-th term of a tier."""
        status = _ffi.library().dca_model_set_term_weight(
            self._ptr, self._at(Kind.TIER, tier), index32(term, "term"), real(weight, "weight")
        )
        self._check(status, f"set weight of term {term} of tier {tier!r}")

    def clear_tiers(self) -> None:
        """Remove all tiers. A model without one, or whose tiers hold neither value, unmet nor
        share, first minimises weighted unmet demand."""
        self._check(_ffi.library().dca_model_clear_tiers(self._ptr), "clear tiers")

    # ---- Read ----------------------------------------------------------------------------------

    def _get(self, call: Any, spec: Any, kind: Kind, where: Where) -> Any:
        self._check(
            call(self._ptr, self._at(kind, where), ref(spec)),
            f"get {kind.name.lower()} {where!r}",
        )
        return spec

    def pool(self, where: Where) -> Pool:
        """A pool as it is now."""
        s = self._get(
            _ffi.library().dca_model_get_pool, fresh(_ffi.dca_pool_spec), Kind.POOL, where
        )
        return Pool(
            string(s.name) or "",
            s.count,
            self._from_resources(s.capacity),
            self._from_resources(s.watts),
            s.idle_watts,
            s.price,
            bool(s.elastic),
        )

    def domain(self, where: Where) -> Domain:
        """A domain as it is now."""
        s = self._get(
            _ffi.library().dca_model_get_domain, fresh(_ffi.dca_domain_spec), Kind.DOMAIN, where
        )
        return Domain(string(s.name) or "", DomainKind(s.kind), s.factor, s.energy_price)

    def link(self, where: Where) -> Link:
        """A link as it is now."""
        s = self._get(
            _ffi.library().dca_model_get_link, fresh(_ffi.dca_link_spec), Kind.LINK, where
        )
        return Link(
            string(s.name) or "",
            string(getattr(s, "from")),
            string(s.to),
            string(s.unit),
            s.capacity,
            s.price,
        )

    def demand(self, where: Where) -> Demand:
        """A demand as it is now."""
        s = self._get(
            _ffi.library().dca_model_get_demand, fresh(_ffi.dca_demand_spec), Kind.DEMAND, where
        )
        tenant = None if s.tenant < 0 else self.object_name(Kind.DOMAIN, s.tenant)
        return Demand(
            string(s.name) or "",
            s.amount,
            self._from_resources(s.use),
            s.value,
            tenant,
            s.min_share,
            s.weight,
            bool(s.hard),
            s.priority,
            string(s.unit),
        )

    def placement(self, where: Where) -> Placement:
        """A placement as it is now."""
        s = self._get(
            _ffi.library().dca_model_get_placement,
            fresh(_ffi.dca_placement_spec),
            Kind.PLACEMENT,
            where,
        )
        links = {}
        for k in range(s.num_links):
            name = self.object_name(Kind.LINK, s.link[k]) or ""
            links[name] = s.link_use[k] if s.link_use else 1.0
        return Placement(
            string(s.name)
            or self.object_name(Kind.PLACEMENT, self._at(Kind.PLACEMENT, where))
            or "",
            self.object_name(Kind.DEMAND, s.demand) or "",
            None if s.pool < 0 else self.object_name(Kind.POOL, s.pool),
            s.rate,
            self._from_resources(s.use) if s.use else None,
            s.cost,
            s.ceiling,
            links,
        )

    # ---- Tables (pandas) -----------------------------------------------------------------------

    def pools_frame(self) -> pandas.DataFrame:
        """Pools by name: nodes; capacity by resource, idle power (W) and price per hour of a node
        that is on; elastic. Needs pandas."""
        from ._frames import by_resource, frame

        pools = [self.pool(name) for name in self.names(Kind.POOL)]
        return frame(
            {
                "nodes": [pool.count for pool in pools],
                **by_resource(self, [pool.capacity for pool in pools]),
                "idle (W)": [pool.idle_watts for pool in pools],
                "price": [pool.price for pool in pools],
                "elastic": [pool.elastic for pool in pools],
            },
            [pool.name for pool in pools],
            "pool",
        )

    def domains_frame(self) -> pandas.DataFrame:
        """Domains by name: kind, limits by resource (``math.inf``: none), factor, energy price (per
        kWh), and the domains that they count in, with shares. Needs pandas. Time: the number of
        domains, squared."""
        from ._frames import by_resource, frame

        names = self.names(Kind.DOMAIN)
        domains = [self.domain(name) for name in names]
        resources = self.names(Kind.RESOURCE)
        limits = [{r: self.limit(Kind.DOMAIN, name, r) for r in resources} for name in names]
        limits = [{r: cap for r, cap in one.items() if cap < math.inf} for one in limits]
        shares = [{up: self.share(Kind.DOMAIN, name, up) for up in names} for name in names]
        return frame(
            {
                "kind": [domain.kind.name.lower() for domain in domains],
                **by_resource(self, limits, math.inf),
                "factor": [domain.factor for domain in domains],
                "energy price": [domain.energy_price for domain in domains],
                "in": [
                    ", ".join(f"{share:g} {up}" for up, share in one.items() if share)
                    for one in shares
                ],
            },
            names,
            "domain",
        )

    def demands_frame(self) -> pandas.DataFrame:
        """Demands by name: amount wanted and its unit, use of one unit by resource, weight, value,
        priority, hard. Needs pandas."""
        from ._frames import by_resource, frame

        demands = [self.demand(name) for name in self.names(Kind.DEMAND)]
        return frame(
            {
                "amount": [demand.amount for demand in demands],
                "unit": [demand.unit for demand in demands],
                **by_resource(self, [demand.use for demand in demands]),
                "weight": [demand.weight for demand in demands],
                "value": [demand.value for demand in demands],
                "priority": [demand.priority for demand in demands],
                "hard": [demand.hard for demand in demands],
            },
            [demand.name for demand in demands],
            "demand",
        )

    def __repr__(self) -> str:
        if self.closed:
            return "<Model, closed>"
        named = f" {self.name!r}" if self.name else ""
        kinds = (Kind.POOL, Kind.DOMAIN, Kind.LINK, Kind.DEMAND, Kind.PLACEMENT)
        counts = ", ".join(f"{self.count(kind)} {kind.name.lower()}s" for kind in kinds)
        return f"<Model{named}: {counts}>"

    def _repr_html_(self) -> str:
        from ._html import model_card

        return model_card(self)

    # ---- Solve ---------------------------------------------------------------------------------

    def _new_solver(self, options: Any, out: Any, err: Any) -> int:
        return int(_ffi.library().dca_solver_new_model(self._ptr, options, out, err))

    def compiled(self) -> Lp:
        """The LP of the first tier, as an independent copy."""
        with self.solver() as solver:
            return solver.compiled()
