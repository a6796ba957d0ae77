"""Without numpy everything works, with array.array in its place."""

from __future__ import annotations

import os
import subprocess
import sys

from headers import ROOT

SCRIPT = """
import sys
for missing in ("numpy", "pandas", "matplotlib", "tqdm"):
    sys.modules[missing] = None
from array import array
import dcalloc

lp = dcalloc.Lp.from_arrays([[1.0, 2.0], [3.0, 1.0]], cost=[1, 1.0], row_lower=(4, 6))
lp.set_cost(["a"] if lp.row_name(0) else [0], array("d", [1]))
lp.add_columns(2, entries=(array("q", [0, 1, 2]), [0, 1], None), upper=array("f", [1, 2]))
answer = lp.solve()
assert isinstance(answer.x, array) and len(answer.x) == 4, answer.x
assert list(answer.basis[0]).count(dcalloc.BasisStatus.BASIC) >= 0
assert list(lp.delete_columns([2])) == [0, 1, -1, 2]
assert [list(part) for part in lp.entries()][0] == [0, 2, 4, 5]
for bad in (lambda: lp.add_columns(cost=[1, "x"]), lambda: lp.add_columns(integer=[0.5])):
    try:
        bad()
    except TypeError as error:
        assert "cost" in str(error) or "integer" in str(error), error
    else:
        raise AssertionError("not refused")
try:
    lp.set_cost([2**31], 1.0)
except dcalloc.ArgumentError as error:
    assert "2147483648" in str(error), error
model = dcalloc.Model()
model.add_resource("gpu")
model.add_pools(["a", "b"], count=array("d", [2, 3]), capacity=[{"gpu": 8}, {"gpu": 4}])
model.add_demands(["x"], amount=[9], use=[{"gpu": 1}])
model.add_placements(demand="x", pool=["a", "b"], cost=[1, 2])
assert model.placement(1).cost == 2
try:
    lp.columns_frame()
except ImportError as error:
    assert "pandas" in str(error)
print("done")
"""


def test_without_numpy() -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT / "bindings" / "python")}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=env, capture_output=True, text=True, timeout=60
    )
    assert (done.stdout, done.stderr) == ("done\n", "")
