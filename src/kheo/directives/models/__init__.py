"""Papers, the two books of an office, and what was written in them. Everybody imports from here."""

from kheo.directives.models.books import Arrival, BookCounter, Issue
from kheo.directives.models.chain import ChainRow
from kheo.directives.models.drafting import Drafting
from kheo.directives.models.papers import Directive, DirectiveLink
from kheo.directives.models.passing import Passing, Relay
from kheo.directives.models.writings import Writing

__all__ = ["Arrival", "BookCounter", "ChainRow", "Directive", "DirectiveLink", "Drafting", "Issue", "Passing", "Relay", "Writing"]
