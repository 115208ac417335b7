"""Who may reach which book and paper. Not yours and not there look alike (`Unreachable`)."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeVar

from kheo.core.workflow import Role
from kheo.directives.models import Arrival, CampaignPaper, ChainRow, Directive, DirectiveLink, Drafting, Issue, Passing
from kheo.directives.queries import arrival_by_id, came_to, directive_by_id, issue_by_id, links_of, sent_to
from kheo.directives.queries.chain import passing_by_id, place_in_chain
from kheo.directives.queries.drafting import drafting_by_id
from kheo.org.access import Person, Unreachable
from kheo.org.queries import reach, tops

# NĐ 30/2020, điều 4: the head answers for the office's papers, whoever does the clerical work writes the books.
WRITERS = (Role.OFFICER, Role.HEAD)


@dataclass(frozen=True)
class Book:
    """The books of a unit for one person."""

    unit: int
    may_write: bool


def writing_units(person: Person) -> frozenset[int]:
    """The units whose books somebody writes."""
    return person.units_as(*WRITERS)


def reads_unit(person: Person, unit: int) -> bool:
    """Whether a unit's books are for this person's eyes: of an own unit or of one below it."""
    units = person.reading_units
    return unit in units or (bool(units) and unit in reach(units, person.on).whole)


def book_to_read(person: Person, unit: int) -> Book:
    """The books of a unit."""
    if not reads_unit(person, unit):
        raise Unreachable
    return Book(unit, unit in writing_units(person))


def book_to_write(person: Person, unit: int) -> Book:
    """The same, to write in them."""
    if unit not in writing_units(person):
        raise Unreachable
    return Book(unit, True)


Row = TypeVar("Row", Arrival, Issue, Passing)


def _to_read(person: Person, found: Row | None) -> Row:
    """A row of a unit's books, for whoever reads that unit."""
    if found is None or not reads_unit(person, found.unit_id):
        raise Unreachable
    return found


def _to_write(person: Person, found: Row | None) -> Row:
    """The same, for whoever writes its books."""
    if found is None or found.unit_id not in writing_units(person):
        raise Unreachable
    return found


def arrival_to_read(person: Person, number: int) -> Arrival:
    """An arrival with its paper."""
    return _to_read(person, arrival_by_id(number))


def arrival_to_write(person: Person, number: int) -> Arrival:
    """The same, to write of it."""
    return _to_write(person, arrival_by_id(number))


def arrival_to_note(person: Person, number: int) -> Arrival:
    """The same, to say how far it is: for whoever writes the unit's books, and for the person whose hands it is in."""
    found = arrival_to_read(person, number)
    if found.handler_user_id != person.user_id and found.unit_id not in writing_units(person):
        raise Unreachable
    return found


def issue_to_read(person: Person, number: int) -> Issue:
    """An outgoing paper with what it says."""
    return _to_read(person, issue_by_id(number))


def issue_to_write(person: Person, number: int) -> Issue:
    """The same, to write of it."""
    return _to_write(person, issue_by_id(number))


def directive_to_read(person: Person, number: int) -> Directive:
    """A paper that an own or lower unit keeps, received or was sent."""
    found = directive_by_id(number)
    if found is None or not reads_directive(person, found):
        raise Unreachable
    return found


def reads_directive(person: Person, directive: Directive) -> bool:
    """Whether a paper is for this person's eyes."""
    units = person.reading_units
    if not units:
        return False
    if directive.keeper_id in units:
        return True
    whole = reach(units, person.on).whole
    if directive.keeper_id in whole:
        return True
    return not whole.isdisjoint(sent_to([directive.pk])[directive.pk])


def readable_papers(person: Person, papers: Collection[Directive]) -> list[Directive]:
    """Those of some papers that are for this person's eyes, by the rule of `reads_directive`: the same few queries however many."""
    units = person.reading_units
    whole = reach(units, person.on).whole if units and papers else frozenset[int]()
    rest = [each.pk for each in papers if each.keeper_id not in units and each.keeper_id not in whole]
    sent = sent_to(rest) if rest and units else {}
    return [each for each in papers if units and (each.pk not in rest or not whole.isdisjoint(sent.get(each.pk, ())))]


def directive_to_write(person: Person, number: int) -> Directive:
    """A paper that the person's own unit wrote into Khéo."""
    found = directive_by_id(number)
    if found is None or found.keeper_id not in writing_units(person):
        raise Unreachable
    return found


def directive_to_link(person: Person, number: int) -> Directive:
    """The same, to say what it is to another: also for the campaign office of that unit."""
    found = directive_by_id(number)
    if found is None or found.keeper_id not in drafting_units(person):
        raise Unreachable
    return found


@dataclass(frozen=True)
class OfCampaigns:
    """A paper of which the campaign office of a unit says which campaigns carry it out."""

    directive: Directive
    unit: int


def campaign_units(person: Person) -> list[int]:
    """The top units at which somebody holds the campaign office: a campaign asks the whole tree."""
    offices = person.units_as(Role.OFFICE)
    return tops(offices, person.on) if offices else []


def directive_to_tie(person: Person, number: int) -> OfCampaigns:
    """A paper that such a unit wrote into its books, or that came to it, and the unit."""
    found, units = directive_by_id(number), campaign_units(person)
    if found is not None and found.keeper_id in units:
        return OfCampaigns(found, found.keeper_id)
    if found is not None and (came := [each for each in units if came_to([number], [each])]):
        return OfCampaigns(found, came[0])
    raise Unreachable


def may_tie(person: Person, directive: Directive) -> bool:
    """Whether this person says which campaigns carry a paper out."""
    try:
        directive_to_tie(person, directive.pk)
    except Unreachable:
        return False
    return True


def tie_to_take_back(person: Person, tie: int) -> CampaignPaper:
    """What was said of a campaign and a paper at such a unit."""
    found = CampaignPaper.objects.select_related("campaign").filter(pk=tie).first()
    if found is None or found.unit_id not in campaign_units(person):
        raise Unreachable
    return found


def links_to_read(person: Person, directive: Directive) -> tuple[list[DirectiveLink], list[DirectiveLink]]:
    """What a paper is to others and they to it, of those that are for this person's eyes too; the same few queries however many."""
    ours, theirs = links_of(directive.pk)
    others = {each.other_id: each.other for each in ours} | {each.directive_id: each.directive for each in theirs}
    units = person.reading_units
    whole = reach(units, person.on).whole if units and others else frozenset[int]()
    seen = {number for number, other in others.items() if other.keeper_id in units or other.keeper_id in whole}
    seen |= came_to(others.keys() - seen, units)
    return [each for each in ours if each.other_id in seen], [each for each in theirs if each.directive_id in seen]


def passing_to_read(person: Person, number: int) -> Passing:
    """A letter on its way to a unit."""
    return _to_read(person, passing_by_id(number))


def passing_to_write(person: Person, number: int) -> Passing:
    """The same, to acknowledge it."""
    return _to_write(person, passing_by_id(number))


def chain_to_read(person: Person, root: int, unit: int) -> ChainRow:
    """The place of an own or lower unit in a chain, from which everything below it is shown."""
    found = place_in_chain(root, unit) if reads_unit(person, unit) else None
    if found is None:
        raise Unreachable
    return found


def drafting_units(person: Person) -> frozenset[int]:
    """The units for which somebody drafts campaigns: the campaign office, and whoever writes the books of a unit."""
    return person.units_as(*WRITERS, Role.OFFICE)


def papers_to_draft_from(person: Person, numbers: Collection[int]) -> list[Directive]:
    """Papers of the books from which a draft is begun, each once and in the order asked for: all of them for this person's eyes."""
    return [directive_to_read(person, number) for number in dict.fromkeys(numbers)]


def unit_to_draft_for(person: Person, papers: Collection[Directive] = ()) -> int:
    """The unit in whose name a new draft is made: that in whose books its papers stand; else where the person holds the office."""
    own = drafting_units(person)
    if kept := [paper.keeper_id for paper in papers if paper.keeper_id in own]:
        return kept[0]
    units = sorted(person.units_as(Role.OFFICE)) or sorted(own)
    if not units:
        raise Unreachable
    return units[0]


def drafting_to_write(person: Person, number: int) -> Drafting:
    """A draft of an own unit; one that was given up is there no more."""
    found = drafting_by_id(number)
    if found is None or found.state == "discarded" or found.unit_id not in drafting_units(person):
        raise Unreachable
    return found


def drafting_to_publish(person: Person, number: int) -> Drafting:
    """The same, for the campaign office of its unit: nobody else makes a campaign of it."""
    found = drafting_to_write(person, number)
    if found.unit_id not in person.units_as(Role.OFFICE):
        raise Unreachable
    return found
