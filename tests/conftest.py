"""Adopt the locale of the environment, so that a run under LC_ALL=de_DE.UTF-8 is one."""

from __future__ import annotations

import locale
import os

import pytest


def pytest_configure(config: pytest.Config) -> None:
    wanted = os.environ.get("DCALLOC_TEST_LOCALE")
    if wanted is None:
        return
    locale.setlocale(locale.LC_ALL, "")
    if locale.setlocale(locale.LC_NUMERIC) != wanted:
        raise pytest.UsageError(f"locale {wanted} was asked for and is not in force")
    if wanted.startswith("de_DE") and locale.localeconv()["decimal_point"] != ",":
        raise pytest.UsageError(f"locale {wanted} has no decimal comma")
