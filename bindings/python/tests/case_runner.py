"""Run a common case (tests/cases, format in tests/cases/README.md) through the public API.

Every key is taken out where it is obeyed; what is left over at the end fails the case, so that no
expectation is passed over in silence.
"""

from __future__ import annotations

import copy
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dcalloc
from dcalloc import Kind, Outcome
from headers import ROOT

FOLDER = ROOT / "tests" / "cases"
FILES = sorted(FOLDER.glob("[0-9]*.json"))
# Numbers agree within this times max(1, |expected|).
TOLERANCE = 1e-7

Json = dict[str, Any]
SPECIAL = {"inf": math.inf, "-inf": -math.inf, "nan": math.nan}


class CaseError(AssertionError):
    """A case does not hold, or is not one."""


def need(condition: bool, sentence: str) -> None:
    if not condition:
        raise CaseError(sentence)


def number(value: Any) -> float:
    if isinstance(value, str):
        need(value in SPECIAL, f"{value!r} is no number")
        return SPECIAL[value]
    need(isinstance(value, (int, float)) and not isinstance(value, bool), f"{value!r}: no number")
    return float(value)


def near(found: float, expected: Any, what: str) -> None:
    wanted = number(expected)
    same = found == wanted or abs(found - wanted) <= TOLERANCE * max(1.0, abs(wanted))
    need(same, f"{what} is {found!r}, expected {wanted!r}")


def spent(given: Json, what: str) -> None:
    need(not given, f"unknown keys in {what}: {', '.join(given)}")


class Run:
    """One model and its solver, going through the steps."""

    def __init__(self, model: dcalloc.Model) -> None:
        self.model = model
        self.solver = model.solver()
        self.result: dcalloc.Result | None = None

    def close(self) -> None:
        if self.result is not None:
            self.result.close()
        self.solver.close()
        self.model.close()

    # ---- Edits ---------------------------------------------------------------------------------

    def edit(self, edit: Json) -> None:
        refusal = edit.pop("refused", None)
        kinds = [word for word in ("set", "add", "remove", "place", "do") if word in edit]
        need(len(kinds) == 1, f"an edit of kinds {kinds}")
        act = getattr(self, f"_{kinds[0]}")
        word = edit.pop(kinds[0])
        if refusal is None:
            act(word, edit)
        else:
            expect_refusal(refusal, lambda: act(word, edit))
        spent(edit, f"{kinds[0]} {word}")

    def _set(self, what: str, edit: Json) -> None:
        kind, _, field = what.partition(" ")
        of, to, model = edit.pop("of"), edit.pop("to"), self.model
        if what == "demand hard":
            need(isinstance(to, bool), f"hard is {to!r}")
            model.set_demand(of, hard=to)
            return
        value = number(to)
        if what in ("pool capacity", "pool watts"):
            model.set_pool(of, **{field: {edit.pop("resource"): value}})
        elif what == "domain limit":
            model.set_limit(of, edit.pop("resource"), value)
        elif what == "pool share":
            model.set_pool_domain(of, edit.pop("in"), value)
        elif what == "domain share":
            model.set_domain_parent(of, edit.pop("in"), value)
        elif what == "tier weight":
            model.set_term_weight(of, edit.pop("term"), value)
        elif what == "placement current":
            model.set_current([value], [of])
        elif field == "repair":
            model.set_repair_weight(kind, of, edit.pop("resource", None), value)
        else:
            need(what in FIELDS, f"set {what!r} is unknown")
            getattr(model, f"set_{kind}")(of, **{field: value})

    def _add(self, kind: str, edit: Json) -> None:
        if kind == "placement":
            self.model.add_placement(
                edit.pop("demand"), edit.pop("pool", None), **known(kind, edit)
            )
            return
        name = edit.pop("name")
        if kind == "tier":
            terms = []
            for term in edit.pop("terms"):
                terms.append(dcalloc.Term(term.pop("kind"), **known("term", term)))
                spent(term, "term")
            self.model.add_tier(name, *terms)
        elif kind == "link":
            renamed = {"from": "source", "to": "target"}
            given = known(kind, edit)
            self.model.add_link(name, **{renamed.get(k, k): v for k, v in given.items()})
        else:
            getattr(self.model, f"add_{kind}")(name, **known(kind, edit))

    def _remove(self, kind: str, edit: Json) -> None:
        self.model.remove(kind, edit.pop("name"))

    def _place(self, demand: str, edit: Json) -> None:
        self.model.place(demand, edit.pop("on", None))

    def _do(self, what: str, edit: Json) -> None:
        if what == "keep placements":
            assert self.result is not None
            self.model.set_current(self.result)
        elif what == "compact":
            self.model.compact()
        elif what == "clear tiers":
            self.model.clear_tiers()
        elif what == "reset":
            self.solver.reset()
        else:
            raise CaseError(f"do {what!r} is unknown")

    # ---- Steps ---------------------------------------------------------------------------------

    def step(self, step: Json) -> None:
        step.pop("why")
        for edit in step.pop("edits", []):
            self.edit(edit)
        options = step.pop("options", None)
        need(("expect" in step) != ("refused" in step), "a step expects or is refused")
        if "refused" in step:
            expect_refusal(step.pop("refused"), lambda: self.solve(options))
        else:
            self.solve(options)
            assert self.result is not None
            expect(step.pop("expect"), self.model, self.result)
        spent(step, "step")

    def solve(self, options: Json | None) -> None:
        if options is not None:
            self.solver.set_options(**{k.replace(".", "_"): v for k, v in options.items()})
        result = self.solver.solve()
        if self.result is not None:
            self.result.close()
        self.result = result
        if result.outcome in (Outcome.OPTIMAL, Outcome.INFEASIBLE):
            need(result.certificate.valid, "the answer is not proved")
        if result.outcome == Outcome.OPTIMAL:
            with self.model.solver() as cold, cold.solve() as other:
                for name, value in other.tiers.items():
                    near(result.tiers[name], value, f"tier {name}, warm against cold,")


FIELDS = {
    f"{kind} {field}"
    for kind, fields in {
        "pool": ("count", "idle_watts", "price"),
        "domain": ("factor", "energy_price"),
        "link": ("capacity", "price"),
        "demand": ("amount", "value", "min_share", "weight"),
        "placement": ("cost", "rate", "ceiling"),
    }.items()
    for field in fields
}
TO_ADD = {
    "resource": ("unit",),
    "pool": ("count", "capacity", "watts", "idle_watts", "price", "elastic"),
    "domain": ("kind", "factor", "energy_price", "limits"),
    "link": ("from", "to", "unit", "capacity", "price"),
    "demand": (
        "amount",
        "use",
        "value",
        "tenant",
        "min_share",
        "weight",
        "hard",
        "priority",
        "unit",
    ),
    "placement": ("name", "rate", "use", "cost", "ceiling", "links"),
    "term": ("weight", "domain", "resource", "priority"),
}


def known(kind: str, edit: Json) -> Json:
    need(kind in TO_ADD, f"add {kind!r} is unknown")
    return {key: edit.pop(key) for key in TO_ADD[kind] if key in edit}


def expect_refusal(refusal: Json, act: Any) -> None:
    """The call must fail, for the reason and with the culprit that are given."""
    try:
        act()
    except dcalloc.DcallocError as error:
        status = error.code.name.lower()
        need(status == refusal.pop("status"), f"refused with {status}: {error}")
        kind = refusal.pop("about", None)
        need(kind in (None, error.kind.name.lower()), f"about {error.kind.name}: {error}")
        name = refusal.pop("name", None)
        need(name in (None, error.name), f"about {error.name!r}: {error}")
        for key in ("line", "column"):
            place = refusal.pop(key, None)
            need(place in (None, getattr(error, key)), f"{key} {getattr(error, key)}: {error}")
        says = refusal.pop("says", "")
        need(says in str(error), f"{says!r} is not in: {error}")
        spent(refusal, "refusal")
        return
    raise CaseError(f"not refused: {refusal}")


# ---- Expectations --------------------------------------------------------------------------------


def limit_word(kind: str, of: str, resource: str | None) -> str:
    return f"{kind} {of} {resource or '-'}"


def take_limit(given: Json) -> tuple[str, str, str | None]:
    return given.pop("kind"), given.pop("of"), given.pop("resource", None)


def only_limit(given: Json) -> tuple[str, str, str | None]:
    """A limit, with nothing said about it."""
    where = take_limit(given)
    spent(given, "limit")
    return where


def expect(given: Json, model: dcalloc.Model, result: dcalloc.Result) -> None:
    outcome = result.outcome.name.lower()
    need(outcome == given.pop("outcome"), f"the outcome is {outcome}")
    if "objective" in given:
        near(result.objective, given.pop("objective"), "objective")
    if "tiers" in given:
        tiers = given.pop("tiers")
        need(list(tiers) == list(result.tiers), f"the tiers are {list(result.tiers)}")
        for name, value in tiers.items():
            near(result.tiers[name], value, f"tier {name}")
    for key, read in vectors(result).items():
        for name, value in given.pop(key, {}).items():
            near(read(name), value, f"{key} of {name}")
    for key in ("cost", "energy"):
        if key in given:
            near(getattr(result, key), given.pop(key), key)
    for one in given.pop("limits", []):
        expect_limit(one, result)
    for one in given.pop("price_sums", []):
        total = sum(result.limit(*only_limit(each)).price for each in one.pop("limits"))
        near(total, one.pop("is"), "sum of prices")
        spent(one, "price sum")
    for demand, limits in given.pop("blocking", {}).items():
        blocking = [
            limit_word(b.kind.name.lower(), b.name, b.resource) for b in result.blocking(demand)
        ]
        wanted = [limit_word(*only_limit(one)) for one in limits]
        need(sorted(blocking) == sorted(wanted), f"{demand} is blocked by {blocking}")
    for by, repair in given.pop("repair", {}).items():
        expect_repair(repair, result.repair(by))
    if "warm" in given:
        warm = given.pop("warm")
        need(result.info.warm is warm, f"warm is {result.info.warm}")
    for fragment in given.pop("says", []):
        need(any(fragment in s for s in result.sentences), f"{fragment!r}: {result.sentences}")
    for kind, count in given.pop("slots", {}).items():
        need(model.count(kind) == count, f"{model.count(kind)} slots of {kind}")
    spent(given, "expect")


def vectors(result: dcalloc.Result) -> dict[str, Any]:
    """What is expected by name: key, and how to read it."""

    def at(kind: Kind, read: Any) -> Any:
        return lambda name: float(read()[result.find(kind, name)])

    return {
        "served": result.served_of,
        "unmet": result.unmet_of,
        "placed": at(Kind.PLACEMENT, lambda: result.placed),
        "nodes_on": at(Kind.POOL, lambda: result.pools["nodes_on"]),
        "pool_kilowatts": at(Kind.POOL, lambda: result.pools["kilowatts"]),
        "domain_kilowatts": at(Kind.DOMAIN, lambda: result.domains["kilowatts"]),
        "domain_costs": at(Kind.DOMAIN, lambda: result.domains["cost"]),
    }


def expect_limit(given: Json, result: dcalloc.Result) -> None:
    where = take_limit(given)
    found, word = result.limit(*where), limit_word(*where)
    if "limit" in given:
        near(found.limit, given.pop("limit"), f"limit of {word}")
    if "use" in given:
        near(found.use, given.pop("use"), f"use of {word}")
    tier = given.pop("tier", None)
    if "price" in given:
        price = found.price if tier is None else result.limit_price(tier, *where)
        near(price, given.pop("price"), f"price of {word}")
    spent(given, f"limit {word}")


def expect_repair(given: Json, repair: dcalloc.Repair) -> None:
    near(repair.size, given.pop("size"), "size of the repair")
    changes = given.pop("changes")
    need(len(changes) == len(repair.changes), f"the repair is {repair}")
    held = {limit_word(c.kind.name.lower(), c.name, c.resource): c for c in repair.changes}
    for change in changes:
        word = limit_word(*take_limit(change))
        need(word in held, f"no change of {word} in {list(held)}")
        near(held[word].old, change.pop("from"), f"{word} from")
        near(held[word].new, change.pop("to"), f"{word} to")
        spent(change, "change")
    spent(given, "repair")


# ---- Cases ---------------------------------------------------------------------------------------


def run_case(case: Json) -> None:
    """Raise :class:`CaseError` unless the case holds; everything made for it is freed."""
    case = copy.deepcopy(case)
    case.pop("title"), case.pop("shows"), case.pop("source", None)
    need(("scenario" in case) != ("text" in case), "a case has a scenario or a text")
    text = "\n".join(case.pop("text")) if "text" in case else json.dumps(case.pop("scenario"))
    refusal, steps = case.pop("refused", None), case.pop("steps", [])
    need((refusal is None) == bool(steps), "a case has steps, or is refused")
    spent(case, "case")
    with dcalloc.Env(logger=None) as env:
        if refusal is not None:
            expect_refusal(refusal, lambda: dcalloc.Model.parse_json(text, env=env).close())
        else:
            run = Run(dcalloc.Model.parse_json(text, env=env))
            try:
                for k, step in enumerate(steps):
                    try:
                        run.step(step)
                    except (CaseError, dcalloc.DcallocError, KeyError, TypeError) as error:
                        raise CaseError(f"step {k + 1}: {error}") from error
            finally:
                run.close()
        need(env.memory == 0, f"{env.memory} bytes are still held")


def load(path: Path) -> Json:
    made = json.loads(path.read_text())
    assert isinstance(made, dict)
    return made


def spoiled(case: Json) -> Iterator[tuple[str, Json]]:
    """The case with one thing in it wrong: each value that is expected in turn, and a key that
    nobody knows in each object but scenario and options, which the library reads."""

    def walk(node: Any, path: list[Any], expected: bool) -> Iterator[tuple[list[Any], Any, Any]]:
        if isinstance(node, dict):
            yield path, "unknown", 0
            for key, value in node.items():
                if key not in ("scenario", "options"):
                    yield from walk(value, [*path, key], expected or key in ("expect", "refused"))
        elif isinstance(node, list):
            for k, value in enumerate(node):
                yield from walk(value, [*path, k], expected)
        elif expected:
            yield path[:-1], path[-1], wrong(node)

    for path, key, value in list(walk(case, [], False)):
        made = copy.deepcopy(case)
        at: Any = made
        for part in path:
            at = at[part]
        at[key] = value
        yield "/".join(map(str, [*path, key])), made


def wrong(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return "wrong " + value
    return value + 1
