"""Every function of the public headers was called by the package while the other tests ran."""

from __future__ import annotations

from pathlib import Path

import headers
import pytest


def test_every_function_is_reached(request: pytest.FixtureRequest, reached: set[str]) -> None:
    """Last of all (conftest.py). Calls that tests make past the package do not count."""
    mine = Path(__file__).parent
    ran = {item.path for item in request.session.items}
    if not set(mine.glob("test_*.py")) <= ran or request.config.getoption("-k"):
        pytest.skip("only part of the suite runs")
    if request.config.getoption("-m"):
        pytest.skip("only marked tests run")
    assert set(headers.functions()) - reached == set()
