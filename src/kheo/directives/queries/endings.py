"""Campaigns whose directive was replaced: which paper a campaign carries out, what replaces it, whether the campaign has ended."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery

from kheo.campaigns.models import Campaign, Cycle, Edition
from kheo.campaigns.queries import definition_of
from kheo.core.days import format_day
from kheo.core.definition import Definition
from kheo.core.paper_books.facts import LinkRole, PaperFacts
from kheo.core.paper_books.sameness import likeness, number_key
from kheo.directives.models import CampaignEnding, Directive, DirectiveLink
from kheo.directives.queries.campaign_papers import carried_out, known_pairs
from kheo.journal.queries import entries_about

ENDING = "campaign_ending"  # in the journal


Newest = list[tuple[Campaign, Definition]]


def names_paper(definition: Definition, paper: Directive) -> bool:
    """Whether a campaign rests on a paper: one of its documents has the number, and the issuer or the day agrees."""
    alike = (each for each in _documents(definition) if number_key(each) == paper.key)
    return any(likeness(paper.issuer, paper.issued_on, each) for each in alike)


def _documents(definition: Definition) -> Iterator[PaperFacts]:
    return (PaperFacts(full_number=each.number, issuer=each.issuer, issued_on=each.issued_on) for each in definition.documents)


@dataclass(frozen=True)
class Offered:
    """A published campaign, and whether its newest edition names a paper among its documents."""

    campaign: Campaign
    names_it: bool


def every_campaign(paper: Directive) -> list[Offered]:
    """The published campaigns, to say which carries a paper out."""
    return [Offered(campaign, names_paper(definition, paper)) for campaign, definition in _newest()]


def campaigns_under(paper: Directive) -> list[Campaign]:
    """The campaigns that rest on a paper as they were published last, were drafted from it, or of which the office says so."""
    return _resting([paper], _newest())[paper.pk]


def _resting(papers: Sequence[Directive], newest: Newest) -> dict[int, list[Campaign]]:
    """The same by paper: one query whatever their number."""
    known = known_pairs(papers)
    return {
        paper.pk: [each for each, definition in newest if (paper.pk, each.pk) in known or names_paper(definition, paper)]
        for paper in papers
    }


def _newest() -> Newest:
    """Every campaign with its newest definition: one query, but for definitions that are read for the first time."""
    last = Edition.objects.filter(campaign=OuterRef("pk")).order_by("-number").values("pk")[:1]
    published = Campaign.objects.annotate(last=Subquery(last)).exclude(last=None).order_by("pk")
    return [(campaign, definition_of(campaign.last)) for campaign in published]


def ending_of(campaign: int) -> CampaignEnding | None:
    """The ending of a campaign that holds, with its papers; None where it goes on."""
    return _holding().filter(campaign=campaign).first()


def ending_over(cycle: Cycle) -> CampaignEnding | None:
    """The ending that holds and reaches the window of a cycle: nothing of it is owed."""
    return _holding().filter(campaign=cycle.campaign_id, from_day__lte=cycle.opens).first()


def _holding() -> QuerySet[CampaignEnding]:
    return CampaignEnding.objects.select_related("campaign", "link__directive", "link__other").filter(withdrawn_at=None)


def ending_words(ending: CampaignEnding) -> str:
    """`Phong trào kết thúc từ ngày 01/07/2024 theo Công văn 12/LĐLĐ-TG ngày 20/06/2024`."""
    return f"Phong trào kết thúc từ ngày {format_day(ending.from_day)} theo {paper_words(ending.link.directive)}"


def why_no_window(campaign: int, code: str, opens: date) -> str:
    """Why a cycle whose window begins on this day is not opened, or nothing; asked while the campaign is locked."""
    ending = ending_of(campaign)
    if ending is None or opens < ending.from_day:
        return ""
    return f"{ending_words(ending)}: không mở kỳ {code}, vì kỳ bắt đầu ngày {format_day(opens)}."


def paper_words(paper: Directive) -> str:
    """A paper in a sentence."""
    named = str(paper) or f"văn bản “{paper.subject[:100]}”"
    return f"{named} ngày {format_day(paper.issued_on)}" if paper.issued_on else named


@dataclass(frozen=True)
class Replacement:
    """A campaign whose paper another one takes the place of; `ending`: the one that holds, whatever it goes by."""

    campaign: Campaign
    link: DirectiveLink
    ending: CampaignEnding | None


def replacements(keepers: Collection[int], *, paper: int | None = None) -> list[Replacement]:
    """Those that stand in the books of these units, the newest first; `paper`: only of this one, on either side."""
    if not keepers:
        return []
    newest = _newest()
    keys = {number_key(each) for _, definition in newest for each in _documents(definition)}
    # Of the many replacements in an office's books only those of papers that a campaign may rest on are read.
    rows = DirectiveLink.objects.filter(Q(other__key__in=keys) | Q(other__in=carried_out().values("pk")))
    rows = rows.filter(role=LinkRole.REPLACES, withdrawn_at=None, directive__keeper__in=keepers)
    rows = rows if paper is None else rows.filter(Q(directive=paper) | Q(other=paper))
    found = list(rows.select_related("directive", "other").order_by("-pk"))
    resting = _resting([each.other for each in found], newest) if found else {}
    endings = {each.campaign_id: each for each in _holding().filter(campaign__in={each.pk for some in resting.values() for each in some})}
    return [Replacement(each, link, endings.get(each.pk)) for link in found for each in resting[link.other_id]]


def followed_by(ending: CampaignEnding) -> Cycle | None:
    """A cycle of another campaign that rests on the replacing paper and was opened after the ending."""
    later = Cycle.objects.select_related("campaign").filter(opened_at__gt=ending.made_at).exclude(campaign=ending.campaign_id)
    following = {each.pk for each in campaigns_under(ending.link.directive)}
    return later.filter(campaign__in=following).order_by("pk").first()


def ending_faults() -> Iterator[str]:
    """Endings that the journal tells otherwise, and cycles that were opened in spite of one."""
    made: dict[int, tuple[object, ...]] = {}
    taken: dict[int, tuple[datetime, str, str]] = {}
    for entry in entries_about(ENDING, CampaignEnding.objects.values("pk")):
        said = entry.detail
        if entry.act == "end_campaign" and entry.object_id not in made:
            made[entry.object_id] = (said["campaign"], said["link"], said["from_day"], entry.unit_id, entry.at, entry.actor_name)
        elif entry.act == "take_back_ending":
            taken[entry.object_id] = (entry.at, entry.actor_name, said["reason"])
    for row in CampaignEnding.objects.select_related("campaign", "link").order_by("pk"):
        place = f"phong trào {row.campaign.code} (campaign_ending {row.pk})"
        facts = (row.campaign_id, row.link_id, row.from_day.isoformat(), row.unit_id, row.made_at, row.made_by)
        back = (row.withdrawn_at, row.withdrawn_by, row.withdrawn_why) if row.withdrawn_at else None
        if made.get(row.pk) != facts or taken.get(row.pk) != back or row.from_day != row.link.from_day:
            yield f"Việc kết thúc không như nhật ký ghi: {place}."
        for cycle in _opened_in_spite(row):
            yield f"Kỳ {cycle.code} đã mở sau khi kết thúc: {place}."


def _opened_in_spite(row: CampaignEnding) -> Iterator[Cycle]:
    later = Cycle.objects.filter(campaign=row.campaign_id, opens__gte=row.from_day, opened_at__gt=row.made_at)
    yield from (later.filter(opened_at__lt=row.withdrawn_at) if row.withdrawn_at else later).order_by("pk")
