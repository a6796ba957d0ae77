"""What is solved: sets of MPS files with their reference values, or files given by path.

A set is a folder of .mps or .mps.gz files with a reference.tsv of name, rows, columns, nonzeros and
optimum, or of name and the word infeasible. Sets lie under ../shared/data/lp beside the project
(DCALLOC_SHARED names another folder); where they come from is in bench/README.md.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SETS = ("feasible", "infeasible", "allocation")
#: So ill-conditioned that solvers differ in the sixth digit: here the certificate decides.
ILL_CONDITIONED = ("meszaros-delfland", "meszaros-bpmpd", "meszaros-model3")
#: A few of every family, of all sizes that nearly everybody solves in a second.
QUICK = (
    *("fctp-n3700", "fctp-ran14x18", "kennington-cre-a", "kennington-pds-02"),
    *("meszaros-aircraft", "meszaros-cr42", "meszaros-delfland", "meszaros-nsic1"),
    *("netlib-25fv47", "netlib-bnl2", "netlib-degen2", "netlib-e226", "netlib-greenbea"),
    *("netlib-maros", "netlib-perold", "netlib-stocfor2"),
    *("chinneck-ic-breast1", "netlibinf-klein2", "netlibinf-bgdbg1"),
    *("dlrm_drf_quota", "gavel_makespan_2048", "openb_place_classes", "ups_n1_16x600"),
    *("sndlib_mlu_ta2_raw", "te_mlu_B4_t0"),
)


@dataclass(frozen=True)
class Instance:
    name: str
    group: str  # the set, or the folder of a file given by path
    path: Path
    reference: float | None = None  # the optimum, as far as it is known
    infeasible: bool = False

    @property
    def family(self) -> str:
        """The name up to the first dash, or its set."""
        head, dash, _ = self.name.partition("-")
        return head if dash and self.group != "allocation" else self.group

    @property
    def by_certificate(self) -> bool:
        """Whether there is no reference that answers could be held to."""
        return self.name in ILL_CONDITIONED or (self.reference is None and not self.infeasible)


def shared() -> Path:
    return Path(os.environ.get("DCALLOC_SHARED", ROOT.parent / "shared")) / "data" / "lp"


def stem(path: Path) -> str:
    """The file's name without .mps and .gz."""
    return path.name.removesuffix(".gz").removesuffix(".mps")


def references(folder: Path) -> dict[str, tuple[float | None, bool]]:
    """Optimum, and whether infeasible, of each name in the reference.tsv of a folder."""
    table: dict[str, tuple[float | None, bool]] = {}
    path = folder / "reference.tsv"
    if not path.exists():
        return table
    for line in path.read_text(encoding="utf-8").splitlines():
        words = line.split("\t")
        if not line.startswith("#") and len(words) > 1:
            table[words[0]] = (float(words[4]), False) if len(words) > 4 else (None, True)
    return table


def of_path(path: Path) -> Instance:
    """A file given by path, with its reference where its folder has one."""
    name = stem(path)
    optimum, infeasible = references(path.parent).get(name, (None, False))
    return Instance(name, path.resolve().parent.name, path, optimum, infeasible)


def of_set(group: str) -> list[Instance]:
    """All of a set by name; empty where it is not there."""
    folder = shared() / group
    found = [of_path(path) for path in sorted(folder.glob("*.mps*"))]
    return sorted(found, key=lambda instance: instance.name)


def choose(words: Sequence[str]) -> list[Instance]:
    """Sets by name, `quick`, folders and files, in that order, each instance once.

    A file that is not there is an instance all the same: the run reports it.
    """
    chosen: dict[Path, Instance] = {}
    for word in words:
        if word in SETS:
            found = of_set(word)
        elif word == "quick":
            found = [lp for group in SETS for lp in of_set(group) if lp.name in QUICK]
        elif Path(word).is_dir():
            found = [of_path(path) for path in sorted(Path(word).glob("*.mps*"))]
        else:
            found = [of_path(Path(word))]
        chosen.update({instance.path: instance for instance in found})
    return list(chosen.values())
