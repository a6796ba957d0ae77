"""The tiers of a scenario in exact arithmetic, from docs/model.md alone: no code of the library.

Every column and row of that page is made with fractions, a textbook simplex with the rule of Bland
solves them, and a tier that was reached becomes a row for those behind it. Small scenarios only.
"""

from __future__ import annotations

import fnmatch
from fractions import Fraction
from typing import Any

Json = dict[str, Any]
Row = dict[str, Fraction]


class Beyond(Exception):
    """Something that is not done here."""


def exact(value: Any) -> Fraction:
    return Fraction(str(value))


# ---- Simplex: maximise c'x, A x <= b, x >= 0 -----------------------------------------------------


class Tableau:
    """A dictionary: each basic variable, and the objective, in terms of the others."""

    def __init__(self, rows: list[tuple[Row, Fraction]]) -> None:
        self.rows = {
            f"slack {k}": ({name: -a for name, a in row.items()}, b)
            for k, (row, b) in enumerate(rows)
        }
        self.goal: tuple[Row, Fraction] = ({}, Fraction(0))

    def pivot(self, leaving: str, entering: str) -> None:
        row, constant = self.rows.pop(leaving)
        by = -row.pop(entering)
        solved = {name: a / by for name, a in row.items()}
        solved[leaving] = -1 / by
        new = (solved, constant / by)
        self.rows = {name: _put(held, entering, new) for name, held in self.rows.items()}
        self.goal = _put(self.goal, entering, new)
        self.rows[entering] = new

    def climb(self) -> bool:
        """To the optimum; False: unbounded."""
        while True:
            better = sorted(name for name, c in self.goal[0].items() if c > 0)
            if not better:
                return True
            entering = better[0]
            steps = [(b / -r[entering], name) for name, (r, b) in self.rows.items()
                     if r.get(entering, 0) < 0]  # fmt: skip
            if not steps:
                return False
            self.pivot(min(steps)[1], entering)

    def aim(self, objective: Row) -> None:
        goal: tuple[Row, Fraction] = (dict(objective), Fraction(0))
        for name, row in self.rows.items():
            goal = _put(goal, name, row)
        self.goal = goal


def _put(held: tuple[Row, Fraction], name: str, row: tuple[Row, Fraction]) -> tuple[Row, Fraction]:
    """What is held, with `name` replaced by its row."""
    terms, constant = dict(held[0]), held[1]
    by = terms.pop(name, Fraction(0))
    for other, a in row[0].items():
        terms[other] = terms.get(other, Fraction(0)) + by * a
    return {other: a for other, a in terms.items() if a}, constant + by * row[1]


def largest(objective: Row, rows: list[tuple[Row, Fraction]]) -> Fraction | str:
    """The optimal value, or "infeasible", or "unbounded"."""
    tableau = Tableau([({**row, "short": Fraction(-1)}, b) for row, b in rows])
    worst = min(tableau.rows, key=lambda name: (tableau.rows[name][1], name), default=None)
    if worst is not None and tableau.rows[worst][1] < 0:
        tableau.aim({"short": Fraction(-1)})
        tableau.pivot(worst, "short")
        tableau.climb()
        if tableau.goal[1] < 0:
            return "infeasible"
        if "short" in tableau.rows:
            row = tableau.rows["short"][0]
            if not row:
                del tableau.rows["short"]
            else:
                tableau.pivot("short", min(row))
    tableau.rows = {
        name: ({k: a for k, a in row.items() if k != "short"}, b)
        for name, (row, b) in tableau.rows.items()
    }
    tableau.aim({name: c for name, c in objective.items() if c})
    return tableau.goal[1] if tableau.climb() else "unbounded"


# ---- The scenario as rows ------------------------------------------------------------------------


def shares(above: Any) -> dict[str, Fraction]:
    if above is None:
        return {}
    if isinstance(above, str):
        return {above: Fraction(1)}
    if isinstance(above, dict):
        return {name: exact(share) for name, share in above.items()}
    return {name: share for one in above for name, share in shares(one).items()}


class Scenario:
    """A scenario and its rows."""

    def __init__(self, given: Json) -> None:
        self.domains = {one["name"]: one for one in given.get("domains", [])}
        self.links = {one["name"]: one for one in given.get("links", [])}
        self.pools = {one["name"]: one for one in given.get("pools", [])}
        self.demands = {one["name"]: one for one in given.get("demands", [])}
        self.ways: dict[str, Json] = {}
        for demand in self.demands.values():
            self._ways(demand)
        for one in given.get("placements", []):
            self._way(self.demands[one["demand"]], one)
        self.limits: list[tuple[Row, Fraction, Fraction, str | None]] = []  # for utilisation
        self.rows: list[tuple[Row, Fraction]] = []
        self._supply()
        self._demand()
        self.tiers = given.get("objective", [])
        kinds = {term["kind"] for tier in self.tiers for term in tier["terms"]}
        if not kinds & {"value", "unmet", "share"}:
            self.tiers = [{"name": "unmet demand", "terms": [{"kind": "unmet"}]}, *self.tiers]

    def _ways(self, demand: Json) -> None:
        rules = demand.get("on", {})
        if isinstance(rules, str):
            rules = [rules]
        if isinstance(rules, list):
            rules = {pattern: 1 for pattern in rules}
        for pool in self.pools:
            for pattern, terms in rules.items():
                if fnmatch.fnmatchcase(pool, pattern):
                    terms = terms if isinstance(terms, dict) else {"rate": terms}
                    self._way(demand, {"pool": pool, **terms}, rule=True)
                    break
        for one in demand.get("placements", []):
            self._way(demand, one)

    def _way(self, demand: Json, way: Json, rule: bool = False) -> None:
        pool = self.pools.get(way.get("pool", ""))
        use = way.get("use", demand.get("use", {}))
        if pool is not None:
            use = {**use, "power": exact(use.get("power", 0)) + sum(
                exact(watts) * exact(use.get(name, 0))
                for name, watts in pool.get("watts", {}).items())}  # fmt: skip
        links = way.get("links", {})
        links = {name: 1 for name in links} if isinstance(links, list) else links
        name = way.get("name", f"{demand['name']}@{way.get('pool', '')}")
        made = {**way, "use": use, "links": links, "demand": demand["name"]}
        if self._fits(pool, use):
            self.ways[name] = made
        elif not rule:
            self.ways[name] = {**made, "ceiling": 0}

    def _fits(self, pool: Json | None, use: Json) -> bool:
        if pool is None:
            return True
        capacity = pool.get("capacity", {})
        fits = all(exact(a) <= exact(capacity.get(name, 0))
                   for name, a in use.items() if name != "power")  # fmt: skip
        power = exact(pool.get("idle_watts", 0)) + use["power"]
        return fits and ("power" not in capacity or power <= exact(capacity["power"]))

    def counted(self, above: Any, kinds: set[str]) -> dict[str, Fraction]:
        """F: what each domain above counts of one unit."""
        total: dict[str, Fraction] = {}
        for name, share in shares(above).items():
            domain = self.domains[name]
            if domain["kind"] not in kinds:
                continue
            out = share * exact(domain.get("factor", 1))
            total[name] = total.get(name, Fraction(0)) + out
            for higher, more in self.counted(domain.get("in"), kinds).items():
                total[higher] = total.get(higher, Fraction(0)) + out * more
        return total

    def on(self, pool: str) -> tuple[Row, Fraction]:
        """Nodes on: a column of elastic pools, else a constant."""
        if self.pools[pool].get("elastic", False):
            return {f"on {pool}": Fraction(1)}, Fraction(0)
        return {}, exact(self.pools[pool].get("count", 1))

    def limit(
        self, use: Row, constant: Fraction, cap: tuple[Row, Fraction], resource: str | None
    ) -> None:
        """use + constant <= cap, which may be by nodes on."""
        row = dict(use)
        for name, a in cap[0].items():
            row[name] = row.get(name, Fraction(0)) - a
        self.rows.append((row, cap[1] - constant))
        if not cap[0]:
            self.limits.append((use, constant, cap[1], resource))

    def _supply(self) -> None:
        for name, pool in self.pools.items():
            nodes, count = self.on(name)
            mine = {k: way for k, way in self.ways.items() if way.get("pool") == name}
            for resource, capacity in pool.get("capacity", {}).items():
                use = {k: exact(way["use"].get(resource, 0)) for k, way in mine.items()}
                idle = exact(pool.get("idle_watts", 0)) if resource == "power" else Fraction(0)
                for column in nodes:
                    use[column] = idle
                cap = ({c: exact(capacity) for c in nodes}, exact(capacity) * count)
                self.limit(use, idle * count, cap, resource)
            if nodes:
                self.rows.append((nodes, exact(pool.get("count", 1))))
        for name, domain in self.domains.items():
            for resource, cap in domain.get("limits", {}).items():
                if cap is not None:
                    self._domain(name, domain["kind"], resource, exact(cap))
        for name, link in self.links.items():
            use = {k: exact(way["links"].get(name, 0)) for k, way in self.ways.items()}
            if link.get("capacity") is not None:
                self.limit(use, Fraction(0), ({}, exact(link["capacity"])), None)

    def _domain(self, name: str, kind: str, resource: str, cap: Fraction) -> None:
        if kind == "power" and resource != "power":
            return
        use: Row = {}
        constant = Fraction(0)
        for k, way in self.ways.items():
            if kind == "tenant":
                above: Any = self.demands[way["demand"]].get("tenant")
            else:
                above = self.pools[way["pool"]].get("in") if "pool" in way else None
            factor = self.counted(above, {kind}).get(name, Fraction(0))
            use[k] = factor * exact(way["use"].get(resource, 0))
        if resource == "power" and kind != "tenant":
            for pool in self.pools:
                factor = self.counted(self.pools[pool].get("in"), {kind}).get(name, Fraction(0))
                nodes, count = self.on(pool)
                idle = factor * exact(self.pools[pool].get("idle_watts", 0))
                use.update({column: idle for column in nodes})
                constant += idle * count
        self.limit(use, constant, ({}, cap), resource)

    def _demand(self) -> None:
        for k, way in self.ways.items():
            if way.get("ceiling") is not None:
                self.rows.append(({k: Fraction(1)}, exact(way["ceiling"])))
        for name, demand in self.demands.items():
            amount = demand.get("amount", 1)
            if amount is None:
                continue
            served = self.served(name)
            insists = Fraction(1) if demand.get("hard") else exact(demand.get("min_share", 0))
            self.rows.append((served, exact(amount)))
            self.rows.append(({k: -a for k, a in served.items()}, -insists * exact(amount)))

    def served(self, demand: str) -> Row:
        return {
            k: exact(way.get("rate", 1)) for k, way in self.ways.items() if way["demand"] == demand
        }

    # ---- Terms ---------------------------------------------------------------------------------

    def value(self, tier: Json) -> tuple[Row, Fraction, bool]:
        """Linear form of a tier, constant, and whether it is to be large. May append rows."""
        large = all(term["kind"] in ("value", "share") for term in tier["terms"])
        total: Row = {}
        constant = Fraction(0)
        for term in tier["terms"]:
            form, more = getattr(self, f"_{term['kind']}")(term)
            weight = exact(term.get("weight", 1))
            if not large and term["kind"] in ("value", "share"):
                weight = -weight
            constant += weight * more
            for name, a in form.items():
                total[name] = total.get(name, Fraction(0)) + weight * a
        return total, constant, large

    def _in_scope(self, term: Json) -> list[str]:
        within = term.get("domain")
        return [
            name
            for name, demand in self.demands.items()
            if demand.get("priority", 0) >= term.get("priority", -(2**31))
            and (within is None or within in self.counted(demand.get("tenant"), {"tenant"}))
        ]

    def _unmet(self, term: Json) -> tuple[Row, Fraction]:
        form: Row = {}
        constant = Fraction(0)
        for name in self._in_scope(term):
            if self.demands[name].get("amount", 1) is None:
                continue
            weight = exact(self.demands[name].get("weight", 1))
            constant += weight * exact(self.demands[name].get("amount", 1))
            form.update({k: -weight * a for k, a in self.served(name).items()})
        return form, constant

    def _value(self, term: Json) -> tuple[Row, Fraction]:
        form: Row = {}
        for name in self._in_scope(term):
            worth = exact(self.demands[name].get("value", 1))
            form.update({k: worth * a for k, a in self.served(name).items()})
        return form, Fraction(0)

    def _share(self, term: Json) -> tuple[Row, Fraction]:
        column = f"share {len(self.rows)}"
        weights = []
        for name in self._in_scope(term):
            amount = self.demands[name].get("amount", 1)
            if amount is None:
                continue
            weights.append(exact(self.demands[name].get("weight", 1)))
            row = {k: -a for k, a in self.served(name).items()}
            self.rows.append(({**row, column: weights[-1] * exact(amount)}, Fraction(0)))
        self.rows.append(({column: Fraction(1)}, 1 / min(weights)))
        return {column: Fraction(1)}, Fraction(0)

    def _utilisation(self, term: Json) -> tuple[Row, Fraction]:
        column = f"utilisation {len(self.rows)}"
        if "domain" in term:
            raise Beyond("utilisation in a domain")
        for use, constant, limit, resource in self.limits:
            if term.get("resource") in (None, resource):
                self.rows.append(({**use, column: -limit}, -constant))
        return {column: Fraction(1)}, Fraction(0)

    def _cost(self, term: Json) -> tuple[Row, Fraction]:
        if "domain" in term:
            raise Beyond("cost in a domain")
        return self._drawn(lambda one: exact(one.get("energy_price", 0)), True)

    def _energy(self, term: Json) -> tuple[Row, Fraction]:
        if "domain" in term or any(one.get("energy_price") for one in self.domains.values()):
            raise Beyond("energy at meters")
        return self._drawn(lambda one: Fraction(0), False)

    def _drawn(self, price: Any, money: bool) -> tuple[Row, Fraction]:
        """Cost, or energy at the pools."""
        form: Row = {}
        constant = Fraction(0)
        for k, way in self.ways.items():
            per_watt = self._per_watt(way.get("pool"), price, money)
            form[k] = per_watt * way["use"].get("power", 0)
            if money:
                form[k] += exact(way.get("cost", 0)) + sum(
                    exact(by) * exact(self.links[name].get("price", 0))
                    for name, by in way["links"].items()
                )
        for name, pool in self.pools.items():
            nodes, count = self.on(name)
            idle = self._per_watt(name, price, money) * exact(pool.get("idle_watts", 0))
            node = idle + (exact(pool.get("price", 0)) if money else 0)
            form.update({column: node for column in nodes})
            constant += node * count
        return form, constant

    def _per_watt(self, pool: str | None, price: Any, money: bool) -> Fraction:
        if pool is None:
            return Fraction(0)
        if not money:
            return Fraction(1, 1000)
        counted = self.counted(self.pools[pool].get("in"), {"power"})
        return sum((f * price(self.domains[d]) for d, f in counted.items()), Fraction(0)) / 1000


def solve(given: Json) -> dict[str, Fraction] | str:
    """Value of every tier by name; "infeasible" or "unbounded"."""
    scenario = Scenario(given)
    found: dict[str, Fraction] = {}
    for tier in scenario.tiers:
        if any(term["kind"] == "movement" for term in tier["terms"]):
            raise Beyond("movement")
        form, constant, large = scenario.value(tier)
        goal = form if large else {name: -a for name, a in form.items()}
        best = largest(goal, scenario.rows)
        if isinstance(best, str):
            return best
        found[tier["name"]] = constant + (best if large else -best)
        scenario.rows.append(({name: -a for name, a in goal.items()}, -best))
    return found
