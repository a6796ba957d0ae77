"""Models, the part that adds: pools, domains, links, demands, placements, one or many."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from . import _ffi
from ._convert import (
    common_length,
    contiguous,
    doubles,
    fresh,
    index32,
    indices,
    is_scalar,
    names_to_indices,
    new_index,
    new_real,
    optional_text,
    pointer,
    real,
    reals,
    ref,
    size_of,
    sparse,
    strings,
    text,
    whole_numbers,
)
from ._model_names import ModelNames
from .enums import DomainKind, Kind, as_enum
from .errors import ArgumentError
from .typing import Amounts, Lists, Reals, Shares, Where, Wheres


class ModelBuild(ModelNames):
    """Base of :class:`dcalloc.Model`: everything that adds objects."""

    # ---- Add -----------------------------------------------------------------------------------

    def add_resource(self, name: str, unit: str | None = None) -> int:
        """Add something that is counted, e.g. ``("memory", "GiB")``. Default unit: "unit".

        Raises:
            ArgumentError: the name is taken or empty.
        """
        out = new_index()
        status = _ffi.library().dca_model_add_resource(
            self._ptr, text(name, "name"), optional_text(unit, "unit"), ref(out)
        )
        self._check(status, f"add resource {name!r}")
        return out.value

    def _add_one(self, call: Any, spec: Any, what: str) -> int:
        out = new_index()
        self._check(call(self._ptr, ref(spec), size_of(spec), 1, ref(out)), f"add {what}")
        return out.value

    def _relate(self, kind: Kind, index: int, relate: Any) -> int:
        """Finish an object that was just added; when that fails it is taken out again."""
        try:
            relate()
        except BaseException:
            _ffi.library().dca_model_remove(self._ptr, kind, index)
            raise
        return index

    def add_pool(
        self,
        name: str,
        count: float = 1.0,
        *,
        capacity: Amounts | None = None,
        watts: Amounts | None = None,
        idle_watts: float = 0.0,
        price: float = 0.0,
        elastic: bool = False,
        domains: Shares = None,
    ) -> int:
        """Add ``count`` interchangeable nodes and return the index of the pool.

        Args:
            capacity: per node, by resource.
            watts: W drawn per unit of a resource in use.
            idle_watts: W per node that is on.
            price: cost per node that is on and hour.
            elastic: the number of nodes on is decided, and price and idle watts follow it;
                default False: all are on.
            domains: those that it is in: a name, several, or ``{"feed A": 0.5, "feed B": 0.5}``.

        Raises:
            ArgumentError: a name that is taken or unknown, a value that is negative or NaN.
        """
        inside = self._shares(Kind.DOMAIN, domains)
        spec = fresh(_ffi.dca_pool_spec)
        spec.elastic, spec.name = int(elastic), text(name, "name")
        spec.count, spec.idle_watts, spec.price = count, idle_watts, price
        keep = self._by_resource(capacity, "capacity"), self._by_resource(watts, "watts")
        for field, held in zip(("capacity", "watts"), keep):
            if held is not None:
                setattr(spec, field, held)
        at = self._add_one(_ffi.library().dca_model_add_pools, spec, f"pool {name!r}")

        def relate() -> None:
            for domain, share in inside:
                self.set_pool_domain(at, domain, share)

        return self._relate(Kind.POOL, at, relate)

    def add_domain(
        self,
        name: str,
        kind: DomainKind | str = DomainKind.POWER,
        *,
        limits: Amounts | None = None,
        factor: float = 1.0,
        energy_price: float = 0.0,
        parents: Shares = None,
    ) -> int:
        """Add a group of pools with limits of its own and return its index.

        Args:
            kind: "power" (PDU, feed, row; counts power only), "failure" (rack, zone), "network"
                (uplink), "tenant" (queue, team; counts the use of its demands).
            limits: most that may be counted, by resource: ``{"power": 50e3}`` (W).
            factor: what members use counts this often here and above (PUE, losses).
            energy_price: cost per kWh counted here.
            parents: domains that it counts in, as ``domains`` of :meth:`add_pool`.
        """
        above = self._shares(Kind.DOMAIN, parents)
        caps = [(self._at(Kind.RESOURCE, key), cap) for key, cap in dict(limits or {}).items()]
        spec = fresh(_ffi.dca_domain_spec)
        spec.kind, spec.name = as_enum(DomainKind, kind, "kind"), text(name, "name")
        spec.factor, spec.energy_price = factor, energy_price
        at = self._add_one(_ffi.library().dca_model_add_domains, spec, f"domain {name!r}")

        def relate() -> None:
            for parent, share in above:
                self.set_domain_parent(at, parent, share)
            for resource, cap in caps:
                self.set_limit(at, resource, cap)

        return self._relate(Kind.DOMAIN, at, relate)

    def add_link(
        self,
        name: str,
        capacity: float = math.inf,
        *,
        source: str | None = None,
        target: str | None = None,
        unit: str | None = None,
        price: float = 0.0,
    ) -> int:
        """Add directed capacity between two places and return its index. Default unit: "GB/s"."""
        spec = fresh(_ffi.dca_link_spec)
        spec.name, spec.unit = text(name, "name"), optional_text(unit, "unit")
        setattr(spec, "from", optional_text(source, "source"))
        spec.to = optional_text(target, "target")
        spec.capacity, spec.price = capacity, price
        return self._add_one(_ffi.library().dca_model_add_links, spec, f"link {name!r}")

    def add_demand(
        self,
        name: str,
        amount: float = 1.0,
        *,
        use: Amounts | None = None,
        value: float = 1.0,
        tenant: Where | None = None,
        min_share: float = 0.0,
        weight: float = 1.0,
        hard: bool = False,
        priority: int = 0,
        unit: str | None = None,
    ) -> int:
        """Add work that is wanted and return its index.

        Args:
            amount: units wanted; ``math.inf``: as much as fits.
            use: per unit, by resource: what placements by rule use.
            value: worth per unit served.
            tenant: the domain of kind "tenant" that asks.
            min_share: part that must be served, in [0, 1].
            weight: divides the share in max-min terms, weighs unmet units; > 0.
            hard: all of it must be served.
            priority: shown, and selectable by terms; larger is more urgent.
            unit: what one unit is called. Default "unit".
        """
        spec = fresh(_ffi.dca_demand_spec)
        spec.tenant, spec.name = self._maybe(Kind.DOMAIN, tenant), text(name, "name")
        spec.amount, spec.value, spec.min_share, spec.weight = amount, value, min_share, weight
        spec.hard, spec.priority = int(hard), index32(priority, "priority")
        spec.unit = optional_text(unit, "unit")
        keep = self._by_resource(use, "use")
        if keep is not None:
            spec.use = keep
        return self._add_one(_ffi.library().dca_model_add_demands, spec, f"demand {name!r}")

    def add_placement(
        self,
        demand: Where,
        pool: Where | None = None,
        *,
        name: str | None = None,
        rate: float = 1.0,
        use: Amounts | None = None,
        cost: float = 0.0,
        ceiling: float = math.inf,
        links: Shares = None,
    ) -> int:
        """Add one way to serve a demand, on a pool, over links, or both, and return its index.

        Args:
            name: default "<demand>@<pool>".
            rate: units of demand served per unit placed; > 0.
            use: of the pool, per unit placed, by resource; None: as the demand.
            cost: per unit placed and hour.
            ceiling: most units that may be placed.
            links: that carry it: names, or ``{name: units carried per unit placed}``.
        """
        spec = fresh(_ffi.dca_placement_spec)
        spec.demand, spec.pool = self._at(Kind.DEMAND, demand), self._maybe(Kind.POOL, pool)
        spec.name, spec.rate, spec.cost = optional_text(name, "name"), rate, cost
        spec.ceiling = ceiling
        keep = self._by_resource(use, "use")
        if keep is not None:
            spec.use = keep
        over = self._shares(Kind.LINK, links)
        spec.num_links = len(over)
        link, carried = whole_numbers(len(over)), reals(len(over))
        for k, (at, by) in enumerate(over):
            link[k], carried[k] = at, by
        if over:
            spec.link, spec.link_use = link, carried
        what = f"placement of demand {demand!r}"
        return self._add_one(_ffi.library().dca_model_add_placements, spec, what)

    def place(
        self,
        demand: Where,
        pools: Wheres | Iterable[Where] | Amounts | None = None,
        rates: Reals | None = None,
    ) -> int:
        """Add placements by rule: on each of the pools where one unit of the demand fits one node.

        Args:
            pools: names or indices, a mapping from pool to rate, or None for every pool.
            rates: [pools] units served per unit placed. Default 1.

        Returns:
            How many were added. Pools where it does not fit, or where it stands already, are passed
            over.
        """
        at, count, n = self._at(Kind.DEMAND, demand), new_index(), -1
        held = speeds = keep_rates = keep = None
        if isinstance(pools, Mapping):
            if rates is not None:
                raise ArgumentError("rates are given twice: in pools and in rates")
            rates = list(pools.values())
            pools = list(pools)
        if pools is not None:
            if isinstance(pools, (str, int)):
                pools = [pools]
            elif isinstance(pools, Iterable) and not hasattr(pools, "__len__"):
                pools = list(pools)
            keep = contiguous(
                names_to_indices(pools, self._finder(Kind.POOL), "pools"), "i", "pools"
            )
            n, held = len(keep), pointer(keep, "i")
        if rates is not None:
            size = self.count(Kind.POOL) if n < 0 else n
            keep_rates = contiguous([rates] * size if is_scalar(rates) else rates, "f", "rates")
            common_length({"rates": keep_rates}, size)
            speeds = pointer(keep_rates, "f")
        status = _ffi.library().dca_model_place(self._ptr, at, n, held, speeds, ref(count))
        del keep, keep_rates
        self._check(status, f"place demand {demand!r}")
        return count.value

    # ---- Add in bulk ---------------------------------------------------------------------------

    def add_pools(
        self,
        names: Sequence[str],
        *,
        count: Reals | None = None,
        capacity: Lists | None = None,
        watts: Lists | None = None,
        idle_watts: Reals | None = None,
        price: Reals | None = None,
        elastic: Reals | None = None,
    ) -> range:
        """Add pools in bulk, all or none, and return their indices. Columns are [n], a number for
        all, or None for the default of :meth:`add_pool`; capacity and watts are n mappings,
        ``(start, resource, value)`` or a scipy CSR matrix [n, resources]."""
        n = common_length({"names": names})
        find = self._finder(Kind.RESOURCE)
        spec = fresh(_ffi.dca_pool_columns)
        spec.n = n
        keep: list[Any] = []
        _fill(spec, "name", strings(names, n, "names"), keep)
        for field, values in (("count", count), ("idle_watts", idle_watts), ("price", price)):
            _fill(spec, field, doubles(values, n, field), keep)
        _fill(spec, "elastic", indices(elastic, n, "elastic"), keep)
        _fill(spec, "capacity", sparse(capacity, n, find, "capacity"), keep)
        _fill(spec, "watts", sparse(watts, n, find, "watts"), keep)
        return self._add_many(_ffi.library().dca_model_add_pool_columns, spec, keep, "add pools")

    def add_demands(
        self,
        names: Sequence[str],
        *,
        amount: Reals | None = None,
        use: Lists | None = None,
        value: Reals | None = None,
        tenant: Wheres | None = None,
        min_share: Reals | None = None,
        weight: Reals | None = None,
        hard: Reals | None = None,
        priority: Reals | None = None,
    ) -> range:
        """Add demands in bulk, all or none, and return their indices. Columns as in
        :meth:`add_pools`, defaults as in :meth:`add_demand`; ``tenant`` holds names or indices."""
        n = common_length({"names": names})
        spec = fresh(_ffi.dca_demand_columns)
        spec.n = n
        keep: list[Any] = []
        _fill(spec, "name", strings(names, n, "names"), keep)
        held = names_to_indices(tenant, self._finder(Kind.DOMAIN), "tenant")
        for field, marks in (("tenant", held), ("hard", hard), ("priority", priority)):
            _fill(spec, field, indices(marks, n, field), keep)
        for field, values in (
            ("amount", amount),
            ("value", value),
            ("min_share", min_share),
            ("weight", weight),
        ):
            _fill(spec, field, doubles(values, n, field), keep)
        _fill(spec, "use", sparse(use, n, self._finder(Kind.RESOURCE), "use"), keep)
        return self._add_many(
            _ffi.library().dca_model_add_demand_columns, spec, keep, "add demands"
        )

    def add_placements(
        self,
        *,
        demand: Wheres,
        pool: Wheres | None = None,
        rate: Reals | None = None,
        cost: Reals | None = None,
        ceiling: Reals | None = None,
        use: Lists | None = None,
        links: Lists | None = None,
    ) -> range:
        """Add placements in bulk, all or none, and return their indices: a million from numpy in
        well under a second.

        Args:
            demand, pool: [n] indices (int32 arrays are read in place) or names; a number or a name
                stands for all. ``pool`` -1 or None: on no pool.
            rate, cost, ceiling: [n], a number for all, or None for the default of
                :meth:`add_placement`.
            use: per unit placed, by resource: n mappings, ``(start, resource, value)`` or a scipy
                CSR matrix; None: as the demands.
            links: likewise, units carried by link.
        """
        demand = names_to_indices(demand, self._finder(Kind.DEMAND), "demand")
        pool = names_to_indices(pool, self._finder(Kind.POOL), "pool")
        columns = {"demand": demand, "pool": pool, "rate": rate, "cost": cost, "ceiling": ceiling}
        sized = any(values is not None and not is_scalar(values) for values in columns.values())
        n = common_length(columns, None if sized else 1)
        spec = fresh(_ffi.dca_placement_columns)
        spec.n = n
        keep: list[Any] = []
        _fill(spec, "demand", indices(demand, n, "demand"), keep)
        _fill(spec, "pool", indices(pool, n, "pool"), keep)
        for field, values in (("rate", rate), ("cost", cost), ("ceiling", ceiling)):
            _fill(spec, field, doubles(values, n, field), keep)
        _fill(spec, "use", sparse(use, n, self._finder(Kind.RESOURCE), "use"), keep)
        _fill(spec, "link", sparse(links, n, self._finder(Kind.LINK), "links"), keep)
        call = _ffi.library().dca_model_add_placement_columns
        return self._add_many(call, spec, keep, "add placements")

    def _add_many(self, call: Any, spec: Any, keep: list[Any], what: str) -> range:
        out = new_index()
        status = call(self._ptr, ref(spec), ref(out))
        keep.clear()  # what the structure points to had to live until here
        self._check(status, what)
        return range(out.value, out.value + spec.n)

    # ---- Relations and limits ------------------------------------------------------------------

    def set_pool_domain(self, pool: Where, domain: Where, share: float = 1.0) -> None:
        """A pool draws ``share`` of its use from a domain; 0 takes it out. Shares over domains of
        one kind that are not 1 must sum to 1, and no domain may count a pool more than once over
        all ways up: the next solve checks both."""
        status = _ffi.library().dca_model_set_pool_domain(
            self._ptr,
            self._at(Kind.POOL, pool),
            self._at(Kind.DOMAIN, domain),
            real(share, "share"),
        )
        self._check(status, f"pool {pool!r} in domain {domain!r}")

    def set_domain_parent(self, child: Where, parent: Where, share: float = 1.0) -> None:
        """A domain counts in another with ``share``; 0 takes it out. A cycle is refused."""
        status = _ffi.library().dca_model_set_domain_parent(
            self._ptr,
            self._at(Kind.DOMAIN, child),
            self._at(Kind.DOMAIN, parent),
            real(share, "share"),
        )
        self._check(status, f"domain {child!r} in domain {parent!r}")

    def share(self, kind: Kind | str, where: Where, domain: Where) -> float:
        """Share with which a "pool" or a "domain" counts in a domain directly; 0: it does not."""
        held, out = as_enum(Kind, kind, "kind"), new_real()
        status = _ffi.library().dca_model_get_share(
            self._ptr, held, self._at(held, where), self._at(Kind.DOMAIN, domain), ref(out)
        )
        self._check(status, f"share of {held.name.lower()} {where!r} in domain {domain!r}")
        return out.value

    def set_limit(self, domain: Where, resource: Where, limit: float) -> None:
        """Most that may be counted in a domain of a resource; ``math.inf``: no limit."""
        status = _ffi.library().dca_model_set_domain_limit(
            self._ptr,
            self._at(Kind.DOMAIN, domain),
            self._at(Kind.RESOURCE, resource),
            real(limit, "limit"),
        )
        self._check(status, f"limit of domain {domain!r} on {resource!r}")

    def set_repair_weight(
        self, kind: Kind | str, where: Where, resource: Where | None, weight: float
    ) -> None:
        """May this limit give in a repair (of a demand: may its hard amount be cut), and at what
        weight? Default 1; ``math.inf``: it may not."""
        held = as_enum(Kind, kind, "kind")
        status = _ffi.library().dca_model_set_repair_weight(
            self._ptr,
            held,
            self._at(held, where),
            self._maybe(Kind.RESOURCE, resource),
            real(weight, "weight"),
        )
        self._check(status, f"repair weight of {held.name.lower()} {where!r}")

    def limit(self, kind: Kind | str, where: Where, resource: Where | None = None) -> float:
        """A limit as set; ``math.inf`` when there is none."""
        held, out = as_enum(Kind, kind, "kind"), new_real()
        status = _ffi.library().dca_model_get_limit(
            self._ptr, held, self._at(held, where), self._maybe(Kind.RESOURCE, resource), ref(out)
        )
        self._check(status, f"limit of {held.name.lower()} {where!r}")
        return out.value


def _fill(spec: Any, field: str, made: tuple[Any, Any], keep: list[Any]) -> None:
    """Put a converted column into a structure and note what it points to."""
    setattr(spec, field, made[0])
    keep.append(made[1])
