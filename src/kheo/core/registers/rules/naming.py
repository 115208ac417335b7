"""Every name once, every reference to something that exists."""

from collections.abc import Iterator
from typing import Any

from kheo.core.definition.placing import Finding, Section, repeated
from kheo.core.definition.wording import suggestion
from kheo.core.registers.columns import Asked
from kheo.core.registers.draft import RegisterDraft, RegisterRule
from kheo.core.registers.fields import WRITTEN
from kheo.core.registers.words import CREATE


def _named(draft: RegisterDraft) -> tuple[tuple[Section[Any], str, str], ...]:
    return (
        (draft.fields, "key", "Khóa trường"),
        (draft.states, "code", "Mã trạng thái"),
        (draft.acts, "code", "Mã thao tác"),
        (draft.clocks, "code", "Mã thời hạn"),
        (draft.lines, "code", "Mã loại dòng"),
        (draft.links, "code", "Mã loại liên kết"),
        (draft.attachments, "role", "Vai trò ảnh, tệp"),
        (draft.ready, "code", "Mã danh sách có sẵn"),
        (draft.figures, "code", "Mã số liệu"),
        *((choices, "code", "Mã") for choices in draft.lists.values()),
    )


def repeated_names(draft: RegisterDraft) -> Iterator[Finding]:
    """A code names one thing."""
    for section, field, what in _named(draft):
        yield from repeated(section, field, what)


# What stands beside the keys of fields, and would be taken for one of them: in forms; in addresses, of pages and of the API; in what is
# told of an act; in the conditions of figures.
_OF_FORMS = {"version", "reason", "reply", "on", "handler", "other", "viec", "pick", "chon", "ca", "loc", "xem_giong"}
_OF_FORMS |= {"csrfmiddlewaretoken", "files", "noi", "phieu"}
_OF_ADDRESSES = {"after", "most", "copy", "changed_since", "ma", "han", "ghi_ngay", "sua", "thang", "theo"}
_OF_DEEDS = {"owner", "next", "line", "link", "attach", "not_alike", "look"}
_OF_FIGURES = {"ordinal", "kind", "source"}
TAKEN_KEYS = frozenset(_OF_FORMS | _OF_ADDRESSES | _OF_DEEDS | _OF_FIGURES)
# What deeds are called that no register declares.
TAKEN_ACTS = frozenset({
    CREATE, "edit", "take_over", "link", "unlink", "verify_link", "line", "unline", "attach", "detach", "not_alike", "reply", "note",
    "asker_says", "page_broken", "page_answers",
})  # fmt: skip
TAKEN_CODES = frozenset({"viec", "don-vi-cu"})  # pages beside those of the registers


def keys_of_lists(draft: RegisterDraft) -> Iterator[Finding]:
    """No field has the key of what the address of a list asks for: its filter would be read as that."""
    for placed in draft.fields.having("key"):
        if placed.item.key in tuple(Asked):
            yield placed.finding("key", f"“{placed.item.key}” là chữ của địa chỉ trang danh sách; hãy đặt khóa khác.")


def names_that_are_taken(draft: RegisterDraft) -> Iterator[Finding]:
    """Nothing in a register is called what something of Khéo's own beside it is called: one would be read as the other."""
    for placed in draft.fields.having("key"):
        if placed.item.key in TAKEN_KEYS:
            yield placed.finding("key", f"“{placed.item.key}” là chữ Khéo dùng bên cạnh các trường; hãy đặt khóa khác.")
    for act in draft.acts.having("code"):
        if act.item.code in TAKEN_ACTS:
            yield act.finding("code", f"“{act.item.code}” là việc có sẵn của mọi sổ; hãy đặt mã khác.")
    if draft.data.get("register_code") in TAKEN_CODES:
        yield Finding(("register_code",), f"“{draft.data['register_code']}” là địa chỉ của một trang khác; hãy đặt mã khác.")


def empty_parts(draft: RegisterDraft) -> Iterator[Finding]:
    """A register has fields and states."""
    for section, name, what in ((draft.fields, "fields", "trường"), (draft.states, "states", "trạng thái")):
        if section.complete and not section.items:
            yield Finding((name,), f"Danh sách trống; cần ít nhất một {what}.")


def _references(draft: RegisterDraft) -> Iterator[tuple[frozenset[str] | None, Section[Any], str, str]]:
    """What is known, who refers to it, by which key, and what it is called."""
    states, fields = draft.states.known("code"), draft.fields.known("key")
    acts = draft.acts.known("code")
    doings = acts and acts | {CREATE}
    stateful: tuple[tuple[Section[Any], str], ...] = (
        (draft.fields, "required_from"),
        (draft.fields, "frozen_from"),
        (draft.fields, "sealed_until"),
        (draft.lines, "frozen_from"),
        (draft.lines, "sealed_until"),
        (draft.links, "frozen_from"),
        (draft.attachments, "frozen_from"),
        (draft.attachments, "kept_from"),
        (draft.links, "kept_from"),
        (draft.acts, "states"),
        (draft.acts, "to"),
        (draft.clocks, "paused_in"),
        (draft.ready, "states"),
    )
    for section, key in stateful:
        yield states, section, key, "trạng thái"
    for key in ("asks", "needs"):
        yield fields, draft.acts, key, "trường"
    yield fields, draft.clocks, "until", "trường"
    doers: tuple[tuple[Section[Any], str], ...] = (
        (draft.acts, "not_by"),
        (draft.clocks, "started_by"),
        (draft.clocks, "met_by"),
        (draft.clocks, "ended_by"),
    )
    for section, key in doers:
        yield doings, section, key, "thao tác"
    for section in (draft.acts, draft.ready):
        yield draft.lines.known("code"), section, "lines", "loại dòng"
    yield draft.clocks.known("code"), draft.ready, "late", "thời hạn"
    yield draft.clocks.known("code"), draft.acts, "after_clock", "thời hạn"
    yield acts, draft.lines, "amended_by", "thao tác"
    for key in ("unsaid", "out_of_season"):
        yield acts, draft.ready, key, "thao tác"
    yield draft.links.known("code"), draft.acts, "links", "loại liên kết"
    yield draft.attachments.known("role"), draft.attachments, "after", "vai trò ảnh"
    yield draft.known_lists(), draft.fields, "options", "danh mục"
    for key in ("kinds", "sources"):
        yield draft.known_lists(), draft.lines, key, "danh mục"


def unknown_references(draft: RegisterDraft) -> Iterator[Finding]:
    """What is named exists."""
    for known, section, key, what in _references(draft):
        if known is None:
            continue
        for placed in section.having(key):
            given = getattr(placed.item, key)
            for word in given if isinstance(given, tuple) else (given,):
                if word is not None and word not in known:
                    yield placed.finding(key, f"Không có {what} “{word}”" + suggestion(word, known))


def unknown_photos(draft: RegisterDraft) -> Iterator[Finding]:
    """An act asks for photographs of a role that exists, and takes instead what a field holds that exists and is asked."""
    roles = draft.attachments.known("role")
    asked = {placed.item.key for placed in draft.fields.having("key", "status") if placed.item.status == "active"}
    for placed in draft.acts.having("photos"):
        for need in placed.item.photos:
            if roles is not None and need.role not in roles:
                yield placed.finding("photos", f"Không có vai trò ảnh “{need.role}”" + suggestion(need.role, roles))
            if need.unless is not None and draft.fields.complete and need.unless not in asked:
                yield placed.finding("photos", f"Không có trường “{need.unless}” đang hỏi" + suggestion(need.unless, asked))


def unknown_fields_of_the_register(draft: RegisterDraft) -> Iterator[Finding]:
    """Fields on cards, in the calendar and in hints of duplicates exist."""
    known = draft.fields.known("key")
    if draft.whole is None or known is None:
        return
    named = [("card", word) for word in draft.whole.card] + [("duplicates", word) for word in draft.whole.duplicates.fields]
    if draft.whole.calendar is not None:
        named.append(("calendar", draft.whole.calendar))
    for key, word in named:
        if word not in known:
            yield Finding((key,), f"Không có trường “{word}”" + suggestion(word, known))


def what_is_compared_are_words(draft: RegisterDraft) -> Iterator[Finding]:
    """Words of anybody can be compared with those of any unit: so they are words, and nothing personal."""
    if draft.whole is None:
        return
    for key in draft.whole.duplicates.fields:
        field = draft.whole.by_key.get(key)
        if field is not None and (field.type not in WRITTEN or field.personal):
            yield Finding(("duplicates",), f"Trường “{key}” không so được: chỉ so trường chữ không phải dữ liệu cá nhân.")
    if not draft.whole.duplicates.fields and any(each.alike for each in draft.whole.ready):
        yield Finding(("ready",), "Danh sách hồ sơ gần giống (alike) cần duplicates.fields.")


def clocks_that_can_be_met(draft: RegisterDraft) -> Iterator[Finding]:
    """A list of what was met so many times names a clock that there is."""
    known = draft.clocks.known("code")
    for placed in draft.ready.having("met"):
        met = placed.item.met
        if met is not None and known is not None and met.clock not in known:
            yield placed.finding("met", f"Không có thời hạn “{met.clock}”" + suggestion(met.clock, known))


def lists_and_their_names(draft: RegisterDraft) -> Iterator[Finding]:
    """Every list of the register has a name that people read, and no name is left without its list."""
    names = draft.data.get("list_names", {})
    if not draft.lists_complete or not isinstance(names, dict):
        return
    yield from (Finding(("lists", key), f"Danh mục “{key}” chưa có tên gọi trong list_names.") for key in draft.lists if key not in names)
    yield from (Finding(("list_names", key), f"Không có danh mục “{key}” trong lists.") for key in names if key not in draft.lists)


NAMING_RULES: tuple[RegisterRule, ...] = (
    repeated_names,
    keys_of_lists,
    names_that_are_taken,
    empty_parts,
    unknown_references,
    unknown_photos,
    unknown_fields_of_the_register,
    what_is_compared_are_words,
    clocks_that_can_be_met,
    lists_and_their_names,
)
