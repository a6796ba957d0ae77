"""The notebooks of the examples, run from top to bottom in a Jupyter kernel; Ctrl-C in one."""

from __future__ import annotations

import base64
import io
import json
import re
import sys
import time
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from headers import ROOT
from jupyter_client.manager import start_new_kernel
from PIL import Image

sys.path.insert(0, str(ROOT / "examples"))
from run_notebook import last_shown, run

pytestmark = pytest.mark.slow

NOTEBOOK = ROOT / "examples" / "plan_capacity.ipynb"
MOST_PICTURE, MOST_NOTEBOOK = 60_000, 400_000  # bytes
NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?")

# What the notebook has said, as numbers. It is not a part of it: readers want no assertions.
FIGURES = """
import json
print(json.dumps({
    "outcomes": [str(one.outcome) for one in (today, lost, back, racked, powered, promised, plan)],
    "valid": [one.certificate.valid for one in (today, lost, back, racked, powered, promised)],
    "warm": [one.info.warm for one in (lost, back, racked, powered, promised)],
    "unmet": {name: one.tiers["unmet"] for name, one in scenarios.items()},
    "today": today.objective,
    "prices": price,
    "gains": gain,
    "best": best,
    "true": true,
    "curve": [list(curve[name]) for name in ("percent", "served", "price")],
    "moved_back": len(back.moved_frame(today)),
    "feed_lost": lost.limit("domain", "feed-D", "power").use,
    "served": [float(lost.served.sum()), float(today.served.sum())],
    "repairs": {by: promised.repair(by).size for by in ("cheapest", "capacity", "demand")},
    "saved": [plan.tiers["unmet"], again.tiers["unmet"]],
}))
"""


@pytest.fixture(scope="module")
def ran() -> Any:
    return run(NOTEBOOK, FIGURES)


@pytest.fixture(scope="module")
def figures(ran: Any) -> Any:
    return json.loads(ran.cells[-1].outputs[0].text)


def outputs(notebook: Any) -> list[list[Any]]:
    return [cell.get("outputs", []) for cell in notebook.cells]


def pictures(notebook: Any) -> list[bytes]:
    found = [one.get("data", {}).get("image/png") for cell in outputs(notebook) for one in cell]
    return [base64.b64decode(text) for text in found if text]


def test_nothing_goes_to_standard_error(ran: Any) -> None:
    """Errors would have stopped it; warnings go there."""
    loud = [one for cell in outputs(ran) for one in cell if one.get("name", "stdout") != "stdout"]
    assert loud == []


def test_the_pictures_are_there(ran: Any) -> None:
    drawn = pictures(ran)
    assert len(drawn) == 6
    for picture in drawn:
        with Image.open(io.BytesIO(picture)) as image:
            points = np.asarray(image.convert("RGB"), dtype=int)
        assert min(points.shape[:2]) > 150
        assert (np.ptp(points, axis=2) > 60).sum() > 1000  # colour: more than empty axes
    cards = [
        one.data["text/html"]
        for cell in outputs(ran)
        for one in cell
        if "border-radius:8px" in one.get("data", {}).get("text/html", "")
    ]
    assert len(cards) == 2 and "Model openb" in cards[0] and "tier 2: energy cost" in cards[1]


def test_what_is_stored_is_what_it_shows(ran: Any) -> None:
    """Each cell shows outputs of the same kinds, and prints the same text with the same numbers to
    three digits; what depends on the machine's speed is marked "varies"."""
    stored = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(stored)
    codes = [cell for cell in stored.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in codes] == list(range(1, len(codes) + 1))
    for cell, now in zip(stored.cells, ran.cells):
        then_out, now_out = cell.get("outputs", []), now.get("outputs", [])
        kinds = [
            [sorted(one.get("data", [one.get("name")])) for one in out]
            for out in (then_out, now_out)
        ]
        assert kinds[0] == kinds[1], cell.source
        if "varies" not in cell.metadata.get("tags", []):
            for then, also in zip(then_out, now_out):
                same_words(then.get("text", ""), also.get("text", ""))


def same_words(then: str, now: str) -> None:
    assert NUMBER.sub("#", then) == NUMBER.sub("#", now)
    numbers = [
        [float(one.replace(",", "")) for one in NUMBER.findall(text)] for text in (then, now)
    ]
    assert numbers[0] == pytest.approx(numbers[1], rel=1e-3)


def test_it_is_small() -> None:
    assert NOTEBOOK.stat().st_size < MOST_NOTEBOOK
    stored = pictures(nbformat.read(NOTEBOOK, as_version=4))
    assert max(len(picture) for picture in stored) < MOST_PICTURE


def test_what_it_says_of_outcomes(figures: Any) -> None:
    assert figures["outcomes"] == ["optimal"] * 5 + ["infeasible", "optimal"]
    assert all(figures["valid"]) and all(figures["warm"])


def test_what_it_says_of_the_feed(figures: Any) -> None:
    assert figures["feed_lost"] == 0
    after, before = figures["served"]
    assert 0.5 * before < after < 0.9 * before
    unmet = figures["unmet"]
    assert unmet["today"] == pytest.approx(figures["today"], rel=1e-9)
    assert unmet["feed-D lost"] > 10 * unmet["today"]
    assert figures["moved_back"] == 0


def test_what_it_says_of_prices(figures: Any) -> None:
    prices, gains, true = figures["prices"], figures["gains"], figures["true"]
    assert prices == pytest.approx(gains, rel=1e-6, abs=1e-6)  # a node more keeps the price's word
    assert prices[figures["best"]] == max(prices.values()) > 0
    slopes = [b - a for a, b in zip(true, true[1:])]
    assert true[0] == pytest.approx(0, abs=1e-6)
    assert all(b <= a + 1e-6 for a, b in zip(slopes, slopes[1:]))  # it never earns more again
    assert true[-1] < 0.9 * 10 * prices[figures["best"]]


def test_what_it_says_of_power(figures: Any) -> None:
    percent, served, price = figures["curve"]
    assert (percent[0], percent[-1], len(percent)) == (60, 140, 41)
    assert all(b <= a + 1e-6 * max(price) for a, b in zip(price, price[1:]))  # convex
    assert price[0] > 100 and price[-1] == pytest.approx(0, abs=1e-6)
    assert served[-1] > served[percent.index(100)] > served[0]


def test_what_it_says_of_the_promise(figures: Any) -> None:
    size = figures["repairs"]
    assert 0 < size["cheapest"] <= min(size["capacity"], size["demand"]) + 1e-9
    assert figures["saved"][0] == pytest.approx(figures["saved"][1], rel=1e-9)
    assert figures["saved"][0] < figures["unmet"]["today"]


def test_what_a_line_shows_at_last() -> None:
    assert last_shown("feeds: 3/41\rfeeds: 41/41\r") == "feeds: 41/41"
    assert last_shown("plain") == "plain"


# ---- Ctrl-C in a kernel -------------------------------------------------------------------------

LARGE = """
import time
import numpy as np
import dcalloc
generator = np.random.default_rng(1)
m, n = 1500, 4000
a = generator.random((m, n)) * (generator.random((m, n)) < 0.25)
lp = dcalloc.Lp.from_arrays(a, cost=generator.random(n) + 0.5, row_lower=generator.random(m) + 1.0)
"""
SOLVE = """
print("solving", flush=True)
lp.solve(progress=True)
"""
ALIVE = """
lp.set_cost(0, 1.0)
assert lp.solve(work_limit=1000).outcome == dcalloc.Outcome.WORK_LIMIT
print(a.shape, "alive")
"""


def messages(client: Any, request: str) -> Any:
    """What the kernel says of a request, until it has done it."""
    while True:
        message = client.get_iopub_msg(timeout=30)
        if message["parent_header"].get("msg_id") == request:
            yield message
            if message["content"].get("execution_state") == "idle":
                return


def text_of(client: Any, code: str) -> str:
    return "".join(
        one["content"]["text"]
        for one in messages(client, client.execute(code))
        if one["msg_type"] == "stream"
    )


def test_an_interrupted_kernel_keeps_what_it_has(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "bindings" / "python"))
    manager, client = start_new_kernel(kernel_name="python3", cwd=str(tmp_path))
    try:
        assert text_of(client, LARGE) == ""
        for _ in range(2):
            request = client.execute(SOLVE)
            said, shown, start = [], "", 0.0
            for message in messages(client, request):
                content = message["content"]
                shown += content.get("text", "")
                if content.get("text", "").startswith("solving"):
                    time.sleep(0.5)
                    start = time.perf_counter()
                    manager.interrupt_kernel()
                if message["msg_type"] == "error":
                    said.append(content["ename"])
            assert said == ["KeyboardInterrupt"]
            assert time.perf_counter() - start < 3
            assert "IProgress" not in shown  # nobody wants to hear which bar it could have been
        assert text_of(client, ALIVE) == "(1500, 4000) alive\n"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
