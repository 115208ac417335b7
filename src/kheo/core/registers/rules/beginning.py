"""The day on which entries begin is asked of every one of them, by whatever way it comes, and nothing else writes it."""

from collections.abc import Iterator

from kheo.core.definition.placing import Finding
from kheo.core.definition.wording import suggestion
from kheo.core.registers.draft import RegisterDraft, RegisterRule

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
    if any(field.key in (*act.asks, *act.needs, *act.sets) for act in whole.acts):
        yield Finding(_AT, f"“{field.label}” là ngày hồ sơ bắt đầu: không thao tác nào hỏi hay ghi lại.")
    if whole.from_public is not None and whole.from_public.day != field.key:
        yield Finding(("from_public", "day"), f"Hồ sơ bắt đầu từ “{field.label}” (begins_on): day phải là {field.key}.")


BEGINNING_RULES: tuple[RegisterRule, ...] = (days_that_begin,)
