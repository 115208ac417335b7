"""Drafts of campaigns: the list, one of them, and the draft campaign that its papers and corrections give."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import lru_cache

from kheo.campaigns.models import Campaign
from kheo.campaigns.queries import definition_of, working_calendar
from kheo.core.definition import LoadResult, load_definition
from kheo.core.directives.reading import Directive, read
from kheo.core.drafting.correcting import Corrected, corrected, walled_by_hand
from kheo.core.drafting.indicators import Catalogue
from kheo.core.drafting.plans import PlanDays
from kheo.core.drafting.proposing import propose
from kheo.directives.models import Directive as Booked
from kheo.directives.models import Drafting

_CALENDAR = "vn"


def draftings_of(units: Collection[int]) -> list[Drafting]:
    """The drafts of units, the newest first, without those that were given up."""
    found = Drafting.objects.filter(unit_id__in=units).exclude(state="discarded").order_by("-id")
    return list(found.defer("papers", "corrections")[:200])


def drafting_by_id(number: int) -> Drafting | None:
    """One of them, or None."""
    return Drafting.objects.filter(pk=number).first()


def papers_of_drafting(row: Drafting) -> list[Booked]:
    """The papers of the books from which it was begun, each with its arrivals and its number among outgoing papers."""
    rows = Booked.objects.filter(draftings__drafting=row).select_related("issue").prefetch_related("arrivals")
    return list(rows.order_by("draftings__pk"))


def draftings_from(papers: Collection[int]) -> list[Drafting]:
    """The drafts that were begun from some papers, the newest first, none that was given up."""
    rows = Drafting.objects.filter(sources__directive__in=papers).exclude(state="discarded").select_related("edition__campaign")
    return list(rows.defer("papers", "corrections").order_by("-pk").distinct())


def catalogue() -> Catalogue:
    """The indicators of every campaign's newest edition."""
    newest = Campaign.objects.order_by("-pk").prefetch_related("editions")
    editions = [max(campaign.editions.all(), key=lambda each: each.number).pk for campaign in newest if campaign.editions.all()]
    return _catalogue(tuple(editions))


@lru_cache(maxsize=4)
def _catalogue(editions: tuple[int, ...]) -> Catalogue:
    return Catalogue(definition_of(each) for each in editions)


def drafted(row: Drafting, plans: PlanDays, known: Catalogue | None = None) -> Corrected:
    """The draft campaign as it now is. `known`: the `catalogue`, where it was asked already."""
    directives = ((paper["file"], read(paper["text"])) for paper in row.papers)
    papers = [(file, directive) for file, directive in directives if isinstance(directive, Directive)]
    chosen, known = {key: code or None for key, code in {**confirmed(row.seen), **row.chosen}.items()}, known or catalogue()
    made = corrected(propose(papers, known, chosen, walled_by_hand(row.typed), plans=plans), row.typed, frozenset(row.seen))
    unknown = {
        key: f"Không có chỉ tiêu mã “{code}” trong các phong trào đã dùng."
        for key, code in chosen.items()
        if code and code not in known.known
    }
    return replace(made, wrong={**made.wrong, **unknown})


def confirmed(seen: Iterable[str]) -> dict[str, str]:
    """What a person said yes to: by the key of a task the indicator that was shown ("": none), of `t.HD-1=C309`."""
    said = (each[2:].partition("=") for each in seen if each.startswith("t."))
    return {key: code for key, _, code in said}


def checked(text: str) -> LoadResult:
    """What the check of a campaign's file says, with the real days off."""
    calendar = working_calendar(_CALENDAR)
    return load_definition(text, "nhap.yaml", calendars={_CALENDAR}, working={_CALENDAR: calendar} if calendar else None)
