"""What a measurement was made on: machine, system, revision."""

from __future__ import annotations

import os
import platform
import subprocess
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def _field(path: str, name: str) -> str:
    """The value of the first line `name : value` of a file of /proc."""
    try:
        for line in Path(path).read_text().splitlines():
            head, _, value = line.partition(":")
            if head.strip() == name:
                return value.strip()
    except OSError:
        pass
    return "unknown"


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def describe() -> dict[str, Any]:
    """Machine and revision; `changed` tells whether the tree differs from the commit."""
    return {
        "processor": _field("/proc/cpuinfo", "model name"),
        "processors": os.cpu_count(),
        "memory": _field("/proc/meminfo", "MemTotal"),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "python": platform.python_version(),
        "load": list(os.getloadavg()),
        "commit": _git("rev-parse", "--short=12", "HEAD") or "unknown",
        "changed": bool(_git("status", "--porcelain", "--untracked-files=no")),
    }
