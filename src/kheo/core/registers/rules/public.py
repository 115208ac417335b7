"""What a register may take from people without an account, what an asker can be offered, and what everybody may read."""

from collections.abc import Iterator

from kheo.core.definition.conditions import Condition
from kheo.core.definition.placing import Finding
from kheo.core.definition.wording import suggestion
from kheo.core.registers.draft import RegisterDraft, RegisterRule
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.rules.fields import misfit
from kheo.core.registers.words import Scope

KEY = "from_public"
# Nobody without an account picks a unit out of all, and nobody says who they are.
_NOT_ASKED = "Biểu mẫu không hỏi người gửi là ai."


def _form_problems(whole: RegisterDefinition) -> Iterator[tuple[str, str]]:
    form = whole.from_public
    if form is None:
        return
    named = [("asks", key) for key in form.asks] + [("sets", key) for key in form.sets]
    named += [(name, key) for name, key in (("day", form.day), ("place_name", form.place_name)) if key is not None]
    for name, key in named:
        field = whole.by_key.get(key)
        if field is None or field.status == "retired":
            yield name, f"Không có trường “{key}”" + suggestion(key, whole.by_key)
        elif field.column == "subject_name":
            yield name, _NOT_ASKED
        elif field.type == "unit":
            yield name, f"“{field.label}” là một đơn vị; người gửi chọn nơi, không chọn trường này."
        elif key in whole.set_by_acts:
            yield name, f"“{field.label}” chỉ do thao tác ghi, biểu mẫu không ghi."
    for key in form.may_lack:
        if key not in form.asks:
            yield "may_lack", f"“{key}” không có trong asks."


def _kinds_problems(whole: RegisterDefinition) -> Iterator[tuple[str, str]]:
    form = whole.from_public
    if form is None:
        return
    for name, key, kind in (("day", form.day, "day"), ("place_name", form.place_name, "text")):
        if key in whole.by_key and whole.by_key[str(key)].type != kind:
            yield name, f"Trường “{key}” phải có kiểu {kind}."
    if form.photos is not None and getattr(whole.by_role.get(form.photos), "takes", "") not in ("photo", "any"):
        yield "photos", f"Không có vai trò ảnh “{form.photos}”" + suggestion(form.photos, whole.by_role)


def public_form_that_can_be(draft: RegisterDraft) -> Iterator[Finding]:
    """The form asks what there is to ask, never who somebody is, and what it is sent with begins an entry."""
    whole = draft.whole
    if whole is None or whole.from_public is None or not whole.states:
        return
    for key, said in (*_form_problems(whole), *_kinds_problems(whole)):
        yield Finding((KEY, key), said)
    fields = {field.key: field for field in whole.fields}
    for key, value in whole.from_public.sets.items():
        said_of = misfit(Condition(field=key, equals=value), fields, draft.codes_of) if key in fields else None
        if said_of is not None:
            yield Finding((KEY, "sets"), said_of)
    known = whole.from_public.filled | set(whole.from_public.may_lack)
    for field in whole.asked:
        if field.required_from == whole.first_state.code and field.key not in known and not field.shown_if:
            yield Finding((KEY, "asks"), f"“{field.label}” cần có ngay từ đầu mà biểu mẫu không hỏi, không ghi sẵn.")


def opinions_are_the_askers(draft: RegisterDraft) -> Iterator[Finding]:
    """Where entries come through the form, what the asker thinks is written by acts of the asker, and by nothing else."""
    whole = draft.whole
    field = whole.field_of("satisfaction") if whole is not None else None
    if whole is None or whole.from_public is None or field is None:
        return
    if field.key not in whole.set_by_acts:
        yield Finding((KEY,), f"“{field.label}” là lời người gửi: cần thao tác của người gửi (scope asker) ghi bằng sets.")
    for act in whole.set_by_acts.get(field.key, ()):
        if act.code not in whole.askers_own:
            yield Finding((KEY,), f"“{act.name}” ghi “{field.label}”: cần scope asker trong by.")


def askers_are_asked_nothing_else(draft: RegisterDraft) -> Iterator[Finding]:
    """What an asker can press takes a few words at most: no fields, files, lines, links, no reply, nothing beside the move."""
    for placed in draft.acts.having("by", "asks", "needs", "photos", "lines", "links", "reply", "effect"):
        act = placed.item
        if not any(doer.scope is Scope.ASKER for doer in act.by):
            continue
        if act.asks or act.needs or act.photos or act.lines or act.links or act.reply or act.effect != "none":
            yield placed.finding("by", f"“{act.name}” hỏi thêm hoặc làm thêm việc khác, người gửi (scope asker) không làm được.")


def public_page_that_can_be(draft: RegisterDraft) -> Iterator[Finding]:
    """Something is public in it, no number in it is hidden elsewhere, and no photograph is shown without a word of whoever is in it."""
    whole = draft.whole
    page = whole.public_page if whole is not None else None
    if whole is None or page is None:
        return
    if whole.hides_small:
        yield Finding(("public_page",), "Sổ che số nhỏ không có trang công khai.")
    if not any(each.public for each in whole.states) or not any(each.public for each in whole.fields):
        yield Finding(("public_page",), "Trang công khai cần ít nhất một trạng thái và một trường có public: true.")
    for role in page.photos:
        if getattr(whole.by_role.get(role), "takes", "") != "photo":
            yield Finding(("public_page", "photos"), f"Không có loại ảnh “{role}”" + suggestion(role, whole.by_role))
    agreed = whole.by_key.get(page.photos_if or "")
    if (page.photos or page.photos_if) and (agreed is None or agreed.type != "yes_no"):
        yield Finding(("public_page", "photos_if"), "Có ảnh công khai thì cần photos_if: một trường yes_no, người trong ảnh đồng ý.")


PUBLIC_RULES: tuple[RegisterRule, ...] = (
    public_form_that_can_be,
    opinions_are_the_askers,
    askers_are_asked_nothing_else,
    public_page_that_can_be,
)
