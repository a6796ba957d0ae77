"""dcalloc: linear-programming allocation for data centres.

Two layers over one solver that proves its answers: :class:`Model` speaks of pools, domains, links
and demands; :class:`Lp` of rows and columns. Both are edited in place and solved again, warm.

    import dcalloc
    model = dcalloc.Model("two racks")
    ...
    print(*model.solve().sentences, sep="\\n")
"""

from __future__ import annotations

from ._frames import compare
from .conflict import Conflict, Member
from .enums import (
    BasisStatus,
    CertificateKind,
    DomainKind,
    Kind,
    LogLevel,
    Outcome,
    Phase,
    RepairBy,
    Sense,
    Status,
    TermKind,
    Untouchable,
)
from .env import (
    Block,
    Control,
    Env,
    Progress,
    capabilities,
    default_env,
    library_version,
    outcome_name,
)
from .errors import (
    AbiError,
    ArgumentError,
    DcallocError,
    FileError,
    InternalError,
    LibraryError,
    OutOfMemoryError,
    ParseError,
    StateError,
    UnsupportedError,
)
from .lp import Lp
from .model import Model
from .objects import Demand, Domain, Link, Placement, Pool, Term
from .options import OptionInfo, Options, describe_options
from .result import Certificate, Change, Limit, Repair, Result, SolveInfo
from .solver import Backend, Solver

__version__ = "0.1.0"

__all__ = [
    "AbiError",
    "ArgumentError",
    "Backend",
    "BasisStatus",
    "Block",
    "Certificate",
    "CertificateKind",
    "Change",
    "Conflict",
    "Control",
    "DcallocError",
    "Demand",
    "Domain",
    "DomainKind",
    "Env",
    "FileError",
    "InternalError",
    "Kind",
    "LibraryError",
    "Limit",
    "Link",
    "LogLevel",
    "Lp",
    "Member",
    "Model",
    "OptionInfo",
    "Options",
    "OutOfMemoryError",
    "Outcome",
    "ParseError",
    "Phase",
    "Placement",
    "Pool",
    "Progress",
    "Repair",
    "RepairBy",
    "Result",
    "Sense",
    "SolveInfo",
    "Solver",
    "StateError",
    "Status",
    "Term",
    "TermKind",
    "UnsupportedError",
    "Untouchable",
    "__version__",
    "capabilities",
    "compare",
    "default_env",
    "describe_options",
    "library_version",
    "outcome_name",
]
