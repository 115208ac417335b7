"""Taking in what somebody without an account sends through the public form (decision 035)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection, transaction

from kheo.core.days import local_day
from kheo.core.registers.beginning import day_begun, wrong_beginning
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.moves import PUBLIC
from kheo.core.registers.public import PublicForm
from kheo.core.registers.second_thoughts import second_thought
from kheo.core.registers.values import FieldProblem, Kept, Values, read_value
from kheo.core.registers.words import CREATE
from kheo.core.spoken_codes import hash_of
from kheo.core.unit_kinds import Line
from kheo.files.receiving import FitFile, SentFile
from kheo.org.queries import lines_standing, names_around, receiver_of
from kheo.registers.access import Sender
from kheo.registers.actions.attaching import attach_first, read_files
from kheo.registers.actions.keeping import Doing
from kheo.registers.actions.leading_on import tell_who_leads_on
from kheo.registers.actions.outcomes import Refused, refuses_unknown_days
from kheo.registers.actions.recording import Beginning, begin_entry, checked, newest
from kheo.registers.models import Entry, PublicEntry
from kheo.registers.queries.definitions import Book

NOT_TAKEN = "Sổ này không nhận qua biểu mẫu."
PHOTOS, PLACE = "files", "noi"  # what is wrong with the photographs, with the ward or unit that was chosen


@dataclass(frozen=True)
class Received:
    """The entry that somebody sent; `is_again`: it had come already, and this was the same sending once more."""

    entry: Entry
    is_again: bool = False


@dataclass(frozen=True)
class AskedBack:
    """Nothing is wrong, but this should be looked at again; sent again as looked at, it is taken."""

    problems: tuple[FieldProblem, ...]


@dataclass(frozen=True)
class Sending:
    """What somebody sends: to which ward or unit, the values of the form, photographs; `looked_again`: they were asked back, and vouch.

    `code`: what leads back to it, made by whoever shows it; the same code is the same sending.
    """

    chosen: int
    values: Values
    code: str
    files: Sequence[SentFile] = ()
    looked_again: bool = False


@refuses_unknown_days
def receive_entry(book: Book, sending: Sending, *, at: datetime) -> Received | Refused | AskedBack:
    """A new entry in the first state of its register, at the unit that answers for the ward; every problem at once where there is any.

    Of the sender nothing is kept but the hash of the code. Photographs take seconds to read, so that is done before anything is locked.
    """
    form = book.definition.from_public
    if form is None or book.definition.walled:
        return Refused(NOT_TAKEN)
    there = sent_before(sending.code)
    if there is not None:
        return Received(there, is_again=True)
    values, problems, owner = _read(book, form, sending, at)
    fit, told = _photographs(book.definition, form, sending.files)
    problems += [FieldProblem(PHOTOS, each) for each in told]
    if problems or owner is None:
        return Refused("Chưa gửi được; xem các ô có báo lỗi.", tuple(problems))
    asked_back = [] if sending.looked_again else _second_thoughts(book.definition, form, values)
    return AskedBack(tuple(asked_back)) if asked_back else _keep(book, sending, owner, values, fit, at)


def sent_before(code: str) -> Entry | None:
    """The entry that came under a code, if one did."""
    found = PublicEntry.objects.select_related("entry").filter(hash=hash_of(code)).first()
    return found.entry if found else None


def _read(book: Book, form: PublicForm, sending: Sending, at: datetime) -> tuple[dict[str, Kept], list[FieldProblem], int | None]:
    """What the entry would hold, what is wrong with it, and whose it would be. What the form does not ask is not taken."""
    day, problems = local_day(at), list[FieldProblem]()
    owner = receiver_of(sending.chosen, day)
    if owner is None:
        problems.append(FieldProblem(PLACE, "Hãy chọn nơi nhận."))
    values: dict[str, Kept] = {key: value for key, value in sending.values.items() if key in form.asks}
    values |= {key: value for key, value in form.sets.items() if isinstance(value, (bool, int, str))}
    if form.day is not None:
        values[form.day] = day.isoformat()
    if form.place_name is not None and Line.ADMIN in lines_standing([sending.chosen], day):
        field = book.definition.by_key[form.place_name]
        name = names_around([sending.chosen], day).get(sending.chosen, "")[: field.longest]
        read = read_value(field, name, book.options)
        if read is not None and not isinstance(read, FieldProblem):
            values[form.place_name] = read
    lacking = {f"Chưa điền “{book.definition.by_key[key].label}”." for key in form.may_lack if key not in values}
    found = [
        *checked(book, {}, values, book.definition.first_state.code),
        *wrong_beginning(book.definition, values, day_begun(book.definition, values) or day, day),
    ]
    return values, problems + [each for each in found if each.message not in lacking], owner


def _photographs(definition: RegisterDefinition, form: PublicForm, files: Sequence[SentFile]) -> tuple[list[FitFile], list[str]]:
    if not files:
        return [], []
    if form.photos is None:
        return [], ["Biểu mẫu này không nhận ảnh."]
    role = definition.by_role[form.photos]
    if len(files) > role.at_most:
        return [], [f"Gửi được nhiều nhất {role.at_most} ảnh; anh/chị chọn {len(files)}."]
    fit, problems = read_files(files, role)
    problems += [f"“{each.name}” không phải là ảnh." for each in fit if each.kind != "photo"]
    # What somebody calls their files tells of them and their telephone: here they are only counted.
    return ([replace(each, name=f"anh-{number}.jpg") for number, each in enumerate(fit, 1)] if not problems else fit), problems


def _second_thoughts(definition: RegisterDefinition, form: PublicForm, values: Mapping[str, Kept]) -> list[FieldProblem]:
    written = {
        key: value
        for key in form.asks
        if definition.by_key[key].type in ("text", "long_text") and isinstance(value := values.get(key), str)
    }
    return [FieldProblem(key, said) for key, text in written.items() if (said := second_thought(text))]


@transaction.atomic
def _keep(book: Book, sending: Sending, owner: int, values: Values, fit: Sequence[FitFile], at: datetime) -> Received | Refused:
    """Once, however often the same sending comes: two at the same time wait for each other."""
    wanted = hash_of(sending.code)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [wanted])
    there = sent_before(sending.code)
    if there is not None:
        return Received(there, is_again=True)
    now = newest(book)
    if now.edition_id != book.edition_id:
        return Refused("Biểu mẫu vừa đổi; hãy tải lại trang.")
    sender = Sender(local_day(at))
    doing = Doing(CREATE, sender, sender.on, at)
    entry = begin_entry(book, Beginning(owner, values, source=PUBLIC), doing)
    tell_who_leads_on(entry, book, doing)
    PublicEntry.objects.create(entry=entry, hash=wanted, chosen_id=sending.chosen)
    form = book.definition.from_public
    if fit and form is not None and form.photos is not None:
        problems = attach_first(entry, book.definition.by_role[form.photos], book.definition, fit, sender, at)
        if problems:
            transaction.set_rollback(True)
            return Refused("Chưa gửi được; xem phần ảnh.", tuple(FieldProblem(PHOTOS, each) for each in problems))
    return Received(entry)
