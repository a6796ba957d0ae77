"""The table of bench/lp/choice.py reads what the library's log says."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from bench.lp import choice

COVER = """NAME COVER
ROWS
 N COST
 G R1
 E R2
COLUMNS
 X COST 1 R1 1
 X R2 1
 Y COST 2 R1 3
 Z COST -1 R2 2
RHS
 RHS R1 4 R2 2
BOUNDS
 UP BND Z 1
ENDATA
"""


def test_counts_and_work(tmp_path: Path) -> None:
    file = tmp_path / "cover.mps"
    file.write_text(COVER)
    told, log = choice.solve(str(file), "auto", 5.0, ["presolve=off"])
    figures = choice.counts(log)
    assert set(figures) == set(choice.NAMES)
    assert (figures["rows"], figures["violated"], figures["equations"]) == ("2", "2", "1")
    assert (figures["columns"], figures["wrong"], figures["flips"]) == ("3", "0", "1")
    assert told["status"] == "optimal" and told["method"] in ("dual", "primal")
    assert int(told["work"]) > 0


def nearly_dual_feasible(columns: int) -> str:
    """min -X0 + sum of Xk, k > 0: every column in a row of its own and in one common row <= 9."""
    made = ["NAME NEARLY", "ROWS", " N COST", " L ALL"]
    made += [f" L R{k}" for k in range(columns)]
    made += ["COLUMNS"]
    for k in range(columns):
        made += [f" X{k} COST {1 if k else -1} ALL 1", f" X{k} R{k} 2"]
    made += ["RHS", " RHS ALL 9"] + [f" RHS R{k} {k + 3}" for k in range(columns)]
    return "\n".join([*made, "ENDATA"]) + "\n"


@pytest.mark.parametrize(("columns", "first"), [(19, "primal"), (21, "dual")])
def test_few_wrong_signs_among_many_prices_are_for_the_dual(
    tmp_path: Path, columns: int, first: str
) -> None:
    file = tmp_path / "nearly.mps"
    file.write_text(nearly_dual_feasible(columns))
    told, log = choice.solve(str(file), "auto", 5.0, ["presolve=off"])
    figures = choice.counts(log)
    assert (figures["wrong"], figures["priced"]) == ("1", str(columns))
    assert f"auto: {first}," in log
    assert told["status"] == "optimal"


def test_no_say(tmp_path: Path) -> None:
    file = tmp_path / "cover.mps"
    file.write_text(COVER)
    assert choice.counts(choice.solve(str(file), "dual", 5.0, ["presolve=off"])[1]) == {}
