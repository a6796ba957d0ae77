"""The examples of the README do what it prints."""

from __future__ import annotations

import contextlib
import io
import re
import textwrap

import pytest
from headers import ROOT

README = (ROOT / "bindings" / "python" / "README.md").read_text()
BLOCKS = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", README, flags=re.S)


def test_all_examples_are_found() -> None:
    assert len(BLOCKS) == README.count("```python") == 4


@pytest.mark.parametrize("number", range(4))
def test_example(number: int) -> None:
    names: dict[str, object] = {}
    first = max(k for k in range(number + 1) if "import dcalloc" in BLOCKS[k][0])
    for code, expected in BLOCKS[first : number + 1]:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(code, "README.md", "exec"), names)
        assert out.getvalue() == expected


def test_the_example_of_the_project() -> None:
    text = (ROOT / "README.md").read_text()
    found = re.search(r"```python\n(.*?)```\n\n((?:    [^\n]*\n)+)", text, flags=re.S)
    assert found is not None
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(found[1], "README.md", "exec"), {})
    assert out.getvalue() == textwrap.dedent(found[2])
