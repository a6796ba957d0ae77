"""What every object that stands for one of the C library has: closing, locking, errors."""

from __future__ import annotations

from _thread import LockType, allocate_lock
from ctypes import byref
from typing import Any, TypeVar

from . import _ffi
from ._convert import fresh, string
from .enums import Kind, Status
from .errors import DcallocError, StateError, error_class

H_ = TypeVar("H_", bound="Handle")


class Handle:
    """Base of the objects; use ``with``, call :meth:`close`, or leave it to the collector."""

    _raw: Any = None
    _release: Any = None
    _lock: LockType

    def _adopt(self, raw: Any, release: Any) -> None:
        """Take over a C object and the function that frees it."""
        self._lock = allocate_lock()
        self._release = release
        self._raw = raw

    @property
    def _ptr(self) -> Any:
        raw = self._raw
        if raw is None:
            raise StateError(f"this {type(self).__name__} is closed")
        if self._lock.locked():
            raise StateError(f"this {type(self).__name__} is in use by a running call")
        return raw

    @property
    def closed(self) -> bool:
        """Whether close() was called."""
        return self._raw is None

    def close(self) -> None:
        """Free the memory of the C library. May be called again.

        Raises:
            StateError: a call on this object is running in another thread.
        """
        raw = self._raw
        if raw is not None:
            if self._lock.locked():
                raise StateError(f"this {type(self).__name__} is in use by a running call")
            self._raw = None
            self._release(raw)

    def __enter__(self: H_) -> H_:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def __del__(self) -> None:
        self.close()

    def __reduce__(self) -> Any:
        """Neither copied nor pickled, unless the class says how: two owners would free twice."""
        raise TypeError(f"a {type(self).__name__} cannot be copied or pickled")


def failure(status: int, err: _ffi.dca_error | None, what: str, name: str | None) -> DcallocError:
    """The exception of a failed call: the library's own sentence where there is one."""
    code = Status(status) if status in Status._value2member_map_ else Status.INTERNAL
    if err is None or err.code != status or not err.text:
        named = string(_ffi.library().dca_status_name(status))
        return error_class(status)(f"{what}: {named}", code=code)
    kind = Kind(err.kind) if err.kind in Kind._value2member_map_ else Kind.NONE
    return error_class(status)(
        err.text.decode("utf-8", "replace"),
        code=code,
        kind=kind,
        index=None if err.index < 0 else err.index,
        name=name,
        line=err.line or None,
        column=err.column or None,
    )


def new_error() -> _ffi.dca_error:
    """An error record for a call to fill."""
    err = fresh(_ffi.dca_error)
    err.index = -1
    return err


def check(status: int, err: _ffi.dca_error | None, what: str) -> None:
    """Raise unless the status is DCA_OK."""
    if status != 0:
        raise failure(status, err, what, None)


def last_error(getter: Any, raw: Any) -> _ffi.dca_error:
    """The error record that an object keeps."""
    err = new_error()
    getter(raw, byref(err))
    return err
