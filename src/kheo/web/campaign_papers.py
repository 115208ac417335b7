"""Between a paper of the books and the campaign drafted from it, in both directions: lines that several pages show."""

from collections.abc import Collection, Sequence
from typing import Any

from django.urls import reverse

from kheo.core.days import format_day, local_day
from kheo.directives.access import drafting_units, readable_papers, reads_unit, writing_units
from kheo.directives.models import Arrival, CampaignPaper, ChainRow, Directive, Drafting, Issue
from kheo.directives.queries.campaign_papers import papers_of_campaign, ties_of
from kheo.directives.queries.chain import papers_behind, places_of_papers
from kheo.directives.queries.drafting import draftings_from
from kheo.directives.queries.recipients import with_units_below
from kheo.org.access import Person
from kheo.web.relaying.wording import chain_url, paper_name


def source_rows(papers: Sequence[Directive], person: Person) -> list[dict[str, Any]]:
    """Papers that a campaign comes from, with their arrivals and numbers at hand: where each stands in the books, how far it has come, and
    the way to pass it down. The same few queries however many.
    """
    places = places_of_papers([each.pk for each in papers], person.reading_units)
    # Only of what can be passed down and was not yet it is asked whether there is a unit below.
    rows = {each.pk: _row_to_relay(each, person) for each in papers if each.pk not in places}
    parents = with_units_below({row.unit_id for row in rows.values() if row}, person.on)
    return [_source_row(each, places.get(each.pk), rows.get(each.pk), parents, person) for each in papers]


def _source_row(
    paper: Directive, place: ChainRow | None, to_relay: Arrival | Issue | None, parents: Collection[int], person: Person
) -> dict[str, Any]:
    arrival, issue = _own_arrival(paper, person), getattr(paper, "issue", None)
    name = "relay" if isinstance(to_relay, Arrival) else "pass_issue"
    return {
        "pk": paper.pk,
        "name": paper_name(paper),
        "where": f"văn bản đến số {arrival.number}/{arrival.year}" if arrival else "văn bản đi" if issue else "",
        "url": _book_url(arrival, issue, person),
        "has_text": bool(paper.text),
        "chain_url": chain_url(place) if place else "",
        "relay_url": reverse(name, args=[to_relay.pk]) if to_relay and to_relay.unit_id in parents else "",
    }


def _own_arrival(paper: Directive, person: Person) -> Arrival | None:
    return next((each for each in paper.arrivals.all() if reads_unit(person, each.unit_id)), None)


def _book_url(arrival: Any, issue: Any, person: Person) -> str:
    if arrival:
        return reverse("arrival", args=[arrival.pk])
    return reverse("issue", args=[issue.pk]) if issue and reads_unit(person, issue.unit_id) else ""


def _row_to_relay(paper: Directive, person: Person) -> Arrival | Issue | None:
    """What this person can pass down, where somebody is below: the arrival, or the paper of their own unit."""
    row: Arrival | Issue | None = _own_arrival(paper, person) or getattr(paper, "issue", None)
    return row if row is not None and not row.is_cancelled and row.unit_id in writing_units(person) else None


def campaigns_from(paper: Directive, person: Person) -> list[dict[str, str]]:
    """The campaigns, and own drafts of them, of a paper or of the directives that it passes down; each campaign once."""
    own, behind = drafting_units(person), [each.pk for each in papers_behind(paper)]
    drafts = draftings_from(behind)
    drafted = {each.edition.campaign_id for each in drafts if each.edition}
    rows = [_campaign(each, own) for each in drafts if each.edition_id or each.unit_id in own]
    return [*rows, *(_tied(each) for each in {tie.campaign_id: tie for tie in ties_of(behind) if tie.campaign_id not in drafted}.values())]


def _campaign(row: Drafting, own: frozenset[int]) -> dict[str, str]:
    published = f"đã công bố ngày {format_day(local_day(row.edition.published_at))}" if row.edition else "bản nháp, đang soạn"
    return {
        "name": row.edition.campaign.name if row.edition else row.name,
        "state": published,
        "url": reverse("drafting", args=[row.pk]) if row.unit_id in own else "",
    }


def _tied(row: CampaignPaper) -> dict[str, str]:
    return {"name": row.campaign.name, "state": f"gắn với văn bản ngày {format_day(local_day(row.made_at))}", "url": ""}


def papers_told(campaign: int, person: Person) -> list[dict[str, Any]]:
    """The directives of a published campaign that are for this person's eyes."""
    return source_rows(readable_papers(person, papers_of_campaign(campaign)), person)
