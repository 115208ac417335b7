"""An entry that a program writes: once, however often it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from kheo.core.registers.values import FieldProblem, Values
from kheo.org.access import Person
from kheo.registers.actions.once import content_of, keep_sending, sent_under
from kheo.registers.actions.outcomes import Made, Refused
from kheo.registers.actions.recording import create_entry
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book

OTHER_CONTENT = "Khóa này đã dùng cho một hồ sơ có nội dung khác; mỗi hồ sơ mới một khóa mới."


@dataclass(frozen=True)
class SentBefore:
    """The very same was sent before under this key: the entry as it now stands. Nothing was done."""

    entry: Entry


@transaction.atomic
def create_once(
    book: Book,
    owner: int,
    values: Values,
    *,
    key: str,
    by: Person,
    at: datetime,
    on: date | None = None,
    unread: Sequence[FieldProblem] = (),
) -> Made | SentBefore | Refused:
    """A new entry, or the one that this person's program made under the key. Another content under the same key is refused.

    `unread`: what could not be read, told with all that is wrong with the rest; then nothing is written, under whatever key.
    Two sendings at once wait for each other; what was refused leaves nothing under its key.
    """
    if unread:
        return create_entry(book, owner, values, by=by, at=at, on=on, unread=unread)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"kheo sending {by.user_id} {key}"])
    content = content_of(book.register.code, owner, dict(values), on and on.isoformat())
    earlier = sent_under(key, "api", by)
    if earlier is not None:
        return SentBefore(earlier.entry) if earlier.content == content else Refused(OTHER_CONTENT)
    outcome = create_entry(book, owner, values, by=by, at=at, on=on, source="api")
    if isinstance(outcome, Made):
        keep_sending(outcome.entry, key, "api", content, by)
    return outcome
