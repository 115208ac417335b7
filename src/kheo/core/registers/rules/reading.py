"""What the page of an entry tells in its own way is there, and fits."""

from collections.abc import Iterator

from kheo.core.definition.placing import Finding
from kheo.core.registers.draft import RegisterDraft, RegisterRule
from kheo.core.registers.reading import ReadingDef

_NUMBERS = ("integer", "decimal", "money")


def _asked(told: ReadingDef) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every field that is named, with the types that fit there."""
    yield from ((key, ("choice", "choices")) for key in told.badges)
    yield from ((key, ("long_text",)) for key in told.texts)
    for figure in told.figures:
        named = ((figure.value, _NUMBERS), (figure.target, _NUMBERS), (figure.measure, ("choice",)))
        yield from ((key, types) for key, types in named if key is not None)


def what_is_read_fits(draft: RegisterDraft) -> Iterator[Finding]:
    """Fields of a fitting type that are not personal, roles of photographs, acts."""
    told = draft.whole.reading if draft.whole is not None else None
    if draft.whole is None or told is None:
        return
    for key, types in _asked(told):
        field = draft.whole.by_key.get(key)
        if field is None or field.type not in types or field.personal:
            yield Finding(("reading",), f"Trường “{key}” không kể được ở đây: cần {' hoặc '.join(types)}, không phải dữ liệu cá nhân.")
    photos = {each.role for each in draft.whole.attachments if each.takes == "photo"}
    for role in (told.before, told.after):
        if role is not None and role not in photos:
            yield Finding(("reading",), f"Không có loại ảnh “{role}”.")
    for code in (*told.notes, *told.verdicts):
        if code not in draft.whole.by_act:
            yield Finding(("reading",), f"Không có thao tác “{code}”.")


READING_RULES: tuple[RegisterRule, ...] = (what_is_read_fits,)
