"""What looks odd in a report, and why: it orders a reviewer's reading and decides nothing.

Every reason can be told in a few words: a question of the campaign that the figures do not answer, a jump against the unit's
previous cycle, a distance from similar units, a large share in the total; `core.scatter` has the arithmetic. Small walled counts
take no part, so that neither the words nor the order of a board tell of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from kheo.core.definition import Check, Definition, parse_formula
from kheo.core.figures import BLANK, LARGEST, NOT_APPLICABLE
from kheo.core.privacy import SMALL
from kheo.core.rollup import Int64s
from kheo.core.scatter import FEWEST_PEERS, Flags, Floats, about, are_numbers, beyond_chance, jumps, norms_of, outside

Kind = Literal["question", "change", "distance", "share"]

JUMP = 3.0
QUESTION_WEIGHT = 2.5
HEAVIEST = 6.0


@dataclass(frozen=True)
class Oddity:
    """One reason. `other` is what the value was held against: last period's value, the median, or the total."""

    kind: Kind
    cell: str
    weight: float
    value: int
    other: int = 0
    check: str = ""


@dataclass(frozen=True)
class Reports:
    """What is held against each other: n reports to one recipient, in any order.

    `values` and `previous` (n × K): vectors in the order of the edition's cells; BLANK throughout in `previous` where a unit has none.
    `groups` (n): equal numbers for similar units.
    """

    values: Int64s
    previous: Int64s
    groups: Int64s


class Oddness:
    """Weights of every report's cells by reason; `scores` orders the reports, `reasons` explains one."""

    def __init__(self, definition: Definition, reports: Reports) -> None:
        self._definition = definition
        self._reports = reports
        self._numbers = are_numbers(reports.values)
        self._walled = _walled(definition)
        self._open = self._numbers & ~(self._walled & (reports.values < SMALL))
        self._totals = np.where(self._numbers, reports.values, 0).sum(axis=0, dtype=np.float64)
        self._medians = np.zeros(reports.values.shape)
        self._weights: dict[Kind, Floats] = {"change": self._change(), "distance": self._distance(), "share": self._share()}
        self._failed = tuple(_failed(definition, check, reports.values, self._walled) for check in questions(definition))

    @property
    def scores(self) -> Floats:
        """How odd each report is: for each indicator its heaviest reason, added up; 0 is not odd at all."""
        heaviest = np.maximum.reduce(list(self._weights.values()))
        starts = [cells[0].position for each in self._definition.indicators if (cells := self._definition.cells_of(each.code))]
        order = np.sort(np.array(starts, np.int64))
        scores: Floats = np.maximum.reduceat(heaviest, order, axis=1).sum(axis=1)
        for failed in self._failed:
            scores += QUESTION_WEIGHT * failed
        return scores

    def has_kind(self, kind: Kind) -> Flags:
        """Which reports have a reason of this kind."""
        flags: Flags = self.questions_failed > 0 if kind == "question" else np.array((self._weights[kind] > 0).any(axis=1), np.bool_)
        return flags

    @property
    def questions_failed(self) -> Int64s:
        """How many questions of the campaign each report fails."""
        counts: Int64s = sum((failed.astype(np.int64) for failed in self._failed), np.zeros(len(self._reports.values), np.int64))
        return counts

    @property
    def largest_shares(self) -> tuple[Floats, Int64s]:
        """Of each report its largest share in a total of all (0 to 1), and the place of that cell; walled contents take no part.

        Only totals to which enough units give something, and cells that stand for a whole indicator.
        """
        whole = np.zeros(len(self._definition.cells), np.bool_)
        whole[[cell.position for cell in self._definition.cells if cell.part is None]] = True
        counted = whole & ~self._walled & (self._numbers.sum(axis=0) >= FEWEST_PEERS) & (self._totals > 0)
        values = np.where(self._open & counted, self._reports.values, 0).astype(np.float64)
        shares = np.divide(values, self._totals, out=np.zeros_like(values), where=self._totals > 0)
        return shares.max(axis=1, initial=0.0), shares.argmax(axis=1).astype(np.int64)

    def reasons(self, row: int) -> tuple[Oddity, ...]:
        """Every reason of one report, the heaviest first, at most one per indicator besides questions."""
        found = [*self._questions(row), *self._cells(row)]
        return tuple(sorted(found, key=lambda each: -each.weight))

    def _questions(self, row: int) -> Iterator[Oddity]:
        for check, failed in zip(questions(self._definition), self._failed, strict=True):
            if failed[row]:
                cell = next(key for key in _keys(self._definition, check))
                value = int(self._reports.values[row, self._definition.cell(cell).position])
                yield Oddity("question", cell, QUESTION_WEIGHT, value, check=check.id)

    def _cells(self, row: int) -> Iterator[Oddity]:
        totals = np.broadcast_to(self._totals, self._reports.values.shape)
        others = {"change": self._reports.previous, "distance": self._medians, "share": totals}
        for indicator in self._definition.indicators:
            cells = self._definition.cells_of(indicator.code)
            all_weights = [(float(weights[row, cell.position]), kind, cell) for kind, weights in self._weights.items() for cell in cells]
            heaviest = max(all_weights, key=lambda each: each[0], default=None)
            if heaviest and heaviest[0] > 0:
                weight, kind, cell = heaviest
                value, other = self._reports.values[row, cell.position], others[kind][row, cell.position]
                yield Oddity(kind, cell.key, weight, int(value), about(float(other)) if kind == "distance" else int(other))

    def _change(self) -> Floats:
        now, before = self._reports.values, self._reports.previous
        both = self._open & are_numbers(before) & ~(self._walled & (before < SMALL))
        ratio = jumps(now, before, both)
        return np.where(ratio >= JUMP, np.minimum(np.log2(np.maximum(ratio, 1.0)), HEAVIEST), 0.0)

    def _distance(self) -> Floats:
        weights = np.zeros(self._reports.values.shape)
        for group in np.unique(self._reports.groups):
            rows = np.flatnonzero(self._reports.groups == group)
            if len(rows) >= FEWEST_PEERS:
                values, numbers = self._reports.values[rows], self._numbers[rows]
                norms = norms_of(values, numbers)
                weights[rows], self._medians[rows] = np.minimum(outside(values, numbers, norms), HEAVIEST), norms.medians
        return np.where(self._open, weights, 0.0)

    def _share(self) -> Floats:
        values = np.where(self._open, self._reports.values, 0).astype(np.float64)
        others = np.maximum(self._totals - values, 0)
        enough = self._numbers.sum(axis=0) >= FEWEST_PEERS
        odd = enough & (values > others) & beyond_chance(values, others)
        return np.where(odd, JUMP * np.divide(values, self._totals, out=np.zeros_like(values), where=self._totals > 0), 0.0)


def questions(definition: Definition) -> tuple[Check, ...]:
    """The checks that ask and do not forbid: what a sent report may still fail."""
    return tuple(check for check in definition.checks if check.may_fail)


def walled_cells(definition: Definition) -> frozenset[str]:
    """Keys of the cells of walled contents."""
    walled = {content.id for content in definition.contents if content.walled}
    return frozenset(cell.key for cell in definition.cells if definition.indicator(cell.indicator).content in walled)


def _walled(definition: Definition) -> Flags:
    keys = walled_cells(definition)
    return np.array([cell.key in keys for cell in definition.cells], np.bool_)


def _failed(definition: Definition, check: Check, values: Int64s, walled: Flags) -> Flags:
    """Which reports fail a check; one with a blank among its cells is not asked, not applicable counts as 0."""
    left, right = parse_formula(check.left), parse_formula(check.right)
    terms = [(key, weight) for key, weight in left.terms] + [(key, -weight) for key, weight in right.terms]
    positions = [definition.cell(key).position for key, _ in terms]
    cells = values[:, positions]
    small = walled[positions] & (cells > 0) & (cells < SMALL)
    difference = _weighted(np.where(cells == NOT_APPLICABLE, 0, cells), [weight for _, weight in terms]) + (left.constant - right.constant)
    holds = {"==": difference == 0, "<=": difference <= 0, ">=": difference >= 0}[check.operator]
    failed: Flags = ~np.array(holds, np.bool_) & ~((cells == BLANK) | small).any(axis=1)
    return failed


def _weighted(amounts: Int64s, weights: Sequence[int]) -> Any:
    """Exact weighted sums of rows: in 64 bits where they fit, else in Python's integers."""
    fits = sum(abs(weight) for weight in weights) * LARGEST < 2**63
    kind: Any = np.int64 if fits else object
    return amounts.astype(kind) @ np.array(weights, kind)


def _keys(definition: Definition, check: Check) -> tuple[str, ...]:
    """Keys of the cells a check is about, in the order of its formulas."""
    return tuple(dict.fromkeys(key for text in (check.left, check.right) for key, _ in parse_formula(text).terms))


def as_rows(vectors: Sequence[Sequence[int] | None], width: int) -> Int64s:
    """Vectors as rows; one that is missing is BLANK throughout."""
    rows = np.full((len(vectors), width), BLANK, np.int64)
    for index, vector in enumerate(vectors):
        if vector is not None:
            rows[index] = vector
    return rows
