"""Print docs/options.md from lib/base/options.def, the one table of options."""

from __future__ import annotations

import re
from pathlib import Path

TABLE = Path(__file__).resolve().parent.parent / "lib" / "base" / "options.def"
LINE = re.compile(r"^OPTION_(REAL|INT|ENUM)\s*\((.*?)\)\n", re.DOTALL | re.MULTILINE)
ARGUMENT = re.compile(r'(?:"(?:[^"\\]|\\.)*"\s*)+|[^,"]+')
NAMES = {"INFINITY": "inf", "INT64_MAX": "no limit", "-INFINITY": "-inf"}


def arguments(text: str) -> list[str]:
    values = []
    for found in ARGUMENT.findall(text):
        value = found.strip()
        if value.startswith('"'):
            value = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', value))
        elif not value:
            continue
        values.append(NAMES.get(value, value))
    return values


def row(kind: str, text: str) -> str:
    given = arguments(text)
    if kind == "ENUM":
        _, name, initial, words, sentence = given
        choices = words.split("|")
        return f"| `{name}` | {', '.join(choices)} | {choices[int(initial)]} | {sentence} |"
    _, name, initial, lower, upper, unit, sentence = given
    kind = "integer" if kind == "INT" else "real"
    bounds = f"{kind} in [{lower}, {upper}]" + (f", {unit}" if unit else "")
    return f"| `{name}` | {bounds} | {initial} | {sentence} |"


def main() -> None:
    print("# Options\n")
    print("Made by `./dev docs` from `lib/base/options.def`; do not edit. Set one with")
    print("`dca_options_set()`, `dcalloc --option NAME=VALUE`, or by keyword from Python. An")
    print("unknown name or a value out of bounds is an error; nothing is clamped.\n")
    print("| name | values | default | what it does |\n|---|---|---|---|")
    for kind, text in LINE.findall(TABLE.read_text()):
        print(row(kind, text))


if __name__ == "__main__":
    main()
