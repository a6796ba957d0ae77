"""Statistics by their identities."""

from __future__ import annotations

import math

import numpy as np
import pytest

from bench.report import stats


def test_shifted_mean() -> None:
    assert stats.shifted_mean([0.2, 0.2, 0.2]) == pytest.approx(0.2, rel=1e-14)
    # sqrt((0.01 + 0.01) (0.07 + 0.01)) - 0.01 = 0.04 - 0.01
    assert stats.shifted_mean([0.01, 0.07]) == pytest.approx(0.03, rel=1e-14)
    assert stats.geometric_mean([2.0, 8.0]) == pytest.approx(4.0, rel=1e-14)
    assert math.isnan(stats.shifted_mean([]))
    times = [0.003, 0.4, 12.0]
    assert stats.shifted_mean(times, 1e9) == pytest.approx(sum(times) / 3, rel=1e-6)


def test_means_of_ratios_are_ratios_of_means() -> None:
    random = np.random.default_rng(1)
    a, b = random.exponential(1.0, 50) + 0.1, random.exponential(1.0, 50) + 0.1
    ratios = [stats.ratio(x, y) for x, y in zip(a, b)]
    quotient = stats.geometric_mean(list(a)) / stats.geometric_mean(list(b))
    assert stats.geometric_mean(ratios) == pytest.approx(quotient, rel=1e-12)


def test_floor_is_on_both_sides() -> None:
    assert stats.ratio(1e-6, 1e-9, 1e-3) == 1.0
    assert stats.ratio(2e-3, 1e-9, 1e-3) == 2.0
    assert stats.ratio(1e-9, 2e-3, 1e-3) == 0.5


def test_profiles() -> None:
    inf = math.inf
    curves = stats.profiles({"a": [1.0, 4.0, inf, inf], "b": [2.0, 1.0, 3.0, inf]})
    # a: best on the first, 4 times on the second. b: twice, best, best. The fourth nobody solves.
    assert curves["a"] == [(1.0, 0.25), (4.0, 0.5)]
    assert curves["b"] == [(1.0, 0.25), (1.0, 0.5), (2.0, 0.75)]
    # The shares at ratio 1 add up to at least the share that somebody solves.
    at_one = sum(max((s for r, s in c if r == 1.0), default=0.0) for c in curves.values())
    assert at_one >= 0.75


def test_interval_is_that_of_the_normal_mean() -> None:
    """One value per group: the bootstrap of a mean, whose width is 2 * 1.96 * s / sqrt(n)."""
    values = np.random.default_rng(2).normal(5.0, 2.0, 400)
    low, high = stats.interval([[v] for v in values], draws=4000)
    assert low < values.mean() < high
    assert high - low == pytest.approx(2 * 1.96 * values.std() / 20.0, rel=0.06)
    assert stats.interval([[v] for v in values], draws=4000) == (low, high)  # seeded


def test_interval_counts_the_spread_within_groups() -> None:
    assert stats.interval([[1.0, 1.0, 1.0]] * 5) == (1.0, 1.0)
    low, high = stats.interval([[0.0, 1.0, 2.0]] * 5)
    assert low < 1.0 < high


def test_coverage() -> None:
    """The 95 % interval holds the true mean about that often."""
    random = np.random.default_rng(3)
    held = 0
    for k in range(100):
        values = random.normal(0.0, 1.0, 40)
        low, high = stats.interval([[v] for v in values], draws=300, seed=k)
        held += low <= 0.0 <= high
    assert 88 <= held <= 99


def test_ratio_interval() -> None:
    centre, low, high = stats.ratio_interval([[2.0] * 3, [0.5] * 3, [4.0] * 3])
    assert centre == pytest.approx(4.0 ** (1 / 3))
    assert low == pytest.approx(0.5) and high == pytest.approx(4.0)
    inverse = stats.ratio_interval([[0.5] * 3, [2.0] * 3, [0.25] * 3])[0]
    assert centre * inverse == pytest.approx(1.0)
