"""Exceptions: classes, attributes, pickling."""

from __future__ import annotations

import pickle

import dcalloc
import pytest
from dcalloc.errors import _CLASSES, error_class


@pytest.mark.parametrize(
    ("ours", "builtin"),
    [
        (dcalloc.ArgumentError, ValueError),
        (dcalloc.OutOfMemoryError, MemoryError),
        (dcalloc.ParseError, ValueError),
        (dcalloc.FileError, OSError),
        (dcalloc.UnsupportedError, NotImplementedError),
        (dcalloc.StateError, RuntimeError),
        (dcalloc.LibraryError, ImportError),
    ],
)
def test_each_is_also_what_python_expects(ours: type[Exception], builtin: type[Exception]) -> None:
    with pytest.raises(builtin):
        raise ours("message")
    assert issubclass(ours, dcalloc.DcallocError)


def test_every_status_has_a_class() -> None:
    assert set(_CLASSES) == set(dcalloc.Status) - {dcalloc.Status.OK}
    for code, cls in _CLASSES.items():
        assert cls("x").code == code
    assert error_class(-99) is dcalloc.InternalError


@pytest.mark.parametrize("cls", sorted(_CLASSES.values(), key=str))
def test_pickling_keeps_everything(cls: type[dcalloc.DcallocError]) -> None:
    error = cls("what happened", kind=dcalloc.Kind.POOL, index=3, name="a100", line=4, column=5)
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is cls
    assert str(again) == "what happened"
    assert (again.code, again.kind, again.index, again.name, again.line, again.column) == (
        error.code,
        dcalloc.Kind.POOL,
        3,
        "a100",
        4,
        5,
    )


def test_words_for_enumerations() -> None:
    assert dcalloc.enums.as_enum(dcalloc.Sense, "max", "sense") == dcalloc.Sense.MAXIMISE
    assert dcalloc.enums.as_enum(dcalloc.TermKind, "Cost", "term") == dcalloc.TermKind.COST
    with pytest.raises(dcalloc.ArgumentError, match="sense is 'up', expected one of minimise, max"):
        dcalloc.Lp(sense="up")
    with pytest.raises(dcalloc.ArgumentError, match="kind is 99"):
        dcalloc.enums.as_enum(dcalloc.Kind, 99, "kind")


@pytest.mark.parametrize(
    "wrong",
    [None, "a", [1.0], 10**400, object()],
    ids=["none", "text", "list", "huge", "object"],
)
def test_what_is_no_number_is_told_by_name(wrong: object) -> None:
    """Not by ctypes, whose sentence is "argument 2: TypeError: wrong type"."""
    lp = dcalloc.Lp()
    with pytest.raises(TypeError, match=r"offset is .*, expected a number"):
        lp.offset = wrong  # type: ignore[assignment]
    model = dcalloc.Model()
    model.add_pool("p")
    model.add_domain("d", "power")
    model.add_domain("e", "power")
    model.add_tier("bill", cost=1)
    calls = {
        "share": (model.set_pool_domain, ("p", "d")),
        "share ": (model.set_domain_parent, ("e", "d")),
        "limit": (model.set_limit, ("d", "power")),
        "weight": (model.set_repair_weight, ("domain", "d", "power")),
        "weight ": (model.set_term_weight, ("bill", 0)),
    }
    for name, (call, arguments) in calls.items():
        with pytest.raises(TypeError, match=f"{name.strip()} is .*, expected a number"):
            call(*arguments, wrong)  # type: ignore[operator]
    if wrong is not None:  # None leaves it as it is
        with pytest.raises(TypeError, match=r"count is .*, expected a number"):
            model.set_pool("p", count=wrong)  # type: ignore[arg-type]
