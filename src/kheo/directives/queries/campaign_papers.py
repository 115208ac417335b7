"""Which papers of the books a campaign carries out: those that it was drafted from, and those that its office said."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db.models import Q, QuerySet

from kheo.campaigns.models import Campaign
from kheo.directives.models import CampaignPaper, Directive, DraftedFrom
from kheo.journal.queries import entries_about

TIE = "campaign_paper"  # in the journal


def ties_of(papers: Collection[int]) -> list[CampaignPaper]:
    """What was said of some papers and holds, the newest first."""
    rows = CampaignPaper.objects.filter(directive__in=papers, withdrawn_at=None).select_related("campaign", "directive")
    return list(rows.order_by("-pk"))


def ties_of_campaign(campaign: int) -> list[CampaignPaper]:
    """What was said of a campaign and holds, the oldest first."""
    rows = CampaignPaper.objects.filter(campaign=campaign, withdrawn_at=None).select_related("campaign", "directive")
    return list(rows.order_by("pk"))


def carried_out() -> QuerySet[Directive]:
    """The papers of which it is known that a campaign carries them out, whatever its documents say."""
    drafted = DraftedFrom.objects.filter(drafting__edition__isnull=False).values("directive")
    return Directive.objects.filter(Q(pk__in=drafted) | Q(pk__in=CampaignPaper.objects.filter(withdrawn_at=None).values("directive")))


def known_pairs(papers: Collection[Directive]) -> set[tuple[int, int]]:
    """The same of some papers: paper and campaign, by one query."""
    drafted = DraftedFrom.objects.filter(directive__in=papers, drafting__edition__isnull=False)
    said = CampaignPaper.objects.filter(directive__in=papers, withdrawn_at=None)
    rows = drafted.values_list("directive_id", "drafting__edition__campaign_id")
    return set(rows.union(said.values_list("directive_id", "campaign_id")))


def papers_of_campaign(campaign: int) -> list[Directive]:
    """The papers of a published campaign: what is passed down, planned for and replaced is found by them."""
    drafted = DraftedFrom.objects.filter(drafting__edition__campaign=campaign).values("directive")
    said = CampaignPaper.objects.filter(campaign=campaign, withdrawn_at=None).values("directive")
    rows = Directive.objects.filter(Q(pk__in=drafted) | Q(pk__in=said)).select_related("issue").prefetch_related("arrivals")
    return list(rows.order_by("pk"))


def campaigns_of_papers(papers: Collection[int]) -> list[Campaign]:
    """The other way: the campaigns that carry out some papers."""
    drafted = DraftedFrom.objects.filter(directive__in=papers, drafting__edition__isnull=False).values("drafting__edition__campaign")
    said = CampaignPaper.objects.filter(directive__in=papers, withdrawn_at=None).values("campaign")
    return list(Campaign.objects.filter(Q(pk__in=drafted) | Q(pk__in=said)).order_by("pk"))


def tie_faults() -> Iterator[str]:
    """What is said of campaigns and their papers where the journal tells it otherwise."""
    made: dict[int, tuple[object, ...]] = {}
    taken: dict[int, tuple[datetime, str, str]] = {}
    for entry in entries_about(TIE, CampaignPaper.objects.values("pk")):
        said = entry.detail
        if entry.act == "tie_paper":
            made[entry.object_id] = (said["campaign"], said["directive"], entry.unit_id, entry.at, entry.actor_name)
        elif entry.act == "untie_paper":
            taken[entry.object_id] = (entry.at, entry.actor_name, said["reason"])
    for row in CampaignPaper.objects.order_by("pk"):
        facts = (row.campaign_id, row.directive_id, row.unit_id, row.made_at, row.made_by)
        back = (row.withdrawn_at, row.withdrawn_by, row.withdrawn_why) if row.withdrawn_at else None
        if made.get(row.pk) != facts or taken.get(row.pk) != back:
            yield f"Văn bản của phong trào không như nhật ký ghi (campaign_paper {row.pk})."
