"""The model object: build, edit, read back; every bad value named; nothing changed by a failure."""

from __future__ import annotations

import math
import time
from array import array

import dcalloc
import numpy as np
import pytest
from dcalloc import ArgumentError, DomainKind, Kind, Model, Term


@pytest.fixture
def model() -> Model:
    made = Model("hall")
    made.add_resource("gpu", "GPU")
    made.add_resource("core", "core")
    made.add_domain("site", factor=1.3, energy_price=0.1, limits={"power": 9e5})
    made.add_domain("feed A", parents="site", limits={"power": 5e5})
    made.add_domain("feed B", parents="site", limits={"power": 5e5})
    made.add_domain("team", "tenant", limits={"gpu": 300})
    made.add_pool(
        "a100",
        64,
        capacity={"gpu": 8, "core": 96},
        watts={"gpu": 400},
        idle_watts=900,
        price=12,
        domains={"feed A": 0.5, "feed B": 0.5},
    )
    made.add_pool("cpu", 200, capacity={"core": 64}, elastic=True, domains=["feed A"])
    made.add_link("uplink", 400, source="hall", target="core", price=0.01)
    made.add_demand("train", 100, use={"gpu": 4, "core": 8}, value=3, tenant="team", unit="job")
    made.add_demand("serve", 50, use={"core": 16}, hard=True, priority=2)
    made.add_placement("train", "a100", rate=2, cost=0.5, ceiling=90, links={"uplink": 1.5})
    made.place("serve")
    return made


def test_reads_back(model: Model) -> None:
    assert model.name == "hall"
    assert model.names("pool") == ["a100", "cpu"]
    assert model.names(Kind.RESOURCE) == ["power", "gpu", "core"]
    assert [model.unit("resource", name) for name in ("power", "gpu")] == ["W", "GPU"]
    assert model.pool("a100") == dcalloc.Pool(
        "a100", 64, {"gpu": 8, "core": 96}, {"gpu": 400}, 900, 12, False
    )
    assert model.pool("cpu").elastic
    assert model.domain("site") == dcalloc.Domain("site", DomainKind.POWER, 1.3, 0.1)
    assert model.domain("team").kind == DomainKind.TENANT
    link = model.link("uplink")
    assert (link.source, link.target, link.capacity, link.price) == ("hall", "core", 400, 0.01)
    train = model.demand("train")
    assert (train.amount, train.value, train.tenant, train.unit) == (100, 3, "team", "job")
    assert train.use == {"gpu": 4, "core": 8}
    serve = model.demand("serve")
    assert (serve.hard, serve.priority, serve.tenant) == (True, 2, None)
    first = model.placement(0)
    assert (first.demand, first.pool, first.rate, first.cost, first.ceiling) == (
        "train",
        "a100",
        2,
        0.5,
        90,
    )
    assert first.links == {"uplink": 1.5}
    assert first.use is None
    assert model.names("placement") == ["train@a100", "serve@a100", "serve@cpu"]
    assert model.limit("domain", "site", "power") == 9e5
    assert model.limit("domain", "site", "gpu") == math.inf
    assert model.share("pool", "a100", "feed B") == 0.5
    assert model.share("domain", "feed A", "site") == 1
    assert model.share("pool", "cpu", "feed B") == 0
    assert model.limit("link", "uplink") == 400
    assert model.exists("pool", "a100") and not model.exists("pool", "b200")
    assert "2 pools" in repr(model)
    assert "a100" in model._repr_html_() and "hall" in model._repr_html_()


def test_edits(model: Model) -> None:
    before = model.revision
    model.set_pool("a100", count=32, capacity={"gpu": 4}, watts={"core": 2}, idle_watts=1, price=2)
    pool = model.pool("a100")
    assert pool == dcalloc.Pool(
        "a100", 32, {"gpu": 4, "core": 96}, {"gpu": 400, "core": 2}, 1, 2, False
    )
    model.set_domain("site", factor=1.1, energy_price=0.2, limits={"power": math.inf})
    assert model.domain("site").factor == 1.1
    assert model.limit("domain", "site", "power") == math.inf
    model.set_link("uplink", capacity=1, price=2)
    assert (model.link("uplink").capacity, model.link("uplink").price) == (1, 2)
    model.set_demand("train", amount=7, value=8, min_share=0.25, weight=2, hard=False)
    train = model.demand("train")
    assert (train.amount, train.value, train.min_share, train.weight) == (7, 8, 0.25, 2)
    model.set_placement("train@a100", cost=1, rate=3, ceiling=4)
    placement = model.placement("train@a100")
    assert (placement.cost, placement.rate, placement.ceiling) == (1, 3, 4)
    model.set_pool_domain("cpu", "feed B")
    model.set_repair_weight("domain", "site", "power", math.inf)
    model.set_current([1, 2], ["serve@a100", 2])
    model.set_current(np.zeros(3))
    model.name = None
    assert model.name is None
    assert model.revision > before


def test_removal_and_compaction(model: Model) -> None:
    model.remove("pool", "a100")
    assert not model.exists("pool", 0)
    assert model.names("placement") == ["serve@cpu"]
    with pytest.raises(ArgumentError):
        model.set_pool(0, count=3)
    maps = model.compact()
    assert list(maps["pool"]) == [-1, 0]
    assert list(maps["placement"]) == [-1, -1, 0]
    assert list(maps["demand"]) == [0, 1]
    assert model.pool(0).name == "cpu"


def test_place_by_rule(model: Model) -> None:
    model.add_demand("big", use={"gpu": 100})
    assert model.place("big") == 0
    model.add_demand("small", use={"core": 1})
    assert model.place("small", {"a100": 2.0}) == 1
    assert model.place("small", ["a100", "cpu"], 3.0) == 1
    assert model.placement("small@a100").rate == 2
    assert model.placement("small@cpu").rate == 3
    with pytest.raises(ArgumentError, match="twice"):
        model.place("small", {"a100": 2.0}, 1)
    with pytest.raises(ArgumentError, match="nowhere"):
        model.place("small", "nowhere")


def test_bulk_equals_one_by_one() -> None:
    one, many = Model(), Model()
    for model in (one, many):
        model.add_resource("gpu")
        model.add_resource("core")
        model.add_domain("team", "tenant")
    names = [f"p{k}" for k in range(4)]
    for k, name in enumerate(names):
        one.add_pool(name, k + 1, capacity={"gpu": k, "core": 2 * k}, price=0.5, elastic=k % 2 == 1)
        one.add_demand(name, k, use={"gpu": 1}, tenant="team" if k else None, priority=k)
    many.add_pools(
        names,
        count=np.arange(1.0, 5),
        price=0.5,
        elastic=[0, 1, 0, 1],
        capacity=[{"gpu": k, "core": 2 * k} for k in range(4)],
    )
    tenant = many.find("domain", "team")
    many.add_demands(
        names,
        amount=array("d", range(4)),
        use=[{"gpu": 1}] * 4,
        tenant=[-1, tenant, tenant, "team"],
        priority=range(4),
    )
    for k in range(4):
        assert one.pool(k) == many.pool(k)
        assert one.demand(k) == many.demand(k)
    one.add_link("l")
    many.add_link("l")
    for k in range(4):
        one.add_placement(k, 3 - k, rate=k + 1, cost=2, use={"core": 1}, links={"l": 3})
    at = many.add_placements(
        demand=names,
        pool=[3, "p2", 1, "p0"],
        rate=[1, 2, 3, 4],
        cost=2,
        use=[{"core": 1}] * 4,
        links=[{"l": 3}] * 4,
    )
    assert at == range(4)
    for k in range(4):
        assert one.placement(k) == many.placement(k)
    assert many.add_placements(demand="p0", pool=np.array([0, 1], dtype="i4")) == range(4, 6)
    assert many.placement(5).demand == "p0"


def test_a_million_placements_in_less_than_a_second() -> None:
    with Model() as model:
        model.add_resource("gpu")
        model.add_pools([f"pool {k}" for k in range(1000)], capacity=[{"gpu": 8}] * 1000)
        model.add_demands([f"demand {k}" for k in range(1000)], use=[{"gpu": 1}] * 1000)
        demand = np.repeat(np.arange(1000, dtype="i4"), 1000)
        pool = np.tile(np.arange(1000, dtype="i4"), 1000)
        cost = np.linspace(0, 1, 10**6)
        start = time.perf_counter()
        added = model.add_placements(demand=demand, pool=pool, cost=cost)
        seconds = time.perf_counter() - start
        assert len(added) == model.count("placement") == 10**6
        assert model.placement(123456).cost == cost[123456]
        assert seconds < 1.0


def bad_calls() -> list[tuple[str, str]]:
    return [
        ("model.add_pool('a100')", "a100"),
        ("model.add_pool('new', -1)", "new"),
        ("model.add_pool('new', math.nan)", "new"),
        ("model.add_pool('new', capacity={'tpu': 1})", "resource 'tpu' does not exist"),
        ("model.add_pool('new', capacity={'gpu': -1})", "gpu"),
        ("model.add_pool('new', domains='nowhere')", "domain 'nowhere' does not exist"),
        ("model.add_pool('', 1)", "name|empty"),
        ("model.add_domain('feed A')", "feed A"),
        ("model.add_domain('new', 'hall')", "kind is 'hall'"),
        ("model.add_domain('new', factor=0)", "new"),
        ("model.add_domain('new', limits={'power': -1})", "new"),
        ("model.add_domain('new', limits={'power': math.nan})", "new"),
        ("model.add_link('uplink')", "uplink"),
        ("model.add_link('new', -1)", "new"),
        ("model.add_demand('train')", "train"),
        ("model.add_demand('new', -1)", "new"),
        ("model.add_demand('new', use={'gpu': math.inf})", "gpu|new"),
        ("model.add_demand('new', min_share=1.5)", "new"),
        ("model.add_demand('new', weight=0)", "new"),
        ("model.add_demand('new', tenant='feed A')", "feed A|tenant"),
        ("model.add_placement('nobody', 'a100')", "demand 'nobody' does not exist"),
        ("model.add_placement('train', 7)", "7"),
        ("model.add_placement('train', 'a100', rate=0)", "rate"),
        ("model.add_placement('train', 'cpu', ceiling=math.nan)", "ceiling|cpu"),
        ("model.add_placements(demand=[0, 99], pool=[0, 0])", "99"),
        ("model.add_placements(demand=[0, 1], pool=[0, 0], cost=[0, math.nan])", "cost|nan"),
        ("model.add_placements(demand=[0, 1], pool=[0])", "pool has 1 values, expected 2"),
        ("model.set_domain_parent('site', 'feed A')", "cycle|site|feed A"),
        ("model.set_pool('a100', count=-1)", "a100"),
        ("model.set_demand('train', amount=math.nan)", "train"),
        ("model.set_limit('site', 'power', -1)", "site"),
        ("model.set_placement(999, cost=1)", "999"),
        ("model.set_current([math.nan])", "nan|NaN|current"),
        ("model.remove('pool', 'nowhere')", "nowhere"),
        ("model.remove('pool', 17)", "17"),
        ("model.minimise('value')", "value is maximised"),
        ("model.maximise('cost')", "cost is minimised"),
        ("model.minimise('joy')", "term is 'joy', expected one of cost"),
        ("model.add_tier('t')", "tier 't' has no terms"),
        ("model.minimise('cost', domain='nowhere')", "nowhere"),
        ("model.add_tier('t', cost=-1)", "weight|-1"),
    ]


@pytest.mark.parametrize(("statement", "culprit"), bad_calls())
def test_bad_calls_name_the_culprit_and_change_nothing(
    model: Model, statement: str, culprit: str
) -> None:
    def state() -> object:
        kinds = ("pool", "domain", "link", "demand", "placement", "tier")
        return (
            [model.names(kind) for kind in kinds],
            [
                getattr(model, kind)(k)
                for kind in kinds[:-1]
                for k in range(model.count(kind))
                if model.exists(kind, k)
            ],
            model.limit("domain", "site", "power"),
        )

    before = state()
    with pytest.raises(ArgumentError, match=culprit):
        exec(statement, {"model": model, "math": math})
    assert state() == before


def test_errors_carry_where(model: Model) -> None:
    with pytest.raises(ArgumentError) as caught:
        model.set_pool("cpu", count=-2)
    error = caught.value
    assert (error.kind, error.index, error.name) == (Kind.POOL, 1, "cpu")
    assert "-2" in str(error)


def test_tiers(model: Model) -> None:
    assert model.maximise("value") == 0
    assert model.add_tier("bill", Term("energy", 0.1, domain="site"), cost=1.0) == 1
    assert model.minimise("utilisation", name="balance", resource="gpu") == 2
    assert model.names("tier") == ["value", "bill", "balance"]
    model.set_term_weight("bill", 0, 0.5)
    model.clear_tiers()
    assert model.count("tier") == 0
