"""Single papers, what they are to each other, and which of a unit's are the same."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from kheo.core.paper_books.facts import PaperFacts, Standing
from kheo.core.paper_books.sameness import Likeness, likeness, number_key
from kheo.directives.models import Arrival, Directive, DirectiveLink, Issue, Passing
from kheo.org.models import Post, in_force


def directive_by_id(number: int) -> Directive | None:
    """A paper with the stored file's name, or None."""
    return Directive.objects.select_related("file").filter(pk=number).first()


def arrival_by_id(number: int) -> Arrival | None:
    """An arrival with its paper, or None."""
    return Arrival.objects.select_related("directive", "directive__file").filter(pk=number).first()


def issue_by_id(number: int) -> Issue | None:
    """An outgoing paper with what it says, or None."""
    return Issue.objects.select_related("directive", "directive__file").filter(pk=number).first()


MOST_LINKS = 100  # the newest; a directive may be the basis of thousands of papers


def links_of(directive: int) -> tuple[list[DirectiveLink], list[DirectiveLink]]:
    """What a paper is to others, and what others are to it, the newest first; none that was withdrawn."""
    rows = DirectiveLink.objects.filter(withdrawn_at=None).select_related("directive", "other").order_by("-pk")
    return list(rows.filter(directive=directive)[:MOST_LINKS]), list(rows.filter(other=directive)[:MOST_LINKS])


def came_to(directives: Collection[int], units: Collection[int]) -> frozenset[int]:
    """Those of these papers that arrived at one of the units or were sent to it: two queries."""
    arrived = Arrival.objects.filter(directive__in=directives, unit__in=units).values_list("directive_id", flat=True)
    sent = Passing.objects.filter(issue__directive__in=directives, unit__in=units).values_list("issue__directive_id", flat=True)
    return frozenset((*arrived, *sent)) if directives and units else frozenset()


def sent_to(directives: Collection[int]) -> dict[int, set[int]]:
    """By paper, the units at which it arrived or to which it was sent: two queries."""
    found: dict[int, set[int]] = {each: set() for each in directives}
    for paper, unit in Arrival.objects.filter(directive__in=directives).values_list("directive_id", "unit_id"):
        found[paper or 0].add(unit)
    for paper, unit in Passing.objects.filter(issue__directive__in=directives).values_list("issue__directive_id", "unit_id"):
        found[paper or 0].add(unit)
    return found


def papers_numbered(unit: int, number: str) -> list[Directive]:
    """The papers in a unit's books with this number and notation, however it is written; the newest first."""
    asked = number_key(PaperFacts(full_number=number))
    rows = Directive.objects.filter(Q(keeper=unit) | Q(arrivals__unit=unit), key=asked).exclude(full_number="")
    return list(rows.distinct().order_by("-pk")[:20])


def page_of(directive: Directive) -> Arrival | Issue | None:
    """Where a paper stands in the books of the unit that wrote it."""
    arrival = directive.arrivals.filter(unit=directive.keeper_id).order_by("pk").first()
    return arrival or Issue.objects.filter(directive=directive).first()


@dataclass(frozen=True)
class Twin:
    """An arrival in the unit's own book that seems to be of the same paper, and why."""

    arrival: Arrival
    why: Likeness


def twins(unit: int, paper: PaperFacts) -> list[Twin]:
    """Of a unit's arrivals those with the same number and notation and the same issuer or day, the newest first: one query."""
    rows = Arrival.objects.filter(unit=unit, standing=Standing.WRITTEN, directive__key=number_key(paper)).select_related("directive")
    found = []
    for row in rows.order_by("-pk")[:50]:
        kept = row.directive
        why = likeness(kept.issuer, kept.issued_on, paper) if kept else None
        if why:
            found.append(Twin(row, why))
    return found


def facts_of(directive: Directive) -> PaperFacts:
    """What a paper says of itself, as it is kept."""
    return PaperFacts(**{name: getattr(directive, name) for name in PaperFacts.__dataclass_fields__})


def colleagues(unit: int, on: date) -> dict[int, str]:
    """Who holds a post at a unit on a day, by the number of the account: to whom a paper can be handed."""
    rows = Post.objects.filter(in_force(on), unit=unit).order_by("user__full_name", "user").values_list("user", "user__full_name")
    return dict(rows)
