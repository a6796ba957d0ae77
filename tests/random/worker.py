"""A process that answers lines FAMILY SEED with a JSON record each, see run.py. The first line that
it writes says which peers are missing. What it asks is in contest.py; should any of that crash,
only this process is lost."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE.parent), str(ROOT / "bindings/python")]


def main() -> None:
    os.environ.setdefault("DCALLOC_LIBRARY", str(ROOT / "build/release/lib/libdcalloc.so"))
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # peers print
    from contest import Contest

    contest = Contest()
    print(json.dumps({"missing": contest.missing}), file=answers)
    for line in sys.stdin:
        family, seed = line.split()
        record = contest.run(family, int(seed))
        print(json.dumps({"counts": record.counts, "faults": record.faults}), file=answers)


if __name__ == "__main__":
    main()
