"""Papers, the two books of an office, and what was written in them. Everybody imports from here."""

from kheo.directives.models.books import Arrival, BookCounter, BookStart, Issue
from kheo.directives.models.campaign_papers import CampaignPaper
from kheo.directives.models.chain import ChainRow
from kheo.directives.models.drafting import DraftedFrom, Drafting
from kheo.directives.models.ending import CampaignEnding
from kheo.directives.models.papers import Directive, DirectiveLink
from kheo.directives.models.passing import Passing, Relay
from kheo.directives.models.writings import Writing

__all__ = [
    "Arrival",
    "BookCounter",
    "BookStart",
    "CampaignEnding",
    "CampaignPaper",
    "ChainRow",
    "Directive",
    "DirectiveLink",
    "DraftedFrom",
    "Drafting",
    "Issue",
    "Passing",
    "Relay",
    "Writing",
]
