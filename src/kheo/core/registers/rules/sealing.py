"""What is sealed until a state is written by one side alone, and told by nothing that all read: no condition, check, title or figure."""

from collections.abc import Iterator

from kheo.core.definition.placing import Finding
from kheo.core.definition.records import CountingRule
from kheo.core.registers.draft import RegisterDraft, RegisterRule
from kheo.core.registers.models import RegisterDefinition


def sealed_for_the_others(draft: RegisterDraft) -> Iterator[Finding]:
    """A sealed field is written by acts of one side; sealed lines by whom they name: nobody else who edits the entry writes them."""
    whole = _named(draft)
    if whole is None:
        return
    editing = {doer.scope for doer in whole.edit}
    for placed in draft.fields:
        if placed.item.key in whole.seals:
            theirs = whole.seals[placed.item.key][1]
            if not theirs or theirs & editing:
                said = f"“{placed.item.label}” kín (sealed_until) thì chỉ thao tác của bên không sửa hồ sơ ghi nó (asks)."
                yield placed.finding("sealed_until", said)
    for line in draft.lines:
        if line.item.sealed_until is not None and (not line.item.by or {doer.scope for doer in line.item.by} & editing):
            yield line.finding("sealed_until", f"Dòng “{line.item.name}” kín (sealed_until) thì chỉ bên không sửa hồ sơ được ghi (by).")


def sealed_from_what_all_read(draft: RegisterDraft) -> Iterator[Finding]:
    """Neither a condition nor a check asks of a sealed field: who sees the answer would see the number."""
    whole = _named(draft)
    if whole is None:
        return
    for field in draft.fields:
        for condition in field.item.shown_if:
            if condition.field in whole.seals:
                yield field.finding("shown_if", _tells(condition.field))
    for ready in draft.ready:
        for condition in ready.item.where:
            if condition.field in whole.seals:
                yield ready.finding("where", _tells(condition.field))
    for number, check in enumerate(whole.checks):
        for key in (check.left, check.right):
            if key in whole.seals:
                yield Finding(("checks", number), _tells(key))
    for part in whole.seals:
        if f"{{{part}}}" in (whole.title_from or ""):
            yield Finding(("title_from",), _tells(part))


def sealed_numbers(rule: CountingRule, register: RegisterDefinition) -> Iterator[str]:
    """Why a figure would tell what is sealed: its list names each entry with its number, so it counts from the unsealing state on."""
    for key in dict.fromkeys([*(each.field for each in rule.where), rule.by, rule.of]):
        if key is not None and key in register.seals:
            until = register.seals[key][0]
            early = rule.fact not in ("entered", "in_state") or not all(register.has_come_to(until, state) for state in rule.states)
            if early and until in register.order:
                yield f"“{register.by_key[key].label}” kín đến “{register.by_state[until].name}”: chỉ tính ở các trạng thái từ đó trở đi."
    line = register.by_line.get(rule.line or "")
    if rule.of is not None and line is not None and line.sealed_until is not None:
        yield f"Dòng “{line.name}” kín đến “{line.sealed_until}”: không cộng được, vì danh sách sau con số sẽ nói ra."


def _named(draft: RegisterDraft) -> RegisterDefinition | None:
    """The whole definition, where the states until which something is sealed are there."""
    whole = draft.whole
    if whole is None or any(until not in whole.order for until in (*(until for until, _ in whole.seals.values()), *_lines(whole))):
        return None
    return whole


def _lines(whole: RegisterDefinition) -> tuple[str, ...]:
    return tuple(line.sealed_until for line in whole.lines if line.sealed_until is not None)


def _tells(key: str) -> str:
    return f"“{key}” kín (sealed_until): chỗ này ai cũng đọc, sẽ nói ra con số."


SEALING_RULES: tuple[RegisterRule, ...] = (sealed_for_the_others, sealed_from_what_all_read)
