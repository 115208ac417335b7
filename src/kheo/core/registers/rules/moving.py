"""Rules about states, acts and clocks: every state can be reached and left, every refusal says why, every clock can start and end."""

from collections.abc import Iterator

from kheo.core.definition.conditions import Condition
from kheo.core.definition.placing import Finding, Section
from kheo.core.registers.clock_defs import ClockDef
from kheo.core.registers.draft import RegisterDraft, RegisterRule
from kheo.core.registers.fields import FieldDef
from kheo.core.registers.models import ActDef, RegisterDefinition
from kheo.core.registers.rules.fields import misfit
from kheo.core.registers.words import INSIDE, OPEN_CLASSES, StateClass

REFUSALS = frozenset({StateClass.DONE_BAD, StateClass.VOID})


def states_out_of_reach(draft: RegisterDraft) -> Iterator[Finding]:
    """Every state can be reached from the first by the acts that there are."""
    if not draft.states.complete or not draft.acts.complete or not draft.states.items:
        return
    reached = {draft.states.items[0].item.code}
    while True:
        further = {placed.item.to for placed in draft.acts if placed.item.to and reached.intersection(placed.item.states)} - reached
        if not further:
            break
        reached |= further
    for placed in draft.states.having("code"):
        if placed.item.code not in reached:
            yield placed.finding("code", f"Không thao tác nào đưa hồ sơ tới trạng thái “{placed.item.code}”.")


def dead_ends(draft: RegisterDraft) -> Iterator[Finding]:
    """Work that is still open can go on: an open state has an act that leaves it."""
    if not draft.acts.complete:
        return
    left = {state for placed in draft.acts if placed.item.to is not None for state in placed.item.states if state != placed.item.to}
    for placed in draft.states.having("code", "meaning"):
        if placed.item.meaning in OPEN_CLASSES and placed.item.code not in left:
            yield placed.finding("code", f"Trạng thái “{placed.item.code}” chưa xong mà không thao tác nào đi tiếp.")


def beginnings(draft: RegisterDraft) -> Iterator[Finding]:
    """A new entry is open."""
    for placed in draft.states.items[:1]:
        if placed.has("meaning") and placed.item.meaning not in OPEN_CLASSES:
            yield placed.finding("meaning", "Trạng thái đầu tiên là lúc mới ghi: phải là draft hoặc đang chờ.")


def refusals_without_a_reason(draft: RegisterDraft) -> Iterator[Finding]:
    """Whoever refuses says why; behind the wall, by a choice, since nothing is written there."""
    meaning = {placed.item.code: placed.item.meaning for placed in draft.states.having("code", "meaning")}
    choices = {placed.item.key for placed in draft.fields.having("key", "type") if placed.item.type == "choice"}
    for placed in draft.acts.having("to", "reason", "needs"):
        act = placed.item
        if act.to is None or meaning.get(act.to) not in REFUSALS:
            continue
        if draft.walled and not choices.intersection(act.needs):
            yield placed.finding("needs", f"“{act.name}” là từ chối: cần một trường lựa chọn nêu lý do trong needs.")
        elif not draft.walled and act.reason != "required":
            yield placed.finding("reason", f"“{act.name}” là từ chối: phải có reason: required.")


def acts_without_anybody(draft: RegisterDraft) -> Iterator[Finding]:
    """Somebody may do each act, in some state."""
    for placed in draft.acts.having("by", "states"):
        if not placed.item.by or not all(doer.roles for doer in placed.item.by):
            yield placed.finding("by", f"“{placed.item.name}” chưa có ai được làm.")
        if not placed.item.states:
            yield placed.finding("states", f"“{placed.item.name}” không làm được ở trạng thái nào.")


def ambiguous_needs(draft: RegisterDraft) -> Iterator[Finding]:
    """What an act needs is asked: there, or before."""
    retired = {placed.item.key for placed in draft.fields.having("key", "status") if placed.item.status == "retired"}
    for placed in draft.acts.having("needs", "asks"):
        for key in (*placed.item.needs, *placed.item.asks):
            if key in retired:
                yield placed.finding("needs", f"Trường “{key}” đã thôi dùng.")


def steps_of_some_entries(draft: RegisterDraft) -> Iterator[Finding]:
    """Which entries have a step, or a limit, is said by what they hold: a field that can hold it, and that whoever sees it may read."""
    fields = {placed.item.key: placed.item for placed in draft.fields.having("key", "type")}
    sections: tuple[Section[ActDef] | Section[ClockDef], ...] = (draft.acts, draft.clocks)
    for placed in (each for section in sections for each in section.having("only_if")):
        for condition in placed.item.only_if:
            said = _not_to_be_weighed(fields.get(condition.field)) or misfit(condition, fields, draft.codes_of)
            if said is not None:
                yield placed.finding("only_if", said)


def _not_to_be_weighed(asked: FieldDef | None) -> str | None:
    """Why nothing that a step depends on is asked of a field. Whoever sees whether there is the step, or what it asks, sees the value.

    Long texts are not read beforehand.
    """
    if asked is None:
        return None
    if asked.type == "long_text":
        return f"“{asked.key}” là lời văn dài: không xét ở đây được."
    if asked.personal or not asked.for_judges:
        return f"“{asked.key}” là dữ liệu cá nhân, hoặc giấu người chấm: ai thấy thao tác cũng đoán ra, không xét ở đây được."
    if asked.sealed_until is not None:
        return f"“{asked.key}” kín (sealed_until): ai thấy thao tác cũng đoán ra, không xét ở đây được."
    return None


def what_acts_set(draft: RegisterDraft) -> Iterator[Finding]:
    """What an act writes fits its field, and nobody is asked it as well."""
    fields = {placed.item.key: placed.item for placed in draft.fields.having("key", "type")}
    set_by_acts = {key for placed in draft.acts.having("sets") for key in placed.item.sets}
    for placed in draft.acts.having("sets", "asks", "needs"):
        for key, value in placed.item.sets.items():
            said = misfit(Condition(field=key, equals=value), fields, draft.codes_of)
            if said is not None:
                yield placed.finding("sets", said)
        for key in set_by_acts.intersection((*placed.item.asks, *placed.item.needs)):
            yield placed.finding("asks", f"“{key}” do thao tác ghi (sets), không hỏi thêm ở “{placed.item.name}”.")


def links_asked_if(draft: RegisterDraft) -> Iterator[Finding]:
    """When an act needs its link depends on fields that there are, and that whoever may do it may read."""
    fields = {placed.item.key: placed.item for placed in draft.fields.having("key", "type")}
    for placed in draft.acts.having("links_if", "links"):
        if placed.item.links_if and placed.item.links is None:
            yield placed.finding("links_if", f"“{placed.item.name}” không cần liên kết nào (links); bỏ links_if.")
        for condition in placed.item.links_if:
            said = _not_to_be_weighed(fields.get(condition.field)) or misfit(condition, fields, draft.codes_of)
            if said is not None:
                yield placed.finding("links_if", said)


def lists_of_seasons(draft: RegisterDraft) -> Iterator[Finding]:
    """What was done at another time of the year can be listed of an act that has its time; rounds are those of a campaign."""
    seasons = {placed.item.code for placed in draft.acts.having("code", "season") if placed.item.season is not None}
    acts = draft.acts.known("code")
    for placed in draft.ready.having("out_of_season"):
        if acts is not None and placed.item.out_of_season in acts - seasons:
            yield placed.finding("out_of_season", f"Thao tác “{placed.item.out_of_season}” không có thời gian nào (season).")
    if "campaign" not in draft.data:
        for placed in draft.ready.having("unsaid"):
            if placed.item.unsaid:
                yield placed.finding("unsaid", "Kỳ báo cáo là của phong trào: sổ cần khóa campaign.")


def verdicts(draft: RegisterDraft) -> Iterator[Finding]:
    """What an act asks of others only is not wanted of who begins the entry; what they may propose is settled by that act, and frozen."""
    whole = draft.whole
    if whole is None or not whole.states:
        return
    asked = {key: None for act in whole.acts if whole.is_of_others(act) for key in act.asks}
    for placed in draft.fields.having("key", "required_from", "frozen_from", "proposed"):
        field = placed.item
        if field.proposed:
            yield from (placed.finding("proposed", said) for said in _not_proposed(field, whole, field.key in asked))
        elif field.key in whole.set_by_acts and field.required_from == whole.first_state.code:
            acts = " hoặc ".join(f"“{act.name}”" for act in whole.set_by_acts[field.key])
            yield placed.finding("required_from", f"“{field.label}” chỉ do {acts} ghi, không bắt buộc ngay lúc mới ghi được.")


def _not_proposed(field: FieldDef, whole: RegisterDefinition, is_asked: bool) -> Iterator[str]:
    if not is_asked:
        yield f"“{field.label}” không do thao tác của người khác hỏi; bỏ proposed."
    elif field.frozen_from not in whole.order:
        yield f"“{field.label}” được nêu trước (proposed): cần frozen_from, để người ghi thôi sửa khi người khác đã kết luận."
    else:
        for act in (each for each in whole.acts if whole.is_of_others(each) and field.key in each.asks):
            after = whole.order.keys() & ({act.to} if act.to else act.states)
            if not all(whole.has_come_to(field.frozen_from, state) for state in after):
                yield f"“{act.name}” kết luận “{field.label}” mà frozen_from còn để người ghi sửa sau đó."


def lines_of_two_sides(draft: RegisterDraft) -> Iterator[Finding]:
    """Whoever may write lines of a kind may change those of all: judges and judged never write the same kind."""
    whole = draft.whole
    writers = {(doer.scope, role) for doer in whole.edit for role in doer.roles} if whole else set()
    for placed in draft.lines.having("by", "name"):
        sides = {"writes" if any((doer.scope, role) in writers for role in doer.roles) else doer.scope in INSIDE for doer in placed.item.by}
        if whole is not None and {"writes", False} <= sides:
            yield placed.finding("by", f"“{placed.item.name}”: đơn vị được xét sửa được dòng của người xét; tách thành hai loại dòng.")


def consents_to_ask_for(draft: RegisterDraft) -> Iterator[Finding]:
    """An act that waits for a consent is of a register that asks for one."""
    asks = draft.whole is None or any(field.consent for field in draft.whole.asked)
    for placed in draft.acts.having("consented"):
        if placed.item.consented and not asks:
            yield placed.finding("consented", f"“{placed.item.name}” chờ sự đồng ý mà sổ không có trường nào có consent: true.")


def lengths_of_clocks(draft: RegisterDraft) -> Iterator[Finding]:
    """A clock runs for working days, for days, until a day of the entry, or comes again and again: one of these."""
    for placed in draft.clocks.having("working_days", "days", "until", "repeats"):
        clock = placed.item
        if sum(bool(given) for given in (clock.working_days, clock.days, clock.until, clock.repeats)) != 1:
            yield Finding(placed.path, f"Thời hạn “{clock.code}” cần đúng một trong: working_days, days, until, repeats.")
        if clock.has_no_end:
            yield Finding(placed.path, f"Thời hạn “{clock.code}” phải có started_by và met_by.")


def second_looks(draft: RegisterDraft) -> Iterator[Finding]:
    """An act that only somebody else may do is possible for somebody: not all of its doers are kept from it by their own act."""
    acts: dict[str, ActDef] = {placed.item.code: placed.item for placed in draft.acts.having("code", "not_by")}
    for placed in draft.acts.having("code", "not_by"):
        if placed.item.code in placed.item.not_by:
            yield placed.finding("not_by", "Một thao tác không loại trừ chính nó; dùng once: true.")
        for earlier in placed.item.not_by:
            if earlier in acts and placed.item.code in acts[earlier].not_by:
                yield placed.finding("not_by", f"“{placed.item.code}” và “{earlier}” loại trừ lẫn nhau; bỏ một phía.")


MOVING_RULES: tuple[RegisterRule, ...] = (
    states_out_of_reach,
    dead_ends,
    beginnings,
    refusals_without_a_reason,
    acts_without_anybody,
    ambiguous_needs,
    steps_of_some_entries,
    what_acts_set,
    links_asked_if,
    lists_of_seasons,
    verdicts,
    lines_of_two_sides,
    consents_to_ask_for,
    lengths_of_clocks,
    second_looks,
)
