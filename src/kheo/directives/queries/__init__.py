"""Reading the books and the papers. Everybody imports from here."""

from kheo.directives.queries.books import (
    PAGE,
    Page,
    arrivals_of,
    books_of,
    issues_of,
    to_follow,
    years_of,
)
from kheo.directives.queries.papers import (
    Twin,
    arrival_by_id,
    came_to,
    colleagues,
    directive_by_id,
    issue_by_id,
    links_of,
    page_of,
    papers_numbered,
    sent_to,
    twins,
)
from kheo.directives.queries.states import state_of
from kheo.directives.queries.writings import writings_of

__all__ = [
    "PAGE",
    "Page",
    "Twin",
    "arrival_by_id",
    "arrivals_of",
    "books_of",
    "came_to",
    "colleagues",
    "directive_by_id",
    "issue_by_id",
    "issues_of",
    "links_of",
    "page_of",
    "papers_numbered",
    "sent_to",
    "state_of",
    "to_follow",
    "twins",
    "writings_of",
    "years_of",
]
