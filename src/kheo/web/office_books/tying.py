"""On the page of a paper's links: which campaigns carry it out, and the form by which the campaign office says so."""

from typing import Any

from kheo.core.days import format_instant
from kheo.directives.access import may_tie
from kheo.directives.models import Directive
from kheo.directives.queries.campaign_papers import ties_of
from kheo.directives.queries.endings import every_campaign
from kheo.org.access import Person
from kheo.web.campaign_papers import campaigns_from


def shown(person: Person, paper: Directive) -> dict[str, Any]:
    """For `office_books/_ties.html`; to whoever may not say it only which campaigns there are."""
    if not may_tie(person, paper):
        return {"campaigns": campaigns_from(paper, person), "may_tie": False}
    ties = ties_of([paper.pk])
    tied = {each.campaign_id for each in ties}
    # What names the paper among its documents comes first, and is chosen where nothing else names it.
    free = [each for each in every_campaign(paper) if each.campaign.pk not in tied]
    free.sort(key=lambda each: not each.names_it)
    return {
        "may_tie": True,
        "ties": [
            {"pk": each.pk, "name": each.campaign.name, "who": f"{each.made_by}, {format_instant(each.made_at)}"} for each in reversed(ties)
        ],
        "drafted": [each for each in campaigns_from(paper, person) if each["name"] not in {tie.campaign.name for tie in ties}],
        "choices": [
            {
                "code": each.campaign.code,
                "name": each.campaign.name,
                "hint": "văn bản này có trong căn cứ của phong trào" if each.names_it else "",
                "is_chosen": each.names_it and sum(other.names_it for other in free) == 1,
            }
            for each in free
        ],
    }
