"""Publishing registers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from kheo.core.definition import definition_hash
from kheo.core.problems import Problem
from kheo.core.registers.concepts import concept_problems
from kheo.core.registers.loading import load_register
from kheo.core.registers.models import LineDef, RegisterDefinition
from kheo.core.registers.named import named_problems, naming_problems
from kheo.journal.actions import Actor, record
from kheo.registers.actions.indexing import order_indexes
from kheo.registers.actions.rebasing import rebase_entries
from kheo.registers.models import Entry, Register, RegisterEdition
from kheo.registers.queries.definitions import books, campaign_of, register_definition
from kheo.registers.queries.holding import searched

BATCH = 1000


@dataclass(frozen=True)
class RegisterPublished:
    """The edition that now holds this definition, whether it is new, or why nothing was published."""

    edition: RegisterEdition | None
    is_new: bool
    problems: tuple[Problem, ...]


def publish_register(text: str, file: str, *, by: Actor, at: datetime) -> RegisterPublished:
    """Freeze a definition as the register's next edition, and bring the entries that are still open over to it (`rebase_entries`).

    Indexes of its filtered and sorted fields are ordered from the worker; lists are right, only slower, until they stand.

    Published again, what stands is kept, and entries that were not brought over yet, because something was broken off, are now.

    A field keeps its key and type for ever and a state its code: they are retired, never taken out, so every entry stays readable.
    """
    first = load_register(text, file)
    campaign = campaign_of(first.definition.campaign)[1] if first.definition else None
    loaded = load_register(text, file, campaign=campaign) if campaign else first
    if loaded.definition is None:
        return RegisterPublished(None, False, loaded.problems)
    if loaded.definition.campaign is not None and campaign is None:
        return RegisterPublished(
            None, False, (Problem(f"Chưa có phong trào “{loaded.definition.campaign}”; hãy ban hành phong trào trước.", file),)
        )
    published = _publish(loaded.definition, text, file, by, at)
    if published.edition is not None:
        rebase_entries(loaded.definition.register_code, by=by, at=at)
        order_indexes(published.edition.register)  # even where nothing is new: one may be missing
    return published


@transaction.atomic
def _publish(definition: RegisterDefinition, text: str, file: str, by: Actor, at: datetime) -> RegisterPublished:
    taken = tuple(Problem(message, file) for message in (*_taken_prefix(definition), *_beside_others(definition)))
    if taken:
        return RegisterPublished(None, False, taken)
    register, _ = Register.objects.get_or_create(code=definition.register_code, defaults={"name": definition.name})
    register = Register.objects.select_for_update(no_key=True).get(pk=register.pk)
    digest = definition_hash(definition)
    kept = register.editions.filter(hash=digest).first()
    last = register.editions.order_by("-number").first()
    if kept is not None and kept == last:
        return RegisterPublished(kept, False, ())
    lost = tuple(Problem(message, file) for message in taken_away(register_definition(last.pk), definition)) if last else ()
    if lost or kept is not None:
        return RegisterPublished(None, False, lost or (Problem("Bản này đã có trước đây; sổ không quay lại bản cũ.", file),))
    edition = RegisterEdition.objects.create(
        register=register,
        number=last.number + 1 if last else 1,
        hash=digest,
        definition=definition.model_dump(mode="json"),
        source=text,
        published_at=at,
        published_by=by.name,
    )
    Register.objects.filter(pk=register.pk).update(name=definition.name)
    if last is not None and personal_columns(register_definition(last.pk)) != personal_columns(definition):
        search_anew(register, definition)
    detail: dict[str, Any] = {"register": register.code, "number": edition.number, "hash": digest, "file": file}
    record("publish_register", by=by, at=at, object_type="register_edition", object_id=edition.pk, **detail)
    return RegisterPublished(edition, True, ())


def personal_columns(definition: RegisterDefinition) -> set[str | None]:
    """Columns that hold what is personal."""
    return {field.column for field in definition.fields if field.personal}


def search_anew(register: Register, definition: RegisterDefinition) -> None:
    """What has become personal is not found any more, in closed entries either."""
    last = 0
    while batch := list(Entry.objects.filter(register=register, pk__gt=last).order_by("pk")[:BATCH]):
        for entry in batch:
            columns = {"title": entry.title, "address": entry.address, "subject_name": entry.subject_name}
            entry.search = searched(definition, entry.code, columns)
        Entry.objects.bulk_update(batch, ["search"])
        last = batch[-1].pk


def _taken_prefix(definition: RegisterDefinition) -> Iterator[str]:
    """Codes of entries are one of a kind in all registers: no two of them give out the same."""
    others = RegisterEdition.objects.filter(definition__prefix=definition.prefix).exclude(register__code=definition.register_code)
    taken = others.values_list("register__name", flat=True).first()
    if taken is not None:
        yield f"Chữ đầu của mã hồ sơ, {definition.prefix}, đã là của sổ “{taken}”; hãy đặt chữ khác."


def _beside_others(definition: RegisterDefinition) -> Iterator[str]:
    """One concept is of one type and unit in all registers, as they are kept today, and what one names in another is there."""
    others = {each.register.code: each.definition for each in books() if each.register.code != definition.register_code}
    yield from concept_problems(definition, others.values())
    yield from naming_problems(definition, others)
    yield from named_problems(definition, others.values())


def taken_away(old: RegisterDefinition, new: RegisterDefinition) -> Iterator[str]:
    """What entries rest on and the new definition would take from them, in Vietnamese."""
    for field in old.fields:
        now = new.by_key.get(field.key)
        if now is None:
            yield f"Trường “{field.key}” đã dùng thì không bỏ được; hãy đặt status: retired."
        elif (now.type, now.column, now.decimals, now.options) != (field.type, field.column, field.decimals, field.options):
            yield f"Trường “{field.key}” đã dùng thì không đổi kiểu, cột hay danh mục; hãy thôi dùng và thêm trường mới."
    for state in old.states:
        if state.code not in new.by_state:
            yield f"Trạng thái “{state.code}” đã dùng thì không bỏ được."
        elif new.by_state[state.code].meaning is not state.meaning:
            yield f"Trạng thái “{state.code}” đã dùng thì không đổi ý nghĩa (meaning)."
    # Of what stands beside entries nothing would be told any more: no page, no file and no figure knows a kind that is gone.
    beside = {
        "Loại dòng": (set(old.by_line), set(new.by_line)),
        "Loại liên kết": (set(old.by_link), set(new.by_link)),
        "Loại ảnh, tệp": ({each.role for each in old.attachments}, {each.role for each in new.attachments}),
    }
    for what, (there, kept) in beside.items():
        yield from (f"{what} “{code}” đã dùng thì không bỏ được." for code in sorted(there - kept))
    for line in old.lines:
        if line.code in new.by_line:
            yield from _taken_from_lines(line, new.by_line[line.code])
    for link in old.links:
        if link.code in new.by_link and new.by_link[link.code].to != link.to:
            yield f"Loại liên kết “{link.code}” đã dùng thì không đổi sổ nối tới (to): {link.to}; hãy thêm loại liên kết mới."
    counted = old.carries_out and old.carries_out.letter
    if counted and (new.carries_out is None or new.carries_out.letter != counted):
        stays = "không bỏ, không đổi sang trường khác được; thôi dùng thì đặt status: retired cho trường ấy."
        yield f"Hồ sơ đã ghi được tính cho văn bản ở “{counted}” (carries_out.letter): {stays}"
    for name, choices in old.lists.items():
        gone = {choice.code for choice in choices} - {choice.code for choice in new.lists.get(name, ())}
        if gone:
            yield f"Danh mục “{name}” không bỏ được mục đã dùng: {', '.join(sorted(gone))}."
    if old.prefix != new.prefix:
        yield f"Chữ đầu của mã hồ sơ không đổi được: {old.prefix}."
    if old.walled and not new.walled:
        yield "Sổ đã được che thì không bỏ che."


def _taken_from_lines(old: LineDef, new: LineDef) -> Iterator[str]:
    """Lines are kept by the codes of their lists and in their columns: what these are may come to be asked, and stays what it is.

    A column may be called otherwise, but lines would keep, and figures count, what no page tells of them any more.
    """
    for key, was, now in (("kinds", old.kinds, new.kinds), ("sources", old.sources, new.sources)):
        if was is not None and now != was:
            yield f"Loại dòng “{old.code}” đã dùng thì không bỏ, không đổi danh mục ({key}): {was}; hãy thêm loại dòng mới."
    for key, was, now in (("quantity", old.quantity, new.quantity), ("amount", old.amount, new.amount), ("text", old.text, new.text)):
        if was is not None and now is None:
            yield f"Loại dòng “{old.code}” đã dùng thì không bỏ cột “{was}” ({key}); hãy thêm loại dòng mới."
