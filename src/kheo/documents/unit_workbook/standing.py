"""What the formulas of a workbook give at the moment it is made, for programs that show a file without reckoning (phones, previews)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kheo.core.answers import NA_WORDS
from kheo.core.definition import Definition, parse_formula, run_checks, typed_cells
from kheo.core.figures import NA, Figure, with_totals
from kheo.documents.unit_workbook.excel import ASK, GOOD_SIGN, MUST, NA_SIGN, OPEN_WORDS, WRONG
from kheo.documents.unit_workbook.order import WorkbookOrder

Shown = str | float
WRONG_CELL = f"{WRONG}xem trang “Cần sửa”"


@dataclass(frozen=True)
class Standing:
    """By key of a row: what may be reckoned with, what is shown, what the status says; by id of a check its message."""

    known: Mapping[str, Shown]
    totals: Mapping[str, Shown]
    ratios: Mapping[str, Shown]
    statuses: Mapping[str, str]
    messages: Mapping[str, str]

    @property
    def summary(self) -> str:
        """The line over the sheet."""
        told = list(self.statuses.values())
        wrong = sum(each.startswith((WRONG, MUST)) for each in told)
        return summary_words(told.count(OPEN_WORDS), wrong, sum(each.startswith(ASK) for each in told))


def summary_words(unanswered: int, wrong: int, asked: int) -> str:
    """How much is left."""
    return f"Còn {unanswered} ô chưa nhập; {wrong} chỗ phải sửa; {asked} chỗ nên xem lại."


def standing_of(order: WorkbookOrder, unread: Collection[str] = ()) -> Standing:
    """Read through the answers that are in the workbook from the start. `unread`: cells that hold something which is no answer."""
    definition = order.definition
    complete = with_totals(definition, order.figures)
    known = {cell.key: _known(complete, cell.key, definition.indicator(cell.indicator).decimals) for cell in definition.cells}
    demanded = {each.id for each in definition.checks if order.demands(each)}
    messages = {
        fault.check_id: (MUST if fault.check_id in demanded else ASK) + fault.message for fault in run_checks(definition, order.figures)
    }
    return Standing(
        known=known,
        totals={cell.key: NA_WORDS if known[cell.key] == NA_SIGN else known[cell.key] for cell in definition.cells if cell.is_total},
        ratios={each.code: _ratio(definition, each.code, known) for each in definition.indicators if each.aggregation == "ratio"},
        statuses={cell.key: WRONG_CELL if cell.key in unread else _status(order, cell.key, messages) for cell in definition.input_cells},
        messages=messages,
    )


def checks_at(definition: Definition) -> dict[str, list[int]]:
    """By key of a typed cell the checks told in its row: each check stands at the first cell behind it."""
    found: dict[str, list[int]] = {}
    for index, check in enumerate(definition.checks):
        found.setdefault(typed_cells(definition, check)[0], []).append(index)
    return found


def _known(figures: Mapping[str, Figure], key: str, decimals: int) -> Shown:
    figure = figures.get(key)
    if figure is None:
        return ""
    if figure == NA:
        return NA_SIGN
    return int(figure) if decimals == 0 else int(figure) / 10**decimals


def _ratio(definition: Definition, code: str, known: Mapping[str, Shown]) -> Shown:
    def amount(key: str) -> int | None:
        value = known.get(key, "")
        return None if isinstance(value, str) else round(value * 10**4)

    indicator = definition.indicator(code)
    over, under = (parse_formula(each or "").evaluate(amount) for each in (indicator.numerator, indicator.denominator))
    return "" if over is None or not under else over / under


def _status(order: WorkbookOrder, key: str, messages: Mapping[str, str]) -> str:
    if key not in order.figures:
        return OPEN_WORDS
    checks = (order.definition.checks[index].id for index in checks_at(order.definition).get(key, ()))
    return next((messages[check] for check in checks if check in messages), GOOD_SIGN)
