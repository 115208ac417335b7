"""Whose the pages of the books are, for the access matrix: readers of a unit read, its officer and head write."""

from django.urls import reverse

from kheo.core.paper_books.facts import LinkRole
from kheo.directives.actions import link_papers
from kheo.directives.models import Arrival, Directive, DirectiveLink, Issue
from tests.directives.papers import arrive, issue
from tests.web.relaying.whose import OF_RELAYING, relaying_address
from tests.web.replacing.whose import OF_REPLACING, replacing_address
from tests.world import World, later

OF_PRINTS = {"printed_book": ["den", 2023], "book_file": ["den", 2023, "truong.csv"]}
WRITERS = {"G1": {"an", "hoa"}, "G4": {"chi"}, "D1": {"dung"}, "LDLD": {"minh"}}
READERS = {
    "G1": {"an", "hoa", "binh", "dung", "bich", "lan", "minh", "kien"},
    "G4": {"chi", "bich", "lan", "minh", "kien"},
    "D1": {"binh", "dung", "bich", "lan", "minh", "kien"},
    "LDLD": {"bich", "lan", "minh", "kien"},
}
_READ = ("arrivals", "issues", "follow_up", "arrival", "issue", "paper_file", "printed_book", "book_file")
_WRITE = ("enter_arrival", "correct_arrival", "enter_issue", "issue_edxml", "correct_issue", "first_numbers")
_POST = (
    *("read_arrival", "reserve_arrival", "pass_arrival_on", "note_progress", "correct_arrival", "cancel_arrival", "enter_arrival"),
    *("enter_issue", "reserve_issue", "note_sending", "cancel_issue", "sign_for_arrival", "issue_edxml", "correct_issue", "first_numbers"),
)
# Everybody who reads an arrival asks its forms and is told what is missing, or 404 by the act itself once it could be done.
OF_BOOKS = {
    **{(name, "get"): READERS for name in _READ},
    **{(name, "get"): WRITERS for name in _WRITE},
    **{(name, "post"): WRITERS for name in _POST},
    ("paper_links", "get"): READERS,
    ("paper_links", "post"): {**WRITERS, "LDLD": {"minh", "lan"}},
    ("unlink_papers", "post"): {**WRITERS, "LDLD": {"minh", "lan"}},
    **OF_REPLACING,
    **OF_RELAYING,
}


def arrival_of(world: World, unit: str) -> Arrival:
    """The unit's first arrival, with a file: made once for each world."""
    (who, *_) = sorted(WRITERS[unit])
    found = Arrival.objects.filter(unit=world.units[unit]).first()
    return found or arrive(world, unit, who=who, at=later(days=3), with_file=True)


def issue_of(world: World, unit: str) -> Issue:
    """The unit's first outgoing paper: made once for each world."""
    (who, *_) = sorted(WRITERS[unit])
    return Issue.objects.filter(unit=world.units[unit]).first() or issue(world, unit, who=who, at=later(days=3))


def _file_of(world: World, unit: str) -> int:
    paper = arrival_of(world, unit).directive
    assert isinstance(paper, Directive)
    return paper.pk


def _link_of(world: World, unit: str) -> int:
    """A link of that paper to another of the unit's book: made once for each world."""
    paper, (who, *_) = _file_of(world, unit), sorted(WRITERS[unit])
    found = DirectiveLink.objects.filter(directive=paper).first()
    if found is None:
        other = arrive(world, unit, who=who, at=later(days=3), full_number="2/HD").directive_id
        assert other is not None
        made = link_papers(paper, other, LinkRole.BASED_ON, by=world.person(who), at=later(days=3))
        assert isinstance(made, DirectiveLink), made
        found = made
    return found.pk


BOOK_NUMBERS = {
    "paper_file": _file_of,
    "paper_links": _file_of,
    **dict.fromkeys(
        ("arrival", "pass_arrival_on", "sign_for_arrival", "note_progress", "correct_arrival", "cancel_arrival"),
        lambda world, unit: arrival_of(world, unit).pk,
    ),
    **dict.fromkeys(
        ("issue", "note_sending", "cancel_issue", "issue_edxml", "correct_issue"), lambda world, unit: issue_of(world, unit).pk
    ),
}


def book_address(world: World, name: str, unit: str | None, absent: int) -> str:
    """The address for a unit's book or for something in it, or for one that is not there."""
    if any(each == name for each, _ in OF_REPLACING):
        return replacing_address(world, name, unit, absent)
    if any(each == name for each, _ in OF_RELAYING):
        return relaying_address(world, name, unit, absent)
    if name == "unlink_papers":
        return reverse(name, args=[_file_of(world, unit) if unit else absent, _link_of(world, unit) if unit else absent])
    if name in BOOK_NUMBERS:
        return reverse(name, args=[BOOK_NUMBERS[name](world, unit) if unit else absent])
    return reverse(name, args=[world.units[unit] if unit else absent, *OF_PRINTS.get(name, [])])
