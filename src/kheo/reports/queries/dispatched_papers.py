"""What a further recipient reads and takes home: the revision that was sent, in that recipient's outline."""

from kheo.campaigns.queries import definition_of
from kheo.core.consolidated import UnitRef, in_place_of
from kheo.core.days import last_day
from kheo.core.dispatched import DispatchedReport, dispatched_report
from kheo.documents.dispatched_paper import dispatched_paper
from kheo.documents.profiles import profile_named
from kheo.org.queries import unit_facts
from kheo.reports.models import Revision
from kheo.reports.queries.cycle_papers import instead_name, sender_of
from kheo.reports.queries.dispatches import Sending, Sent, revision_of, unit_of
from kheo.reports.queries.letters import letter_facts


def as_received(sent: Sent, revision: Revision) -> DispatchedReport:
    """A revision as the recipient of the dispatch reads it."""
    definition = definition_of(sent.dispatch.obligation.cycle.edition_id)
    return dispatched_report(definition, sent.copy, revision.figures, revision.narrative, revision.below)


def paper_of(sent: Sent, sending: Sending) -> bytes:
    """The Word file of one sending, in the profile that the edition names for the recipient."""
    cycle = sent.dispatch.obligation.cycle
    facts = unit_facts([sent.dispatch.recipient_id], cycle.opened_on).get(sent.dispatch.recipient_id)
    recipient = UnitRef(facts.code, facts.name, facts.kind) if facts else None
    unit, revision, day = unit_of(sent.dispatch), revision_of(sending), last_day(sending.sent_at)
    letter = letter_facts(cycle, sender_of(cycle, unit, revision, day), recipient, day)
    instead, profile = instead_name(revision), profile_named(sent.copy.paper)
    sender = in_place_of(instead, unit.name) if instead else ""
    report = as_received(sent, revision)
    return dispatched_paper(definition_of(cycle.edition_id), report, letter, cycle.name, sending.sent_at, profile, sender=sender)
