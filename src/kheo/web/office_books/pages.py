"""What the pages of the books show."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from kheo.campaigns.queries import working_calendar
from kheo.core.days import format_day
from kheo.core.paper_books.facts import PROGRESS_NAMES, STANDING_NAMES, Progress, Standing
from kheo.core.paper_books.following import Urgence, stands
from kheo.core.problems import Problem
from kheo.directives.access import Book, writing_units
from kheo.directives.models import Arrival, Directive, Issue
from kheo.directives.queries import PAGE, Page, books_of, years_of
from kheo.org.access import Person
from kheo.org.queries import unit_facts
from kheo.web.numbers import number_of
from kheo.web.trails import from_home

# The days off of Vietnamese offices; beside the campaigns, as every calendar.
CALENDAR = "vn"
STATES = {
    Urgence.LATE: "overdue",
    Urgence.DONE_LATE: "late",
    Urgence.SOON: "returned",
    Urgence.OPEN: "not_started",
    Urgence.DONE: "accepted",
}
PROGRESS_STATES = {
    Progress.WAITING: "not_started",
    Progress.DOING: "draft",
    Progress.DONE: "accepted",
    Progress.FOR_INFORMATION: "not_started",
}
TABS = (("arrivals", "Văn bản đến"), ("issues", "Văn bản đi"), ("follow_up", "Theo dõi giải quyết"))


def name_of(unit: int, on: date) -> str:
    """What the unit is called on a day."""
    facts = unit_facts({unit}, on).get(unit)
    return facts.name if facts else f"Đơn vị {unit}"


def own_units(person: Person) -> list[dict[str, Any]]:
    """The units of which somebody opens the books with one click: the own ones, written ones first."""
    own = sorted(person.reading_units, key=lambda unit: (unit not in writing_units(person), unit))
    names = {post.unit: post.unit_name for post in person.posts}
    return [{"unit": unit, "name": names[unit]} for unit in own]


def frame(person: Person, book: Book, current: str) -> dict[str, Any]:
    """The head that all pages of a unit's books share."""
    name = name_of(book.unit, person.on)
    tabs = [{"words": words, "url": reverse(view, args=[book.unit]), "current": view == current} for view, words in TABS]
    others = [each for each in own_units(person) if each["unit"] != book.unit]
    return {"unit": book.unit, "name": name, "may_write": book.may_write, "tabs": tabs, "others": others, "current": current}


def trail(book_unit: int, name: str, view: str, *last: str) -> list[dict[str, str]]:
    """Through the unit's book to something in it."""
    words = dict(TABS)[view]
    return from_home((f"{words}: {name}", reverse(view, args=[book_unit]) if last else ""), *((word, "") for word in last))


def asked_year(query: QueryDict, years: Sequence[int], today: date) -> int:
    """`?nam=`; this year where none is asked for."""
    year = number_of(query.get("nam", ""))
    return year if 2000 <= year <= today.year else today.year


def years(unit: int, today: date) -> list[int]:
    """The years that can be chosen."""
    return sorted({today.year, *years_of(unit)}, reverse=True)


def listed(page: Page[Any], query: dict[str, str]) -> dict[str, Any]:
    """Numbers of pages below a list."""
    kept = {key: value for key, value in query.items() if value}
    return {"page_obj": Paginator(range(page.count), PAGE).page(page.number), "query": f"{urlencode(kept)}&" if kept else ""}


def arrival_row(row: Arrival, today: date) -> dict[str, Any]:
    """A line of the book of arrivals."""
    return {
        **_numbered(row),
        "url": reverse("arrival", args=[row.pk]),
        "arrived_on": format_day(row.arrived_on),
        "handler": row.handler,
        "signed": bool(row.signed_at),
        "due": due_of(row, today),
        "progress": PROGRESS_NAMES[Progress(row.progress)],
        "progress_state": PROGRESS_STATES[Progress(row.progress)],
        "answer": row.answer,
        "passed_on": format_day(row.passed_on) if row.passed_on else "",
    }


def issue_row(row: Issue) -> dict[str, Any]:
    """A line of the book of outgoing papers."""
    return {
        **_numbered(row),
        "url": reverse("issue", args=[row.pk]),
        "book": row.book,
        "issued_on": format_day(row.issued_on),
        "recipients": row.recipients[:3],
        "more": max(0, len(row.recipients) - 3),
        "sent_on": format_day(row.sent_on) if row.sent_on else "",
    }


def _numbered(row: Arrival | Issue) -> dict[str, Any]:
    return {
        "pk": row.pk,
        "number": row.number,
        "year": row.year,
        "standing": row.standing,
        "standing_words": STANDING_NAMES[Standing(row.standing)],
        "told": row.reason or row.reserved_for,
        "paper": paper_words(row.directive) if row.directive else None,
    }


def paper_words(paper: Directive) -> dict[str, str]:
    """What a line says of a paper."""
    return {
        "number": paper.full_number or "(không số)",
        "day": format_day(paper.issued_on) if paper.issued_on else "",
        "issuer": paper.issuer,
        "what": " ".join(part for part in (paper.kind, paper.subject) if part),
        "urgency": paper.urgency,
        "signer": paper.signer,
    }


def due_of(row: Arrival, today: date) -> dict[str, str] | None:
    """The day by which it is to be answered, and how it stands against it."""
    if row.due_on is None or row.standing != Standing.WRITTEN:
        return None
    found = stands(row.due_on, Progress(row.progress), row.done_on, today, working_calendar(CALENDAR))
    return {"day": format_day(row.due_on), "words": found.words, "state": STATES[found.urgence], "urgence": found.urgence.value}


def shown_problems(problems: Collection[Problem]) -> list[dict[str, str]]:
    """For the summary above a form."""
    return [{"message": problem.message, "anchor": problem.key} for problem in problems]


def faults(problems: Collection[Problem]) -> dict[str, str]:
    """The first problem of each field, to stand beside it."""
    found: dict[str, str] = {}
    for problem in problems:
        found.setdefault(problem.key, problem.message)
    return found


def books_to_choose(unit: int) -> list[str]:
    """The names of the books of outgoing papers."""
    return sorted({"Chung", *books_of(unit)})
