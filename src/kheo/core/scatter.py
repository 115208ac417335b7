"""How figures of similar units scatter, and how far one of them lies outside: the arithmetic behind every odd figure.

Distance is the modified z-score of Iglewicz and Hoaglin (*How to Detect and Handle Outliers*, 1993: median and MAD, limit 3.5) on
log(1 + x), since counts are skewed. A difference that chance alone explains (three standard deviations of a count) is never odd.
Reviewers (`core.oddness`) and those who fill in (`core.plausibility`) are told by the same rule.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kheo.core.figures import BLANK, NOT_APPLICABLE
from kheo.core.rollup import Int64s

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

FEWEST_PEERS = 8
LIMIT = 3.5
NARROWEST = 0.15  # of log(1 + x): units that all say about the same differ by 15 per cent at least
CHANCE = 3.0
NORMAL = 0.6745  # of a standard deviation: what a MAD is in a normal distribution


@dataclass(frozen=True)
class Norms:
    """Of each of K cells, among similar units: how many gave a number, median and spread (MAD) of log(1 + x)."""

    counts: Int64s
    middles: Floats
    spreads: Floats

    @property
    def medians(self) -> Floats:
        """The medians as figures."""
        medians: Floats = np.expm1(self.middles)
        return medians


def are_numbers(values: Int64s) -> Flags:
    """Which figures of vectors are numbers."""
    flags: Flags = (values != BLANK) & (values != NOT_APPLICABLE)
    return flags


def norms_of(values: Int64s, numbers: Flags) -> Norms:
    """The norms of similar units' figures (m × K); `numbers` says which of them take part."""
    counts: Int64s = numbers.sum(axis=0)
    logs = np.log1p(np.where(numbers, values, 0).astype(np.float64))
    middle = _median(np.where(numbers, logs, np.nan), counts)
    spread = np.maximum(_median(np.where(numbers, np.abs(logs - middle), np.nan), counts), NARROWEST)
    return Norms(counts, middle, spread)


def first_norms(chain: Sequence[Norms], fewest: int) -> Norms:
    """Cell by cell the norms of the first group in which enough units gave a number; a count of 0 where none has."""
    counts = np.zeros_like(chain[0].counts)
    middles, spreads = np.zeros_like(chain[0].middles), np.zeros_like(chain[0].spreads)
    for norms in chain:
        take = (counts == 0) & (norms.counts >= fewest)
        counts = np.where(take, norms.counts, counts)
        middles, spreads = np.where(take, norms.middles, middles), np.where(take, norms.spreads, spreads)
    return Norms(counts, middles, spreads)


def outside(values: Int64s, numbers: Flags, norms: Norms, fewest: int = FEWEST_PEERS) -> Floats:
    """How many times as far from the median as the limit a figure lies (over 1); 0 where it is not odd or too few are compared."""
    logs = np.log1p(np.where(numbers, values, 0).astype(np.float64))
    score = NORMAL * np.abs(logs - norms.middles) / np.maximum(norms.spreads, NARROWEST)
    odd = numbers & (norms.counts >= fewest) & (score > LIMIT) & beyond_chance(np.expm1(logs), norms.medians)
    far: Floats = np.where(odd, score / LIMIT, 0.0)
    return far


def jumps(values: Int64s, previous: Int64s, both: Flags) -> Floats:
    """How many times as much or as little as before (each plus one, so that zero has a ratio); 0 where chance explains it."""
    new, old = np.where(both, values, 0).astype(np.float64), np.where(both, previous, 0).astype(np.float64)
    ratio = (np.maximum(new, old) + 1) / (np.minimum(new, old) + 1)
    found: Floats = np.where(both & beyond_chance(new, old), ratio, 0.0)
    return found


def times(values: Int64s, previous: Int64s, both: Flags) -> Floats:
    """The same as people count: literally so many times, zero taken as one."""
    new, old = np.where(both, values, 0).astype(np.float64), np.where(both, previous, 0).astype(np.float64)
    ratio = np.maximum(new, old) / np.maximum(np.minimum(new, old), 1.0)
    found: Floats = np.where(both & beyond_chance(new, old), ratio, 0.0)
    return found


def beyond_chance(one: Floats, other: Floats) -> Flags:
    """Counts scatter by the root of their size; three times that is not chance any more."""
    flags: Flags = np.abs(one - other) >= CHANCE * np.sqrt(one + other + 1)
    return flags


def usual_range(middle: float, spread: float) -> tuple[int, int]:
    """From where to where about two in three similar units lie, in two significant digits: no single unit's figure shows in it."""
    reach = max(spread, NARROWEST) / NORMAL
    low, high = np.expm1(middle - reach), np.expm1(middle + reach)
    return about(max(0.0, float(low))), about(max(0.0, float(high)))


def about(number: float) -> int:
    """Two significant digits: a median says no more."""
    step = 10 ** max(0, len(str(int(number))) - 2)
    rounded: int = round(number / step) * step
    return rounded


def _median(values: Floats, counts: Int64s) -> Floats:
    """Median of each column without its NaN; 0 for a column of nothing else. Sorting rows of a copy is the fast order."""
    ordered = np.sort(np.ascontiguousarray(values.T), axis=1)
    if not ordered.shape[1]:
        return np.zeros(len(ordered))
    columns = np.arange(len(ordered))
    low, high = np.maximum(counts - 1, 0) // 2, counts // 2
    middle = (ordered[columns, low] + ordered[columns, np.minimum(high, np.maximum(counts - 1, 0))]) / 2
    return np.where(counts > 0, middle, 0.0)


_STORED = np.dtype("<f8")


def pack_norms(norms: Norms) -> bytes:
    """Norms as they are stored: counts, middles and spreads one after the other, little-endian float64."""
    return np.concatenate([norms.counts, norms.middles, norms.spreads]).astype(_STORED).tobytes()


def unpack_norms(stored: bytes | memoryview) -> Norms:
    """The norms of stored ones. Raises ValueError for bytes that are none."""
    parts = np.frombuffer(stored, _STORED).reshape(3, -1)
    return Norms(parts[0].astype(np.int64), parts[1], parts[2])
