"""Models, the part that all others rest on: the object, its names and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from . import _ffi
from ._convert import (
    index32,
    new_handle,
    optional_text,
    pairs,
    reals,
    ref,
    string,
    text,
)
from ._handle import check, failure, last_error
from ._problem import Problem
from .enums import Kind, as_enum
from .env import Env, default_env
from .errors import ArgumentError, DcallocError
from .typing import Amounts, Shares, Where

M_ = TypeVar("M_", bound="ModelNames")


class ModelNames(Problem):
    """Base of :class:`dcalloc.Model`: the C object, and what its objects are called."""

    def __init__(self, name: str | None = None, *, env: Env | None = None) -> None:
        env = env or default_env()
        raw = new_handle(_ffi.dca_model)
        check(_ffi.library().dca_model_new(env._ptr, ref(raw)), None, "new model")
        self._take(raw, env)
        if name is not None:
            self.name = name

    def _take(self, raw: Any, env: Env) -> None:
        self._env = env
        self._adopt(raw, _ffi.library().dca_model_free)

    @classmethod
    def _from_raw(cls: type[M_], raw: Any, env: Env) -> M_:
        made = cls.__new__(cls)
        made._take(raw, env)
        return made

    def _check(self, status: int, what: str) -> None:
        if status != 0:
            raise self._failure(status, what)

    def _failure(self, status: int, what: str) -> DcallocError:
        err = last_error(_ffi.library().dca_model_error, self._ptr)
        return failure(status, err, what, self._culprit(err))

    def _culprit(self, err: Any) -> str | None:
        if Kind.RESOURCE <= err.kind <= Kind.TIER and err.index >= 0:
            return self.object_name(Kind(err.kind), err.index)
        return None

    @property
    def name(self) -> str | None:
        """Name of the whole."""
        return string(_ffi.library().dca_model_name(self._ptr))

    @name.setter
    def name(self, value: str | None) -> None:
        status = _ffi.library().dca_model_set_name(self._ptr, optional_text(value, "name"))
        self._check(status, "set name")

    @property
    def revision(self) -> int:
        """Increases with every edit."""
        return int(_ffi.library().dca_model_revision(self._ptr))

    # ---- Names and numbers ---------------------------------------------------------------------

    def count(self, kind: Kind | str) -> int:
        """Number of objects of a kind, removed ones included."""
        return int(_ffi.library().dca_model_count(self._ptr, as_enum(Kind, kind, "kind")))

    def exists(self, kind: Kind | str, where: Where) -> bool:
        """Whether there is such an object."""
        held = as_enum(Kind, kind, "kind")
        if isinstance(where, str):
            return int(_ffi.library().dca_model_find(self._ptr, held, text(where, "name"))) >= 0
        return bool(_ffi.library().dca_model_exists(self._ptr, held, index32(where, "index")))

    def find(self, kind: Kind | str, name: str) -> int:
        """Index of an object by name.

        Raises:
            ArgumentError: there is none.
        """
        held = as_enum(Kind, kind, "kind")
        at = int(_ffi.library().dca_model_find(self._ptr, held, text(name, "name")))
        if at < 0:
            raise ArgumentError(
                f"{held.name.lower()} {name!r} does not exist", kind=held, name=name
            )
        return at

    def object_name(self, kind: Kind | str, index: int) -> str | None:
        """Name of an object by index; None where there is none."""
        held = as_enum(Kind, kind, "kind")
        return string(
            _ffi.library().dca_model_object_name(self._ptr, held, index32(index, "index"))
        )

    def names(self, kind: Kind | str) -> list[str]:
        """Names of the objects of a kind, removed ones left out."""
        held = as_enum(Kind, kind, "kind")
        call, raw = _ffi.library().dca_model_object_name, self._ptr
        found = [
            string(call(raw, held, k)) for k in range(self.count(held)) if self.exists(held, k)
        ]
        return [name or "" for name in found]

    def unit(self, kind: Kind | str, where: Where) -> str:
        """Unit of a resource, a link or a demand."""
        held = as_enum(Kind, kind, "kind")
        return string(_ffi.library().dca_model_unit(self._ptr, held, self._at(held, where))) or ""

    def _at(self, kind: Kind, where: Where) -> int:
        return (
            self.find(kind, where) if isinstance(where, str) else index32(where, kind.name.lower())
        )

    def _maybe(self, kind: Kind, where: Where | None) -> int:
        return -1 if where is None else self._at(kind, where)

    def _finder(self, kind: Kind) -> Any:
        return lambda name: self.find(kind, name)

    def _by_resource(self, amounts: Amounts | None, what: str) -> Any:
        """Amounts as the dense array over resources that specs take; None stays None."""
        if amounts is None:
            return None
        at, by = pairs(amounts, self._finder(Kind.RESOURCE), what)
        n = self.count(Kind.RESOURCE)
        held = reals(n)
        for k, value in zip(at, by):
            if not 0 <= k < n:
                raise ArgumentError(f"{what}: resource {k} does not exist", kind=Kind.RESOURCE)
            held[k] = value
        return held

    def _from_resources(self, values: Any) -> dict[str, float]:
        if not values:
            return {}
        n = self.count(Kind.RESOURCE)
        return {self.object_name(Kind.RESOURCE, k) or "": values[k] for k in range(n) if values[k]}

    def _shares(self, kind: Kind, shares: Shares) -> list[tuple[int, float]]:
        if shares is None:
            return []
        if isinstance(shares, (str, int)):
            return [(self._at(kind, shares), 1.0)]
        if isinstance(shares, Mapping):
            return [(self._at(kind, key), float(share)) for key, share in shares.items()]
        return [(self._at(kind, key), 1.0) for key in shares]
