"""The day on which entries begin is asked of every one of them, that of an act by the act, and nothing else writes it."""

from collections.abc import Iterator

from kheo.core.definition.placing import Finding
from kheo.core.definition.wording import suggestion
from kheo.core.registers.draft import RegisterDraft, RegisterRule
from kheo.core.registers.models import ActDef, RegisterDefinition

_AT = ("begins_on",)


def days_that_begin(draft: RegisterDraft) -> Iterator[Finding]:
    """`begins_on` names a day that a new entry must have, in the long form, in the field and from the public."""
    whole = draft.whole
    if whole is None or whole.begins_on is None or not whole.states:
        return
    field = next((each for each in whole.asked if each.key == whole.begins_on), None)
    if field is None:
        yield Finding(_AT, f"Không có trường “{whole.begins_on}”" + suggestion(whole.begins_on, whole.by_key))
        return
    if field.type != "day":
        yield Finding(_AT, f"Trường “{field.key}” không phải là ngày.")
    if field.required_from != whole.first_state.code or field.shown_if:
        yield Finding(
            _AT, f"“{field.label}” phải bắt buộc ngay từ trạng thái đầu (required_from: {whole.first_state.code}), không có shown_if."
        )
    if any(field.key in (*(() if act.corrects else act.asks), *act.needs, *act.sets) for act in whole.acts):
        yield Finding(_AT, f"“{field.label}” là ngày hồ sơ bắt đầu: chỉ thao tác đính chính (corrects) hỏi lại, không thao tác nào ghi.")
    if whole.from_public is not None and whole.from_public.day != field.key:
        yield Finding(("from_public", "day"), f"Hồ sơ bắt đầu từ “{field.label}” (begins_on): day phải là {field.key}.")


def days_of_acts(draft: RegisterDraft) -> Iterator[Finding]:
    """`day` of an act is a day that it asks and that nothing else writes; it moves the entry, and no limit stands still by it."""
    whole = draft.whole
    if whole is None or not whole.states:
        return
    for place, act in enumerate(whole.acts):
        if act.day is not None:
            yield from (Finding(("acts", place, "day"), words) for words in _not_a_day(whole, act, act.day))


def _not_a_day(whole: RegisterDefinition, act: ActDef, key: str) -> Iterator[str]:
    field = next((each for each in whole.asked if each.key == key), None)
    if field is None:
        yield f"Không có trường “{key}”" + suggestion(key, whole.by_key)
        return
    if field.type != "day" or field.shown_if:
        yield f"“{field.label}” phải là trường ngày, không có shown_if."
    if key not in act.asks:
        yield f"“{act.name}” phải hỏi “{field.label}” (asks)."
    if key == whole.begins_on or any(each is not act and key in (*each.asks, *each.needs, *each.sets, each.day) for each in whole.acts):
        yield f"“{field.label}” là ngày của “{act.name}”: không là ngày hồ sơ bắt đầu, không thao tác nào khác hỏi hay ghi."
    from_state, to = field.required_from, act.to
    needed = to is not None and whole.has_come_to(from_state, to)
    if not needed and key not in act.needs:
        yield f"“{field.label}” phải có mới “{act.name}” được: thêm vào needs, hoặc bắt buộc từ trạng thái sau đó."
    if act.to is None or act.to in act.states or act.effect != "none":
        yield f"“{act.name}” có ngày riêng nên phải chuyển sang trạng thái khác, không kèm việc nào (effect)."
    if any(state in clock.paused_in for clock in whole.clocks for state in (act.to, *act.states)):
        yield f"“{act.name}” có ngày riêng nên không dừng hay chạy lại thời hạn nào (paused_in)."


BEGINNING_RULES: tuple[RegisterRule, ...] = (days_that_begin, days_of_acts)
