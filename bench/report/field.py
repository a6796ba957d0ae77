"""Results as a table of contestants and instances: what every section of a report is made from."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bench.lp.contestants import BEST_PEERS, DEFAULTS
from bench.lp.records import Record

BEST = "best peer"


def order(name: str) -> tuple[int, str]:
    """Ours first, then the peers as they are listed."""
    base = name.partition(":")[0]
    return (DEFAULTS.index(base) if base in DEFAULTS else len(DEFAULTS), name)


@dataclass
class Field:
    """The instances that every contestant was run on; of repeated results the last counts."""

    contestants: list[str]
    instances: list[str]  # by family and name
    families: dict[str, str]  # of each instance
    cells: dict[tuple[str, str], Record]
    partial: list[str]  # instances that some contestant was not run on, left out

    @classmethod
    def of(cls, results: Iterable[Record]) -> Field:
        cells = {(r["contestant"], r["instance"]): r for r in results if r["kind"] == "result"}
        names = sorted({contestant for contestant, _ in cells}, key=order)
        families = {r["instance"]: r["family"] for r in cells.values()}
        every = sorted(families, key=lambda instance: (families[instance], instance))
        whole = [lp for lp in every if all((name, lp) in cells for name in names)]
        return cls(names, whole, families, cells, [lp for lp in every if lp not in set(whole)])

    def only(self, instances: Sequence[str]) -> Field:
        """The same contestants on some of the instances."""
        return Field(self.contestants, list(instances), self.families, self.cells, [])

    def by_family(self) -> list[tuple[str, Field]]:
        """Each family, and after more than one of them all together."""
        names = list(dict.fromkeys(self.families[lp] for lp in self.instances))
        parts = [
            (name, self.only([lp for lp in self.instances if self.families[lp] == name]))
            for name in names
        ]
        return [*parts, ("all", self)] if len(parts) > 1 else parts

    def __getitem__(self, cell: tuple[str, str]) -> Record:
        return self.cells[cell]

    def solved(self, contestant: str, instance: str) -> bool:
        return bool(self.cells[contestant, instance]["verdict"] == "solved")

    def time(self, contestant: str, instance: str) -> float:
        """Seconds; the limit where it was not solved."""
        if contestant == BEST:
            return self.best(instance)[0]
        if not self.solved(contestant, instance):
            return self.limit(instance)
        return float(self.cells[contestant, instance]["seconds"])

    def limit(self, instance: str) -> float:
        """The longest that anybody was given, seconds: it counts for who was given less."""
        return max(float(self.cells[name, instance]["limit"]) for name in self.contestants)

    def given_less(self) -> dict[str, float]:
        """Contestants that were stopped before the limit, and their own limit."""
        short: dict[str, float] = {}
        for instance in self.instances:
            for name in self.contestants:
                own = float(self.cells[name, instance]["limit"])
                if own < self.limit(instance):
                    short[name] = min(own, short.get(name, own))
        return short

    def times(self, contestant: str) -> list[float]:
        return [self.time(contestant, instance) for instance in self.instances]

    def finite_times(self, contestant: str) -> list[float]:
        """As times(), with infinity where it was not solved."""
        return [
            self.time(contestant, lp) if self.solved(contestant, lp) else math.inf
            for lp in self.instances
        ]

    @property
    def peers(self) -> list[str]:
        """Those of the best peers that took part."""
        return [name for name in BEST_PEERS if name in self.contestants]

    def best(self, instance: str) -> tuple[float, str]:
        """Time and name of the best peer on an instance."""
        return min((self.time(name, instance), name) for name in self.peers)

    def best_solved(self, instance: str) -> bool:
        return any(self.solved(name, instance) for name in self.peers)
