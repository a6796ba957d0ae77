"""Options by name, checked against the table of the library."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Union

from . import _ffi
from ._convert import (
    fresh,
    new_handle,
    new_real,
    new_text,
    ref,
    text,
)
from ._handle import Handle, check, failure, last_error
from .enums import Kind
from .env import Env, default_env
from .errors import ArgumentError

__all__ = ["OptionInfo", "OptionValue", "Options", "describe_options"]

#: What an option may be set to; True and False stand for "on" and "off".
OptionValue = Union[str, float, int, bool]


@dataclass(frozen=True)
class OptionInfo:
    """One option: its name, its type ("real", "integer" or "word|word"), unit ("" for none), what
    it does, its default and its bounds (as text; bounds are empty for words)."""

    name: str
    type: str
    unit: str
    sentence: str
    default: str
    lower: str
    upper: str

    @property
    def keyword(self) -> str:
        """The name as a keyword argument: ``simplex.pricing_dual`` is ``simplex_pricing_dual``."""
        return self.name.replace(".", "_")


_table: dict[str, OptionInfo] = {}


def describe_options() -> list[OptionInfo]:
    """Every option that the library knows."""
    if not _table:
        lib = _ffi.library()
        info = fresh(_ffi.dca_option_info)
        found = {}
        for k in range(lib.dca_options_count()):
            check(lib.dca_options_describe(k, ref(info)), None, f"option {k}")
            words = (
                info.name,
                info.type,
                info.unit,
                info.sentence,
                info.initial,
                info.lower,
                info.upper,
            )
            option = OptionInfo(*(word.decode() for word in words))
            found[option.keyword] = option
        _table.update(found)
    return list(_table.values())


def _option(name: str) -> OptionInfo:
    describe_options()
    option = _table.get(name.replace(".", "_"))
    if option is None:
        close = difflib.get_close_matches(name.replace(".", "_"), _table, 3, 0.5)
        hint = f"; did you mean {' or '.join(close)}?" if close else "; see describe_options()"
        raise ArgumentError(f"option {name!r} does not exist{hint}", kind=Kind.OPTION, name=name)
    return option


def _value_text(value: OptionValue) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, str):
        return value
    return repr(value) if isinstance(value, int) else repr(float(value))


class Options(Handle):
    """A set of options: ``Options(method="dual", simplex_pricing_dual="devex", relax=True)``.

    Dots in names are underscores in keywords; ``options["simplex.pricing_dual"]`` takes both.
    Nothing is clamped: a value out of bounds raises.

    Raises:
        ArgumentError: an unknown name, or a value out of bounds.
    """

    def __init__(self, *, env: Env | None = None, **values: OptionValue) -> None:
        lib = _ffi.library()
        self._env = env or default_env()
        raw = new_handle(_ffi.dca_options)
        check(lib.dca_options_new(self._env._ptr, ref(raw)), None, "new options")
        self._adopt(raw, lib.dca_options_free)
        self.update(values)

    def update(self, values: Mapping[str, OptionValue]) -> None:
        """Set several; those before the first that fails are set."""
        for name, value in values.items():
            self[name] = value

    def __setitem__(self, name: str, value: OptionValue) -> None:
        lib = _ffi.library()
        option = _option(name)
        status = lib.dca_options_set(
            self._ptr, option.name.encode(), text(_value_text(value), f"option {option.name}")
        )
        if status != 0:
            raise failure(
                status, last_error(lib.dca_options_error, self._ptr), option.name, option.name
            )

    def __getitem__(self, name: str) -> OptionValue:
        option = _option(name)
        out = new_text(32)
        status = _ffi.library().dca_options_get(self._ptr, option.name.encode(), out)
        check(status, None, f"option {option.name}")
        value = out.value.decode()
        if option.type == "real":
            return float(value)
        return int(value) if option.type == "integer" else value

    def number(self, name: str) -> float:
        """An option as a number; a word is its place among the words that are allowed, from 0."""
        option = _option(name)
        out = new_real()
        status = _ffi.library().dca_options_get_number(self._ptr, option.name.encode(), ref(out))
        check(status, None, f"option {option.name}")
        return out.value

    def __iter__(self) -> Iterator[str]:
        return (option.name for option in describe_options())

    def __len__(self) -> int:
        return len(describe_options())

    def __repr__(self) -> str:
        changed = [
            f"{option.keyword}={self[option.name]!r}"
            for option in describe_options()
            if str(self[option.name]) != str(_typed(option))
        ]
        return f"Options({', '.join(changed)})"


def _typed(option: OptionInfo) -> OptionValue:
    if option.type == "real":
        return float(option.default)
    return int(option.default) if option.type == "integer" else option.default
