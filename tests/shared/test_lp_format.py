"""The small shared Netlib LPs, written as LP files and read back. All of them: run_lp_format.py.

Skips where the data is not there.
"""

from __future__ import annotations

import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import run_lp_format
import run_reference
from harness import program, shared_data

LIMIT = 30.0
QUICK = 4000  # nonzeros
GLPSOL = 1500


def test_small_ones() -> None:
    path = Path(program())
    shared_data()
    found = run_reference.instances(("feasible",), "netlib-*")
    chosen = [lp for lp in found if lp.nonzeros <= QUICK]
    assert len(chosen) >= 20
    glpsol = GLPSOL if shutil.which("glpsol") else 0
    with ThreadPoolExecutor(2) as pool:
        results = list(
            pool.map(lambda lp: run_lp_format.compare(lp, LIMIT, glpsol, program=path), chosen)
        )
    wrong = [run_lp_format.show(result) for result in results if result.wrong]
    assert not wrong, "\n" + "\n".join(wrong)
