"""The public headers as Python data: functions, structures and enumerators."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
INCLUDE = ROOT / "include" / "dcalloc"


def text() -> str:
    """All headers, without comments and preprocessor lines."""
    joined = "\n".join(path.read_text() for path in sorted(INCLUDE.glob("*.h")))
    joined = re.sub(r"/\*.*?\*/", " ", joined, flags=re.S)
    return re.sub(r"^[ \t]*#(?:.*\\\n)*.*$", "", joined, flags=re.M)


def split_arguments(arguments: str) -> list[str]:
    """The arguments between commas that no parenthesis holds."""
    parts, depth, current = [], 0, ""
    for character in arguments:
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 0:
            parts.append(current)
            current = ""
        else:
            current += character
    parts = [" ".join(part.split()) for part in [*parts, current]]
    return [] if parts == ["void"] else parts


def functions() -> dict[str, tuple[str, list[str]]]:
    """Name to (return type, arguments) of everything marked DCA_API."""
    pattern = r"DCA_API\s+(?:DCA_NODISCARD\s+)?([^;()]*?)\b(dca_\w+)\s*\((.*?)\)\s*;"
    return {
        name: (" ".join(result.split()), split_arguments(arguments))
        for result, name, arguments in re.findall(pattern, text(), flags=re.S)
    }


def structures() -> set[str]:
    """Names of the structures that have a body."""
    return set(re.findall(r"typedef struct (dca_\w+) \{", text()))


def enumerators() -> set[str]:
    """Names of all enumerators."""
    bodies = re.findall(r"enum(?: \w+)? \{(.*?)\}", text(), flags=re.S)
    return {word for body in bodies for word in re.findall(r"\b(DCA_\w+)\b", body)}
