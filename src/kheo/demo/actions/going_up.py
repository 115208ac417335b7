"""What goes up beside the figures: paragraphs taken into the report above, proposals and their answers, copies for the Party board.

It is done where the reports themselves are signed, by the same people at the same instant, so the plan of acts stays as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kheo.core.proposals import Move
from kheo.demo.plan.cast import AN_DISTRICT, AN_UNIT, CITY
from kheo.org.access import Person
from kheo.reports.actions import (
    Done,
    Pick,
    Refusal,
    acknowledge_dispatch,
    arrange_section,
    merge_proposals,
    move_proposal,
    propose,
    send_dispatch,
)
from kheo.reports.models import Dispatch, Obligation, Proposal, Report
from kheo.reports.queries.attribution import Wanted, child_texts

TAKEN = "V"  # the section of exemplary models: the one in which names of units matter most
PROPOSAL_SECTION = "IV"
# The last cycle is the visitor's own to work on; the one before shows how it looks when it is done.
DONE_CYCLE, OPEN_CYCLE = "2023-6T", "2023-N"
ASKING = (
    "Đề nghị Liên đoàn Lao động Thành phố hướng dẫn mức chi cho tổ tự quản về môi trường ở công đoàn cơ sở.",
    "Kiến nghị có mẫu bảng theo dõi thống nhất cho mô hình đăng ký, để cuối năm không phải tổng hợp lại.",
)
ANSWER = "Mức chi thực hiện theo hướng dẫn tài chính công đoàn hiện hành; mẫu bảng theo dõi gửi kèm kỳ tới."
UNSENT = 2  # so many districts have not sent their copy in time, for the list of the late ones to show somebody


@dataclass(frozen=True)
class Moment:
    """A report that is about to be signed, or was just signed."""

    unit: str
    cycle: str
    obligation: int
    at: datetime


def before_signing(moment: Moment, *, writer: Person, reviewer_here: Person | None) -> int:
    """What the unit adds before its head signs; gives by how much the report's version grew.

    `reviewer_here`: whoever answers for the unit as a recipient, None for a unit without any below.
    """
    if _asks(moment):
        text = ASKING[int(moment.unit[-1]) % 2]
        _done(propose(moment.obligation, section=PROPOSAL_SECTION, text=text, by=writer, at=moment.at))
    if moment.cycle != DONE_CYCLE or moment.unit not in (AN_DISTRICT, CITY) or reviewer_here is None:
        return 0
    _pass_on(moment, reviewer_here)
    return _take_texts(moment, writer)


def _asks(moment: Moment) -> bool:
    """A few grassroots unions of An's district, not An's own: what she meets is the report alone."""
    prefix = AN_UNIT[:-4]
    return moment.cycle in (DONE_CYCLE, OPEN_CYCLE) and moment.unit in {f"{prefix}{number:04d}" for number in range(2, 9)}


def _take_texts(moment: Moment, writer: Person) -> int:
    """The first paragraphs of the units below go into the section of exemplary models, before the unit's own words."""
    owed = Obligation.objects.select_related("cycle").get(pk=moment.obligation)
    report = Report.objects.filter(obligation=owed).first()
    texts = child_texts(owed, report, TAKEN, Wanted(TAKEN)).rows[:2]
    picks = [Pick(each.revision, TAKEN, 0) for each in texts if each.paragraphs]
    before = report.narrative.get(TAKEN, "") if report else ""
    if not picks or len(before) + sum(len(each.paragraphs[0]) for each in texts) > 3800:
        return 0
    _done(arrange_section(moment.obligation, section=TAKEN, before=before, picks=picks, by=writer, at=moment.at))
    return 1


def _pass_on(moment: Moment, reviewer: Person) -> None:
    """The district makes one of the same proposals and passes it up; the city answers and closes it."""
    held = list(Proposal.objects.filter(holder__in=reviewer.reading_units, thread=None, stage__in=("open", "forwarded")).order_by("pk"))
    here = [each for each in held if each.obligation.cycle.code == moment.cycle]
    same = [each.pk for each in here if each.text == here[0].text]
    if len(same) > 1:
        _done(merge_proposals(same, by=reviewer, at=moment.at))
    for each in here:
        row = Proposal.objects.get(pk=each.pk)
        if row.thread_id is None:
            _answer(row, moment, reviewer)


def _answer(row: Proposal, moment: Moment, reviewer: Person) -> None:
    moves = (
        [(Move.FORWARD, "Vượt thẩm quyền của quận, kính chuyển.")]
        if moment.unit == AN_DISTRICT
        else [(Move.ANSWER, ANSWER), (Move.CLOSE, "")]
    )
    version = row.version
    for move, text in moves:
        version = _done(move_proposal(row.pk, move, text=text, version=version, by=reviewer, at=moment.at)).version


def after_signing(moment: Moment, *, version: int, signer: Person, takers: Sequence[Person]) -> None:
    """The copy for the Party board, where the campaign asks for one; An's district's is taken in at once. In the open cycle all wait."""
    dispatch = Dispatch.objects.filter(obligation=moment.obligation).first()
    if dispatch is None or moment.cycle != DONE_CYCLE or dispatch.obligation.position % 10 < UNSENT - 1:
        return
    sent = _done(send_dispatch(dispatch.pk, version=version, by=signer, at=moment.at))
    taker = next((each for each in takers if each.roles_at(dispatch.recipient_id)), None)
    if taker is not None:
        _done(acknowledge_dispatch(dispatch.pk, number=sent.version, by=taker, at=moment.at))


def _done(answer: object) -> Done:
    if isinstance(answer, Refusal):
        raise BrokenStepError(answer.message)
    return answer  # type: ignore[return-value]  # Saved and Done alike: only their version is looked at


class BrokenStepError(RuntimeError):
    """An action refused what goes up in the demo: a fault of the plan."""
