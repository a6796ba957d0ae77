"""Answers of the domain layer, each worked out by hand in its comment."""

from __future__ import annotations

import copy
import json
import math
import pickle
from html.parser import HTMLParser
from pathlib import Path

import dcalloc
import numpy as np
import pytest
from dcalloc import Kind, Model, Outcome, RepairBy, Result
from dcalloc._html import number

NEAR = 1e-7


def hall(jobs: float = 10) -> Model:
    """8 nodes of 8 GPU; `train` wants 10 jobs of 8 GPU, `serve` 16 replicas of half a GPU: 80 + 8
    of 64. Unmet demand counts units: a replica takes 0.5 GPU, a job 8, so `serve` goes first;
    56 GPU are left: 7 jobs, 3 unmet. One GPU more is worth 1/8 of a job."""
    m = Model("hall")
    m.add_resource("gpu", "GPU")
    m.add_pool("a100", 8, capacity={"gpu": 8}, watts={"gpu": 400}, idle_watts=500, price=12)
    m.add_demand("train", jobs, use={"gpu": 8}, unit="job")
    m.add_demand("serve", 16, use={"gpu": 0.5}, unit="replica")
    m.place("train")
    m.place("serve")
    return m


def solved(model: Model) -> Result:
    result = model.solve()
    assert result.outcome == Outcome.OPTIMAL, result.sentences
    assert result.certificate.valid
    return result


def test_who_gets_what_and_why() -> None:
    with hall() as m:
        r = solved(m)
        assert r.is_model
        assert r.names("demand") == ["train", "serve"]
        assert r.served.tolist() == pytest.approx([7, 16])
        assert r.unmet.tolist() == pytest.approx([3, 0])
        assert r.objective == pytest.approx(3)
        assert r.tiers == pytest.approx({"unmet demand": 3})
        assert r.served_of("train") == pytest.approx(7)
        assert r.unmet_of(1) == pytest.approx(0, abs=NEAR)
        assert r.placed.tolist() == pytest.approx([7, 16])
        limit = r.limit("pool", "a100", "gpu")
        assert (limit.kind, limit.name, limit.resource, limit.unit) == (
            Kind.POOL,
            "a100",
            "gpu",
            "GPU",
        )
        assert (limit.limit, limit.use) == pytest.approx((64, 64))
        assert limit.price == pytest.approx(-1 / 8)
        assert limit.binding and limit.utilisation == pytest.approx(1)
        assert str(limit) == "gpu of pool 'a100': 64 of 64 GPU"
        assert r.pool_price("a100", "gpu") == pytest.approx(limit.price)
        assert r.limit_price(0, "pool", "a100", "gpu") == pytest.approx(limit.price)
        assert [one.name for one in r.blocking("train")] == ["a100"]
        assert r.blocking("serve") == []
        assert [(one.name, one.resource) for one in r.binding] == [("a100", "gpu")]
        assert "a100" in r.note("train") and "3 unmet" in r.note("train")
        assert any("train" in line and "3" in line for line in r.sentences)
        assert all(line and "\n" not in line for line in r.sentences)
        demand, pool = r.placements()
        assert (list(demand), list(pool)) == ([0, 1], [0, 0])


def test_watts_and_money() -> None:
    """7 jobs and 16 replicas use 64 GPU: 64 x 400 W and 8 x 500 W idle = 29.6 kW; 8 nodes at 12."""
    m = hall()
    m.add_domain("feed", factor=1.25, energy_price=0.2)
    m.set_pool_domain("a100", "feed")
    r = solved(m)
    pools, domains = r.pools, r.domains
    assert pools["nodes_on"].tolist() == pytest.approx([8])
    assert pools["kilowatts"].tolist() == pytest.approx([29.6])
    assert domains["kilowatts"].tolist() == pytest.approx([29.6 * 1.25])
    assert domains["cost"].tolist() == pytest.approx([29.6 * 1.25 * 0.2])
    assert r.cost == pytest.approx(8 * 12 + 29.6 * 1.25 * 0.2)
    assert r.energy == pytest.approx(29.6 * 1.25)


def test_edits_are_solved_warm() -> None:
    m = hall()
    solved(m)
    m.set_pool("a100", count=9)
    again = solved(m)
    assert again.info.warm
    assert again.unmet.tolist() == pytest.approx([2, 0])
    m.set_demand("train", amount=8)
    assert solved(m).unmet_of("train") == pytest.approx(0, abs=NEAR)
    m.add_demand("new", 4, use={"gpu": 2})
    m.place("new")
    assert solved(m).unmet_of("new") == pytest.approx(0, abs=NEAR)
    m.remove("demand", "serve")
    r = solved(m)
    assert r.names("demand")[0] == "train" and r.unmet_of("new") == pytest.approx(0, abs=NEAR)
    assert list(r.demands_frame().index) == ["train", "new"]


def test_tiers_in_order() -> None:
    """Value first: 3 per unit of `a` on either pool; then the cheaper pool as far as it goes."""
    m = Model()
    m.add_resource("core")
    m.add_pool("cheap", 1, capacity={"core": 4})
    m.add_pool("dear", 1, capacity={"core": 10})
    m.add_demand("a", 6, use={"core": 1}, value=3)
    m.add_placement("a", "cheap", cost=1)
    m.add_placement("a", "dear", cost=5)
    m.maximise("value")
    m.minimise("cost")
    r = solved(m)
    assert list(r.tiers) == ["value", "cost"]
    assert list(r.tiers.values()) == pytest.approx([18, 4 + 10])
    assert r.objective == pytest.approx(18)
    assert r.placed.tolist() == pytest.approx([4, 2])
    assert r.limit_price(1, "pool", "cheap", "core") == pytest.approx(-4)


def test_max_min_share() -> None:
    """10 cores, two demands of 10 and 20 with equal weight: the same share, a third, of both."""
    m = Model()
    m.add_resource("core")
    m.add_pool("p", 1, capacity={"core": 10})
    for name, amount in (("a", 10), ("b", 20)):
        m.add_demand(name, amount, use={"core": 1})
        m.place(name)
    m.maximise("share")
    r = solved(m)
    assert r.objective == pytest.approx(1 / 3)
    assert r.served.tolist() == pytest.approx([10 / 3, 20 / 3])


def test_links_and_balance() -> None:
    """12 over links of 10 and 20 with the least greatest utilisation: 12/30 on both."""
    m = Model()
    m.add_link("north", 10, source="x", target="y")
    m.add_link("south", 20)
    m.add_demand("flow", 12, unit="GB/s", hard=True)
    m.add_placement("flow", links="north", name="by north")
    m.add_placement("flow", links=["south"], name="by south")
    m.minimise("utilisation")
    r = solved(m)
    assert r.tiers["utilisation"] == pytest.approx(0.4)
    assert r.placed.tolist() == pytest.approx([4, 8])
    assert r.limit("link", "north").use == pytest.approx(4)
    assert r.limit("link", "north").unit == "GB/s"
    demand, pool = r.placements()
    assert list(pool) == [-1, -1] and list(demand) == [0, 0]


def test_movement_from_a_result() -> None:
    """All 6 on either pool. When `left` loses half, 3 must move, and no more do."""
    m = Model()
    m.add_resource("core")
    m.add_pool("left", 6, capacity={"core": 1})
    m.add_pool("right", 6, capacity={"core": 1})
    m.add_demand("d", 6, use={"core": 1}, hard=True)
    m.place("d")
    m.set_placement("d@right", cost=1)
    m.minimise("cost")
    before = solved(m)
    assert before.placed.tolist() == pytest.approx([6, 0])
    m.set_current(before)
    m.clear_tiers()
    m.minimise("movement")
    m.set_pool("left", count=3)
    after = solved(m)
    assert after.placed.tolist() == pytest.approx([3, 3])
    assert after.tiers["movement"] == pytest.approx(6)
    moved = after.moved_frame(before)
    assert moved["change"].abs().tolist() == pytest.approx([3, 3])
    assert moved.loc["d@left", ["pool", "before", "after"]].tolist() == ["left", 6, 3]
    assert moved.loc["d@right", "change"] == pytest.approx(3)
    assert len(after.moved_frame(after)) == 0


def broken() -> Model:
    """30 hard units on 20: ten short. Raising the limit by 10 costs 10/20, asking for 10 less
    10/30."""
    m = Model("broken")
    m.add_resource("core", "core")
    m.add_pool("nodes", 10, capacity={"core": 2})
    m.add_demand("load", 30, use={"core": 1}, hard=True, unit="core")
    m.place("load")
    return m


def test_infeasible_and_its_repairs() -> None:
    m = broken()
    r = m.solve()
    assert r.outcome == Outcome.INFEASIBLE
    assert math.isnan(r.objective)
    assert r.certificate.valid
    cheapest, capacity, demand = r.repair(), r.repair("capacity"), r.repair(RepairBy.DEMAND)
    assert cheapest == demand
    assert demand.size == pytest.approx(10 / 30)
    assert capacity.size == pytest.approx(10 / 20)
    (change,) = capacity.changes
    assert (change.kind, change.name, change.resource, change.unit) == (
        Kind.POOL,
        "nodes",
        "core",
        "core",
    )
    assert (change.old, change.new) == pytest.approx((20, 30))
    (less,) = demand.changes
    assert (less.kind, less.name, less.old) == (Kind.DEMAND, "load", 30)
    assert less.new == pytest.approx(20)
    assert str(less) == "lower demand 'load' from 30 to 20 core"
    assert str(capacity) == "raise core of pool 'nodes' from 20 to 30 core"
    assert any("load" in line for line in r.sentences)
    assert "infeasible" in r._repr_html_() and "lower demand" in r._repr_html_()
    with pytest.raises(dcalloc.StateError):
        _ = r.served
    m.set_repair_weight("demand", "load", None, math.inf)
    assert m.solve().repair().changes[0].kind == Kind.POOL
    m.set_repair_weight("pool", "nodes", "core", math.inf)
    none = m.solve().repair()
    assert not none and none.size == math.inf and str(none) == "no repair exists"
    m.set_demand("load", amount=20)
    feasible = solved(m)
    with pytest.raises(dcalloc.StateError, match="optimal"):
        feasible.repair()


def test_a_demand_that_fits_nowhere() -> None:
    m = hall()
    m.add_demand("huge", 1, use={"gpu": 9})
    assert m.place("huge") == 0
    r = solved(m)
    assert r.unmet_of("huge") == pytest.approx(1)
    assert r.blocking("huge") == []
    assert "fits nowhere" in r.note("huge")


def test_empty_models() -> None:
    r = Model().solve()
    assert r.outcome == Outcome.OPTIMAL and r.served.tolist() == []
    m = Model()
    m.add_demand("alone", 3)
    assert solved(m).unmet_of("alone") == pytest.approx(3)


def test_tables() -> None:
    r = solved(hall())
    demands = r.demands_frame()
    assert demands.index.name == "demand"
    assert demands.loc["train", "unmet"] == pytest.approx(3)
    assert demands.loc["serve", "unit"] == "replica"
    assert demands["wanted"].tolist() == [10, 16]
    limits = r.limits_frame()
    row = limits[(limits["kind"] == "pool") & (limits["resource"] == "gpu")].iloc[0]
    assert row["utilisation"] == pytest.approx(1) and row["price"] == pytest.approx(-1 / 8)
    placements = r.placements_frame()
    assert placements.loc["train@a100", "placed"] == pytest.approx(7)
    assert placements.loc["train@a100", ["demand", "pool"]].tolist() == ["train", "a100"]
    assert r.pools_frame().loc["a100", "nodes_on"] == pytest.approx(8)
    assert list(r.domains_frame().columns) == ["cost", "kilowatts"]


def test_card() -> None:
    m = hall()
    m.add_demand("<b>&", 5, use={"gpu": 64})
    m.place("<b>&")
    card = solved(m)._repr_html_()
    for expected in ("optimal", "unmet demand", "train", "a100", "−0.125 per GPU", "✓"):
        assert expected in card
    assert "<b>&<" not in card  # names are escaped


def test_picture(tmp_path: Path) -> None:
    r = solved(hall())
    figure = r.plot(path=tmp_path / "answer.svg")
    drawn = (tmp_path / "answer.svg").read_text()
    assert drawn.startswith("<?xml") and drawn.rstrip().endswith("</svg>")
    assert figure._repr_png_().startswith(b"\x89PNG")
    again = hall()
    again.add_demand("gone")
    again.add_demand("more", math.inf, use={"gpu": 0.25}, unit="task")
    again.remove("demand", "gone")
    again.place("more")
    again.maximise("value")
    more = solved(again)
    assert more.wanted.tolist()[:2] == [10, 16]
    assert math.isnan(more.wanted[2]) and more.wanted[3] == math.inf
    words = [text.get_text() for text in more.plot().axes[0].texts]
    assert "256 task" in words  # value counts units: all 64 GPU go to the smallest ones
    assert len(Model().solve().plot().axes) == 3
    texts = [text.get_text() for axes in figure.axes for text in axes.texts]
    assert "64 of 64 GPU" in texts and "7 of 10 job" in texts and "0.125 per GPU" in texts
    titles = [axes.get_title(loc="left") for axes in figure.axes]
    assert titles == [
        "Demand served, most missing first",
        "Use of limits",
        "What 1 % more is worth",
    ]


def test_files(tmp_path: Path) -> None:
    m = hall()
    m.minimise("unmet")
    m.write_json(tmp_path / "hall.json")
    again = Model.read_json(tmp_path / "hall.json")
    assert again.names("pool") == ["a100"] and again.demand("train") == m.demand("train")
    assert again.solve().objective == solved(m).objective
    again.write_json(tmp_path / "again.json")
    content = (tmp_path / "hall.json").read_bytes()
    assert (tmp_path / "again.json").read_bytes() == content
    assert Model.parse_json(content).names("demand") == ["train", "serve"]
    answer = solved(m).answer()
    assert isinstance(answer, dict) and "train" in json.dumps(answer)


def test_bad_files(tmp_path: Path) -> None:
    with pytest.raises(dcalloc.FileError, match="nowhere"):
        Model.read_json(tmp_path / "nowhere.json")
    with pytest.raises(dcalloc.ParseError) as caught:
        Model.parse_json('{\n  "pools": [,]\n}')
    assert caught.value.line == 2


def test_the_compiled_lp() -> None:
    m = hall()
    with m.compiled() as lp:
        assert lp.num_columns > 0
        assert lp.solve().objective == pytest.approx(3)
    solver = m.solver()
    with pytest.raises((dcalloc.StateError, dcalloc.ArgumentError)):
        solver.set_basis([], [])


def test_results_outlive_the_model() -> None:
    m = hall()
    r = solved(m)
    m.set_demand("train", amount=1)
    m.remove("demand", "serve")
    m.close()
    assert r.names("demand") == ["train", "serve"]
    assert r.unmet.tolist() == pytest.approx([3, 0])
    assert r.limit("pool", "a100", "gpu").use == pytest.approx(64)


def test_random_answers_hold(seed: int = 5) -> None:
    """Whatever the numbers: no limit is exceeded, served + unmet is the amount, and the objective
    of the added tier is the weighted sum of what is unmet."""
    generator = np.random.default_rng(seed)
    m = Model()
    m.add_resource("gpu")
    m.add_resource("core")
    pools, demands = 6, 15
    m.add_domain("feed", limits={"power": 30_000})
    m.add_pools(
        [f"p{k}" for k in range(pools)],
        count=generator.integers(1, 20, pools).astype(float),
        capacity=[{"gpu": int(generator.integers(0, 9)), "core": 64} for _ in range(pools)],
        watts=[{"gpu": 300, "core": 3}] * pools,
    )
    for k in range(pools):
        m.set_pool_domain(k, "feed")
    weight = generator.integers(1, 5, demands).astype(float)
    amount = generator.integers(1, 60, demands).astype(float)
    m.add_demands(
        [f"d{k}" for k in range(demands)],
        weight=weight,
        amount=amount,
        use=[
            {"gpu": int(generator.integers(0, 3)), "core": int(generator.integers(1, 9))}
            for _ in range(demands)
        ],
    )
    for k in range(demands):
        m.place(k)
    r = solved(m)
    assert np.allclose(r.served + r.unmet, amount)
    assert r.objective == pytest.approx(float(weight @ r.unmet), abs=1e-6)
    for one in r.limits():
        assert one.use <= one.limit + 1e-6 * max(1, one.limit), one
    demand, _ = r.placements()
    assert np.allclose(np.bincount(demand, weights=r.placed, minlength=demands), r.served)


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0, 6, "0"),
        (-0.125, 6, "−0.125"),
        (1234567, 6, "1,234,567"),
        (1234.5678, 6, "1,234.57"),
        (1234.5678, 4, "1,235"),
        (2.5e-7, 6, "2.5e−07"),
        (1.23456e13, 6, "1.235e+13"),
        (math.inf, 6, "∞"),
        (math.nan, 6, "–"),
    ],
)
def test_numbers_for_people(value: float, digits: int, text: str) -> None:
    assert number(value, digits) == text


def test_models_are_copied_by_value() -> None:
    m = hall()
    m.minimise("unmet")
    for other in (copy.copy(m), pickle.loads(pickle.dumps(m))):
        assert other.demand("train") == m.demand("train")
        assert other.solve().objective == pytest.approx(3)
        other.set_demand("train", amount=0)
    assert solved(m).objective == pytest.approx(3)


class Balance(HTMLParser):
    """Every tag is closed in its place."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_cards_are_well_formed() -> None:
    m, bad = hall(), broken()
    shown = [m, m.solve(), bad.solve(), m.compiled(), Model("<&>"), Model().solve()]
    for one in shown:
        parser = Balance()
        parser.feed(one._repr_html_())
        assert parser.open == []
        one.close()
        assert "closed" in one._repr_html_() and "closed" in repr(one)


def test_a_model_that_cannot_be_solved_names_the_culprit() -> None:
    m = hall()
    for name in ("feed A", "feed B"):
        m.add_domain(name)
        m.set_pool_domain("a100", name, 0.4)
    with pytest.raises(dcalloc.ArgumentError, match="a100") as caught:
        m.solve()
    assert (caught.value.kind, caught.value.name) == (Kind.POOL, "a100")
    m.set_pool_domain("a100", "feed B", 0.6)
    assert solved(m).unmet_of("train") == pytest.approx(3)
