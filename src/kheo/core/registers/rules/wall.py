"""What no register may hold (design.md, "What it will not do"; Luật 91/2025/QH15, NĐ 356/2025/NĐ-CP Điều 4). Not configurable.

Words that ask about opinions, religion, ethnicity, gatherings or behaviour online are refused in every register. One that serves a walled
content takes numbers, days and choices only: no text, no photograph, no place, no person, no reply.
"""

from collections.abc import Iterator
from typing import Any

from kheo.core.definition.forbidden import find_forbidden
from kheo.core.definition.placing import Finding, Section
from kheo.core.definition.rules.wall import peoples_in
from kheo.core.registers.draft import RegisterDraft, RegisterRule
from kheo.core.registers.fields import WRITTEN
from kheo.core.registers.words import Scope

_PERSONS = frozenset({"individual", "household", "citizen"})
_INSIDE = frozenset({Scope.OWN, Scope.HANDLER})
_INSIDE_ONLY = "Hồ sơ của sổ được che (walled) chỉ đơn vị ghi và đơn vị được giao mở được: scope own hoặc handler."
_NOT_BEHIND_THE_WALL = WRITTEN | {"place"}


def _words_of(draft: RegisterDraft) -> Iterator[tuple[Section[Any], tuple[str, ...]]]:
    yield draft.fields, ("key", "label", "help", "section", "concept")
    yield draft.states, ("code", "name", "hint", "told")
    yield draft.acts, ("code", "name", "asker_name")
    yield draft.lines, ("name", "quantity", "amount", "text")
    yield draft.links, ("name", "back")
    yield draft.attachments, ("role", "name")
    yield draft.ready, ("name", "hint")
    yield draft.figures, ("name", "hint")
    for choices in draft.lists.values():
        yield choices, ("code", "name")


def refused_words(draft: RegisterDraft) -> Iterator[Finding]:
    """Nothing asks about what Khéo does not keep, wherever it is written."""
    for section, keys in _words_of(draft):
        for placed in section:
            for key in keys:
                text = getattr(placed.item, key)
                hits = find_forbidden(text, walled=draft.walled) if text and placed.has(key) else ()
                for hit in hits:
                    yield placed.finding(key, f"Khéo không lưu {hit.about}; hãy bỏ “{hit.written}”.")
    for key in ("name", "short", "one", "title_from"):
        text = draft.data.get(key)
        for hit in find_forbidden(text, walled=draft.walled) if isinstance(text, str) else ():
            yield Finding((key,), f"Khéo không lưu {hit.about}; hãy bỏ “{hit.written}”.")


def choices_that_name_peoples(draft: RegisterDraft) -> Iterator[Finding]:
    """No list of peoples, whatever it is called."""
    yield from peoples_in(draft.lists.values())


def only_numbers_behind_the_wall(draft: RegisterDraft) -> Iterator[Finding]:
    """A walled register has no field that one person's case could be written into."""
    if not draft.walled:
        return
    for field in draft.fields.having("type"):
        if field.item.type in _NOT_BEHIND_THE_WALL:
            yield field.finding("type", "Sổ được che (walled) chỉ nhận số, ngày, lựa chọn; không nhận chữ, vị trí.")
    for act in draft.acts:
        if act.has("reason") and act.item.reason != "none":
            yield act.finding("reason", "Sổ được che không ghi lý do bằng lời; dùng một trường lựa chọn.")
        if act.has("reply") and act.item.reply:
            yield act.finding("reply", "Sổ được che không ghi lời trả lời.")
    for attachment in draft.attachments:
        yield Finding(attachment.path, "Sổ được che không nhận ảnh, tệp.")
    for line in draft.lines.having("text"):
        if line.item.text is not None:
            yield line.finding("text", "Sổ được che không có cột chữ.")
    if draft.data.get("subjects"):
        yield Finding(("subjects",), "Sổ được che không có chủ thể.")


def only_their_own_behind_the_wall(draft: RegisterDraft) -> Iterator[Finding]:
    """Above a walled register there are figures: nobody there reaches a single entry, so nobody there can have a part in it."""
    if not draft.walled:
        return
    doers: tuple[tuple[Section[Any], str], ...] = ((draft.acts, "by"), (draft.lines, "by"), (draft.links, "verified_by"))
    for section, key in doers:
        for placed in section.having(key):
            if any(doer.scope not in _INSIDE for doer in getattr(placed.item, key)):
                yield placed.finding(key, _INSIDE_ONLY)
    if draft.whole is not None and any(doer.scope not in _INSIDE for doer in draft.whole.edit):
        yield Finding(("edit",), _INSIDE_ONLY)


def nothing_public_behind_the_wall(draft: RegisterDraft) -> Iterator[Finding]:
    """A walled register takes nothing from the public and shows nothing to it, not even that an entry is there."""
    if not draft.walled:
        return
    if draft.data.get("from_public") is not None:
        yield Finding(("from_public",), "Sổ được che không nhận gì qua biểu mẫu của người dân.")
    if draft.data.get("public_page") is not None:
        yield Finding(("public_page",), "Sổ được che không có trang công khai.")
    public: tuple[Section[Any], ...] = (draft.fields, draft.states)
    for section in public:
        for placed in section.having("public"):
            if placed.item.public:
                yield placed.finding("public", "Sổ được che không công khai gì.")
    for state in draft.states.having("told"):
        if state.item.told:
            yield state.finding("told", "Sổ được che không nói gì với người ngoài.")
    for act in draft.acts.having("by"):
        if any(doer.scope is Scope.ASKER for doer in act.item.by):
            yield act.finding("by", "Sổ được che không có người gửi (scope asker).")


def names_of_persons_are_personal(draft: RegisterDraft) -> Iterator[Finding]:
    """The field that may name a person says so, and so is kept from those outside."""
    subjects = draft.data.get("subjects")
    may_be_person = isinstance(subjects, list) and bool(_PERSONS.intersection(map(str, subjects)))
    for field in draft.fields.having("column", "personal"):
        if field.item.column == "subject_name" and may_be_person and not field.item.personal:
            yield field.finding("personal", "Tên có thể là của một người: cần personal: true.")


WALL_RULES: tuple[RegisterRule, ...] = (
    refused_words,
    choices_that_name_peoples,
    only_numbers_behind_the_wall,
    only_their_own_behind_the_wall,
    nothing_public_behind_the_wall,
    names_of_persons_are_personal,
)
