"""The common cases of tests/cases, through Python; C and Go run the same files."""

from __future__ import annotations

import json
from pathlib import Path

import case_runner
import jsonschema
import pytest
from headers import ROOT


def test_there_are_thirty() -> None:
    solved = [path for path in case_runner.FILES if "steps" in case_runner.load(path)]
    assert len(solved) >= 30


@pytest.mark.parametrize("path", case_runner.FILES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    case_runner.run_case(case_runner.load(path))


@pytest.mark.parametrize("path", case_runner.FILES, ids=lambda path: path.stem)
def test_schema(path: Path) -> None:
    case = case_runner.load(path)
    schema = json.loads((case_runner.FOLDER / "case.schema.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(case)
    if "scenario" in case:
        scenario = json.loads((ROOT / "docs" / "scenario.schema.json").read_text())
        jsonschema.Draft202012Validator(scenario).validate(case["scenario"])


@pytest.mark.slow
@pytest.mark.parametrize("path", case_runner.FILES, ids=lambda path: path.stem)
def test_a_spoiled_case_fails(path: Path) -> None:
    passed = []
    for what, case in case_runner.spoiled(case_runner.load(path)):
        try:
            case_runner.run_case(case)
        except (case_runner.CaseError, KeyError):
            continue
        passed.append(what)
    assert passed == []
