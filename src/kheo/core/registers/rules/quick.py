"""What is filed in the field can be filed: all that a new entry needs is asked or follows, and nothing personal lies on a telephone."""

from collections.abc import Iterator
from string import Formatter

from kheo.core.definition.placing import Finding
from kheo.core.definition.wording import suggestion
from kheo.core.registers.draft import RegisterDraft, RegisterRule
from kheo.core.registers.faces import MOST_QUICK, QuickDef
from kheo.core.registers.models import RegisterDefinition

_AT = "quick"
ASKED_IN_THE_FIELD = ("choice", "choices", "yes_no", "integer", "decimal", "money", "text")


def quick_names(draft: RegisterDraft) -> Iterator[Finding]:
    """What the face names is there, of the kind that it needs, and each once."""
    whole = draft.whole
    if whole is None or whole.quick is None:
        return
    quick = whole.quick
    if not 1 <= len(quick.fields) <= MOST_QUICK:
        yield Finding((_AT, "fields"), f"Ghi tại chỗ hỏi từ 1 đến {MOST_QUICK} trường (đang có {len(quick.fields)}).")
    yield from _kinds(whole, quick)
    role = whole.by_role.get(quick.photo or "")
    if quick.photo is not None and role is None:
        yield Finding((_AT, "photo"), f"Không có vai trò ảnh “{quick.photo}”" + suggestion(quick.photo, frozenset(whole.by_role)))
    elif role is not None and (role.takes == "pdf" or role.after is not None or role.by):
        yield Finding((_AT, "photo"), f"“{role.name}” không phải là ảnh đầu tiên của người ghi; cần vai trò nhận ảnh, không có after, by.")
    named = [*quick.fields, *([quick.place] if quick.place else []), *([quick.day] if quick.day else []), *quick.fills]
    for key in sorted({key for key in named if named.count(key) > 1}):
        yield Finding((_AT,), f"“{key}” được ghi hai lần.")


def _kinds(whole: RegisterDefinition, quick: QuickDef) -> Iterator[Finding]:
    wanted: list[tuple[str, str, tuple[str, ...]]] = [("fields", key, ASKED_IN_THE_FIELD) for key in quick.fields]
    wanted += [("place", quick.place, ("place",))] if quick.place else []
    wanted += [("day", quick.day, ("day",))] if quick.day else []
    wanted += [("fills", key, ("text",)) for key in quick.fills]
    by_key = {field.key: field for field in whole.asked}
    for place, key, types in wanted:
        field = by_key.get(key)
        if field is None or key in whole.set_by_acts:
            yield Finding((_AT, place), f"Không có trường “{key}” để hỏi" + suggestion(key, frozenset(by_key)))
        elif field.type not in types:
            yield Finding((_AT, place), f"“{field.label}” kiểu {field.type}; ở đây cần: {', '.join(types)}.")
        elif field.personal:
            yield Finding((_AT, place), f"“{field.label}” là dữ liệu cá nhân; không hỏi tại chỗ, vì sẽ nằm lại trên điện thoại.")


def quick_templates(draft: RegisterDraft) -> Iterator[Finding]:
    """A text is put together from what is asked here alone."""
    quick = draft.whole.quick if draft.whole else None
    for key, template in quick.fills.items() if quick else ():
        try:
            parts = list(Formatter().parse(template))
        except ValueError:
            yield Finding((_AT, "fills"), f"“{template}” viết sai: mỗi ngoặc nhọn mở ra phải đóng lại.")
            continue
        names = [name for _, name, *_ in parts if name is not None]
        if not names or any(spec or conversion for _, name, spec, conversion in parts if name is not None):
            yield Finding((_AT, "fills"), f"“{key}” ghép từ tên trường trong ngoặc nhọn, ví dụ {{loai}}: {{dia_chi}}.")
        for name in names:
            if name not in (quick.fields if quick else ()):
                yield Finding((_AT, "fills"), f"“{key}” ghép từ “{name}”, mà fields không hỏi trường ấy.")


def quick_is_enough(draft: RegisterDraft) -> Iterator[Finding]:
    """Nothing that a new entry must hold is left out: what is filed in the street would be refused for ever."""
    whole = draft.whole
    if whole is None or whole.quick is None or not whole.states:
        return
    quick = whole.quick
    given = {*quick.fields, quick.place, quick.day, *quick.fills}
    for field in whole.asked:
        if field.required_from == whole.first_state.code and field.key not in given:
            yield Finding((_AT,), f"“{field.label}” bắt buộc ngay từ đầu mà ghi tại chỗ không hỏi; thêm vào fields, day hoặc fills.")


QUICK_RULES: tuple[RegisterRule, ...] = (quick_names, quick_templates, quick_is_enough)
