"""What an act does beside moving its entry needs what it works on: a link, a state that does not count, places."""

from collections.abc import Callable, Iterator, Mapping

from kheo.core.definition.placing import Finding
from kheo.core.registers.acts import Effect
from kheo.core.registers.draft import RegisterDraft, RegisterRule
from kheo.core.registers.models import ActDef, RegisterDefinition
from kheo.core.registers.words import Scope, StateClass

_OF_PLACES = frozenset({"new_episode", "join_place", "convert_place"})


def _transfer(act: ActDef, _: RegisterDefinition) -> Iterator[tuple[str, str]]:
    if not act.assigns:
        yield "assigns", f"“{act.name}” chuyển sang đơn vị khác: cần assigns: true."
    if act.reason != "required":
        yield "reason", f"“{act.name}” chuyển sang đơn vị khác: cần reason: required."


def _merge(act: ActDef, whole: RegisterDefinition) -> Iterator[tuple[str, str]]:
    """What is merged counts no more, and a link says into what."""
    if act.to is None or whole.by_state[act.to].meaning is not StateClass.VOID:
        yield "to", f"“{act.name}” gộp vào hồ sơ khác: trạng thái sau đó phải là void."
    if not any(each.code == act.links and each.to == whole.register_code for each in whole.links):
        yield "links", f"“{act.name}” gộp vào hồ sơ khác: cần links, một loại liên kết tới chính sổ này."


def _extend(act: ActDef, whole: RegisterDefinition) -> Iterator[tuple[str, str]]:
    if not any(clock.extension for clock in whole.clocks):
        yield "effect", f"“{act.name}” gia hạn, mà không thời hạn nào có extension."


_NEEDS: Mapping[Effect, Callable[[ActDef, RegisterDefinition], Iterator[tuple[str, str]]]] = {
    "transfer": _transfer,
    "merge": _merge,
    "extend": _extend,
}


def _handed(act: ActDef, whole: RegisterDefinition) -> Iterator[tuple[str, str]]:
    """Who is given an entry can take it; what was handed up is concluded up there, never by those whose answer it is about."""
    if act.assigns_to is not None and not act.assigns:
        yield "assigns_to", f"“{act.name}” không giao cho đơn vị nào (assigns); bỏ assigns_to."
    if act.assigns_other and not act.chooses_unit:
        yield "assigns_other", f"“{act.name}” không cho chọn đơn vị; bỏ assigns_other."
    if act.handing is not None and act.effect not in ("none", "transfer"):
        yield "effect", f"“{act.name}” giao cho đơn vị khác: effect chỉ có thể là transfer."
    if act.chooses_unit and any(doer.scope is Scope.ASKER for doer in act.by):
        yield "assigns_to", f"“{act.name}”: người gửi (scope asker) không chọn đơn vị; cần assigns_to: up."
    if act.handing is not None and any(doer.scope is Scope.OTHER for doer in act.by):
        yield "by", f"“{act.name}”: đơn vị không có phần trong hồ sơ (scope other) không giao nó cho ai; bỏ other."
    if act.handing == "up" and (act.effect == "transfer" or act.to is None):
        yield "assigns_to", f"“{act.name}” đưa lên cấp trên: cần to, và không phải transfer."
    raised = {each.to for each in whole.acts if each.handing == "up"}
    ends = act.to is not None and whole.by_state[act.to].meaning in (StateClass.DONE_GOOD, StateClass.DONE_BAD)
    inside = [doer.scope.value for doer in act.by if doer.scope not in (Scope.SUPERIOR, Scope.ASKER)]
    if ends and inside and raised.intersection(act.states):
        yield "by", f"“{act.name}” kết thúc việc đã đưa lên cấp trên: chỉ scope superior hoặc asker, không phải {', '.join(inside)}."
    if any(doer.scope is Scope.SUPERIOR for doer in act.by) and not raised.issuperset(act.states):
        yield "by", f"“{act.name}” là của cấp trên được đưa lên (superior): chỉ ở trạng thái mà một thao tác assigns_to: up đưa tới."


def _invited(act: ActDef, whole: RegisterDefinition) -> Iterator[tuple[str, str]]:
    """Who is invited is named when it is done, and has something to do where the entry stands then."""
    if act.invites is None:
        return
    field = whole.by_key.get(act.invites)
    if field is None or field.type != "unit" or act.invites not in act.asks or act.invites not in act.needs:
        yield "invites", f"“{act.name}” mời một đơn vị: invites là một trường type: unit, có trong asks và needs."
    then = {act.to} if act.to else set(act.states)
    steps = (each for each in whole.acts if any(doer.scope is Scope.OTHER for doer in each.by))
    if not any(then.intersection(each.states) for each in steps):
        yield "invites", f"“{act.name}” mời một đơn vị mà sau đó đơn vị khác (scope other) không có bước nào để làm."


def effects_that_can_be(draft: RegisterDraft) -> Iterator[Finding]:
    """Every effect has what it needs."""
    whole = draft.whole
    if whole is None:
        return
    for placed in draft.acts:
        act = placed.item
        if act.effect in _OF_PLACES and whole.places is None:
            yield placed.finding("effect", f"“{act.name}” là việc của một nơi: sổ cần khóa places.")
        needs = _NEEDS.get(act.effect)
        if act.to is None or act.to in whole.by_state:
            yield from (placed.finding(key, said) for key, said in (*_handed(act, whole), *_invited(act, whole)))
        if needs is not None and (act.to is None or act.to in whole.by_state):
            yield from (placed.finding(key, said) for key, said in needs(act, whole))


def places_that_can_be(draft: RegisterDraft) -> Iterator[Finding]:
    """A register of places knows from the beginning where each is, and links episodes of one place."""
    whole = draft.whole
    if whole is None or whole.places is None or not whole.states:
        return
    field, places = whole.field_of("place"), whole.places
    if field is None or field.required_from != whole.first_state.code:
        yield Finding(("places",), "Sổ theo nơi cần một trường vị trí (column: place) bắt buộc từ trạng thái đầu tiên.")
    if not any(each.code == places.episode and each.to == whole.register_code for each in whole.links):
        yield Finding(("places", "episode"), "Đợt trước của một nơi: cần một loại liên kết tới chính sổ này.")
    for key, name, kind in (("new_use", places.new_use, "text"), ("square_metres", places.square_metres, "integer")):
        if name is not None and (name not in whole.by_key or whole.by_key[name].type != kind):
            yield Finding(("places", key), f"Không có trường “{name}” kiểu {kind}.")


def early_only_for_rounds(draft: RegisterDraft) -> Iterator[Finding]:
    """Too early is what comes again and again."""
    for placed in draft.clocks.having("early", "repeats"):
        if placed.item.early is not None and not placed.item.repeats:
            yield placed.finding("early", "early chỉ dùng với lịch kiểm tra lại (repeats).")


EFFECT_RULES: tuple[RegisterRule, ...] = (effects_that_can_be, places_that_can_be, early_only_for_rounds)
