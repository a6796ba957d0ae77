"""Scenario files: the published schema and the reader agree, and writing undoes reading."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from harness import ROOT, run

SCHEMA = json.loads((ROOT / "docs" / "scenario.schema.json").read_text())
CHECK = jsonschema.Draft202012Validator(SCHEMA)
EXAMPLES = sorted((ROOT / "examples" / "scenarios").glob("*.json"))


def convert(text: str, folder: Path, name: str) -> str:
    (folder / "in.json").write_text(text)
    out = folder / name
    done = run("convert", folder / "in.json", out)
    assert done.status == 0, (done.stderr, text)
    return out.read_text()


def test_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 6


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_are_valid_and_kept(path: Path, tmp_path: Path) -> None:
    text = path.read_text()
    CHECK.validate(json.loads(text))
    once = convert(text, tmp_path, "once.json")
    CHECK.validate(json.loads(once))
    assert convert(once, tmp_path, "twice.json") == once
    assert run("check", path).status == 0


def some(draw: random.Random, chance: float, make: Any) -> Any:
    return make() if draw.random() < chance else None


def without_none(members: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in members.items() if value is not None}


def number(draw: random.Random) -> float:
    kinds = [0, 1, draw.randint(0, 1000), draw.random(), 10 ** draw.uniform(-20, 20)]
    return draw.choice(kinds)


def above(draw: random.Random) -> float:
    return number(draw) or 1


def by(draw: random.Random, names: list[str]) -> dict[str, float]:
    return {name: number(draw) for name in names if draw.random() < 0.6}


def written(draw: random.Random) -> dict[str, Any]:
    """A random scenario that uses every key now and then."""
    resources = ["gpu", "core", 'odd "name"\n\u00e9'][: draw.randint(1, 3)]
    known = [*resources, "power"]
    domains: list[dict[str, Any]] = []
    for k in range(draw.randint(0, 5)):
        kind = draw.choice(["power", "failure", "network", "tenant"])
        tenant = kind == "tenant"
        above_it = [d["name"] for d in domains if (d["kind"] == "tenant") == tenant]
        domain = {
            "name": f"domain {k}",
            "kind": kind,
            "factor": some(draw, 0.3, lambda: above(draw)),
            "energy_price": some(draw, 0.3, lambda: -number(draw)),
            "limits": some(draw, 0.5, lambda: by(draw, known)),
            "repair": some(draw, 0.2, lambda: {known[0]: draw.choice([None, above(draw)])}),
        }
        if above_it and draw.random() < 0.5:
            two = draw.sample(above_it, min(2, len(above_it)))
            kinds = {d["kind"] for d in domains if d["name"] in two}
            parted = len(two) == 2 and len(kinds) == 1
            domain["in"] = {name: 1 / len(two) if parted else 1 for name in two}
        domains.append(without_none(domain))
    names = [d["name"] for d in domains if d["kind"] != "tenant"]
    tenants = [d["name"] for d in domains if d["kind"] == "tenant"]
    pools = [
        without_none(
            {
                "name": f"pool-{k}",
                "count": number(draw),
                "capacity": by(draw, known),
                "watts": some(draw, 0.5, lambda: by(draw, resources)),
                "idle_watts": some(draw, 0.5, lambda: number(draw)),
                "price": some(draw, 0.5, lambda: number(draw)),
                "elastic": some(draw, 0.5, lambda: draw.random() < 0.5),
                "in": some(draw, 0.5 * bool(names), lambda: [draw.choice(names)]),
            }
        )
        for k in range(draw.randint(1, 4))
    ]
    links = [{"name": f"link {k}", "capacity": number(draw)} for k in range(draw.randint(0, 3))]
    demands = [
        without_none(
            {
                "name": f"demand {k}",
                "amount": number(draw),
                "use": by(draw, known),
                "unit": some(draw, 0.5, lambda: "job"),
                "value": some(draw, 0.3, lambda: -number(draw)),
                "min_share": some(draw, 0.3, draw.random),
                "weight": some(draw, 0.3, lambda: above(draw)),
                "hard": some(draw, 0.3, lambda: draw.random() < 0.5),
                "priority": some(draw, 0.3, lambda: draw.randint(-9, 9)),
                "tenant": some(draw, 0.5 * bool(tenants), lambda: draw.choice(tenants)),
                "on": draw.choice(["*", "pool-0", ["pool-*"], {"*0": 2.5, "pool*": {"cost": 1}}]),
            }
        )
        for k in range(draw.randint(0, 4))
    ]
    placements = [
        without_none(
            {
                "demand": draw.choice(demands)["name"],
                "name": some(draw, 0.5, lambda k=k: f"placement {k}"),
                "pool": some(draw, 0.5, lambda: draw.choice(pools)["name"]),
                "rate": some(draw, 0.5, lambda: above(draw)),
                "use": some(draw, 0.5, lambda: by(draw, known)),
                "cost": some(draw, 0.5, lambda: -number(draw)),
                "ceiling": some(draw, 0.5, lambda: number(draw)),
                "current": some(draw, 0.5, lambda: number(draw)),
                "links": some(draw, 0.5, lambda: by(draw, [item["name"] for item in links])),
            }
        )
        for k in range(draw.randint(0, 4) * bool(demands))
    ]
    terms = ["cost", "energy", "unmet", "movement", "value", "share"]
    objective = [
        {"name": f"tier {k}", "terms": [{"kind": draw.choice(terms), "weight": above(draw)}]}
        for k in range(draw.randint(0, 2))
    ]
    return {
        "dcalloc": 1,
        "resources": {name: "unit" for name in resources},
        "domains": domains,
        "links": links,
        "pools": pools,
        "demands": demands,
        "placements": placements,
        "objective": objective,
    }


@pytest.mark.parametrize("seed", range(60))
def test_written_scenarios_are_valid_and_kept(seed: int, tmp_path: Path) -> None:
    scenario = written(random.Random(seed))
    CHECK.validate(scenario)
    once = convert(json.dumps(scenario), tmp_path, "once.json")
    CHECK.validate(json.loads(once))
    assert convert(once, tmp_path, "twice.json") == once


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"pools": [{"name": "p", "count": -1}]}, "pools[0].count"),
        ({"pools": [{"colour": 1}]}, "pools[0].colour"),
        ({"pools": [{"name": ""}]}, "pools[0].name"),
        ({"pools": [{}]}, "pools[0]"),
        ({"demands": [{}]}, "demands[0]"),
        ({"dcalloc": 2}, "dcalloc"),
        ({"resources": {"power": "kW"}}, "resources.power"),
        ({"domains": [{"name": "d"}]}, "domains[0]"),
        ({"domains": [{"name": "d", "kind": "water"}]}, "domains[0].kind"),
        ({"demands": [{"name": "d", "min_share": 2}]}, "demands[0].min_share"),
        ({"demands": [{"name": "d", "on": 1}]}, "demands[0].on"),
        ({"demands": [{"name": "d", "hard": 1}]}, "demands[0].hard"),
        ({"demands": [{"name": "d", "priority": 0.5}]}, "demands[0].priority"),
        ({"placements": [{}]}, "placements[0]"),
        ({"objective": [{"terms": [{"kind": "fun"}]}]}, "objective[0].terms[0].kind"),
        ({"links": [{"name": "l", "repair": 0}]}, "links[0].repair"),
        (
            {"objective": [{"terms": [{"kind": "cost", "weight": 0}]}]},
            "objective[0].terms[0].weight",
        ),
    ],
)
def test_schema_and_reader_refuse_the_same(
    change: dict[str, Any], place: str, tmp_path: Path
) -> None:
    scenario = {"dcalloc": 1, **change}
    assert not CHECK.is_valid(scenario)
    (tmp_path / "bad.json").write_text(json.dumps(scenario, indent=1))
    done = run("check", tmp_path / "bad.json")
    assert done.status == 3 and place + ":" in done.stderr, done
    line = int(done.stderr.split(":")[1])
    assert 1 <= line <= len((tmp_path / "bad.json").read_text().splitlines())


def test_the_example_of_the_document(tmp_path: Path) -> None:
    document = (ROOT / "docs" / "formats.md").read_text()
    example = document.split("```json\n")[1].split("```")[0]
    CHECK.validate(json.loads(example))
    convert(example, tmp_path, "out.json")


def test_check_remarks(tmp_path: Path) -> None:
    scenario = {
        "dcalloc": 1,
        "resources": {"gpu": "GPU", "disk": "TB"},
        "domains": [{"name": "feed", "kind": "power", "limits": {"power": 100}}],
        "links": [{"name": "cut", "capacity": 0}],
        "pools": [{"name": "a", "capacity": {"gpu": 4}, "idle_watts": 200, "in": "feed"}],
        "demands": [
            {"name": "large", "use": {"gpu": 5}, "on": "a"},
            {"name": "forced", "use": {"disk": 1}, "placements": [{"pool": "a"}]},
            {"name": "none", "amount": 0, "on": "a"},
        ],
    }
    (tmp_path / "odd.json").write_text(json.dumps(scenario))
    findings = run("check", tmp_path / "odd.json", "--json").json()["findings"]
    for words in (
        "demand large: fits nowhere",
        "demand forced: one unit fits no node",
        "demand forced: uses disk, which no pool has",
        "demand none: wants nothing",
        "resource gpu: no demand uses it",
        "link cut: its capacity is 0",
        "domain feed: its limit on power is below",
    ):
        assert sum(words in finding for finding in findings) == 1, (words, findings)
    assert len(findings) == 7
    plain = run("check", tmp_path / "odd.json")
    assert plain.status == 0 and all(finding in plain.stdout for finding in findings)


def test_what_only_shows_when_put_together(tmp_path: Path) -> None:
    scenario = {
        "dcalloc": 1,
        "domains": [
            {"name": "site", "kind": "power"},
            {"name": "row", "kind": "power", "in": "site"},
        ],
        "pools": [{"name": "twice", "in": ["row", "site"]}],
    }
    (tmp_path / "twice.json").write_text(json.dumps(scenario))
    done = run("check", tmp_path / "twice.json")
    assert done.status == 0 and "counts 2 times in domain 'site'" in done.stdout
    for command in (["solve"], ["explain"]):
        done = run(*command, tmp_path / "twice.json")
        assert done.status == 3 and "counts 2 times in domain 'site'" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [["--json", "--solution", "-"], ["--plot", "-"], ["--basis-in", "x"], ["--basis-out", "x"]],
)
def test_options_that_do_not_fit(arguments: list[str]) -> None:
    done = run("solve", EXAMPLES[0], *arguments)
    assert done.status == 2 and done.stderr
