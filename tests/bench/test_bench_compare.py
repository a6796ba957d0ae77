"""Two sides: a slow one is flagged, an equal one is not, and one that loses an answer is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from problems import fake, random_lp, small

from bench.lp import child, compare, run, sides
from bench.lp.contestants import Contestant, Missing, parse
from bench.lp.instances import of_path

LIMIT = 1.0


def pair(a: list[float], b: list[float], work: tuple[int, int] = (70, 70)) -> compare.Pair:
    """Seconds of the rounds, and the work, of each side; infinite: not solved."""
    made = compare.Pair("small")
    for seconds, results, count in ((a, made.a, work[0]), (b, made.b, work[1])):
        results += [
            {
                "verdict": "solved" if s < LIMIT else "unsolved",
                "seconds": s,
                "processor_seconds": s / 2.0,
                "iterations": 7,
                "work": count,
            }
            for s in seconds
        ]
    return made


def flagged(found: list[compare.Finding]) -> list[str]:
    return [finding.measure for finding in found if finding.flagged]


def test_equal() -> None:
    noisy = [pair([0.2, 0.21, 0.19], [0.21, 0.19, 0.2])] * 4
    found = compare.findings(noisy, LIMIT)
    assert [f.measure for f in found] == list(compare.MEASURES)
    assert not flagged(found) and not compare.lost(noisy)
    assert found[2].low == found[2].high == 1.0
    assert "SLOWER" not in compare.report(noisy, found, ("a", "b"), LIMIT)


def test_slower() -> None:
    slow = [pair([0.25] * 3, [0.3] * 3, (70, 140))] * 2
    found = compare.findings(slow, LIMIT)
    assert flagged(found) == ["time", "processor time", "entries touched"]
    text = compare.report(slow, found, ("a", "b"), LIMIT)
    assert "| time | 2 | 1.200 | 1.200 .. 1.200 | SLOWER |" in text
    assert not flagged(compare.findings(slow, LIMIT, 2.5))


def test_slower_by_less_than_its_noise() -> None:
    """1.2 times on the mean, but from 0.6 to 2.4: the interval reaches below the threshold."""
    mixed = [pair([0.2] * 3, [0.2 * r] * 3) for r in (0.6, 1.2, 2.4)]
    (time, *_) = compare.findings(mixed, LIMIT)
    assert time.centre == pytest.approx(1.2) and time.low < 1.05 and not time.flagged


def test_a_lost_answer() -> None:
    pairs = [pair([0.25] * 3, [2.0] * 3)]
    found = compare.findings(pairs, LIMIT)
    assert compare.lost(pairs) == ["small"]
    assert flagged(found) == [
        "time",
        "processor time",
    ]  # the limit, 1 s, over 0.25 s; no counts to compare
    assert found[0].centre == pytest.approx(4.0)
    assert "Lost by B: small" in compare.report(pairs, found, ("a", "b"), LIMIT)


def test_rounds_are_interleaved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order = []

    def note(contestant: Contestant, *_: object) -> dict[str, object]:
        order.append(contestant.name[-1])
        return {
            "verdict": "solved",
            "seconds": 0.1,
            "processor_seconds": 0.1,
            "iterations": 1,
            "work": 1,
        }

    monkeypatch.setattr(run, "measure", note)
    lps = [small(tmp_path), of_path(tmp_path / "nowhere.mps"), small(tmp_path)]
    pairs = compare.interleave(fake("A"), fake("B"), lps, 3, child.Limits())
    assert "".join(order) == "ABBAAB" + "ABBAAB" and len(pairs) == 2


def test_refactorising_at_every_pivot_is_flagged(tmp_path: Path) -> None:
    """lu.updates=1 as the slowed build: flagged by the counted work, whatever the clock says."""
    try:
        parse("dcalloc").version()
    except Missing as missing:
        pytest.skip(str(missing))
    where = []
    for seed in range(3):
        path = tmp_path / f"made{seed}.mps"
        random_lp(path, 60, 90, seed)
        where += ["--on", str(path)]
    out = ["--rounds", "1", "--out", str(tmp_path / "c.jsonl")]
    assert compare.main([":", ":lu.updates=1", *where, *out]) == 1
    (entry,) = map(json.loads, (tmp_path / "c.jsonl").read_text().splitlines())
    assert entry["findings"][3]["measure"] == "entries touched" and entry["findings"][3]["flagged"]
    assert entry["pairs"][0]["a"][0]["verdict"] == "solved"


def test_sides_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(sides.Unbuildable):
        sides.parse("no-such-revision", tmp_path)
    with pytest.raises(ValueError):
        sides.parse(":lu.updates", tmp_path)
    assert compare.main(["no-such-revision", "--on", "x.mps", "--out", str(tmp_path / "c")]) == 2
