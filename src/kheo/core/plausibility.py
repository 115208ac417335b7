"""Whether the figures of one report are likely: held against the unit's last period and against similar units, as the campaign asks.

What comes out are questions for whoever fills in, in plain words, never errors. Walled contents take no part at all; a range is
told only where at least eight *other* units gave a number, and in two significant digits, so that it singles nobody out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from kheo.core.counted_cells import CountedCell
from kheo.core.definition import Definition, Indicator
from kheo.core.figures import BLANK, Figure, Figures, to_vector
from kheo.core.numbers import format_scaled
from kheo.core.odd_words import change_words, peer_words
from kheo.core.rollup import Int64s
from kheo.core.scatter import FEWEST_PEERS, Flags, Floats, Norms, are_numbers, outside, times, usual_range

FEWEST = FEWEST_PEERS + 1  # the unit itself may be among those whose scatter was counted


@dataclass(frozen=True)
class Standard:
    """What a report is held against: the unit's figures of last period, how similar units' figures scatter (None: unknown), and by cell
    what its registers count."""

    past: Mapping[str, Figure] = field(default_factory=dict)
    norms: Norms | None = None
    counted: Mapping[str, CountedCell] = field(default_factory=dict)


NOTHING = Standard()


@dataclass(frozen=True)
class Doubt:
    """A figure that may be a slip: why, as it follows the name of the cell, and whether the campaign wants it explained."""

    cell: str
    words: str
    must_explain: bool


def doubts(definition: Definition, figures: Figures, standard: Standard) -> tuple[Doubt, ...]:
    """At most one doubt per indicator, at the cell where it is gravest, in the order of the form."""
    if not standard.past and standard.norms is None:
        return ()
    measured = _Measured(definition, figures, standard)
    found = (_gravest(measured, indicator) for indicator in definition.indicators)
    return tuple(doubt for doubt in found if doubt)


class _Measured:
    """Of every cell: how many times as much or as little as before, and how far outside similar units; 0 where there is nothing to say."""

    def __init__(self, definition: Definition, figures: Figures, standard: Standard) -> None:
        self.definition, self.norms = definition, standard.norms
        self.values: Int64s = np.array(to_vector(definition, figures), np.int64)
        before = (standard.past.get(cell.key) for cell in definition.cells)
        self.previous: Int64s = np.array([figure if isinstance(figure, int) else BLANK for figure in before], np.int64)
        taking_part = are_numbers(self.values) & open_cells(definition) & _whole(definition, figures)
        self.times: Floats = times(self.values, self.previous, taking_part & are_numbers(self.previous))
        self.far: Floats = outside(self.values, taking_part, self.norms, FEWEST) if self.norms else np.zeros(len(self.values))


def open_cells(definition: Definition) -> Flags:
    """Which cells belong to contents without a wall."""
    walled = {content.id for content in definition.contents if content.walled}
    return np.array([definition.indicator(cell.indicator).content not in walled for cell in definition.cells], np.bool_)


def _whole(definition: Definition, figures: Figures) -> Flags:
    """Not the totals of breakdowns that are only half filled in: they are small for that reason."""
    half = {cell.indicator for cell in definition.input_cells if cell.part is not None and cell.key not in figures}
    return np.array([not (cell.is_total and cell.indicator in half) for cell in definition.cells], np.bool_)


def _gravest(measured: _Measured, indicator: Indicator) -> Doubt | None:
    plausibility = measured.definition.plausibility
    change, peers = plausibility.change_of(indicator.code), plausibility.peers_of(indicator.code)
    worst: tuple[float, Doubt] | None = None
    for cell in measured.definition.cells_of(indicator.code):
        often, far = float(measured.times[cell.position]), float(measured.far[cell.position])
        jumped, strayed = _reaches(often, change.question), _reaches(far, peers.question)
        if not jumped and not strayed:
            continue
        must_explain = _reaches(often, change.explain) or _reaches(far, peers.explain)
        weight = max(often / (change.question or 1) if jumped else 0.0, far / (peers.question or 1) if strayed else 0.0)
        weight += 1e6 * must_explain
        if worst is None or weight > worst[0]:
            words = _words(measured, indicator, cell.position, jumped=jumped, strayed=strayed)
            worst = (weight, Doubt(cell.key, words, must_explain))
    return worst[1] if worst else None


def _reaches(measure: float, threshold: int | None) -> bool:
    return threshold is not None and measure >= threshold


def _words(measured: _Measured, indicator: Indicator, position: int, *, jumped: bool, strayed: bool) -> str:
    value, decimals = int(measured.values[position]), indicator.decimals
    parts = [change_words(value, int(measured.previous[position]), decimals)] if jumped else []
    if strayed and measured.norms:
        low, high = usual_range(float(measured.norms.middles[position]), float(measured.norms.spreads[position]))
        parts += [peer_words(low, high, decimals)] if jumped else [f"là {format_scaled(value, decimals)}", peer_words(low, high, decimals)]
    return "; ".join(parts)
