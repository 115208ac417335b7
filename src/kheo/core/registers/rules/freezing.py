"""What a figure has counted is not changed by hand afterwards; what hands change no more can still be corrected, with a reason (062).

Of the figures of the register and, where its campaign is known, of the indicators of that.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from kheo.core.definition.placing import Finding
from kheo.core.definition.records import CountingRule
from kheo.core.registers.draft import RegisterDraft, RegisterRule
from kheo.core.registers.fields import FieldDef
from kheo.core.registers.models import ActDef, LineDef, RegisterDefinition
from kheo.core.registers.rules.counting import LINE_FIELDS, first_counted
from kheo.core.registers.words import StateClass


@dataclass
class _Counted:
    """A field that figures read: the place of the first state in which one does, and by whom."""

    first: int
    by: list[str] = field(default_factory=list)


def counted_fields_stay(draft: RegisterDraft) -> Iterator[Finding]:
    """A field that a figure filters by, divides by, adds or tells subjects by is frozen from the first state in which it counts."""
    whole = _usable(draft)
    if whole is None:
        return
    counted = _counted_fields(draft, whole)
    for placed in draft.fields.having("key", "frozen_from", "counted_open"):
        here = counted.get(placed.item.key)
        if here is not None and not _stays(placed.item, here, whole):
            state = whole.states[min(max(here.first, 1), len(whole.states) - 1)]
            yield placed.finding(
                "frozen_from" if placed.item.frozen_from else "key",
                f"“{placed.item.label}” được đếm ({', '.join(dict.fromkeys(here.by))}) từ “{whole.states[here.first].name}” mà sau đó vẫn"
                f" sửa tay được: đặt frozen_from: {state.code}, hoặc nói vì sao ở counted_open.",
            )


def counted_fields_can_be_corrected(draft: RegisterDraft) -> Iterator[Finding]:
    """A slip in what is counted can be mended in every state that counts, once hands cannot: an act asks it there."""
    whole = _usable(draft)
    if whole is None:
        return
    awaited = {clock.until for clock in whole.clocks}
    for key in _counted_fields(draft, whole):
        one = whole.by_key[key]
        if one.frozen_from is None or key in awaited:
            continue
        frozen = [each for each in whole.states if whole.has_come_to(one.frozen_from, each.code)]
        shut = [each.name for each in frozen if each.meaning is not StateClass.VOID and not _is_mendable(whole, one, each.code)]
        if shut:
            said = ", ".join(f"“{name}”" for name in shut)
            words = "mà không thao tác đính chính nào (corrects) hỏi: ghi sai thì không sửa được."
            place = ("fields", whole.fields.index(one), "frozen_from")
            yield Finding(place, f"“{one.label}” được đếm, không sửa tay được nữa ở {said}, {words}")


def counted_lines_stay(draft: RegisterDraft) -> Iterator[Finding]:
    """Lines that a figure counts are frozen from some state, or the file says why never; a slip in what is frozen can be mended."""
    whole = _usable(draft)
    if whole is None:
        return
    counted = dict[str, list[str]]()
    for name, rule in _rules(draft, whole):
        if rule.line is not None:
            counted.setdefault(rule.line, []).append(name)
    for placed in draft.lines.having("code", "frozen_from", "amended_by", "counted_open"):
        kind, by = placed.item, ", ".join(dict.fromkeys(counted.get(placed.item.code, ())))
        if by and kind.frozen_from is None and not kind.counted_open:
            yield placed.finding(
                "code", f"Dòng “{kind.name}” được đếm ({by}) mà không bao giờ khóa: đặt frozen_from, hoặc nói vì sao ở counted_open."
            )
        if by and kind.frozen_from is not None and kind.amended_by is None and not _reopens(whole, kind):
            yield placed.finding("frozen_from", f"Dòng “{kind.name}” được đếm, khóa rồi thì ghi sai không sửa được: đặt amended_by.")


def corrections(draft: RegisterDraft) -> Iterator[Finding]:
    """A correction moves nothing, changes what is frozen, and says why; behind the wall by a choice."""
    whole = _usable(draft)
    if whole is None:
        return
    for place, act in enumerate(whole.acts):
        if act.corrects:
            yield from (Finding(("acts", place, "corrects"), said) for said in _not_a_correction(whole, act))
    for placed in draft.lines.having("name", "amended_by", "frozen_from"):
        named = whole.by_act.get(placed.item.amended_by or "")
        if placed.item.amended_by is None or (named is not None and named.corrects and placed.item.frozen_from is not None):
            continue
        yield placed.finding(
            "amended_by", f"Dòng “{placed.item.name}”: amended_by đi với frozen_from, và là một thao tác đính chính (corrects)."
        )


def corrections_are_whole(draft: RegisterDraft) -> Iterator[Finding]:
    """A correction that makes another entry of it asks what only such an entry must hold and no hand may write there any more."""
    whole = _usable(draft)
    if whole is None:
        return
    for place, act in enumerate(whole.acts):
        fixed = {each.field for each in act.only_if}  # of an entry that is so before, these were asked already
        for key in sorted(whole.hanging_on(act) - {*act.asks, *act.needs, *whole.set_by_acts}) if act.corrects else ():
            one = whole.by_key[key]
            shut = any(whole.has_come_to(one.frozen_from, state) and whole.has_come_to(one.required_from, state) for state in act.states)
            if shut and not fixed & {each.field for each in one.shown_if}:
                said = f"“{act.name}” có thể làm hồ sơ phải có “{one.label}”, mà trường ấy đã khóa và thao tác không hỏi: thêm vào asks."
                yield Finding(("acts", place, "asks"), said)


def proofs_stay(draft: RegisterDraft) -> Iterator[Finding]:
    """Photographs and files without which an act is not done are not taken back from where it led."""
    whole = _usable(draft)
    if whole is None:
        return
    for act in whole.acts:
        for need in act.photos:
            role, to = whole.by_role.get(need.role), whole.order.get(act.to or "")
            if role is None or to is None:
                continue
            kept = [whole.order[state] for state in (role.kept_from, role.frozen_from) if state is not None and state in whole.order]
            if not kept or min(kept) > to:
                yield Finding(
                    ("attachments", whole.attachments.index(role), "role"),
                    f"“{act.name}” cần “{role.name}” mà sau đó vẫn bỏ ra được: đặt kept_from: {act.to}.",
                )


def links_stay(draft: RegisterDraft) -> Iterator[Finding]:
    """A link without which an act is not done is there still where it led. What an act writes itself (merge) ends an entry."""
    whole = _usable(draft)
    if whole is None:
        return
    for act in whole.acts:
        kind, to = whole.by_link.get(act.links or ""), whole.order.get(act.to or "")
        if kind is None or to is None or act.effect == "merge":
            continue
        kept = [whole.order[state] for state in (kind.kept_from, kind.frozen_from) if state is not None and state in whole.order]
        if not kept or min(kept) > to:
            place = ("links", whole.links.index(kind), "code")
            yield Finding(place, f"“{act.name}” cần “{kind.name}” mà sau đó vẫn bỏ ra được: đặt kept_from: {act.to}.")


def _usable(draft: RegisterDraft) -> RegisterDefinition | None:
    """The register where its states are known by what names them; what is unknown is told by other rules."""
    whole = draft.whole
    if whole is None or not whole.states:
        return None
    named = [*(each.frozen_from for each in whole.fields), *(each.frozen_from for each in whole.lines)]
    return whole if all(state is None or state in whole.order for state in named) else None


def _rules(draft: RegisterDraft, whole: RegisterDefinition) -> Iterator[tuple[str, CountingRule]]:
    """Everything that counts in the register, each with what it is called in a message."""
    for figure in whole.figures:
        yield from ((f"số liệu {figure.code}", rule) for rule in (figure.counts, figure.among) if rule is not None)
    for indicator in draft.campaign.indicators if draft.campaign is not None else ():
        if indicator.records is not None and indicator.records.register_code == whole.register_code:
            yield f"chỉ tiêu {indicator.code}", indicator.records


def _counted_fields(draft: RegisterDraft, whole: RegisterDefinition) -> dict[str, _Counted]:
    """What figures read of an entry by hand. The days on which it began and on which acts happened are followed (050, 055)."""
    followed = {whole.begins_on, *(act.day for act in whole.acts)}
    found = dict[str, _Counted]()
    for name, rule in _rules(draft, whole):
        first = _first_state(rule, whole)
        for key in _read_by(rule, whole):
            if first is None or key not in whole.by_key or key in followed or key in whole.set_by_acts:
                continue
            here = found.setdefault(key, _Counted(first))
            here.first = min(here.first, first)
            here.by.append(name)
    return found


def _read_by(rule: CountingRule, whole: RegisterDefinition) -> Iterator[str]:
    of_lines = LINE_FIELDS if rule.fact == "line" else ()
    yield from (each.field for each in rule.where if each.field not in of_lines)
    if rule.by is not None and rule.by not in of_lines:
        yield rule.by
    if rule.of is not None and rule.fact != "line":
        yield rule.of
    if rule.in_force is not None:
        yield from rule.in_force.keys
    if rule.counts_for == "ward":
        yield from (one.key for one in (whole.field_of("ward"),) if one is not None)
    if rule.measure == "subjects":
        yield from (one.key for one in map(whole.field_of, ("subject_kind", "subject_name")) if one is not None)
    for clock in whole.clocks:
        if clock.code == rule.clock:
            yield from (each.field for each in clock.only_if)
            yield from (clock.until,) if clock.until is not None else ()


def _first_state(rule: CountingRule, whole: RegisterDefinition) -> int | None:
    """The place of the first state in which an entry can count."""
    found = first_counted(rule, whole)
    return None if found is None else whole.order[found]


def _stays(one: FieldDef, counted: _Counted, whole: RegisterDefinition) -> bool:
    """Whether hands leave a field alone once it is counted. Nothing can be frozen in the first state: it is being written there."""
    if one.counted_open:
        return True
    return one.frozen_from is not None and whole.order[one.frozen_from] <= max(counted.first, 1)


def _is_mendable(whole: RegisterDefinition, one: FieldDef, state: str) -> bool:
    """Whether an act asks a field in a state, or leads from there back to where it is written."""
    here = [act for act in whole.acts if state in act.states]
    since = whole.order[one.frozen_from or ""]
    return any((one.key in act.asks and act.to in (None, state)) or whole.order.get(act.to or "", since) < since for act in here)


def _reopens(whole: RegisterDefinition, kind: LineDef) -> bool:
    """Whether an act leads back to where the lines are written."""
    frozen = whole.order[kind.frozen_from or ""]
    back = (act for act in whole.acts if act.to in whole.order and whole.order[act.to or ""] < frozen)
    return any(whole.order.get(state, 0) >= frozen for act in back for state in act.states)


def _not_a_correction(whole: RegisterDefinition, act: ActDef) -> Iterator[str]:
    if act.to is not None or act.effect != "none" or act.day is not None or act.assigns:
        yield f"“{act.name}” là đính chính: không chuyển trạng thái, không kèm việc nào khác (to, effect, day, assigns)."
    reasons = whole.reasons_of(act)
    if whole.walled and not any(whole.by_key[key].type == "choice" for key in reasons):
        yield f"“{act.name}” là đính chính: cần một trường lựa chọn nêu lý do trong needs."
    elif not whole.walled and act.reason != "required":
        yield f"“{act.name}” là đính chính: phải có reason: required."
    for key in (key for key in act.asks if key in whole.by_key and key not in reasons):
        frozen = whole.by_key[key].frozen_from
        if not any(whole.has_come_to(frozen, state) for state in act.states):
            yield f"“{act.name}” đính chính “{whole.by_key[key].label}” mà ở các trạng thái ấy vẫn sửa tay được."
    if not act.asks and not any(kind.amended_by == act.code for kind in whole.lines):
        yield f"“{act.name}” không đính chính trường hay dòng nào."


FREEZING_RULES: tuple[RegisterRule, ...] = (
    counted_fields_stay,
    counted_fields_can_be_corrected,
    counted_lines_stay,
    corrections,
    corrections_are_whole,
    proofs_stay,
    links_stay,
)
