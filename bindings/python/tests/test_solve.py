"""Answers of the LP layer: by identity, by name, warm, stopped, and in the face of trouble."""

from __future__ import annotations

import json
import logging
import math
import pickle
import random
import threading
from pathlib import Path

import dcalloc
import numpy as np
import pytest
from dcalloc import BasisStatus, CertificateKind, Kind, Lp, Outcome


def small() -> Lp:
    """max 3x + 2y, x + y <= 4, x + 3y <= 6, x <= 3: optimum (3, 1), 11. Both rows: x + y = 4 binds,
    x + 3y = 6 too; prices from 3 = y1 + y2 + d, 2 = y1 + 3 y2."""
    lp = Lp("small", sense="max")
    lp.add_columns(cost=[3, 2], upper=[3, math.inf], names=["x", "y"])
    lp.add_row("a", {"x": 1, "y": 1}, upper=4)
    lp.add_row("b", {"x": 1, "y": 3}, upper=8)
    return lp


def random_lp(m: int, n: int, seed: int) -> tuple[Lp, np.ndarray]:
    """min c'x, A x >= b, 0 <= x <= 10, feasible at x = 5 and bounded."""
    generator = np.random.default_rng(seed)
    a = generator.integers(-3, 9, (m, n)) * (generator.random((m, n)) < 0.3)
    lp = Lp.from_arrays(
        a.astype(float),
        cost=generator.integers(1, 20, n).astype(float),
        upper=10.0,
        row_lower=a.sum(axis=1) * 4.0,
    )
    return lp, a


def test_small_by_name() -> None:
    with small() as lp, lp.solve() as result:
        assert result.outcome == Outcome.OPTIMAL and result.optimal
        assert result.objective == pytest.approx(11, abs=1e-9)
        assert (result.value("x"), result.value("y")) == pytest.approx((3, 1))
        assert result.price("a") == pytest.approx(2)
        assert result.reduced_cost("x") == pytest.approx(1)
        assert result.price(1) == pytest.approx(0)
        assert result.names(Kind.COLUMN) == ["x", "y"]
        assert not result.is_model
        assert "optimal" in repr(result)
        with pytest.raises(dcalloc.ArgumentError, match="column 'z' does not exist"):
            result.value("z")
        with pytest.raises(dcalloc.ArgumentError):
            result.value(5)


@pytest.mark.parametrize("seed", range(4))
def test_identities_of_an_optimum(seed: int) -> None:
    lp, a = random_lp(20, 30, seed)
    result = lp.solve()
    assert result.outcome == Outcome.OPTIMAL
    x, y, d = result.x, result.y, result.d
    assert np.allclose(a @ x, result.activity)
    assert np.allclose(lp.cost, a.T @ y + d)
    assert lp.cost @ x == pytest.approx(result.objective)
    assert (y >= -1e-7).all()
    assert (result.activity >= lp.row_lower - 1e-7).all()
    dual = y @ lp.row_lower + np.minimum(d, 0) @ lp.upper
    assert dual == pytest.approx(result.objective)
    proof = result.certificate
    assert proof.kind == CertificateKind.KKT and proof.valid
    assert proof.dual_bound == pytest.approx(result.objective)
    columns, rows = result.basis
    assert len(columns) == 30 and len(rows) == 20
    assert (columns == BasisStatus.BASIC).sum() + (rows == BasisStatus.BASIC).sum() == 20


def test_edits_and_a_warm_start() -> None:
    lp, _ = random_lp(40, 60, 7)
    first = lp.solve()
    assert not first.info.warm
    lp.set_cost(0, 50.0)
    again = lp.solve()
    assert again.info.warm
    fresh = lp.copy().solve()
    assert again.objective == pytest.approx(fresh.objective)
    assert again.info.iterations <= fresh.info.iterations
    assert first.objective != again.objective or first.x[0] == 0
    other = lp.solver()
    other.set_basis(*again.basis)
    assert other.solve().info.iterations == 0
    other.reset()


def test_results_outlive_everything() -> None:
    lp = small()
    solver = lp.solver()
    result = solver.solve()
    lp.set_column_name("x", "renamed")
    solver.close()
    lp.close()
    assert result.value("x") == pytest.approx(3)
    with pytest.raises(dcalloc.StateError, match="Solver is closed"):
        solver.solve()
    with pytest.raises(dcalloc.StateError):
        lp.solve()
    result.close()
    with pytest.raises(dcalloc.StateError, match="Result is closed"):
        _ = result.x


def test_infeasible_has_a_farkas_ray() -> None:
    lp = small()
    lp.add_row("c", {"x": 1, "y": 1}, lower=5)
    result = lp.solve()
    assert result.outcome == Outcome.INFEASIBLE
    assert math.isnan(result.objective)
    assert result.certificate.kind == CertificateKind.FARKAS and result.certificate.valid
    ray = result.ray
    assert len(ray) == 3
    # The rows combine to 0 x + 0 y >= something positive (or a bound of a column closes the gap).
    assert ray[2] * 5 + min(ray[0], 0) * 4 + min(ray[1], 0) * 8 > 0
    with pytest.raises(dcalloc.StateError, match="infeasible"):
        _ = result.served


def test_unbounded_has_a_ray() -> None:
    lp = Lp(sense="max")
    lp.add_columns(cost=[1, 1], names=["x", "y"])
    lp.add_row("r", {"x": 1, "y": -1}, upper=1)
    result = lp.solve()
    assert result.outcome == Outcome.UNBOUNDED
    ray = result.ray
    assert ray.sum() > 0 and ray[0] - ray[1] <= 1e-12 and (ray >= 0).all()


def test_empty_problems() -> None:
    assert Lp().solve().objective == 0
    lp = Lp()
    lp.offset = 3
    lp.add_columns(cost=[1, 2], lower=[4, 5])
    assert lp.solve().objective == 3 + 4 + 10
    lp = Lp()
    lp.add_row("r", lower=1)
    assert lp.solve().outcome == Outcome.INFEASIBLE


def test_options() -> None:
    lp, _ = random_lp(10, 15, 3)
    reference = lp.solve().objective
    for choice in (
        {"method": "primal"},
        {"method": "dual", "presolve": False},
        {"simplex_pricing_dual": "devex"},
        {"scaling": "off", "seed": 5},
    ):
        assert lp.solve(**choice).objective == pytest.approx(reference)
    with pytest.raises(
        dcalloc.ArgumentError, match=r"'methods' does not exist; did you mean method"
    ):
        lp.solve(methods="dual")
    with pytest.raises(dcalloc.ArgumentError, match="sideways"):
        lp.solve(method="sideways")
    with pytest.raises(dcalloc.ArgumentError, match=r"simplex\.primal_tolerance"):
        lp.solve(simplex_primal_tolerance=5)
    with pytest.raises(dcalloc.UnsupportedError):
        lp.solve(method="ipm")
    assert lp.solve().objective == pytest.approx(reference)


def test_option_objects() -> None:
    names = {option.name for option in dcalloc.describe_options()}
    assert {"method", "presolve", "simplex.pricing_dual", "limits.time", "relax"} <= names
    options = dcalloc.Options(method="dual", relax=True, limits_work=10**6)
    assert (options["method"], options["relax"], options["limits.work"]) == ("dual", "on", 10**6)
    assert options["simplex.primal_tolerance"] == 1e-9
    assert options["limits.time"] == math.inf
    assert [options.number(name) for name in ("method", "limits.work", "relax")] == [1, 1e6, 1]
    assert repr(options) == "Options(method='dual', limits_work=1000000, relax='on')"
    assert set(options) == names and len(options) == len(names)
    with pytest.raises(dcalloc.ArgumentError) as caught:
        options["seed"] = -1
    assert caught.value.kind == Kind.OPTION and caught.value.name == "seed"


def test_integer_marks_need_relax() -> None:
    lp = small()
    lp.set_integer("x")
    with pytest.raises(NotImplementedError) as caught:
        lp.solve()
    assert isinstance(caught.value, dcalloc.UnsupportedError)
    assert lp.solve(relax=True).objective == pytest.approx(11)


def large(seed: int = 1, m: int = 700, n: int = 1400) -> Lp:
    """Takes a good while: dense enough, degenerate, without structure."""
    generator = np.random.default_rng(seed)
    a = generator.random((m, n)) * (generator.random((m, n)) < 0.25)
    return Lp.from_arrays(a, cost=generator.random(n) + 0.5, row_lower=generator.random(m) + 1.0)


def test_limits_stop_and_are_answers() -> None:
    lp = large()
    assert lp.solve(work_limit=200_000, presolve=False).outcome == Outcome.WORK_LIMIT
    assert lp.solver(presolve=False).solve(time_limit=0.0).outcome == Outcome.TIME_LIMIT
    control = dcalloc.Control()
    control.cancel()
    assert lp.solver().solve(control=control).outcome == Outcome.INTERRUPTED
    control.reset()
    with pytest.raises(dcalloc.ArgumentError, match="deadline"):
        control.set_deadline(math.nan)
    with pytest.raises(dcalloc.ArgumentError, match="deadline"):
        lp.solve(time_limit=-1)


def test_cancel_from_another_thread() -> None:
    lp = large()
    control = dcalloc.Control()
    timer = threading.Timer(0.1, control.cancel)
    timer.start()
    result = lp.solve(control=control)
    timer.join()
    assert result.outcome == Outcome.INTERRUPTED
    assert result.info.seconds < 5


def test_work_is_the_same_every_time() -> None:
    stopped = [large().solve(work_limit=30_000_000) for _ in range(2)]
    assert stopped[0].info.iterations == stopped[1].info.iterations > 0


def test_progress() -> None:
    seen: list[dcalloc.Progress] = []
    lp = large()
    control = dcalloc.Control()
    control.set_progress(seen.append, interval=0.0)
    lp.solve(control=control, work_limit=20_000_000)
    assert seen and all(isinstance(one.phase, dcalloc.Phase) for one in seen)
    iterations = [one.iteration for one in seen]
    assert max(iterations) > 0
    control.reset()
    control.set_progress(lambda now: True, interval=0.0)
    assert lp.solver().solve(control=control).outcome == Outcome.INTERRUPTED


def test_an_exception_in_a_callback_stops_and_is_raised() -> None:
    def explode(now: dcalloc.Progress) -> bool:
        raise KeyError("mine")

    lp = large()
    control = dcalloc.Control()
    control.set_progress(explode, interval=0.0)
    with pytest.raises(KeyError, match="mine"):
        lp.solve(control=control)
    control.set_progress(None)
    assert lp.solve(control=control, work_limit=10**5).outcome == Outcome.WORK_LIMIT


def test_objects_in_use_are_locked() -> None:
    caught: list[BaseException] = []
    lp = large()

    def edit(now: dcalloc.Progress) -> bool:
        for act in (lambda: lp.set_cost(0, 1.0), lp.close):
            try:
                act()
            except dcalloc.StateError as error:
                caught.append(error)
        return True

    control = dcalloc.Control()
    control.set_progress(edit, interval=0.0)
    assert lp.solve(control=control).outcome == Outcome.INTERRUPTED
    assert len(caught) == 2 and "in use" in str(caught[0])
    lp.set_cost(0, 1.0)


def test_solving_in_many_threads() -> None:
    reference = [random_lp(20, 30, seed)[0].solve().objective for seed in range(8)]
    found: list[float | None] = [None] * 8

    def work(seed: int) -> None:
        found[seed] = random_lp(20, 30, seed)[0].solve().objective

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == reference


def test_log_lines_go_to_logging(caplog: pytest.LogCaptureFixture) -> None:
    env = dcalloc.Env(logger="mine")
    lp = Lp(env=env)
    lp.add_columns(cost=[1.0] * 50, upper=1.0)
    lp.add_rows(1, lower=1.0, entries=[[(j, 1.0) for j in range(50)]])
    with caplog.at_level(logging.DEBUG, logger="mine"):
        lp.solve()
    for record in caplog.records:
        assert record.name == "mine" and "\n" not in record.getMessage()
    silent = dcalloc.Env(logger=None)
    assert Lp(env=silent).solve().objective == 0


def test_files(tmp_path: Path) -> None:
    lp, _ = random_lp(12, 20, 5)
    lp.set_column_name(0, "first")
    lp.objective_name = "total"
    for name in ("lp.mps", "lp.mps.gz"):
        lp.write_mps(tmp_path / name)
        again = Lp.read_mps(tmp_path / name)
        assert again.cost.tolist() == lp.cost.tolist()
        assert [part.tolist() for part in again.entries()] == [
            part.tolist() for part in lp.entries()
        ]
        assert again.find_column("first") == 0
        assert again.solve().objective == lp.solve().objective
    for name in ("a.lp", "a.lp.gz"):
        lp.write_lp(tmp_path / name)
        same = Lp.read_lp(tmp_path / name)
        assert [part.tolist() for part in same.entries()] == [
            part.tolist() for part in lp.entries()
        ]
        assert same.objective_name == "total" and same.find_column("first") == 0
    content = (tmp_path / "a.lp").read_text()
    assert Lp.parse_lp(content).num_columns == Lp.parse_lp(content.encode()).num_columns == 20
    content = (tmp_path / "lp.mps").read_text()
    assert Lp.parse_mps(content).num_columns == Lp.parse_mps(content.encode()).num_columns == 20
    result = lp.solve()
    result.write_solution(tmp_path / "solution.json")
    solution = json.loads((tmp_path / "solution.json").read_text())
    assert solution["columns"]["value"] == result.x.tolist()
    result.write_basis(tmp_path / "lp.bas")
    columns, rows = again.read_basis(tmp_path / "lp.bas")
    solver = again.solver()
    solver.set_basis(columns, rows)
    assert solver.solve().info.iterations == 0


def test_bad_files(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere") as caught:
        Lp.read_mps(tmp_path / "nowhere.mps")
    assert isinstance(caught.value, dcalloc.FileError)
    bad = "NAME x\nROWS\n N obj\n L r\nCOLUMNS\n x obj 1 r nonsense\nRHS\nENDATA\n"
    (tmp_path / "bad.mps").write_text(bad)
    for read in (lambda: Lp.parse_mps(bad), lambda: Lp.read_mps(tmp_path / "bad.mps")):
        with pytest.raises(dcalloc.ParseError, match="nonsense") as found:
            read()
        assert found.value.line == 6 and found.value.column
        assert pickle.loads(pickle.dumps(found.value)).line == 6
    with pytest.raises(dcalloc.ParseError, match="found 'y'") as found:
        Lp.parse_lp("min\n x y\nend")
    assert (found.value.line, found.value.column) == (2, 4)
    with pytest.raises(dcalloc.UnsupportedError, match="quadratic"):
        Lp.parse_lp("min\n x + [ x ^ 2 ]\nend")
    with pytest.raises(dcalloc.FileError):
        Lp.read_lp(tmp_path / "nowhere.lp")
    lp = small()
    lp.set_column_name("x", "a b")
    lp.write_lp(tmp_path / "out.lp")  # which holds any name
    assert Lp.read_lp(tmp_path / "out.lp").find_column("a b") == 0
    with pytest.raises(dcalloc.ArgumentError, match="a b"):
        lp.write_mps(tmp_path / "out.mps")
    assert not (tmp_path / "out.mps").exists()
    with pytest.raises(dcalloc.FileError):
        small().write_mps(tmp_path / "no" / "such" / "folder.mps")


def test_frames_and_cards() -> None:
    with small() as lp, lp.solve() as result:
        columns, rows = result.columns_frame(), result.rows_frame()
        assert columns.loc["x", "value"] == pytest.approx(3)
        assert columns.index.name == "column" and list(columns["status"]) != []
        assert rows.loc["a", "price"] == pytest.approx(2)
        card = result._repr_html_()
        assert "optimal" in card and "11" in card
        assert "small" in lp._repr_html_()
        with pytest.raises(dcalloc.StateError, match="models"):
            result.plot()


def test_many_small_solves_leak_nothing() -> None:
    env = dcalloc.Env(logger=None)
    lp = Lp(sense="max", env=env)
    lp.add_columns(cost=[1, 1], upper=1)
    generator = random.Random(1)

    def solve_often() -> int:
        for _ in range(1500):
            lp.set_cost(0, generator.random())
            lp.solve(interruptible=False)
        return env.memory

    memory = solve_often()  # the log of edits fills up to its bound
    assert solve_often() <= memory
    lp.close()
    assert env.memory < memory


@pytest.mark.parametrize("seed", range(20))
def test_closing_in_any_order(seed: int) -> None:
    """As a collector may: children keep what they need alive, and nothing is freed twice."""
    generator = random.Random(seed)
    env = dcalloc.Env(logger=None)
    lp = small_in(env)
    model = dcalloc.Model(env=env)
    model.add_demand("d", 2)
    solvers = [lp.solver(), model.solver(), lp.solver(method="primal")]
    results = [solver.solve() for solver in solvers]
    control, options = dcalloc.Control(env=env), dcalloc.Options(env=env)
    alive = [env, lp, model, control, options, *solvers, *results]
    while alive:
        one = alive.pop(generator.randrange(len(alive)))
        one.close()
        for solver, right in zip(solvers, (11, 2, 11)):
            if solver in alive and env in alive:
                with solver.solve() as again:
                    assert again.objective == pytest.approx(right)
        for result, right in zip(results, (11, 2, 11)):
            if result in alive:
                assert result.objective == pytest.approx(right)


def small_in(env: dcalloc.Env) -> Lp:
    """small(), in an environment."""
    lp = Lp(sense="max", env=env)
    lp.add_columns(cost=[3, 2], upper=[3, math.inf])
    lp.add_rows(upper=[4, 8], entries=[{0: 1, 1: 1}, {0: 1, 1: 3}])
    return lp
