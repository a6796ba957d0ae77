"""The sides of a comparison: a revision of ours, option settings, or both.

    REV          that revision           :NAME=VALUE,...      the working tree with these options
    :            the working tree        REV:NAME=VALUE,...   both

The child program is that of the working tree, which uses the public headers only; a revision is its
shared library, built from an export of its sources under build/ and preloaded.
"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.lp import contestants
from bench.lp.contestants import ROOT, Contestant

OPTIONS = ("-Dbuildtype=release", "-Dtests=disabled", "-Dexamples=disabled", "-Dglpk=disabled")


class Unbuildable(Exception):
    """A revision that there is not, or that does not build."""


@dataclass(frozen=True)
class Side:
    text: str
    contestant: Contestant
    library: Path


def _output(command: Sequence[str]) -> str:
    """What a command prints, run in the project's folder. Raises Unbuildable."""
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    except OSError as error:
        raise Unbuildable(str(error)) from error
    if done.returncode != 0:
        last = (done.stderr + done.stdout).strip().splitlines()[-3:]
        raise Unbuildable(f"{' '.join(command[:4])}: " + " / ".join(last))
    return done.stdout.strip()


def build(revision: str, store: Path) -> Path:
    """The shared library of a revision; built once, in a folder named for the commit."""
    commit = _output(["git", "rev-parse", "--verify", "--short=12", f"{revision}^{{commit}}"])
    source = store / commit
    made = source / "build"
    library = made / "lib" / "libdcalloc.so"
    if not library.exists():
        source.mkdir(parents=True, exist_ok=True)
        archive = store / f"{commit}.tar"
        _output(["git", "archive", "--output", str(archive), commit])
        _output(["tar", "-xf", str(archive), "-C", str(source)])
        archive.unlink()
        if not (made / "build.ninja").exists():
            _output(["meson", "setup", str(made), str(source), *OPTIONS])
        _output(["meson", "compile", "-C", str(made), "dcalloc:shared_library"])
    return library.resolve()


def parse(text: str, store: Path) -> Side:
    """A side, built if it must be. Raises Unbuildable, ValueError."""
    revision, _, options = text.partition(":")
    contestants.split_options(options)
    library = build(revision, store) if revision else contestants.library().resolve()
    name = f"dcalloc:{options}" if options else "dcalloc"
    contestant = contestants.parse(name, {"LD_PRELOAD": str(library)})
    loaded = contestant.version().partition(" ")[2]
    if Path(loaded) != library:
        raise Unbuildable(f"{text}: loads {loaded}, not {library}")
    return Side(text, contestant, library)
