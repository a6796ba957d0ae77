"""The main job: the cluster, the loss of a feed, the worked examples, the picture."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from harness import ROOT, program, run

SCENARIOS = ROOT / "examples" / "scenarios"
CLUSTER = SCENARIOS / "gpu-cluster.json"
ANSWER = json.loads((ROOT / "docs" / "answer.schema.json").read_text())


def answer(path: Path) -> tuple[int, dict[str, Any]]:
    done = run("solve", path, "--json")
    report = done.json()
    jsonschema.validate(report["answer"], ANSWER)
    return done.status, report


def test_the_cluster_is_allocated() -> None:
    status, report = answer(CLUSTER)
    scenario = json.loads(CLUSTER.read_text())
    assert status == 0 and report["status"] == "optimal" and report["certificate"]["valid"]
    told = report["answer"]
    assert told["version"] == 1 and len(told["demands"]) == len(scenario["demands"]) == 151
    wanted = sum(demand["amount"] for demand in scenario["demands"])
    served = sum(demand["served"] for demand in told["demands"])
    assert wanted == 8152 and served >= 0.99 * wanted
    weight = {demand["name"]: demand["weight"] for demand in scenario["demands"]}
    unmet = sum(weight[demand["name"]] * demand["unmet"] for demand in told["demands"])
    assert report["objective"] == pytest.approx(unmet, rel=1e-9, abs=1e-6)
    for demand in told["demands"]:
        placed = [p["placed"] for p in told["placements"] if p["demand"] == demand["name"]]
        assert sum(placed) == pytest.approx(demand["served"], rel=1e-9, abs=1e-6)
    for limit in told["limits"]:
        room = 1e-6 * max(1.0, abs(limit["limit"] or 0.0))
        assert limit["limit"] is None or limit["use"] <= limit["limit"] + room, limit


def test_the_counts_are_those_of_the_trace() -> None:
    scenario = json.loads(CLUSTER.read_text())
    pools = scenario["pools"]
    assert len(pools) == 27 and sum(pool["count"] for pool in pools) == 1523
    assert sum(pool["count"] * pool["capacity"].get("gpu", 0) for pool in pools) == 6212
    assert sum(pool["count"] * pool["capacity"]["cpu"] for pool in pools) == 125514
    for pool in pools:
        assert "openb" in pool["source"] and "ours" in pool["source"]
    for domain in scenario["domains"]:
        assert domain["source"] == "ours"


# Verdict, what is missing, and the cheapest repair: sum of |change| / limit over what may give.
ARTICLES = {
    "article-1-least-cost": (250, 1000, "whole"),
    "article-2-load": (10, 30, "load"),
    "article-3-compute": (32, 64, "compute"),
    "article-5-energy": (900, 1500, "workload"),
}


@pytest.mark.parametrize("name", sorted(ARTICLES))
def test_infeasible_articles(name: str) -> None:
    short, wanted, demand = ARTICLES[name]
    status, report = answer(SCENARIOS / f"{name}.json")
    assert status == 10 and report["status"] == "infeasible" and report["certificate"]["valid"]
    repair = report["answer"]["repair"]
    assert repair["cheapest"]["size"] == pytest.approx(short / wanted)
    (change,) = repair["cheapest"]["changes"]
    assert (change["kind"], change["name"]) == ("demand", demand)
    assert (change["from"], change["to"]) == (wanted, pytest.approx(wanted - short))
    raised = sum(c["to"] - c["from"] for c in repair["capacity"]["changes"])
    assert raised == pytest.approx(short) and repair["capacity"]["size"] > short / wanted
    assert repair["demand"]["size"] == pytest.approx(short / wanted)
    asked = json.loads((SCENARIOS / f"{name}.json").read_text())["demands"]
    assert change["unit"] == next(d.get("unit", "unit") for d in asked if d["name"] == demand)


def test_conflict_has_units() -> None:
    """32 cores are there and 64 are asked for: both in cores."""
    done = run("explain", "--json", SCENARIOS / "article-3-compute.json")
    members = json.loads(done.stdout)["conflict"]["members"]
    assert {(m["kind"], m["limit"], m["unit"]) for m in members} == {
        ("demand", 64, "core"),
        ("pool", 32, "core"),
    }


def test_indivisible_article_is_integral() -> None:
    path = SCENARIOS / "article-4-indivisible.json"
    status, report = answer(path)
    assert status == 0
    placed = {p["pool"]: p["placed"] for p in report["answer"]["placements"]}
    rules = json.loads(path.read_text())["demands"][0]["on"]
    cheapest = sorted(rules, key=lambda pool: rules[pool]["cost"])[:5]
    assert placed == {pool: 1.0 for pool in cheapest}
    assert report["answer"]["totals"]["cost"] == sum(rules[pool]["cost"] for pool in cheapest)


def test_the_picture(tmp_path: Path) -> None:
    picture = tmp_path / "cluster.svg"
    assert run("solve", CLUSTER, "--plot", picture).status == 0
    root = ElementTree.parse(picture).getroot()
    words = " ".join(text for text in root.itertext())
    for expected in ("openb GPU cluster", "feed-A", "feed-D", "G2x8-96c-384g", "kW"):
        assert expected in words
    width = float(root.attrib["width"])
    for shape in root.iter("{http://www.w3.org/2000/svg}rect"):
        left = float(shape.attrib.get("x", 0))
        assert left >= 0 and left + float(shape.attrib["width"]) <= width + 0.01


def test_plot_of_what_cannot_be_done(tmp_path: Path) -> None:
    picture = tmp_path / "load.svg"
    assert run("solve", SCENARIOS / "article-2-load.json", "--plot", picture).status == 10
    assert "infeasible" in " ".join(ElementTree.parse(picture).getroot().itertext())


def test_plot_cannot_be_written(tmp_path: Path) -> None:
    done = run("solve", CLUSTER, "--plot", tmp_path / "absent" / "x.svg")
    assert done.status == 4 and "x.svg" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_plot_into_a_pipe_leaves_the_pipe(tmp_path: Path) -> None:
    """A device or a pipe is written to; a file must not take its place."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    handle = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        scenario = SCENARIOS / "article-2-load.json"
        assert run("solve", scenario, "--plot", pipe).status == 10
        assert stat.S_ISFIFO(pipe.stat().st_mode)
        assert os.read(handle, 65536).startswith(b"<")
    finally:
        os.close(handle)


def test_plot_through_a_link_keeps_link_permissions_and_neighbours(tmp_path: Path) -> None:
    picture = tmp_path / "kept.svg"
    picture.write_text("before")
    picture.chmod(0o640)
    link = tmp_path / "link.svg"
    link.symlink_to(picture)
    neighbour = tmp_path / "link.svg.part"
    neighbour.write_text("mine")
    assert run("solve", SCENARIOS / "article-2-load.json", "--plot", link).status == 10
    assert link.is_symlink() and ElementTree.parse(picture)
    assert stat.S_IMODE(picture.stat().st_mode) == 0o640
    assert neighbour.read_text() == "mine"
    assert sorted(tmp_path.iterdir()) == sorted([picture, link, neighbour])


@pytest.mark.parametrize("feed", ["feed-A", "feed-B", "feed-C", "feed-D"])
def test_losing_a_feed(feed: str) -> None:
    example = Path(program()).with_name("lose_feed")
    done = subprocess.run(
        [example, CLUSTER, feed], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done
    assert "after (optimal, warm" in done.stdout and "what moved" in done.stdout
    lost = float(done.stdout.split("the loss: ")[1].split(" ")[0])
    assert lost > 400, "three feeds do not carry what four do"


def test_the_demo_is_quick(tmp_path: Path) -> None:
    environment = {**os.environ, "NO_COLOR": "1"}
    start = time.monotonic()
    done = subprocess.run(
        ["bash", ROOT / "examples" / "demo.sh", program()],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done
    assert (tmp_path / "build" / "gpu-cluster.svg").exists()
    assert done.stdout.count("infeasible, proved") == 4
    assert time.monotonic() - start < 30.0


def test_the_compiled_lp_has_the_same_optimum(tmp_path: Path) -> None:
    compiled = tmp_path / "cluster.mps.gz"
    assert run("convert", CLUSTER, compiled).status == 0
    lp = run("solve", compiled, "--json").json()
    assert lp["objective"] == pytest.approx(answer(CLUSTER)[1]["objective"], rel=1e-9)
    packed = tmp_path / "cluster.json.gz"
    assert run("convert", CLUSTER, packed).status == 0
    assert answer(packed)[1]["objective"] == pytest.approx(lp["objective"], rel=1e-9)


def test_an_lp_is_no_scenario(tmp_path: Path) -> None:
    (tmp_path / "x.mps").write_text("NAME n\nROWS\n N cost\nCOLUMNS\n x cost 1\nENDATA\n")
    done = run("convert", tmp_path / "x.mps", tmp_path / "x.json")
    assert done.status == 6 and not (tmp_path / "x.json").exists()
