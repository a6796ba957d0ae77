"""Who is edited and solved again: NAME[:OPTION=VALUE,...], as in bench.lp.contestants."""

from __future__ import annotations

import sys

from bench.lp.contestants import Contestant, build_folder, split_options

#: CLP also with its factors kept, which its header calls work in progress.
DEFAULTS = ("dcalloc", "dcalloc-model", "glpk", "clp", "clp:keep=7", "highs")
_PROGRAMS = {
    "dcalloc": "hot_dcalloc",
    "dcalloc-model": "hot_model",
    "glpk": "hot_glpk",
    "clp": "hot_clp",
}


def parse(text: str) -> Contestant:
    """A contestant from its name. Raises ValueError when there is none."""
    base, _, rest = text.partition(":")
    if base == "highs":
        command: tuple[str, ...] = (sys.executable, "-m", "bench.hot.hot_highs")
    elif base in _PROGRAMS:
        command = (str(build_folder() / "bench" / "hot" / _PROGRAMS[base]),)
    else:
        raise ValueError(f"no contestant {base!r}; there are {', '.join((*_PROGRAMS, 'highs'))}")
    return Contestant(text, command, split_options(rest))
