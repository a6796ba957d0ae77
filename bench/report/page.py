"""Markdown: sections and tables."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass
class Section:
    title: str
    body: str

    def __str__(self) -> str:
        return f"## {self.title}\n\n{self.body.strip()}\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], numbers: bool = True) -> str:
    """A table; the first column to the left, the others to the right where they are numbers."""
    rule = "--:" if numbers else "---"
    lines = [head, ["---", *[rule] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(_cell(text) for text in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def seconds(value: float | None) -> str:
    """Three significant digits, in ms below a second."""
    if value is None or not math.isfinite(value):
        return "-"
    if value < 1.0:
        return f"{_three(1e3 * value)} ms"
    return f"{_three(value)} s"


def mebibytes(value: float | None) -> str:
    return "-" if value is None or not math.isfinite(value) else f"{_three(value / 2**20)} MiB"


def times(value: float) -> str:
    """A ratio."""
    return "-" if not math.isfinite(value) else f"{_three(value)}"


def _three(value: float) -> str:
    digits = 2 - math.floor(math.log10(abs(value))) if value else 2
    return f"{value:.{min(max(digits, 0), 4)}f}"
