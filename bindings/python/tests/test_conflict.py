"""Conflicts: what cannot hold together, in the words of the caller."""

from __future__ import annotations

import dcalloc
import numpy as np
import pytest
from dcalloc import Kind, Untouchable


def parallel() -> dcalloc.Lp:
    """x + y >= 5 with x, y <= 2, and a second row that asks for the same; z is in nobody's way."""
    lp = dcalloc.Lp()
    lp.add_columns(upper=[2.0, 2.0, 9.0], names=["x", "y", "z"])
    lp.add_row("first", lower=5.0, entries={0: 1.0, 1: 1.0})
    lp.add_row("second", lower=10.0, entries={0: 2.0, 1: 2.0})
    lp.add_row("other", lower=1.0, entries={2: 1.0})
    return lp


def test_an_lp() -> None:
    with parallel() as lp:
        answer = lp.find_conflict()
        conflict = answer.conflict()
        assert conflict.irreducible and len(conflict) == 3
        assert [(one.kind, one.name, one.side, one.limit) for one in conflict][:2] == [
            (Kind.COLUMN, "x", 1, 2.0),
            (Kind.COLUMN, "y", 1, 2.0),
        ]
        row = conflict.members[2]
        assert (row.name, row.side) in {("first", -1), ("second", -1)}
        assert str(row) == f"row '{row.name}' is at least {row.limit:g}"
        assert row.text in str(conflict) and row.unit == ""


def test_untouchable() -> None:
    with parallel() as lp:
        for name in ("first", "second"):
            conflict = lp.find_conflict(untouchable_rows=[name]).conflict()
            rows = [one for one in conflict if one.kind == Kind.ROW]
            assert [(one.name, one.untouchable) for one in rows] == [(name, True)]
            assert conflict.irreducible and len(conflict) == 3
        conflict = lp.find_conflict(untouchable_columns={"x": Untouchable.UPPER}).conflict()
        assert [one.untouchable for one in conflict] == [True, False, False]
        with pytest.raises(dcalloc.ArgumentError, match="nobody"):
            lp.find_conflict(untouchable_rows=["nobody"])


def test_only_where_it_was_looked_for() -> None:
    with parallel() as lp:
        with pytest.raises(dcalloc.StateError, match="find_conflict"):
            lp.solve().conflict()
        lp.set_row_bounds(["first", "second"], lower=[4.0, 8.0])
        answer = lp.find_conflict()
        assert answer.outcome == dcalloc.Outcome.OPTIMAL
        with pytest.raises(dcalloc.StateError):
            answer.conflict()


def test_a_model() -> None:
    with dcalloc.Model("one hall") as m:
        m.add_resource("gpu", unit="GPU")
        m.add_domain("feed", "power", limits={"power": 50_000})
        m.add_pool("a100", 16, capacity={"gpu": 8}, watts={"gpu": 400}, domains="feed")
        m.add_pool("small", 4, capacity={"gpu": 2}, domains="feed")
        m.add_demand("training", 20, use={"gpu": 8}, unit="job", hard=True)
        m.place("training")
        answer = m.find_conflict()
        conflict = answer.conflict()
        assert conflict.irreducible
        assert {(one.kind, one.name) for one in conflict} in (
            {(Kind.DEMAND, "training"), (Kind.DOMAIN, "feed")},
            {(Kind.DEMAND, "training"), (Kind.POOL, "a100")},
        )
        assert conflict.members[-1].text == "demand 'training' insists on 20 job"
        units = {Kind.DEMAND: "job", Kind.DOMAIN: "W", Kind.POOL: "GPU"}
        assert all(one.unit == units[one.kind] for one in conflict)
        assert any("cannot hold together" in sentence for sentence in answer.sentences)
        with pytest.raises(dcalloc.ArgumentError, match="LP"):
            m.find_conflict(untouchable_rows=[0])


def test_every_member_is_necessary() -> None:
    """Random infeasible LPs: the members alone contradict each other, all but one never do."""
    random = np.random.default_rng(5)
    looked = 0
    while looked < 30:
        m, n = 12, 8
        a = np.where(random.random((m, n)) < 0.4, random.integers(-3, 4, (m, n)), 0.0)
        lower = np.where(random.random(m) < 0.6, random.integers(-5, 9, m), -np.inf)
        upper = np.where(random.random(m) < 0.6, random.integers(-5, 9, m), np.inf)
        upper = np.where(upper < lower, lower, upper)
        bounds = {"lower": np.zeros(n), "upper": random.integers(1, 4, n).astype(float)}
        with dcalloc.Lp.from_arrays(a, row_lower=lower, row_upper=upper, **bounds) as lp:
            answer = lp.find_conflict()
            if answer.outcome != dcalloc.Outcome.INFEASIBLE:
                continue
            looked += 1
            conflict = answer.conflict()
            assert conflict.irreducible
        for left_out in [None, *conflict]:
            rows, columns = np.full((2, m), np.inf), np.full((2, n), np.inf)
            rows[0], columns[0] = -np.inf, -np.inf
            for one in conflict:
                if one is not left_out:
                    side = rows if one.kind == Kind.ROW else columns
                    side[int(one.side > 0), one.index] = one.limit
            part = dcalloc.Lp.from_arrays(
                a, row_lower=rows[0], row_upper=rows[1], lower=columns[0], upper=columns[1]
            )
            with part:
                expected = "INFEASIBLE" if left_out is None else "OPTIMAL"
                assert part.solve().outcome.name == expected, (conflict, left_out)
