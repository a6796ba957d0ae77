"""Documents made from sources are up to date, and links between documents lead somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def made() -> str:
    command = [sys.executable, str(ROOT / "docs" / "options.py")]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_options_are_up_to_date() -> None:
    assert (ROOT / "docs" / "options.md").read_text() == made(), "run ./dev docs"


def test_every_option_is_listed() -> None:
    table = (ROOT / "lib" / "base" / "options.def").read_text()
    names = re.findall(r'^OPTION_\w+\s*\(\w+, "([^"]+)"', table, re.MULTILINE)
    assert len(names) > 5
    for name in names:
        assert f"| `{name}` |" in made(), name


def test_links_and_named_files_exist() -> None:
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        text = path.read_text()
        for target in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (path.parent / target).exists(), f"{path.name}: {target}"
        for target in re.findall(r"`((?:tests|docs|lib|include|examples)/[\w./-]+\.\w+)`", text):
            known = (ROOT / target).exists() or target.startswith("lib/plugins/")
            assert known, f"{path.name}: {target}"
