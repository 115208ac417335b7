"""What goes out about reports."""

from datetime import datetime
from typing import Any

from ninja import Schema
from pydantic import Field, StrictBool, StrictInt, StrictStr

from kheo.api.answers import Strict
from kheo.api.drafts import decimals_of
from kheo.campaigns.queries import definition_of
from kheo.core.plain_figures import plain_figure
from kheo.org.access import Person
from kheo.reports.access import Reached, may
from kheo.reports.models import Obligation
from kheo.reports.queries.filling import sheet, view_from
from kheo.reports.queries.receipts import Receipt
from kheo.reports.queries.remarks import Remark


class SubmitIn(Strict):
    """The version that was read; `confirmed`: the places of problems to `confirm` for which the signer answers."""

    version: StrictInt = Field(ge=0, le=2_000_000_000)
    confirmed: list[StrictStr] = Field([], max_length=1000)


class KeptIn(Strict):
    """Why a remarked place stays as it was sent; `confirmed`: what looks like personal data in it may stand there."""

    place: StrictStr
    text: StrictStr
    confirmed: StrictBool = False


class KeptOut(Schema):
    """The draft's version after the answer."""

    version: int


class ObligationOut(Schema):
    """A report that is owed. `id` names it in every other address; `may` are the acts open to the holder now.

    `filler`: the successor that answers instead of the `unit`, where that has ended; else null.
    """

    id: int
    unit: int
    filler: int | None
    campaign: str
    cycle: str
    cycle_name: str
    recipient: int
    due_at: datetime
    state: str
    version: int
    may: list[str]


class ProblemAt(Schema):
    """Something to mend (`error`), to explain (`explain`), to vouch for when signing (`confirm`) or to look at again (`question`)."""

    place: str
    message: str
    severity: str


class RemarkOut(Schema):
    """What the recipient asks about a cell or section; `answered` is `corrected`, `kept`, or empty while nothing was answered."""

    place: str
    text: str
    by: str
    answered: str


class ReportOut(ObligationOut):
    """One report. `figures` by cell; `totals` are computed; `hidden` are cells whose numbers this reader is not shown."""

    unit_code: str
    unit_name: str
    edition: str
    figures: dict[str, int | str | None]
    totals: dict[str, int | str | None]
    narrative: dict[str, str]
    explanations: dict[str, str]
    unanswered: list[str]
    problems: list[ProblemAt]
    remarks: list[RemarkOut]
    hidden: list[str]
    last_receipt: int


class ReceiptOut(Schema):
    """Proof of a submission."""

    number: str
    obligation: int
    revision: int
    received_at: datetime
    on_time: bool
    hash: str


def obligation_out(owed: Obligation, person: Person) -> dict[str, Any]:
    """One that is owed, with cycle and report at hand."""
    report = getattr(owed, "report", None)
    state = owed.state_of(report)
    return {
        "id": owed.pk,
        "unit": owed.unit_id,
        "filler": owed.filler_id,
        "campaign": owed.cycle.campaign.code,
        "cycle": owed.cycle.code,
        "cycle_name": owed.cycle.name,
        "recipient": owed.recipient_id,
        "due_at": owed.due_at,
        "state": state.value,
        "version": report.version if report else 0,
        "may": sorted(may(person, owed, state)),
    }


def report_out(reached: Reached, person: Person) -> dict[str, Any]:
    """A report as far as this reader may see it."""
    definition = definition_of(reached.cycle.edition_id)
    view = view_from(reached.obligation, reached.unit, person.reading_units)
    whole = sheet(reached.obligation, reached.report, view, is_own=reached.obligation.answering_id in person.reading_units)
    totals = {cell.key for cell in definition.cells if cell.is_total}
    shown = {
        key: plain_figure(figure, decimals_of(definition, key)) for key, figure in whole.standing.figures.items() if key not in whole.hidden
    }
    latest = reached.report.latest if reached.report else None
    is_whole = not whole.hidden  # a problem may quote a number that is hidden
    return {
        **obligation_out(reached.obligation, person),
        "unit_code": reached.unit.code,
        "unit_name": reached.unit.name,
        "edition": reached.cycle.edition.hash,
        "figures": {key: figure for key, figure in shown.items() if key not in totals},
        "totals": {key: figure for key, figure in shown.items() if key in totals},
        "narrative": dict(whole.narrative),
        "explanations": dict(whole.explanations),
        "unanswered": list(whole.standing.unanswered),
        "problems": [_problem(each) for each in whole.standing.problems] if is_whole else [],
        "remarks": [_remark(each) for each in whole.remarks.values()],
        "hidden": sorted(whole.hidden),
        "last_receipt": latest.number if latest else 0,
    }


def _problem(each: Any) -> dict[str, str]:
    return {"place": each.target, "message": each.message, "severity": each.severity}


def _remark(each: Remark) -> dict[str, str]:
    answered = each.reply.kind.value if each.reply else ""
    return {"place": each.target, "text": each.text, "by": each.author, "answered": answered}


def receipt_out(receipt: Receipt, reached: Reached) -> dict[str, Any]:
    """A receipt."""
    return {
        "number": receipt.number,
        "obligation": reached.obligation.pk,
        "revision": receipt.revision,
        "received_at": receipt.received_at,
        "on_time": receipt.on_time,
        "hash": receipt.hash,
    }
