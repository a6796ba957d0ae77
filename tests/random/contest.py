"""One random LP, by several of our methods and by our peers, and after edits hot and anew.

Claims of ours that anybody contradicts, a peer, another method or the family itself, are judged in
exact rationals (tests/exact); so are all claims on some LPs. What is proved is settled for us,
whatever others say; a claim that is not proved is settled against us, and so is one that differs
from what the LP is by construction. Two claims of ours that exclude each other and are both proved
(they may be, within the tolerances of docs/numerics.md) are undecided. An LP that is infeasible,
but by so little that nothing can be claimed (hair.py), is rightly answered imprecise.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import dcalloc
from edits import apply, draw
from exact.judge import Answer, Verdict, judge
from exact.mps import Lp
from families import ALWAYS, HARD_NUMBERS, make
from hair import infeasible_by_a_hair
from peers import Said, peers

CLAIMS = {"optimal", "infeasible", "unbounded"}
RELATIVE = 1e-6  # objectives that differ by more contradict each other
JUDGED = 16  # all claims on one LP of so many are judged
EDITS = 4
SECONDS = 5.0  # for one solve of ours: these LPs take microseconds
Options = dict[str, Any]

BARE: Options = {"presolve": False, "symmetry": False}
WAYS: dict[str, Options] = {
    "auto": {},
    "dual": {"method": "dual", **BARE},
    "primal": {"method": "primal", **BARE},
}
# One more of these by seed.
OTHERS: list[Options] = [
    {"method": "dual"},
    {"method": "primal"},
    BARE,
    {"method": "dual", "simplex_pricing_dual": "devex", **BARE},
    {"method": "dual", "simplex_pricing_dual": "dantzig", **BARE},
    {"method": "primal", "simplex_pricing_primal": "steepest", **BARE},
    {"method": "primal", "simplex_pricing_primal": "dantzig", **BARE},
    {"method": "primal", "simplex_sifting": "on", "simplex_gub": "off", **BARE},
    {"method": "primal", "simplex_gub": "on", **BARE},
    {"simplex_crash": "network", **BARE},
    {"simplex_crash": "penalty", **BARE},
    {"simplex_crash": "triangular", **BARE},
    {"method": "dual", "simplex_crash": "triangular", **BARE},
    {"basis": True},
    {"method": "dual", "simplex_perturbation": False, **BARE},
    {"method": "dual", "scaling": False, **BARE},
    {"method": "primal", "scaling": False, **BARE},
]
NETWORK: Options = {"method": "network", **BARE}


@dataclass
class Record:
    """What came of one LP: counts for the table, and faults in words."""

    family: str
    seed: int
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def fault(self, kind: str, words: str) -> None:
        self.counts[kind] += 1
        self.faults.append(f"{kind}: {words}")


@dataclass
class Claim:
    """An answer of ours."""

    way: str
    status: str
    objective: float
    result: dcalloc.Result

    def proof(self, lp: Lp) -> str:
        """Why the exact judge does not believe it; empty when it does."""
        verdict = judge(lp, self.status, _answer(self.result))
        if verdict.valid and self.result.certificate.valid:
            return ""
        return "; ".join(verdict.faults[:2]) or "the certificate is not valid"

    def __str__(self) -> str:
        return f"{self.way} says {self.status} {self.objective:.12g}"


def _answer(result: dcalloc.Result) -> Answer:
    """What the judge reads, None for what the answer does not have."""

    def have(name: str) -> list[float] | None:
        try:
            return [float(value) for value in getattr(result, name)]
        except dcalloc.StateError:
            return None

    kind = {"infeasible": "farkas", "unbounded": "ray"}.get(_status(result), "none")
    ray = have("ray") if kind != "none" else None
    return Answer(have("x"), have("y"), have("d"), have("activity"), kind, ray)


def _status(result: dcalloc.Result) -> str:
    return result.outcome.name.lower()


def live(lp: Lp) -> dcalloc.Lp:
    """The same LP in the library."""
    made = dcalloc.Lp(sense="max" if lp.maximise else "min")
    made.add_rows(len(lp.row_names), lower=lp.row_lower, upper=lp.row_upper)
    made.add_columns(
        len(lp.cost),
        cost=lp.cost,
        lower=lp.lower,
        upper=lp.upper,
        entries=[dict(entries) for entries in lp.columns],
    )
    return made


def solve(way: str, solver: dcalloc.Solver) -> Claim:
    result = solver.solve(time_limit=SECONDS, interruptible=False)
    return Claim(way, _status(result), result.objective, result)


def prove(lp: Lp) -> Verdict:
    """The exact verdict on our own answer."""
    with live(lp) as ours, ours.solver() as solver:
        claim = solve("auto", solver)
    return judge(lp, claim.status, _answer(claim.result))


def contradicts(one: Said, other: Said) -> bool:
    """Two claims that exclude each other; who claims nothing contradicts nobody."""
    if one[0] not in CLAIMS or other[0] not in CLAIMS:
        return False
    if one[0] != other[0]:
        return True
    scale = max(1.0, abs(one[1]), abs(other[1]))
    return one[0] == "optimal" and not abs(one[1] - other[1]) <= RELATIVE * scale


class Contest:
    """Everybody who is asked, once made and then used for any number of LPs."""

    def __init__(self) -> None:
        self.peers, self.missing = peers()

    def run(self, family: str, seed: int) -> Record:
        record = Record(family, seed)
        lp = make(family, seed)
        claims = []
        with live(lp) as ours:
            for way, options in self._ways(family, seed):
                with ours.solver(**options) as solver:
                    claims.append(solve(way, solver))
            record.counts[claims[0].status] += claims[0].status in CLAIMS
            record.counts["LPs"] += 1
            self.settle(record, lp, claims, ALWAYS.get(family), seed % JUDGED == 0)
            self._edited(record, lp, ours)
        return record

    def _ways(self, family: str, seed: int) -> list[tuple[str, Options]]:
        other = NETWORK if family == "network" else OTHERS[seed % len(OTHERS)]
        words = " ".join(f"{name}={value}" for name, value in other.items())
        return [*WAYS.items(), (words, other)]

    def settle(
        self, record: Record, lp: Lp, claims: list[Claim], always: str | None, judged: bool
    ) -> None:
        """Compare claims on one LP with each other and with the peers; count and judge."""
        said = {name: ask(lp) for name, ask in self.peers.items()}
        for name, (status, _) in said.items():
            record.counts[f"{name} unknown"] += status not in CLAIMS
        proved: list[Claim] = []
        for claim in claims:
            record.counts["answers"] += 1
            own = (claim.status, claim.objective)
            if claim.status == "imprecise" and infeasible_by_a_hair(lp, prove):
                record.counts["hair"] += 1
                continue
            if claim.status not in CLAIMS:
                record.fault("imprecise", f"{claim.way} says {claim.status}; peers: {said}")
                continue
            against = [name for name, other in said.items() if contradicts(own, other)]
            for name in against:
                record.counts[f"{name} differs"] += 1
            split = any(contradicts(own, (one.status, one.objective)) for one in claims)
            strange = always is not None and claim.status != always
            if not (against or split or strange or judged):
                continue
            doubt = claim.proof(lp)
            record.counts["judged"] += 1
            if doubt or strange:
                reason = doubt or f"by construction it is {always}"
                record.fault("against us", f"{claim}: {reason}; peers: {said}")
                continue
            if any(contradicts(own, (one.status, one.objective)) for one in proved):
                record.fault("undecided", f"{claim}, and another of ours is proved too: {said}")
            proved.append(claim)
            record.counts["for us"] += bool(against or split)

    def _edited(self, record: Record, lp: Lp, ours: dcalloc.Lp) -> None:
        """A few edits, after each of which a solver that stays is compared with a new one."""
        family, seed = record.family, record.seed
        rng = random.Random(f"edits-{family}-{seed}")
        way = list(WAYS)[seed % len(WAYS)]
        with ours.solver(**WAYS[way]) as solver:
            solve(way, solver)
            for k in range(EDITS):
                for _ in range(rng.choice([1, 1, 1, 3])):
                    if lp.cost:
                        apply(draw(rng, lp, family in HARD_NUMBERS), lp, ours)
                hot = solve(f"hot {way} after {k + 1}", solver)
                with live(lp) as again, again.solver() as fresh:
                    anew = solve(f"anew after {k + 1}", fresh)
                record.counts["edits"] += 1
                self.settle(record, lp, [hot, anew], None, seed % JUDGED == 0)
