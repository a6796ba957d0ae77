"""Exceptions. Each is also the built-in exception that Python code would expect."""

from __future__ import annotations

from typing import Any

from .enums import Kind, Status

__all__ = [
    "AbiError",
    "ArgumentError",
    "DcallocError",
    "FileError",
    "InternalError",
    "LibraryError",
    "OutOfMemoryError",
    "ParseError",
    "StateError",
    "UnsupportedError",
]


class DcallocError(Exception):
    """A call failed; the object that it was made on is as it was.

    Attributes:
        code: status of the C library.
        kind: kind of the culprit (row, pool, demand, ...), ``Kind.NONE`` when there is none.
        index: index of the culprit, or None.
        name: name of the culprit, or None.
        line, column: place in the input text, from 1, or None.
    """

    default_code = Status.INTERNAL

    code: Status
    kind: Kind
    index: int | None
    name: str | None
    line: int | None
    column: int | None

    def __init__(
        self,
        message: str,
        *,
        code: Status | None = None,
        kind: Kind = Kind.NONE,
        index: int | None = None,
        name: str | None = None,
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        super().__init__(message)
        self.code = self.default_code if code is None else code
        self.kind = kind
        self.index = index
        self.name = name
        self.line = line
        self.column = column

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""

    def __reduce__(self) -> tuple[Any, ...]:
        where = {key: getattr(self, key) for key in _FIELDS}
        return _rebuild, (type(self), self.args[0], where)


_FIELDS = ("code", "kind", "index", "name", "line", "column")


def _rebuild(cls: type[DcallocError], message: str, where: dict[str, Any]) -> DcallocError:
    return cls(message, **where)


class ArgumentError(DcallocError, ValueError):
    """A value, an index or a name is not acceptable; the message says which and why."""

    default_code = Status.ARG


class StateError(DcallocError, RuntimeError):
    """The call is not allowed now: the object is closed, busy, or the answer has no such value."""

    default_code = Status.STATE


class OutOfMemoryError(DcallocError, MemoryError):
    """Memory, or the memory limit of the environment, is exhausted; the object is usable."""

    default_code = Status.NOMEM


class AbiError(DcallocError, RuntimeError):
    """The library does not understand a structure of this binding: versions do not match."""

    default_code = Status.ABI


class FileError(DcallocError, OSError):
    """A file could not be opened, read or written."""

    default_code = Status.IO


class ParseError(DcallocError, ValueError):
    """A file or a text is malformed; ``line`` and ``column`` say where."""

    default_code = Status.SYNTAX


class InternalError(DcallocError, RuntimeError):
    """A broken invariant of the library; the object can only be closed. Please report it."""

    default_code = Status.INTERNAL


class UnsupportedError(DcallocError, NotImplementedError):
    """Not in this build of the library, or not by this method."""

    default_code = Status.UNSUPPORTED


class LibraryError(DcallocError, ImportError):
    """The C library could not be found or loaded, or is of another version."""

    default_code = Status.ABI


_CLASSES: dict[int, type[DcallocError]] = {
    Status.NOMEM: OutOfMemoryError,
    Status.ARG: ArgumentError,
    Status.STATE: StateError,
    Status.ABI: AbiError,
    Status.IO: FileError,
    Status.SYNTAX: ParseError,
    Status.INTERNAL: InternalError,
    Status.UNSUPPORTED: UnsupportedError,
}


def error_class(code: int) -> type[DcallocError]:
    """The exception class of a status."""
    return _CLASSES.get(code, InternalError)
