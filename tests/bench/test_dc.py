"""The generators make what they say: sizes, what is known by construction, the same bits always,
and edits that mean the same for the model and for its LP."""

from __future__ import annotations

import hashlib
from pathlib import Path

import dcalloc
import numpy as np
import pytest
from generated import DOMAIN, FAMILIES, LP_LAYER, bench_dc, make, optimum

#: Of the numbers of each family at 1000 nonzeros and seed 1: they are to be the same on every
#: machine. They change with a family, and with the order of rows and columns of docs/model.md.
DIGESTS = {
    "max_min": "c48744fe9adecec2",
    "placement": "0f440d012da91927",
    "traffic_flow": "5530d7441da175fe",
    "traffic_mlu": "ce00da868f881379",
    "transport": "29784719a8bdb02c",
    "fair_share": "4e41eba2b3ce39da",
    "deferrable": "c082843a1de41106",
    "reservations": "3ac8209237caee38",
}


def numbers(path: Path) -> bytes:
    """Every number of an LP."""
    with dcalloc.Lp.read_mps(str(path)) as lp:
        parts = (*lp.entries(), lp.cost, lp.lower, lp.upper, lp.row_lower, lp.row_upper)
        return b"".join(np.asarray(part, dtype="<f8").tobytes() for part in parts)


def test_list_names_every_family() -> None:
    lines = bench_dc("--list").stdout.splitlines()
    assert sorted(line.split()[0] for line in lines) == sorted(FAMILIES)


@pytest.mark.parametrize("size", [1e3, 1e4, 1e5])
@pytest.mark.parametrize("family", FAMILIES)
def test_size_is_about_what_was_asked_for(family: str, size: float) -> None:
    told = make(family, size=size)
    assert size / 1.5 <= told["nonzeros"] <= 1.5 * size
    assert told["layer"] == ("lp" if family in LP_LAYER else "domain")


@pytest.mark.parametrize("family", FAMILIES)
def test_same_seed_same_bits(family: str, tmp_path: Path) -> None:
    one, again, other = (tmp_path / name for name in ("one.mps", "again.mps", "other.mps"))
    trace, same = tmp_path / "trace", tmp_path / "same"
    make(family, "-o", one, "--trace", trace)
    make(family, "-o", again, "--trace", same)
    make(family, "-o", other, seed=2)
    assert one.read_bytes() == again.read_bytes()
    assert trace.read_bytes() == same.read_bytes()
    assert numbers(one) != numbers(other)
    assert hashlib.sha256(numbers(one)).hexdigest()[:16] == DIGESTS[family]


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("more", [(), ("--failures", "2", "--alike", "0.5", "--skew", "7")])
def test_outcome_is_as_expected(family: str, more: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "made.mps"
    told = make(family, "-o", path, *more)
    assert optimum(path)[0] == told["expected"] == "optimal"


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("load", ["0.5", "1"])
@pytest.mark.parametrize("failures", ["0", "3"])
def test_planted_optimum_of_transport(seed: int, load: str, failures: str, tmp_path: Path) -> None:
    path = tmp_path / "made.mps"
    told = make("transport", "-o", path, "--load", load, "--failures", failures, seed=seed)
    assert optimum(path) == ("optimal", pytest.approx(told["optimum"], rel=1e-9))


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
@pytest.mark.parametrize("load", ["1", "5", "20"])
def test_max_min_of_identical_jobs(seed: int, load: str, tmp_path: Path) -> None:
    path = tmp_path / "made.mps"
    told = make("max_min", "-o", path, "--alike", "1", "--kinds", "1", "--load", load, seed=seed)
    assert optimum(path) == ("optimal", pytest.approx(told["optimum"], rel=1e-9))


@pytest.mark.parametrize("family", ["transport", "deferrable"])
def test_infeasible_by_construction(family: str, tmp_path: Path) -> None:
    path = tmp_path / "made.mps"
    told = make(family, "-o", path, "--load", "1.25", "--hard")
    assert told["optimum"] is None
    assert optimum(path)[0] == told["expected"] == "infeasible"


@pytest.mark.parametrize("family", DOMAIN)
@pytest.mark.parametrize("seed", [1, 7])
def test_edits_mean_the_same_for_model_and_lp(family: str, seed: int, tmp_path: Path) -> None:
    lp, model = tmp_path / "made.mps", tmp_path / "made.json"
    lp_after, model_after = tmp_path / "after.mps", tmp_path / "after.json"
    outputs = ("-o", lp, "-o", model, "--final", lp_after, "--final", model_after)
    make(family, *outputs, "--trace", tmp_path / "trace", "--edits", "200", size=2000, seed=seed)
    before, after = optimum(lp), optimum(lp_after)
    assert optimum(model) == (before[0], pytest.approx(before[1], rel=1e-8))
    assert optimum(model_after) == (after[0], pytest.approx(after[1], rel=1e-8))
    assert before[1] != pytest.approx(after[1], rel=1e-8)


def changes(trace: Path) -> set[str]:
    return {line[2:] for line in trace.read_text().splitlines() if line.startswith("e ")}


def test_changes_can_be_chosen(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    make("placement", "--trace", trace, "--edits", "400")
    every = {"limit", "amount", "rhs", "cost", "arrive", "depart", "lose", "return"}
    assert changes(trace) == every
    make("placement", "--trace", trace, "--edits", "50", "--changes", "cost,arrive")
    assert changes(trace) == {"cost", "arrive"}


def amounts(path: Path) -> set[float]:
    with dcalloc.Lp.read_mps(str(path)) as lp:
        lower, upper = np.asarray(lp.row_lower), np.asarray(lp.row_upper)
        return set(lower[(lower == upper) & (lower > 0.0)].tolist())


def test_skew_and_copies(tmp_path: Path) -> None:
    path = tmp_path / "made.mps"
    make("transport", "-o", path, "--skew", "0")
    assert len(amounts(path)) == 1
    make("transport", "-o", path, "--skew", "4", size=10000)
    assert len(amounts(path)) > 20
    make("transport", "-o", path, "--skew", "4", "--alike", "1", "--kinds", "3", size=10000)
    assert len(amounts(path)) <= 3


def test_what_is_refused(tmp_path: Path) -> None:
    assert bench_dc("nothing").returncode == 2
    assert bench_dc("transport", "--skew").returncode == 2
    assert bench_dc("transport", "--changes", "everything").returncode == 2
    assert bench_dc("transport", "--size", "nan").returncode == 2
    assert bench_dc("transport", "--size", "1").returncode == 1
    assert bench_dc("transport", "--skew", "13").returncode == 1
    assert bench_dc("deferrable", "-o", tmp_path / "made.json").returncode == 1
    assert bench_dc("transport", "-o", tmp_path / "no" / "folder.mps").returncode == 1
    amounts_of_shares = ("--trace", tmp_path / "trace", "--changes", "amount")
    assert bench_dc("fair_share", *amounts_of_shares).returncode == 1
