"""Whose the pages of passing down are, for the access matrix: the letter of the federation came to D1, and by that of D1 to G1."""

from collections.abc import Callable, Mapping

from django.urls import reverse

from kheo.core.paper_books.facts import PaperFacts
from kheo.directives.actions import Brought, Issued, acknowledge, pass_down, register_issue
from kheo.directives.models import Arrival, Issue, Passing
from kheo.files.actions import Arrival as File
from tests.world import World, later

ABOVE = {"bich", "lan", "minh", "kien"}
READ = {"G1": {"an", "hoa", "binh", "dung"} | ABOVE, "D1": {"binh", "dung"} | ABOVE}
WRITE = {"G1": {"an", "hoa"}, "D1": {"dung"}}
CHAIN = {**READ, "LDLD": ABOVE}
SEND = {"D1": {"dung"}, "LDLD": {"minh"}}
# Not before the papers that the pages of the books are tried with, which may be the ones passed down.
AFTER = later(days=4)
HEADS = {"LDLD": "minh", "D1": "dung", "G1": "hoa"}
ABOVE_OF = {"D1": "LDLD", "G1": "D1"}
OF_RELAYING: Mapping[tuple[str, str], Mapping[str, set[str]]] = {
    ("passings", "get"): CHAIN,
    ("passing", "get"): READ,
    ("passing_file", "get"): READ,
    ("acknowledge_passing", "post"): WRITE,
    ("relay", "get"): {"D1": {"dung"}},
    ("relay", "post"): {"D1": {"dung"}},
    ("pass_issue", "get"): SEND,
    ("pass_issue", "post"): SEND,
    ("chain", "get"): CHAIN,
    ("remind_chain", "post"): {**WRITE, "LDLD": {"minh"}},
}


def issue_of(world: World, unit: str) -> int:
    """The letter of a unit: made once for each world."""
    found = Issue.objects.filter(unit=world.units[unit]).first()
    if found is None:
        paper = PaperFacts(issuer=unit, kind="Công văn", subject="việc", issued_on=later().date())
        brought = Brought(file=File(b"%PDF-", "cong-van.pdf", "application/pdf"))
        made = register_issue(world.units[unit], paper, "A", brought=brought, by=world.person(HEADS[unit]), at=later())
        assert isinstance(made, Issued), made
        found = made.issue
    return found.pk


def passing_to(world: World, unit: str) -> int:
    """What came to a unit from the one above it, or from the top where it is no unit to which anything is sent."""
    unit = unit if unit in ABOVE_OF else "D1"
    found = Passing.objects.filter(unit=world.units[unit]).first()
    if found is None:
        above = ABOVE_OF[unit]
        arrival = arrival_of(world, above) if above in ABOVE_OF else None
        letter, by = issue_of(world, above), world.person(HEADS[above])
        pass_down(letter, [world.units[unit]], arrival=arrival, by=by, at=AFTER)
        found = Passing.objects.get(unit=world.units[unit])
    return found.pk


def arrival_of(world: World, unit: str) -> int:
    """The same, acknowledged."""
    passing = Passing.objects.get(pk=passing_to(world, unit))
    made = acknowledge(passing.pk, by=world.person(HEADS[unit if unit in ABOVE_OF else "D1"]), at=AFTER)
    assert isinstance(made, Arrival), made
    return made.pk


RELAYING: dict[str, Callable[[World, str], int]] = {
    "passing": passing_to,
    "passing_file": passing_to,
    "acknowledge_passing": passing_to,
    "relay": arrival_of,
    "pass_issue": issue_of,
}


def relaying_address(world: World, name: str, unit: str | None, absent: int) -> str:
    """The address for what came down to a unit or for the chain down to G1 seen from there; or for one that is not there."""
    if name in {"chain", "remind_chain"}:
        if unit is None:
            return reverse(name, args=[absent, absent])
        passing_to(world, "G1")
        return reverse(name, args=[issue_of(world, "LDLD"), world.units[unit]])
    if name == "passings":
        return reverse(name, args=[world.units[unit] if unit else absent])
    return reverse(name, args=[RELAYING[name](world, unit) if unit else absent])
