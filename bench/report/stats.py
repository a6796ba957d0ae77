"""The statistics of the reports: means, ratios, profiles, intervals. Pure functions of numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

SHIFT = 0.01  # seconds
FLOOR = 0.001  # seconds
DRAWS = 2000
LEVEL = 0.95


def shifted_mean(values: Sequence[float], shift: float = SHIFT) -> float:
    """exp(mean(log(v + shift))) - shift; NaN of nothing."""
    if not values:
        return math.nan
    return math.exp(math.fsum(math.log(v + shift) for v in values) / len(values)) - shift


def geometric_mean(values: Sequence[float]) -> float:
    """The shifted one without a shift."""
    return shifted_mean(values, 0.0)


def ratio(value: float, other: float, floor: float = FLOOR) -> float:
    """max(value, floor) / max(other, floor)."""
    return max(value, floor) / max(other, floor)


def profiles(
    times: Mapping[str, Sequence[float]], floor: float = FLOOR
) -> dict[str, list[tuple[float, float]]]:
    """Performance profiles (Dolan, More: Benchmarking optimization software with performance
    profiles, 2002): for each name the steps (r, share of instances solved within r times the best).

    Args:
        times: one time per instance for each name, infinite where it was not solved; the instances
            are the same for all.
    """
    best = [min(column) for column in zip(*times.values())]
    curves = {}
    for name, own in times.items():
        ratios = sorted(
            ratio(t, b, floor) for t, b in zip(own, best) if math.isfinite(t) and math.isfinite(b)
        )
        curves[name] = [(r, (k + 1) / len(best)) for k, r in enumerate(ratios)]
    return curves


def interval(
    groups: Sequence[Sequence[float]],
    draws: int = DRAWS,
    level: float = LEVEL,
    seed: int = 0,
) -> tuple[float, float]:
    """A bootstrap interval of the mean over groups of the median of each group.

    Groups are drawn with replacement, and within each the values are: the spread between instances
    and that between rounds both count. Cost: draws * values.
    """
    random = np.random.default_rng(seed)
    medians = np.empty((len(groups), draws))
    for k, group in enumerate(groups):
        values = np.asarray(group, dtype=float)
        medians[k] = np.median(random.choice(values, (draws, len(values))), axis=1)
    chosen = random.integers(len(groups), size=(draws, len(groups)))
    means = medians[chosen, random.integers(draws, size=chosen.shape)].mean(axis=1)
    tail = (1.0 - level) / 2.0
    low, high = np.quantile(means, [tail, 1.0 - tail])
    return float(low), float(high)


def ratio_interval(
    rounds: Sequence[Sequence[float]], draws: int = DRAWS, seed: int = 0
) -> tuple[float, float, float]:
    """Geometric mean, over instances, of the median ratio of each, with its interval.

    Args:
        rounds: for each instance its ratios, one per round, all > 0.
    """
    logs = [[math.log(r) for r in ratios] for ratios in rounds]
    centre = math.exp(math.fsum(float(np.median(group)) for group in logs) / len(logs))
    low, high = interval(logs, draws=draws, seed=seed)
    return centre, math.exp(low), math.exp(high)
