"""One workbook read: first what it is and whose, then its answers against the edition that the report answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from kheo.campaigns.queries import definition_of, edition_hashed
from kheo.core.figures import Figure
from kheo.documents.unit_workbook import Address, RawBook, WorkbookProblem, WorkbookReading, address_of, validate
from kheo.documents.unit_workbook.addressing import address_problems
from kheo.documents.unit_workbook.refusals import refusal_problem
from kheo.files.workbooks import read_book
from kheo.reports.actions.matching import Place

Told = list[dict[str, str]]


@dataclass(frozen=True)
class Opened:
    """A file as a plain grid, and whose workbook it says it is; None when it does not say, and then `problems` say why."""

    book: RawBook
    address: Address | None
    problems: Told


@dataclass(frozen=True)
class Filled:
    """Its answers; nothing of a file with errors is stored."""

    figures: dict[str, Figure]
    narrative: dict[str, str]
    notes: dict[str, str]
    problems: Told
    has_errors: bool


def open_workbook(data: bytes) -> Opened:
    """Read in the child process. Of a book of nobody's, every problem that can be told without an edition."""
    book = read_book(data)
    address = address_of(book)
    return Opened(book, address, [] if address else told(_nobodys(book)))


def _nobodys(book: RawBook) -> list[WorkbookProblem]:
    refused = refusal_problem(book)
    return [refused] if refused else address_problems(book, None)


def answers_of(opened: Opened, place: Place) -> Filled:
    """The answers of a workbook of this report, with every problem in one pass."""
    reading = read_for(opened.book, place)
    return Filled(dict(reading.figures), dict(reading.narrative), dict(reading.notes), told(reading.problems), not reading.is_storable)


def read_for(book: RawBook, place: Place) -> WorkbookReading:
    """The same in full; a workbook of an older edition is read against that one first."""
    definition, address = definition_of(place.cycle.edition_id), address_of(book)
    made_from = None
    wanted = address
    if address and address.edition != place.cycle.edition.hash:
        older = edition_hashed(place.cycle.campaign_id, address.edition)
        made_from = definition_of(older) if older else None
        wanted = Address(address.version, address.campaign, address.cycle, address.unit, place.cycle.edition.hash)
    return validate(book, definition, wanted, made_from=made_from)


def told(problems: Sequence[WorkbookProblem]) -> Told:
    """As they are kept and shown."""
    return [
        {"sheet": each.sheet, "cell": each.cell, "message": each.message, "expected": each.expected, "severity": each.severity}
        for each in problems
    ]
