"""Everything that a change of units touches, kind by kind: here, and nowhere else, another kind is added."""

from kheo.reports.queries.touched.copies import COPIES
from kheo.reports.queries.touched.invitations import INVITATIONS
from kheo.reports.queries.touched.letters import LETTERS
from kheo.reports.queries.touched.proposals import PROPOSALS
from kheo.reports.queries.touched.records import RECORDS
from kheo.reports.queries.touched.reports import REPORTS
from kheo.reports.queries.touched.requests import REQUESTS
from kheo.reports.queries.touched.touch import Provider, Touch

__all__ = ["PROVIDERS", "Provider", "Touch"]

PROVIDERS: tuple[Provider, ...] = (REPORTS, REQUESTS, COPIES, PROPOSALS, LETTERS, RECORDS, INVITATIONS)
