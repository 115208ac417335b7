"""The campaign has ended and a report of a window that it reaches comes back unsent: it is wanted no more, in the same transaction.

One rule for a return and for a recall (decision 048). What counts already goes on being counted and stays open for its supplement.
"""

from datetime import datetime

from kheo.core.workflow import Act
from kheo.directives.models import CampaignEnding
from kheo.directives.queries.endings import ending_words
from kheo.journal.actions import record
from kheo.notices.actions import Event, Happening, tell
from kheo.org.access import Person
from kheo.reports.actions.locking import Locked
from kheo.reports.models import Transition
from kheo.reports.queries.history import OBJECT

# Shared, so that it is not taken back meanwhile: whoever takes it back locks this row first and would not see what is closed here.
HOLDING = """
SELECT * FROM directives_ending WHERE campaign_id = %s AND from_day <= %s AND withdrawn_at IS NULL FOR SHARE
"""


def close_with_campaign(locked: Locked, *, by: Person, at: datetime) -> CampaignEnding | None:
    """Close a report that is coming back, where its campaign has ended: by which ending, or None. `record_closed` follows the act's row.

    Its row is locked by the caller: an ending that comes meanwhile waits for it and closes it itself. Before the journal, which is
    locked last by everybody.
    """
    owed, report = locked.obligation, locked.report
    if report is None or report.accepted_id is not None:
        return None
    ending = next(iter(CampaignEnding.objects.raw(HOLDING, [owed.cycle.campaign_id, owed.cycle.opens])), None)
    if ending is None:
        return None
    owed.closed_at = at
    owed.save(update_fields=["closed_at"])
    made = Transition.objects.create(
        obligation=owed, act=Act.CLOSE, ending=ending, reason=ending_words(ending), decided_at=at, decided_by=by.name
    )
    told = [Happening(owed.pk, owed.unit_id, each, made.pk) for each in dict.fromkeys((owed.answering_id, owed.recipient_id))]
    tell(Event.CLOSED, told, cycle=owed.cycle.name, actor=by.user_id, at=at)
    return ending


def record_closed(locked: Locked, ending: CampaignEnding | None, unit: int, *, by: Person, at: datetime) -> str:
    """Tell the journal of it, after what was done (at `unit`) that had it about it; why it is closed, or nothing."""
    if ending is None:
        return ""
    owed, reason = locked.obligation, ending_words(ending)
    record(
        Act.CLOSE.value, by=by.actor(unit), at=at, object_type=OBJECT, object_id=owed.pk, unit_id=owed.unit_id,
        reason=reason, ending=ending.pk,
    )  # fmt: skip
    return reason
