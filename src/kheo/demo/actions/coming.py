"""What comes into the books of the demo otherwise than at a desk: from a telephone, from people without an account, from a table."""

import csv
import io
import uuid
from datetime import timedelta

from kheo.demo.actions.staging import BrokenScriptError
from kheo.demo.plan.books import BookStep
from kheo.demo.plan.books.coming import code_shown
from kheo.demo.plan.pictures import photograph
from kheo.files.receiving import SentFile
from kheo.org.access import Person
from kheo.registers.access import entry_of_code
from kheo.registers.actions import (
    AskedBack,
    Filed,
    Filing,
    Made,
    Move,
    Received,
    Refused,
    Sending,
    act_as_asker,
    file_entry,
    receive_entry,
)
from kheo.registers.actions.importing import confirm_import, open_register_table, take_in_table, write_next
from kheo.registers.queries.definitions import Book

_KEYS = uuid.UUID("6b2f6f0e-5d5c-4e0b-9a51-7d2a8f7c1e00")


def filed_in_the_field(book: Book, unit: int, step: BookStep, by: Person) -> Filed | Refused:
    """As a telephone sends it: what was touched there, its photograph, how long it waited."""
    values = {key: value for key, value in step.values.items() if key != "hours"}
    sending = Filing(uuid.uuid5(_KEYS, f"{step.unit} {step.title}"), timedelta(hours=step.values["hours"]), _photographs(step))
    return file_entry(book, unit, values, sending, by=by, at=step.at)


def sent_by_the_public(book: Book, unit: int, step: BookStep) -> Received | Refused | AskedBack:
    """As the public form sends it, to the unit itself."""
    sending = Sending(unit, step.values, code_shown(step.unit, step.title), _photographs(step), looked_again=True)
    return receive_entry(book, sending, at=step.at)


def asked_by_its_sender(step: BookStep) -> Made | Refused | AskedBack:
    """What the sender presses, with the code."""
    code = code_shown(step.unit, step.title)
    move = Move(step.values["act"], entry_of_code(code).entry.version, reason=step.reason)
    return act_as_asker(code, move, looked_again=True, at=step.at)


def read_in_from_a_table(unit: int, step: BookStep, by: Person) -> Refused | None:
    """A table with its head, looked at, confirmed and written; raises where a row is not."""
    written = io.StringIO()
    csv.writer(written).writerows([step.values["columns"], *step.values["rows"]])
    data = written.getvalue().encode()
    kept = take_in_table(step.book, open_register_table(data, step.title), data, step.title, unit=unit, by=by, at=step.at)
    if isinstance(kept, Refused):
        return kept
    confirmed = confirm_import(kept.pk, only_good=False, takes_doubtful=True, by=by, at=step.at)
    if isinstance(confirmed, Refused):
        return confirmed
    if write_next(kept.pk, by=by, at=step.at):
        raise BrokenScriptError(f"{step.book}, {step.title}: rows were left")
    return None


def _photographs(step: BookStep) -> list[SentFile]:
    return [SentFile("anh.jpg", photograph(each)) for each in step.pictures]
