"""The driver with contestants that crash, hang, babble, lie: each is recorded as what it is."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import pytest
from problems import fake, small

from bench.lp import child, records, run
from bench.lp.contestants import Contestant, parse, split_options
from bench.lp.instances import Instance, choose, of_path

LIMITS = child.Limits(solve=0.4, grace=0.2, other=10.0, memory=1 << 30, repeats=3)
IMPATIENT = child.Limits(solve=0.4, grace=0.2, other=0.5)


def measured(
    folder: Path,
    mode: str,
    instance: Instance | None = None,
    limits: child.Limits = LIMITS,
) -> records.Record:
    out = folder / "out.jsonl"
    chosen = instance or small(folder)
    assert run.run([chosen], [fake(mode)], limits, out) == 1
    (result,) = [r for r in records.read([out]) if r["kind"] == "result"]
    return result


def gone(pid: int) -> bool:
    """Whether a process has ended; a zombie has."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return True
    return stat.rpartition(")")[2].split()[0] == "Z"


def test_honest(tmp_path: Path) -> None:
    result = measured(tmp_path, "honest")
    assert (result["verdict"], result["why"], result["seconds"]) == ("solved", "", 0.25)
    assert result["objective"] == -11.0 and result["primal_violation"] == 0.0
    assert result["gap"] <= 1e-12
    assert (result["times"], result["iterations"], result["work"]) == (
        [0.5, 0.3, 0.2, 0.25],
        7,
        70,
    )
    assert result["processor_seconds"] == 0.125
    assert (result["memory"], result["version"], result["nonzeros"]) == (1 << 20, "1.0", 4)


@pytest.mark.parametrize(
    ("mode", "status", "text"),
    [
        ("crash", "crash", "SIGSEGV while loading"),
        ("exit", "crash", "exit 3 while solving. assertion failed: everything"),
        ("hang", "time_limit", "killed while solving"),
        ("hang-reading", "hung", "killed while reading"),
        ("babble", "time_limit", "killed while solving"),
        ("orphan", "time_limit", "killed while solving"),
        ("memory", "out_of_memory", "MemoryError"),
        ("refused", "out_of_memory", "the allocator refused"),
        ("killed", "out_of_memory", "killed by the system"),
        ("rubbish", "rubbish", "no answer, 5 lines that are no events"),
    ],
)
def test_no_answer(tmp_path: Path, mode: str, status: str, text: str) -> None:
    begin = time.monotonic()
    limits = IMPATIENT if mode == "hang-reading" else LIMITS
    result = measured(tmp_path, mode, limits=limits)
    assert time.monotonic() - begin < 5.0
    assert (result["verdict"], result["status"]) == ("unsolved", status)
    assert text in result["text"]
    if mode == "crash":
        assert result["times"] == [0.125]  # what was measured before it is kept
    if mode == "orphan":
        pid = int((tmp_path / "small.mps.orphan").read_text())
        deadline = time.monotonic() + 5.0
        while not gone(pid) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert gone(pid)  # what a child leaves behind would disturb the next measurement


@pytest.mark.parametrize(
    ("mode", "verdict", "why"),
    [
        ("boaster", "wrong", "it says -12, its point gives -11"),
        ("outside", "wrong", "-20, the reference is -11"),
        ("short", "wrong", "-8, the reference is -11"),
        ("imprecise", "imprecise", "a bound is missed by 1.0e-03, relative"),
        ("nan", "wrong", "its point is not finite"),
        ("infeasible", "wrong", "infeasible, the optimum is -11"),
        ("unbounded", "wrong", "unbounded, the optimum is -11"),
        ("time_limit", "unsolved", "time_limit"),
        ("late", "unsolved", "over the limit"),
    ],
)
def test_liars(tmp_path: Path, mode: str, verdict: str, why: str) -> None:
    result = measured(tmp_path, mode)
    assert (result["verdict"], result["why"]) == (verdict, why)


def test_infeasible_instance(tmp_path: Path) -> None:
    lp = small(tmp_path, None, infeasible=True)
    assert measured(tmp_path, "infeasible", lp)["verdict"] == "solved"
    (tmp_path / "out.jsonl").unlink()
    result = measured(tmp_path, "honest", lp)
    assert (result["verdict"], result["why"]) == ("wrong", "optimal, but it is infeasible")


def test_without_reference_the_certificate_decides(tmp_path: Path) -> None:
    lp = small(tmp_path, None)
    assert measured(tmp_path, "honest", lp)["verdict"] == "solved"
    (tmp_path / "out.jsonl").unlink()
    result = measured(tmp_path, "short", lp)
    assert result["verdict"] == "unsolved" and result["why"].startswith("not proved: gap")
    (tmp_path / "out.jsonl").unlink()
    assert measured(tmp_path, "infeasible", lp)["verdict"] == "unsolved"


def test_missing_peers_and_files_do_not_stop_the_run(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    absent = Contestant("absent", (str(tmp_path / "nothing"),))
    mute = Contestant("mute", (sys.executable, "-c", "raise ImportError('no such solver')"))
    nowhere = of_path(tmp_path / "nowhere.mps")
    chosen = [nowhere, small(tmp_path)]
    assert run.run(chosen, [absent, mute, fake("honest")], LIMITS, out) == 1
    found = records.read([out])
    missing = {r["contestant"]: r["reason"] for r in found if r["kind"] == "missing"}
    assert set(missing) == {"absent", "mute"} and "no such solver" in missing["mute"]
    assert [r["instance"] for r in found if r["kind"] == "unreadable"] == ["nowhere"]


def test_resume_measures_only_what_is_not_there(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    lp, field = small(tmp_path), [fake("honest"), fake("short")]
    assert run.run([lp], field, LIMITS, out) == 2
    assert run.run([lp], field, LIMITS, out, records.read([out])) == 0
    cut = out.read_bytes()
    last = cut.rindex(b'{"kind": "result"')
    out.write_bytes(cut[: last + 40])  # the run died while it wrote this line
    before = len(records.read([out]))
    assert run.run([lp], field, LIMITS, out, records.read([out])) == 1
    assert len(records.read([out])) == before + 2  # a heading and the one result
    longer = child.Limits(**{**vars(LIMITS), "solve": 0.7})
    assert run.run([lp], field, longer, out, records.read([out])) == 2  # another measurement


def test_an_earlier_file_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DCALLOC_BUILD", str(tmp_path))  # where no contestant is
    out = tmp_path / "out.jsonl"
    arguments = [str(small(tmp_path).path), "--contestant", "glpk", "--out", str(out)]
    assert run.main(arguments) == 0
    first = out.read_bytes()
    assert run.main([*arguments, "--resume"]) == 0
    assert out.read_bytes().startswith(first) and len(records.read([out])) == 3  # glpk said once
    assert run.main(arguments) == 0
    assert (tmp_path / "out.jsonl.previous").read_bytes().startswith(first)
    assert len(records.read([out])) == 2
    assert run.main([*arguments, "--contestant", "nobody"]) == 2


def test_the_order_is_rotated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order = []

    def note(contestant: Contestant, *_: object) -> child.Outcome:
        order.append(contestant.name[-1])
        return child.Outcome("crash")

    monkeypatch.setattr(child, "run", note)
    monkeypatch.setattr(run, "version_of", lambda contestant: "1")
    field = [fake("A"), fake("B"), fake("C")]
    run.run([small(tmp_path)] * 3, field, LIMITS, tmp_path / "out.jsonl")
    assert "".join(order) == "ABC" + "BCA" + "CAB"


def test_names_of_contestants() -> None:
    assert parse("dcalloc:method=dual,lu.updates=50").options == ("method=dual", "lu.updates=50")
    assert parse("highs-ipm:presolve=off").options == ("solver=ipm", "presolve=off")
    assert split_options("parameters=a { b: 1, c: 2 },solver=pdlp") == (
        "parameters=a { b: 1, c: 2 }",
        "solver=pdlp",
    )
    for wrong in ("nobody", "dcalloc:method"):
        with pytest.raises(ValueError):
            parse(wrong)


def test_sets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "data" / "lp" / "feasible"
    folder.mkdir(parents=True)
    (folder / "netlib-e226.mps.gz").write_bytes(b"")
    (folder / "other.mps").write_text("")
    row = ["netlib-e226", "223", "282", "2767", "-1.1638929066e+01", "4"]
    (folder / "reference.tsv").write_text("# instance\n" + "\t".join(row) + "\n")
    monkeypatch.setenv("DCALLOC_SHARED", str(tmp_path))
    e226, other = choose(["feasible", "quick"])
    assert (e226.name, e226.family, e226.reference) == ("netlib-e226", "netlib", -11.638929066)
    assert (other.family, other.by_certificate) == ("feasible", True)
    assert choose(["quick"]) == [e226]


def test_records_are_json(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "r.jsonl"
    records.append(out, {"kind": "x", "value": float("nan"), "list": [float("inf"), 1.5]})
    assert json.loads(out.read_text()) == {"kind": "x", "value": None, "list": [None, 1.5]}
