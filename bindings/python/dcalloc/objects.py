"""What a model is made of, as plain values."""

from __future__ import annotations

from dataclasses import dataclass

from .enums import DomainKind, TermKind
from .typing import Where

__all__ = ["Demand", "Domain", "Link", "Placement", "Pool", "Term"]


@dataclass(frozen=True)
class Term:
    """One term of a tier.

    Args:
        kind: "cost" (money per hour), "energy" (kWh per hour), "unmet" (weight x units not served),
            "utilisation" (largest use / limit), "movement" (sum of |placed - current|): to be
            small; "value" (value x units served), "share" (smallest served / (weight x amount)): to
            be large.
        weight: > 0. Default 1.
        domain: cost, energy, utilisation: this domain only; unmet, value, share: demands of this
            tenant only.
        resource: utilisation: limits on this resource only.
        priority: unmet, value, share: demands of at least this priority.
    """

    kind: TermKind | str
    weight: float = 1.0
    domain: Where | None = None
    resource: Where | None = None
    priority: int | None = None


@dataclass(frozen=True)
class Pool:
    """A pool as the model holds it; capacity and watts by resource, zeros left out."""

    name: str
    count: float
    capacity: dict[str, float]
    watts: dict[str, float]
    idle_watts: float
    price: float
    elastic: bool


@dataclass(frozen=True)
class Domain:
    """A domain as the model holds it."""

    name: str
    kind: DomainKind
    factor: float
    energy_price: float


@dataclass(frozen=True)
class Link:
    """A link as the model holds it."""

    name: str
    source: str | None
    target: str | None
    unit: str | None
    capacity: float
    price: float


@dataclass(frozen=True)
class Demand:
    """A demand as the model holds it; use by resource, zeros left out."""

    name: str
    amount: float
    use: dict[str, float]
    value: float
    tenant: str | None
    min_share: float
    weight: float
    hard: bool
    priority: int
    unit: str | None


@dataclass(frozen=True)
class Placement:
    """A placement as the model holds it; ``use`` is None where it is that of the demand."""

    name: str
    demand: str
    pool: str | None
    rate: float
    use: dict[str, float] | None
    cost: float
    ceiling: float
    links: dict[str, float]
