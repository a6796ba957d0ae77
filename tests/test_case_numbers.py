"""The tiers that the common cases expect, computed anew in exact arithmetic without the library."""

from __future__ import annotations

import copy
import json
import sys
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parent / "cases"
sys.path.insert(0, str(FOLDER))
import case_tiers

LISTS = {"pool": "pools", "domain": "domains", "link": "links", "demand": "demands"}
TOLERANCE = 1e-9


def edited(scenario: case_tiers.Json, edits: list[case_tiers.Json]) -> case_tiers.Json:
    """The scenario after edits of plain fields; others are beyond this."""
    made = copy.deepcopy(scenario)
    for edit in edits:
        if "refused" in edit or edit.get("do") == "reset":
            continue
        kind, _, field = edit.get("set", "").partition(" ")
        if kind not in LISTS or field in ("share", "repair"):
            raise case_tiers.Beyond(f"edit {edit}")
        one = next(one for one in made[LISTS[kind]] if one["name"] == edit["of"])
        value = None if edit["to"] == "inf" else edit["to"]
        if field == "limit":
            one.setdefault("limits", {})[edit["resource"]] = value
        elif field in ("capacity", "watts") and kind == "pool":
            one.setdefault(field, {})[edit["resource"]] = value
        else:
            one[field] = value
    return made


def steps_that_can_be_checked() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("[0-9]*.json")):
        case = json.loads(path.read_text())
        scenario = case.get("scenario")
        for k, step in enumerate(case.get("steps", [])):
            try:
                scenario = edited(scenario, step.get("edits", []))
                tiers = case_tiers.solve(scenario)
            except case_tiers.Beyond:
                break
            if "expect" in step:
                found.append(pytest.param(step["expect"], tiers, id=f"{path.stem}-{k + 1}"))
    return found


STEPS = steps_that_can_be_checked()


def test_most_cases_can_be_checked() -> None:
    assert len(STEPS) >= 60


@pytest.mark.parametrize(("expected", "tiers"), STEPS)
def test_tiers(expected: case_tiers.Json, tiers: Any) -> None:
    if isinstance(tiers, str):
        assert expected["outcome"] == tiers
        return
    assert expected["outcome"] == "optimal"
    assert list(expected.get("tiers", tiers)) == list(tiers)
    for name, value in expected.get("tiers", {}).items():
        assert float(tiers[name]) == pytest.approx(value, rel=TOLERANCE, abs=TOLERANCE), name
