"""What is overdue, and what is behind with being looked at again, by every way in which the product tells it of one person's books."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from kheo.org.access import Person, person
from kheo.people.models import User
from kheo.registers.access import entries_to_read, queue, sight
from kheo.registers.models import DeadlineRun, Entry
from kheo.registers.queries.definitions import Book, books
from kheo.registers.queries.opening import opened
from kheo.registers.queries.reminding import Asked, book_work
from kheo.registers.queries.standings import standings
from kheo.web.registers.shown import rows_of

STILL = ("draft", "waiting_on_us", "waiting_on_them")
EVERYBODY = Asked("TRUE", {}, {})


def by_stored_limits(entries: Iterable[Entry], today: date) -> tuple[set[int], set[int]]:
    """Open entries of which a limit that runs has passed, and done ones: read from the stored limits, one by one in Python."""
    held = {each.pk: each for each in entries}
    runs = DeadlineRun.objects.filter(entry__in=held, known_to=None, met_on=None, paused_on=None)
    passed = {run.entry_id for run in runs if run.due_on < today}
    return (
        {each for each in passed if held[each].meaning in STILL},
        {each for each in passed if held[each].meaning not in (*STILL, "void")},
    )


def told_alike(at: datetime) -> Counter[str]:
    """All of it at an instant, for the auditor, a reviewer and who keeps every book; of work for everybody who has any."""
    found, reading = books(), [person(each, at) for each in User.objects.filter(username__in=("kien", "binh", "nga"))]
    for one in found:
        for reader in reading:
            told_of_lists(one, reader)
    return told_of_work(found, [person(each, at) for each in User.objects.order_by("pk")], at)


def told_of_lists(book: Book, reader: Person) -> None:
    """Row, tab, lists that come with the register, what is counted above them, and the register's line among all, for this reader;
    tab and lists by the door of pages and of the API (`entries_to_read`)."""
    today, looking = reader.on, sight(reader, walled=book.definition.walled)
    every = entries_to_read(reader, book, {}).found
    entries = list(Entry.objects.filter(pk__in=list(every.ids())))
    late, behind = by_stored_limits(entries, today)
    rows = rows_of(book, entries, (), looking, today)
    assert {row.id for row in rows if row.due_tone == "overdue"} == {row.id for row in rows if row.due_words.startswith("Quá hạn")} == late
    assert {row.id for row in rows if row.due_words.startswith("Chậm xem lại")} == behind
    tab = entries_to_read(reader, book, {"qua_han": ["1"]}).found
    assert set(tab.ids()) == late
    given = looking.given if looking.units is not None else ()
    standing = standings([book], looking.units, given, today).get(book.register.pk)
    counted = {every.by_state().late, opened(every, 1).by_state.late, tab.count(), standing.late if standing else 0}
    assert counted == {len(late)}, (book.register.code, counted)
    listed: tuple[set[int], set[int]] = (set(), set())
    for each in book.definition.ready:
        if each.late is not None:
            found = set(entries_to_read(reader, book, {"co_san": [each.code]}).found.ids())
            is_open = book.definition.by_state[each.states[0]].meaning in STILL
            assert is_open or "quá hạn" not in each.name.lower()
            listed[not is_open].update(found)
    assert listed == (late, behind), book.register.code


def told_of_work(found: list[Book], people: Iterable[Person], at: datetime) -> Counter[str]:
    """Queue and digest of each, register by register; how many were late and behind in all."""
    digests = {(each.person, each.book.register.pk): (each.late, each.behind) for each in book_work(found, EVERYBODY, at)}
    told: Counter[str] = Counter()
    for one in people:
        work = queue(one, found)
        late, behind = by_stored_limits(work.entries, one.on)
        for book in found:
            number = book.register.pk
            own = {each.pk for each in work.entries if each.register_id == number}
            waits = work.waits.get(number)
            assert (waits.count if waits else 0) == len(own), "all of it stands on the page"
            expected = len(own & late), len(own & behind)
            assert ((waits.late, waits.behind) if waits else (0, 0)) == expected, (book.register.code, one.user_id)
            assert digests.get((one.user_id, number), (0, 0)) == expected, (book.register.code, one.user_id)
            told.update(late=expected[0], behind=expected[1])
    return told
