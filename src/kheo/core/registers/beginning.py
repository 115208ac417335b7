"""On which day an entry begins, or an act happened: the one that the entry says itself, where its register names the field (050, 055)."""

from datetime import date

from kheo.core.days import format_day
from kheo.core.registers.models import ActDef, RegisterDefinition
from kheo.core.registers.values import FieldProblem, Values
from kheo.core.registers.words import FIRST_YEAR, StateClass


def day_begun(definition: RegisterDefinition, values: Values) -> date | None:
    """The day that values name as the one on which their entry began; None where its register asks none, or it is no day yet."""
    return _day_in(values, definition.begins_on)


def day_of_act(act: ActDef, values: Values) -> date | None:
    """The day that values name as the one on which an act happened; None where the act has no day of its own, or it is no day yet."""
    return _day_in(values, act.day)


def _day_in(values: Values, key: str | None) -> date | None:
    said = values.get(key or "")
    try:
        return date.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return None


def wrong_day(
    definition: RegisterDefinition, act: ActDef, values: Values, on: date, today: date, since: date | None, told: date | None = None
) -> list[FieldProblem]:
    """Why an act cannot have happened on a day, told at the field that names it, else at the day of doing.

    `since`: when the entry came into its state; None: nothing of it was before. `told`: a day of doing that was given beside the field.
    """
    own = day_of_act(act, values)
    key, words = (str(act.day), f"“{definition.by_key[str(act.day)].label}”") if own else ("on", "Ngày làm")
    found = []
    if on.year < FIRST_YEAR:
        found.append(FieldProblem(key, f"Ngày {format_day(on)} có lẽ là viết nhầm: trước năm {FIRST_YEAR}."))
    elif since is not None and on < since and own is None and told is None:
        # Nobody said a day: it is the machine's, and an entry came into its state on none that was still to come.
        said = (
            f"Đồng hồ máy chủ đang là ngày {format_day(on)}, mà hồ sơ vào trạng thái hiện nay ngày {format_day(since)}: đồng hồ đang sai."
        )
        found.append(FieldProblem(key, f"{said} Hãy báo người giữ hệ thống."))
    elif since is not None and on < since:
        found.append(FieldProblem(key, f"Không thể trước ngày {format_day(since)}: hôm đó hồ sơ mới vào trạng thái hiện nay."))
    if on > today:
        found.append(FieldProblem(key, f"{words} chưa tới."))
    if own is not None and told not in (None, own):
        found.append(FieldProblem("on", f"Việc này tính từ {words} ({format_day(own)}): để trống ngày làm, hoặc ghi đúng ngày ấy."))
    return found


def begins_with_act(definition: RegisterDefinition, act: ActDef, state: str) -> bool:
    """Whether an entry that is written down afterwards begins with the act: a draft, of which nothing is counted, has no day before."""
    is_draft = state == definition.first_state.code and definition.first_state.meaning is StateClass.DRAFT
    return act.day is not None and is_draft and definition.begins_on is None


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
