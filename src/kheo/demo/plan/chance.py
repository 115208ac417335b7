"""Chance that repeats: the same seed and labels give the same numbers, and totals that are shared out come out exactly."""

from collections.abc import Sequence
from itertools import accumulate
from math import exp, log
from random import Random


def stream(seed: int, *labels: object) -> Random:
    """A source of chance of its own for one purpose, so that drawing more in one place moves nothing elsewhere."""
    return Random("|".join(map(str, (seed, *labels))))  # noqa: S311  # invented data, not a secret


def log_normal(chance: Random, median: float, spread: float) -> float:
    """A positive number around `median`; `spread` is the σ of its logarithm."""
    return exp(log(median) + spread * chance.gauss(0.0, 1.0))


def largest_remainder(total: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers in proportion to the weights that add up to `total` exactly (Hamilton's method; ties to the earlier).

    Raises ValueError when there is something to share and no positive weight.
    """
    whole = sum(weights)
    if whole <= 0:
        if total:
            raise ValueError("nothing to share by")
        return [0] * len(weights)
    quotas = [total * weight / whole for weight in weights]
    shares = [int(quota) for quota in quotas]
    rest = sorted(range(len(weights)), key=lambda index: (shares[index] - quotas[index], index))
    for index in rest[: total - sum(shares)]:
        shares[index] += 1
    return shares


def scatter(total: int, weights: Sequence[float], chance: Random) -> list[int]:
    """Throw `total` single items at the weights: each share is a matter of chance, their sum is not."""
    shares = [0] * len(weights)
    if total:
        for index in chance.choices(range(len(weights)), cum_weights=list(accumulate(weights)), k=total):
            shares[index] += 1
    return shares
