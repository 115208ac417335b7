"""Relations between fields can be asked: of fields that there are, of kinds that can be compared, told in words that are filled in."""

from collections.abc import Iterator
from string import Formatter

from kheo.core.definition.placing import Finding
from kheo.core.definition.wording import suggestion
from kheo.core.registers.checks import CheckDef
from kheo.core.registers.draft import RegisterDraft, RegisterRule
from kheo.core.registers.fields import ORDERED
from kheo.core.registers.models import RegisterDefinition

_KINDS = {"integer": "number", "decimal": "number"}


def checks_that_can_be(draft: RegisterDraft) -> Iterator[Finding]:
    """A check compares two fields that are asked, of one kind, nothing personal, and says what is wrong."""
    if draft.whole is None:
        return
    for place, check in enumerate(draft.whole.checks):
        for key, said in _problems(check, draft.whole):
            yield Finding(("checks", place, key), said)


def _problems(check: CheckDef, whole: RegisterDefinition) -> Iterator[tuple[str, str]]:
    asked = {field.key: field for field in whole.asked}
    fields = {side: asked.get(key) for side, key in zip(("left", "right"), check.keys, strict=True)}
    for side, field in fields.items():
        key = getattr(check, side)
        if field is None:
            yield side, f"Không có trường “{key}”" + suggestion(key, asked)
        elif field.type not in ORDERED:
            yield side, f"Trường “{key}” kiểu {field.type} không so lớn bé được."
        elif field.personal:
            yield side, f"“{key}” là dữ liệu cá nhân: lời báo sẽ nói ra."
    left, right = fields["left"], fields["right"]
    if left is not None and right is not None:
        kinds = [_KINDS.get(field.type, field.type) for field in (left, right)]
        if left.key == right.key:
            yield "right", "Một trường không so với chính nó."
        elif kinds[0] != kinds[1] and {left.type, right.type} <= ORDERED:
            yield "right", f"Không so {left.type} (“{left.key}”) với {right.type} (“{right.key}”) được."
    if check.from_state is not None and check.from_state not in whole.by_state:
        yield "from_state", f"Không có trạng thái “{check.from_state}”" + suggestion(check.from_state, whole.by_state)
    yield from _message(check)


def _message(check: CheckDef) -> Iterator[tuple[str, str]]:
    try:
        names = {name for _, name, spec, conversion in Formatter().parse(check.message) if name is not None and not spec and not conversion}
    except ValueError:
        yield "message", f"“{check.message}” viết sai: mỗi ngoặc nhọn mở ra phải đóng lại."
        return
    if names - {"left", "right"}:
        yield "message", "Lời báo chỉ dùng {left} và {right}."


def what_is_written_is_offered(draft: RegisterDraft) -> Iterator[Finding]:
    """No act and no public form writes a choice that is offered no more."""
    whole = draft.whole
    if whole is None:
        return
    written: list[tuple[tuple[str, ...], str, object]] = [(("acts",), key, value) for act in whole.acts for key, value in act.sets.items()]
    written += [(("from_public", "sets"), key, value) for key, value in (whole.from_public.sets.items() if whole.from_public else ())]
    for path, key, value in written:
        field = whole.by_key.get(key)
        retired = {choice.code for choice in whole.lists.get(field.options or "", ()) if choice.status == "retired"} if field else set()
        if value in retired:
            yield Finding(path, f"“{value}” của “{key}” đã thôi dùng (status: retired).")


CHECKING_RULES: tuple[RegisterRule, ...] = (checks_that_can_be, what_is_written_is_offered)
