"""The standing books: published, and kept for a year by a few unions, each act by somebody who may."""

from collections.abc import Callable, Mapping
from datetime import date

from kheo.core.registers.values import Kept
from kheo.demo.actions.coming import asked_by_its_sender, filed_in_the_field, read_in_from_a_table, sent_by_the_public
from kheo.demo.actions.staging import BrokenScriptError
from kheo.demo.plan.books import BookStep
from kheo.demo.plan.cast import Hands
from kheo.demo.plan.pictures import PAPER, photograph
from kheo.files.receiving import SentFile
from kheo.org.access import Person, person
from kheo.org.queries import units_by_code
from kheo.people.models import User
from kheo.registers.actions import (
    AskedBack,
    Attached,
    Filed,
    Line,
    Made,
    Move,
    Received,
    Refused,
    act_on_entry,
    attach_files,
    create_entry,
    edit_entry,
    link_entries,
    verify_link,
    write_line,
)
from kheo.registers.models import Entry, EntryLink
from kheo.registers.queries.definitions import Book, book
from kheo.registers.queries.holding import texts_of, values_of

OFFICE = "lan"
Outcome = Made | Refused | Attached | Filed | Received | AskedBack | None


class Bookkeepers:
    """Who keeps books in the demo, and what they do. Who somebody is on a day and how a book stands is asked once, not for every act."""

    def __init__(self, hands: Hands) -> None:
        self.hands = hands
        self._persons: dict[tuple[str, date], Person] = {}
        self._books: dict[str, Book] = {}
        self._units: dict[str, int] = {}

    def perform(self, step: BookStep) -> None:
        """Do one act; raises BrokenScriptError where it is refused."""
        done = _DEEDS.get(step.act, _act)(self, step, self._person(step))
        if isinstance(done, AskedBack):
            raise BrokenScriptError(f"{step.book}, {step.title}: asked to look again")
        if isinstance(done, Refused) or (isinstance(done, Attached) and done.problems):
            told = done.problems if isinstance(done, Attached) else (done.message, *(each.message for each in done.problems))
            raise BrokenScriptError(f"{step.book}, {step.title}, {step.act} on {step.on}: {' '.join(map(str, told))}")

    def book(self, code: str) -> Book:
        """The register as the demo published it: once, before anything is written into it."""
        if code not in self._books:
            found = book(code)
            if found is None:
                raise BrokenScriptError(f"{code} is not published")
            self._books[code] = found
        return self._books[code]

    def unit(self, code: str, step: BookStep) -> int:
        """The unit of a code; those that keep books stay what they are."""
        if code not in self._units:
            self._units[code] = units_by_code(step.at.date())[code]
        return self._units[code]

    def entry(self, step: BookStep, title: str = "") -> Entry:
        """The unit's newest entry of a title: an episode that came back has the name of its place."""
        return self._newest(step.book, title or step.title, owner=self.unit(step.unit, step))

    def linked(self, step: BookStep) -> Entry:
        """The entry that a link of the plan leads to, whoever's it is."""
        return self._newest(step.values["book"], step.values["title"])

    def _newest(self, code: str, title: str, **owner: int) -> Entry:
        last = Entry.objects.filter(register=self.book(code).register, title=title, **owner).order_by("-pk").first()
        if last is None:
            raise BrokenScriptError(f"there is no “{title}” in {code}")
        return last

    def _person(self, step: BookStep) -> Person:
        usernames = {
            "own": self.hands.signer(step.unit),
            "deputy": self.hands.deputy(step.unit),
            "above": self.hands.reviewer(step.unit),
            "superior": self.hands.reviewer(step.helper),
            "helper": self.hands.signer(step.helper),
            "office": OFFICE,
        }
        key = usernames[step.by], step.at.date()
        if key not in self._persons:
            self._persons[key] = person(User.objects.get(username=key[0]), step.at)
        return self._persons[key]


def _create(keepers: Bookkeepers, step: BookStep, by: Person) -> Outcome:
    return create_entry(keepers.book(step.book), keepers.unit(step.unit, step), step.values, by=by, at=step.at, on=step.on)


def _edit(keepers: Bookkeepers, step: BookStep, by: Person) -> Outcome:
    entry = keepers.entry(step)
    before = values_of(keepers.book(step.book).definition, entry, texts_of(entry))
    return edit_entry(entry.pk, {**before, **step.values}, version=entry.version, by=by, at=step.at)


def _line(keepers: Bookkeepers, step: BookStep, by: Person) -> Outcome:
    return write_line(keepers.entry(step).pk, Line(on=step.on, **step.values), by=by, at=step.at)


def _link(keepers: Bookkeepers, step: BookStep, by: Person) -> Outcome:
    return link_entries(keepers.entry(step).pk, step.values["link"], keepers.linked(step).code, on=step.on, by=by, at=step.at)


def _verify(keepers: Bookkeepers, step: BookStep, by: Person) -> Outcome:
    link = EntryLink.objects.get(entry=keepers.entry(step), link=step.values["link"], known_to__isnull=True)
    return verify_link(link.pk, by=by, at=step.at)


def _attach(keepers: Bookkeepers, step: BookStep, by: Person) -> Outcome:
    files = [SentFile("anh.jpg", photograph(each)) for each in step.pictures] or [SentFile("van-ban.pdf", PAPER)]
    return attach_files(keepers.entry(step).pk, step.values["role"], files, by=by, at=step.at)


def _file(keepers: Bookkeepers, step: BookStep, by: Person) -> Outcome:
    return filed_in_the_field(keepers.book(step.book), keepers.unit(step.unit, step), step, by)


def _send(keepers: Bookkeepers, step: BookStep, _: Person) -> Outcome:
    return sent_by_the_public(keepers.book(step.book), keepers.unit(step.unit, step), step)


def _ask(_: Bookkeepers, step: BookStep, _by: Person) -> Outcome:
    return asked_by_its_sender(step)


def _import(keepers: Bookkeepers, step: BookStep, by: Person) -> Outcome:
    return read_in_from_a_table(keepers.unit(step.unit, step), step, by)


def _act(keepers: Bookkeepers, step: BookStep, by: Person) -> Outcome:
    entry, values = keepers.entry(step), dict[str, Kept | None](step.values)
    move = Move(
        step.act,
        entry.version,
        values,
        reason=step.reason,
        reply=step.reply,
        handler=keepers.unit(step.helper, step) if step.assigns else None,
        other=keepers.entry(step, step.other).code if step.other else "",
        on=None if keepers.book(step.book).definition.by_act[step.act].day else step.on,
        quietly=True,  # a year of notices is no demo
    )
    return act_on_entry(entry.pk, move, by=by, at=step.at)


_DEEDS: Mapping[str, Callable[[Bookkeepers, BookStep, Person], Outcome]] = {
    "create": _create,
    "edit": _edit,
    "line": _line,
    "link": _link,
    "verify": _verify,
    "attach": _attach,
    "file": _file,
    "send": _send,
    "ask": _ask,
    "import": _import,
}
