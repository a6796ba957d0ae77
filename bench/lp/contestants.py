"""Who takes part: a name, perhaps with options, and the command that runs it.

NAME[:OPTION=VALUE[,OPTION=VALUE]...]        dcalloc:method=dual,lu.updates=50
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: Of these the fastest is the best peer.
BEST_PEERS = ("glpk", "clp", "highs-simplex", "highs-ipm")
DEFAULTS = ("dcalloc", *BEST_PEERS, "glop", "pdlp", "scipy")
VERSION_SECONDS = 60.0

_PYTHON = {  # name: module, options that the name stands for
    "highs-simplex": ("highs", ("solver=simplex",)),
    "highs-ipm": ("highs", ("solver=ipm",)),
    "glop": ("ortools_lp", ("solver=glop",)),
    "pdlp": ("ortools_lp", ("solver=pdlp",)),
    "scipy": ("scipy_linprog", ()),
}
_C = ("dcalloc", "glpk", "clp")
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class Missing(Exception):
    """A contestant that cannot run here, and why."""


@dataclass(frozen=True)
class Contestant:
    name: str
    command: tuple[str, ...]
    options: tuple[str, ...] = ()  # NAME=VALUE
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def base(self) -> str:
        """The name without options."""
        return self.name.partition(":")[0]

    def surroundings(self) -> dict[str, str]:
        """The environment of its process: one thread, no locale, our library."""
        paths = [str(ROOT / "bindings" / "python"), str(ROOT)]
        return {
            **os.environ,
            **dict.fromkeys(_ONE_THREAD, "1"),
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": os.pathsep.join(paths),
            "DCALLOC_LIBRARY": str(library()),
            **self.environment,
        }

    def version(self) -> str:
        """What it says of itself. Raises Missing."""
        try:
            done = subprocess.run(
                [*self.command, "--version"],
                env=self.surroundings(),
                capture_output=True,
                text=True,
                timeout=VERSION_SECONDS,
                check=False,
            )
            return str(json.loads(done.stdout.strip().splitlines()[-1])["version"])
        except (OSError, subprocess.TimeoutExpired) as error:
            raise Missing(str(error)) from error
        except (ValueError, KeyError, IndexError, TypeError) as error:
            last = (done.stderr.strip().splitlines() or ["it does not tell its version"])[-1]
            raise Missing(last[:200]) from error


def build_folder() -> Path:
    return Path(os.environ.get("DCALLOC_BUILD", ROOT / "build" / "release"))


def library() -> Path:
    """The library that reads the files."""
    return Path(os.environ.get("DCALLOC_LIBRARY", build_folder() / "lib" / "libdcalloc.so"))


def library_is_there() -> bool:
    """Whether this process can read files; names the library to the bindings."""
    os.environ.setdefault("DCALLOC_LIBRARY", str(library()))
    if library().exists():
        return True
    print(f"bench: {library()} is not built; ./dev build", file=sys.stderr)
    return False


def split_options(text: str) -> tuple[str, ...]:
    """NAME=VALUE,NAME=VALUE; a comma belongs to a value where no NAME= follows it."""
    parts = tuple(re.split(r",(?=[\w.]+=)", text)) if text else ()
    for part in parts:
        if not re.match(r"[\w.]+=", part):
            raise ValueError(f"{part!r} is not NAME=VALUE")
    return parts


def parse(text: str, environment: Mapping[str, str] | None = None) -> Contestant:
    """A contestant from its name. Raises ValueError when there is none."""
    base, _, rest = text.partition(":")
    options = split_options(rest)
    if base in _PYTHON:
        module, fixed = _PYTHON[base]
        command: tuple[str, ...] = (sys.executable, "-m", f"bench.peers.{module}")
        options = fixed + options
    elif base in _C:
        command = (str(build_folder() / "bench" / f"peer_{base}"),)
    else:
        raise ValueError(f"no contestant {base!r}; there are {', '.join((*_C, *_PYTHON))}")
    return Contestant(text, command, options, environment or {})
