"""Locking a report and asking the workflow table again, inside the action's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kheo.campaigns.queries import opened_cycle
from kheo.core.workflow import ACT_NAMES, STATE_NAMES, Act, State, step
from kheo.org.access import Person
from kheo.reports.access import may
from kheo.reports.actions.outcomes import Refusal
from kheo.reports.models import Obligation, Report
from kheo.reports.queries.history import changes_since


@dataclass(frozen=True)
class Locked:
    """The locked report (None before the first save) and its obligation."""

    obligation: Obligation
    report: Report | None

    @property
    def state(self) -> State:
        return self.obligation.state_of(self.report)

    def after_the_last_act(self, at: datetime) -> datetime:
        """The instant of an act: `at`, or that of the report's last act where the server's clock was set back in between."""
        return max(at, self.report.updated_at) if self.report else at


# Every act begins here, so the statements are written out: Django spends three times as long on putting them together.
OBLIGATION = "SELECT * FROM reports_obligation WHERE id = %s FOR UPDATE"
REPORT = "SELECT * FROM reports_report WHERE obligation_id = %s"


def lock(obligation_id: int) -> Locked:
    """Lock the obligation's row first, so that two first saves meet here and not at a unique key; then read the report.

    Revisions are read when asked for: most acts need none of them. Raises Obligation.DoesNotExist.
    """
    obligation = next(iter(Obligation.objects.raw(OBLIGATION, [obligation_id])), None)
    if obligation is None:
        raise Obligation.DoesNotExist(obligation_id)
    obligation.cycle = opened_cycle(obligation.cycle_id)
    return Locked(obligation, next(iter(Report.objects.raw(REPORT, [obligation_id])), None))


OBLIGATIONS = "SELECT * FROM reports_obligation WHERE id = ANY(%s) ORDER BY id FOR UPDATE"
REPORTS = "SELECT * FROM reports_report WHERE obligation_id = ANY(%s)"


def lock_many(obligation_ids: Sequence[int]) -> dict[int, Locked]:
    """The same for many at once, by obligation. Rows are locked in one order, so that two batches never wait for each other."""
    owed = {each.pk: each for each in Obligation.objects.raw(OBLIGATIONS, [list(obligation_ids)])}
    for missing in set(obligation_ids) - owed.keys():
        raise Obligation.DoesNotExist(missing)
    reports = {each.obligation_id: each for each in Report.objects.raw(REPORTS, [list(obligation_ids)])}
    for each in owed.values():
        each.cycle = opened_cycle(each.cycle_id)
    return {each.pk: Locked(each, reports.get(each.pk)) for each in owed.values()}


def refuse(locked: Locked, act: Act, by: Person, version: int | None = None) -> Refusal | None:
    """Why the act cannot be done now, or None. A form made for an older `version` is refused with what changed since."""
    if version is not None and locked.report and locked.report.version != version:
        return Refusal(
            "Báo cáo đã thay đổi từ khi anh/chị mở trang này. Hãy xem lại rồi làm tiếp.", changes=changes_since(locked.obligation, version)
        )
    if step(locked.state, act) is None:
        return Refusal(f"Không {ACT_NAMES[act]} được: báo cáo đang ở trạng thái “{STATE_NAMES[locked.state]}”.")
    if act not in may(by, locked.obligation, locked.state):
        return Refusal(f"Anh/chị không có quyền {ACT_NAMES[act]} báo cáo này.")
    return None


def next_state(state: State, act: Act) -> State:
    """Where the table leads; only after `refuse` gave None."""
    found = step(state, act)
    if found is None:
        raise LookupError(f"{act} is not possible in {state}")
    return found.to
