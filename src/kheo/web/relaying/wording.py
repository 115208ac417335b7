"""Words that the pages of this job share."""

from django.urls import reverse

from kheo.core.relaying.chain import Reached
from kheo.directives.models import ChainRow, Directive

COLOURS = {
    Reached.UNSENT: "not_started",
    Reached.SENT: "submitted",
    Reached.ACKNOWLEDGED: "draft",
    Reached.RELAYED: "accepted",
}


def paper_name(paper: Directive | None) -> str:
    """`Công văn 05/LĐLĐ-TG: phối hợp thực hiện …`."""
    if paper is None:
        return "Văn bản"
    named = " ".join(part for part in (paper.kind or "Văn bản", paper.full_number) if part)
    return f"{named}: {paper.subject}" if paper.subject else named


def chain_url(place: ChainRow) -> str:
    """Where everything below a place is shown."""
    return reverse("chain", args=[place.root_id, place.unit_id])
