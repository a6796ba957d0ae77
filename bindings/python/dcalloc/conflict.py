"""Why an answer is infeasible: things that cannot hold together."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Union

from . import _ffi
from ._convert import fresh, new_index, ref, string
from ._handle import check
from .enums import Kind, Untouchable
from .typing import Where

if TYPE_CHECKING:
    from .result import Result

__all__ = ["Conflict", "Member"]

#: Rows or columns that may not give: names or indices, or a mapping that says which side may not.
Marks = Union[Iterable[Where], Mapping[Where, Untouchable], None]


@dataclass(frozen=True)
class Member:
    """One of the things that cannot hold together."""

    kind: Kind  #: ROW, COLUMN; POOL, DOMAIN, LINK, DEMAND, PLACEMENT
    index: int
    name: str | None
    resource: str | None
    side: int  #: of an LP: -1 the lower bound, 1 the upper one; of a model 0
    limit: float  #: the bound, limit, amount insisted on, ceiling or number of nodes
    unit: str  #: of the limit; "node" for the nodes of an elastic pool, "" in an LP
    untouchable: bool
    text: str  #: "demand 'train' insists on 20 job"

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Conflict:
    """What cannot hold together. ``irreducible``: without any one member the others can."""

    members: tuple[Member, ...]
    irreducible: bool

    def __len__(self) -> int:
        return len(self.members)

    def __iter__(self) -> Iterator[Member]:
        return iter(self.members)

    def __str__(self) -> str:
        return "; ".join(str(member) for member in self.members)


def _unit(result: Result, c: Any) -> str:
    if c.resource >= 0:
        return result.unit(Kind.RESOURCE, c.resource)
    return "node" if c.kind == Kind.POOL else result.unit(Kind(c.kind), c.index)


def read_conflict(result: Result) -> Conflict:
    """The conflict that a result holds."""
    lib, raw = _ffi.library(), result._ptr
    count, irreducible = new_index(), new_index()
    status = lib.dca_result_conflict_count(raw, ref(count), ref(irreducible))
    check(status, None, f"conflict of a result that is {result.outcome}; see find_conflict()")
    members = []
    for k in range(count.value):
        c = fresh(_ffi.dca_conflict_member)
        check(lib.dca_result_conflict_at(raw, k, ref(c)), None, f"member {k}")
        kind = Kind(c.kind)
        members.append(
            Member(
                kind=kind,
                index=c.index,
                name=result.name(kind, c.index),
                resource=None if c.resource < 0 else result.name(Kind.RESOURCE, c.resource),
                side=c.side,
                limit=c.limit,
                unit=_unit(result, c),
                untouchable=bool(c.untouchable),
                text=string(lib.dca_result_conflict_note(raw, k)) or "",
            )
        )
    return Conflict(tuple(members), bool(irreducible.value))


def as_marks(given: Marks, count: int, find: Any) -> array[int] | None:
    """[count] marks of rows or columns, None: none; ``find`` gives the index of one of them."""
    if given is None:
        return None
    marks = array("B", bytes(count))
    for where in given:
        mark = given[where] if isinstance(given, Mapping) else Untouchable.BOTH
        marks[find(where)] = Untouchable(mark)
    return marks
