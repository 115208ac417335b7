"""Do the figures of a report keep the relations that its definition demands?"""

import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from kheo.core.definition.formula import Formula, parse_formula
from kheo.core.definition.models import Check, Definition
from kheo.core.figures import NA, Figure, Figures, with_totals
from kheo.core.numbers import format_scaled

_HOLDS: dict[str, Callable[[int, int], bool]] = {"==": operator.eq, "<=": operator.le, ">=": operator.ge}


@dataclass(frozen=True)
class CheckProblem:
    """A relation that does not hold, told with the actual numbers; `cells` are the keys of the typed cells to look at."""

    check_id: str
    severity: Literal["error", "question"]
    message: str
    cells: tuple[str, ...]
    asks_if_counted: bool = False


def run_checks(definition: Definition, figures: Figures) -> tuple[CheckProblem, ...]:
    """Every relation that does not hold, in definition order.

    A relation with a blank or unanswered cell is skipped: nothing is known yet. Not applicable counts as 0.
    """
    complete = with_totals(definition, figures)

    def amount(key: str) -> int | None:
        return _amount(complete.get(key))

    found = (_problem(relation, amount) for relation in _relations(definition))
    return tuple(problem for problem in found if problem is not None)


@dataclass(frozen=True)
class _Relation:
    """A check with what is the same for all reports: its two sides read, the cells behind it, the decimals of its numbers."""

    check: Check
    left: Formula
    right: Formula
    cells: tuple[str, ...]
    decimals: int


_known: dict[int, tuple[Definition, tuple[_Relation, ...]]] = {}
_MOST = 64


def _relations(definition: Definition) -> tuple[_Relation, ...]:
    """The checks of a definition, worked out once. It is kept with them: while they are here it lives, so its identity names it."""
    kept = _known.get(id(definition))
    if kept is None:
        if len(_known) >= _MOST:
            _known.clear()
        kept = _known[id(definition)] = (definition, tuple(_relation(definition, check) for check in definition.checks))
    return kept[1]


def _relation(definition: Definition, check: Check) -> _Relation:
    left, right = parse_formula(check.left), parse_formula(check.right)
    return _Relation(check, left, right, typed_cells(definition, check), _decimals(definition, left, right))


def _problem(relation: _Relation, amount: Callable[[str], int | None]) -> CheckProblem | None:
    check, left, right = relation.check, relation.left.evaluate(amount), relation.right.evaluate(amount)
    if left is None or right is None or _HOLDS[check.operator](left, right):
        return None
    told = _told(check.message, left, right, relation.decimals)
    return CheckProblem(check.id, check.severity, told, relation.cells, check.asks_if_counted)


def _amount(figure: Figure) -> int | None:
    if figure is None:
        return None
    return 0 if figure == NA else int(figure)


def _told(message: str, left: int, right: int, decimals: int) -> str:
    shown = {"left": left, "right": right, "difference": abs(left - right)}
    for name, value in shown.items():
        message = message.replace(f"{{{name}}}", format_scaled(value, decimals))
    return message


def _decimals(definition: Definition, *formulas: Formula) -> int:
    """The decimals shared by all cells of the two sides (a rule of the definition)."""
    codes = (key.partition(".")[0] for formula in formulas for key in formula.codes)
    return max((definition.indicator(code).decimals for code in codes), default=0)


def typed_cells(definition: Definition, check: Check) -> tuple[str, ...]:
    """The typed cells behind a check, in definition order; behind the total of a breakdown stand its parts."""
    named = parse_formula(check.left).codes | parse_formula(check.right).codes
    return tuple(cell.key for cell in definition.input_cells if cell.key in named or cell.indicator in named)
