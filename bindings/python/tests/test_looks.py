"""What people look at in a notebook: tables of models, comparisons, pictures of prices, cards."""

from __future__ import annotations

import math
import sys
from pathlib import Path

import dcalloc
import pytest
from dcalloc import Kind, Limit, Model
from dcalloc._html import duration, shortened

LONG = "rack-eu-central-1-hall-12-row-07-h100-sxm5-80gb-liquid-cooled-generation-two"


def site() -> Model:
    """Two pools on a feed of 8 kW. `train` wants 20 jobs of one GPU: a job draws 400 W on the old
    nodes, 600 W on the new ones, so that the old ones fill first: 8 GPU, 3200 W; 4800 W are left
    for 8 of the 16 new GPU. 4 jobs are unmet; one W more is worth 1/600 of a job, one old GPU
    1 - 400 / 600 = 1/3."""
    m = Model("site")
    m.add_resource("gpu", "GPU")
    m.add_resource("disk", "TB")
    m.add_domain("grid", factor=1.2, energy_price=0.1)
    m.add_domain("feed", limits={"power": 8000}, parents="grid")
    m.add_pool("old", 2, capacity={"gpu": 4}, watts={"gpu": 400}, domains="feed")
    m.add_pool(LONG, 2, capacity={"gpu": 8, "disk": 5}, watts={"gpu": 600}, domains="feed")
    m.add_demand("train", 20, use={"gpu": 1}, unit="job", priority=3)
    m.place("train")
    return m


def test_tables_of_a_model() -> None:
    m = site()
    pools = m.pools_frame()
    assert pools.index.tolist() == ["old", LONG] and pools.index.name == "pool"
    assert list(pools.columns) == [
        "nodes",
        "gpu (GPU)",
        "disk (TB)",
        "idle (W)",
        "price",
        "elastic",
    ]
    assert pools["disk (TB)"].tolist() == [0, 5]
    domains = m.domains_frame()
    assert domains["power (W)"].tolist() == [math.inf, 8000]
    assert domains["in"].tolist() == ["", "1 grid"] and domains["kind"].tolist() == ["power"] * 2
    assert domains["factor"].tolist() == [1.2, 1]
    demands = m.demands_frame()
    assert demands.loc["train", ["amount", "unit", "gpu (GPU)", "priority"]].tolist() == [
        20,
        "job",
        1,
        3,
    ]
    m.remove("pool", "old")
    assert m.pools_frame().index.tolist() == [LONG]
    assert len(Model().pools_frame()) == len(Model().domains_frame()) == 0


def test_answers_side_by_side() -> None:
    m = site()
    before = m.solve()
    m.set_limit("feed", "power", 3200)
    after = m.solve()
    m.set_demand("train", hard=True)
    impossible = m.solve()
    table = dcalloc.compare({"before": before, "after": after, "promised": impossible})
    assert table.index.tolist() == ["before", "after", "promised"]
    assert table["outcome"].tolist() == ["optimal", "optimal", "infeasible"]
    assert table["unmet demand"].tolist()[:2] == pytest.approx([4, 12])
    assert table["served (job)"].tolist()[:2] == pytest.approx([16, 8])
    assert table["energy (kWh per hour)"].tolist()[:2] == pytest.approx([9.6, 3.84])
    assert table["demands in full"].tolist()[:2] == [0, 0]
    assert table["full limits"].tolist()[0] == 2
    assert table["warm"].tolist() == [False, True, True]
    numbers = table.drop(columns=["outcome", "seconds", "iterations", "warm"])
    assert numbers.loc["promised"].isna().all()
    assert not numbers.loc[["before", "after"]].isna().to_numpy().any()
    m.add_demand("tiny", 1, use={"gpu": 0.01}, unit="replica")
    m.place("tiny")
    m.set_demand("train", hard=False)
    mixed = dcalloc.compare({"mixed": m.solve()})
    assert mixed.loc["mixed", "demands in full"] == 1
    assert not [name for name in mixed.columns if name.startswith("served")]


def test_tables_say_what_they_need(monkeypatch: pytest.MonkeyPatch) -> None:
    m = site()
    answer = m.solve()
    for module in ("pandas", "matplotlib", "matplotlib.figure"):
        monkeypatch.setitem(sys.modules, module, None)
    for table in (m.pools_frame, m.domains_frame, m.demands_frame):
        with pytest.raises(ImportError, match="pip install pandas"):
            table()
    with pytest.raises(ImportError, match="pip install pandas"):
        dcalloc.compare({"one": answer})
    with pytest.raises(ImportError, match="pip install matplotlib"):
        answer.plot_prices()


def test_prices_that_are_rounding_are_none() -> None:
    def limit(price: float) -> Limit:
        return Limit(Kind.POOL, 0, "a", "gpu", "GPU", 8.0, 8.0, price)

    assert limit(-2e-9).priced and limit(0.1).priced
    assert not limit(0).priced and not limit(-1e-16).priced and not limit(math.nan).priced


def test_picture_of_prices(tmp_path: Path) -> None:
    answer = site().solve()
    figure = answer.plot_prices(path=tmp_path / "prices.svg")
    assert (tmp_path / "prices.svg").read_text().rstrip().endswith("</svg>")
    power, gpu = figure.axes
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["One more W", "One more GPU"]
    assert [axes.get_xlabel() for axes in figure.axes] == ["unmet demand falls by"] * 2
    assert [text.get_text() for text in gpu.texts] == ["0.333"]
    assert [text.get_text() for text in power.texts] == ["0.00167"]
    assert [text.get_text() for text in power.get_yticklabels()] == ["feed · power"]
    assert all(axes.get_xlim()[0] == 0 for axes in figure.axes)
    assert len(answer.plot_prices(top=1).axes) == 1
    m = site()
    m.add_tier("worth", value=1)
    m.set_demand("train", amount=20, value=2)
    richer = m.solve().plot_prices()
    assert richer.axes[0].get_xlabel() == "worth rises by"
    empty = Model().solve().plot_prices()
    assert [text.get_text() for text in empty.texts] == ["no limit has a price"]
    with pytest.raises(dcalloc.StateError, match="of an LP"):
        m.compiled().solve().plot_prices()


def test_cards_read_well() -> None:
    m = site()
    answer = m.solve()
    card = answer._repr_html_()
    for expected in ("tier 1: unmet demand", "price −0.3333 per GPU", "kWh per hour", "4 job"):
        assert expected in card
    assert f'title="{LONG}"' in m._repr_html_() and f">{LONG}<" not in m._repr_html_()
    assert "gpu 8 GPU, disk 5 TB" in m._repr_html_()
    assert "objective" not in card and "objective" in m.compiled().solve()._repr_html_()
    m.add_demand("more", 7, use={"gpu": 2})
    m.place("more")
    stopped = m.solver().solve(work_limit=1)
    assert stopped.outcome == dcalloc.Outcome.WORK_LIMIT
    assert "not proved" in stopped._repr_html_() and "agree" not in stopped._repr_html_()


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(2.3456, "2.35 s"), (61.0, "61 s"), (0.0243, "24.3 ms"), (3.56e-5, "35.6 µs"), (0.0, "0 µs")],
)
def test_times_for_people(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_long_names_are_shortened_in_the_middle() -> None:
    assert shortened("short", 10) == "short"
    assert shortened("0123456789abcdef", 10) == "0123…bcdef"
    assert len(shortened(LONG, 48)) == 48
