"""On which day an entry begins: the one that it says itself, where its register names the field (`begins_on`, decision 050)."""

from datetime import date

from kheo.core.days import format_day
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.values import FieldProblem, Values
from kheo.core.registers.words import FIRST_YEAR


def day_begun(definition: RegisterDefinition, values: Values) -> date | None:
    """The day that values name as the one on which their entry began; None where its register asks none, or it is no day yet."""
    said = values.get(definition.begins_on or "")
    try:
        return date.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return None


def wrong_beginning(
    definition: RegisterDefinition, values: Values, begins: date, today: date, told: date | None = None
) -> list[FieldProblem]:
    """Why an entry cannot begin on a day, told at the field that names it; `told`: a day of recording that was given beside it."""
    own = day_begun(definition, values)
    field = definition.by_key[definition.begins_on] if definition.begins_on and own is not None else None
    key, words = (field.key, f"“{field.label}”") if field else ("on", "Ngày ghi")
    found = []
    if begins.year < FIRST_YEAR:
        found.append(FieldProblem(key, f"Ngày {format_day(begins)} có lẽ là viết nhầm: trước năm {FIRST_YEAR}."))
    if begins > today:
        found.append(FieldProblem(key, f"{words} chưa tới."))
    if field is not None and told not in (None, own):
        found.append(FieldProblem("on", f"Hồ sơ này bắt đầu từ {words} ({format_day(begins)}): để trống ngày ghi, hoặc ghi đúng ngày ấy."))
    return found


def wrong_new_beginning(
    definition: RegisterDefinition, before: Values, values: Values, today: date, moved_on: date | None
) -> list[FieldProblem]:
    """Why an entry cannot have begun on another day than it said; `moved_on`: the day on which it left its first state."""
    begins = day_begun(definition, values)
    if begins is None or begins == day_begun(definition, before):
        return []
    found = wrong_beginning(definition, values, begins, today)
    if moved_on is not None and begins > moved_on:
        found.append(FieldProblem(str(definition.begins_on), f"Không thể sau ngày {format_day(moved_on)}: hôm đó hồ sơ đã sang bước sau."))
    return found
