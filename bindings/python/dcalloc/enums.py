"""Enumerations of the C library, with the same values.

Wherever a function takes one of these, the name in lower case does as well: ``sense="max"``,
``kind="power"``.
"""

from __future__ import annotations

from enum import IntEnum, IntFlag
from typing import TypeVar

__all__ = [
    "BasisStatus",
    "CertificateKind",
    "DomainKind",
    "Kind",
    "LogLevel",
    "Outcome",
    "Phase",
    "RepairBy",
    "Sense",
    "Status",
    "TermKind",
    "Untouchable",
]


class Status(IntEnum):
    """What a call did; carried by every :class:`dcalloc.DcallocError` as ``code``."""

    OK = 0
    NOMEM = -1
    ARG = -2
    STATE = -3
    ABI = -4
    IO = -5
    SYNTAX = -6
    INTERNAL = -7
    UNSUPPORTED = -8


class Outcome(IntEnum):
    """What is proven about the problem, verified on the caller's own numbers."""

    UNSOLVED = 0
    OPTIMAL = 1
    FEASIBLE = 2
    INFEASIBLE = 3
    UNBOUNDED = 4
    INFEASIBLE_OR_UNBOUNDED = 5
    TIME_LIMIT = 6
    WORK_LIMIT = 7
    INTERRUPTED = 8
    IMPRECISE = 9

    def __str__(self) -> str:
        return self.name.lower().replace("_", " ")


class Sense(IntEnum):
    """Direction of the objective."""

    MINIMISE = 0
    MAXIMISE = 1


class BasisStatus(IntEnum):
    """State of a row or a column in a basis. A row is basic when its slack is."""

    BASIC = 0
    LOWER = 1
    UPPER = 2
    FREE = 3


class Kind(IntEnum):
    """What an error, a limit or a name is about."""

    NONE = 0
    ROW = 1
    COLUMN = 2
    RESOURCE = 3
    POOL = 4
    DOMAIN = 5
    LINK = 6
    DEMAND = 7
    PLACEMENT = 8
    TIER = 9
    TERM = 10
    OPTION = 11
    FILE = 12


class LogLevel(IntEnum):
    """Levels of log lines."""

    ERROR = 0
    WARNING = 1
    INFO = 2
    DEBUG = 3


class Phase(IntEnum):
    """What a long call is doing."""

    READ = 0
    COMPILE = 1
    PRESOLVE = 2
    SIMPLEX_1 = 3
    SIMPLEX_2 = 4
    VERIFY = 5
    EXPLAIN = 6


class CertificateKind(IntEnum):
    """How an answer was proved."""

    NONE = 0
    KKT = 1
    FARKAS = 2
    RAY = 3


class DomainKind(IntEnum):
    """What a domain groups its pools for."""

    POWER = 0
    FAILURE = 1
    NETWORK = 2
    TENANT = 3


class TermKind(IntEnum):
    """What a tier of the objective may contain."""

    COST = 0
    ENERGY = 1
    UNMET = 2
    UTILISATION = 3
    MOVEMENT = 4
    VALUE = 5
    SHARE = 6


class RepairBy(IntEnum):
    """Which repair: by any means, by limits alone, by hard demands alone."""

    CHEAPEST = 0
    CAPACITY = 1
    DEMAND = 2


class Untouchable(IntFlag):
    """Which bounds of a row or column may not give while a conflict is looked for."""

    LOWER = 1
    UPPER = 2
    BOTH = 3


E_ = TypeVar("E_", bound=IntEnum)

_SPELLINGS = {
    "min": "MINIMISE",
    "max": "MAXIMISE",
    "minimize": "MINIMISE",
    "maximize": "MAXIMISE",
    "utilization": "UTILISATION",
}


def as_enum(kind: type[E_], value: int | str, what: str) -> E_:
    """The member of ``kind`` that ``value`` names, by number or by name in any case."""
    from .errors import ArgumentError

    try:
        if isinstance(value, str):
            key = _SPELLINGS.get(value.lower(), value.upper())
            return kind[key]
        return kind(value)
    except (KeyError, ValueError):
        names = ", ".join(member.name.lower() for member in kind)
        raise ArgumentError(f"{what} is {value!r}, expected one of {names}") from None
