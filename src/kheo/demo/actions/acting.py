"""What is done to single reports, each by somebody who may."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import cycle_by_code
from kheo.core.days import due_day
from kheo.core.remarks import Answered
from kheo.demo.actions.going_up import Moment, after_signing, before_signing
from kheo.demo.actions.staging import BrokenScriptError, Materials
from kheo.demo.plan.cast import AN_UNIT, PARTY_TAKER, Hands
from kheo.demo.plan.chance import stream
from kheo.demo.plan.courses import Deed, Step, followers
from kheo.demo.plan.courses import Draft as Says
from kheo.demo.plan.explaining import explanations
from kheo.demo.plan.following import as_books_count
from kheo.demo.plan.papers import Content, Papers
from kheo.demo.plan.pictures import riverside
from kheo.demo.plan.story import STORY
from kheo.files.receiving import SentFile
from kheo.org.access import Person, persons
from kheo.org.models import SnapshotUnit
from kheo.people.models import User
from kheo.reports.actions import (
    Change,
    Done,
    Extended,
    Receipt,
    Refusal,
    Saved,
    accept_report,
    add_evidence,
    answer_remark,
    ask_extension,
    extend_due,
    remark,
    return_report,
    revise_report,
    save_draft,
    submit_report,
)
from kheo.reports.actions.merging import UNANSWERED, Entry
from kheo.reports.models import Obligation
from kheo.reports.queries.counted import counted_of

WHY_ASKED = "Cán bộ phụ trách số liệu nghỉ ốm từ đầu tuần, đơn vị đang cử người làm thay."
WHY_GIVEN = "Công ty mất điện hai ngày do sự cố trạm biến áp; công đoàn cơ sở đã gọi báo trước hạn."
PROVED = "Bờ kênh sau đợt ra quân của các tổ công đoàn"
Answer = TypeVar("Answer", Saved, Receipt, Done)


@dataclass
class Scene:
    """One cycle on the stage: who is there, which units (by code) and what each owes, and the version of each report so far."""

    cycle: Cycle
    units: Mapping[str, int]
    papers: Papers
    hands: Hands
    people: Mapping[str, Person]
    obligations: Mapping[str, int]
    following: frozenset[str] = frozenset()
    versions: dict[str, int] = field(default_factory=dict)

    def perform(self, step: Step) -> None:
        """Do one step; raises BrokenScriptError where an action refuses."""
        _DEEDS[step.deed](self, step)

    def writer(self, unit: str) -> Person:
        return self.people[self.hands.writer(unit)]

    def signer(self, unit: str) -> Person:
        return self.people[self.hands.signer(unit)]

    def answering(self, unit: str) -> Person | None:
        """Who answers for a unit that has others below it."""
        return self.people.get(self.hands.answering(unit))

    def reviewer(self, unit: str) -> Person:
        return self.people[self.hands.reviewer(unit)]


def open_scene(cycle_code: str, materials: Materials) -> Scene:
    """The cycle as the database has it: also in the middle, when an interrupted build goes on."""
    chapter = next(chapter for chapter in STORY if chapter.cycle == cycle_code)
    definition = materials.editions[chapter.edition]
    cycle = cycle_by_code(definition.campaign, cycle_code)
    if cycle is None:
        raise BrokenScriptError(f"{cycle_code} is not open")
    codes = dict(SnapshotUnit.objects.filter(snapshot=cycle.snapshot_id).values_list("unit_id", "code"))
    owed = list(Obligation.objects.filter(cycle=cycle).values_list("pk", "unit_id", "report__version"))
    return Scene(
        cycle=cycle,
        units={code: unit for unit, code in codes.items()},
        papers=Papers(chapter, definition, materials.tree, materials.seed),
        hands=Hands(materials.tree),
        people=persons(User.objects.all(), chapter.opened_at),
        obligations={codes[unit]: pk for pk, unit, _ in owed},
        following=frozenset(followers(chapter, materials.tree, materials.seed)),
        versions={codes[unit]: version for _, unit, version in owed if version is not None},
    )


def _save(scene: Scene, step: Step) -> None:
    _write(scene, step, scene.papers.content(step.unit, step.before), scene.papers.content(step.unit, step.after))
    if step.unit == AN_UNIT and (step.before, step.after) == (Says.NOTHING, Says.PART):
        _prove(scene, step)


def _write(scene: Scene, step: Step, before: Content, after: Content) -> None:
    """What stands in the report otherwise than before."""
    saved = save_draft(
        scene.obligations[step.unit],
        cells=_changes(before.figures, after.figures),
        sections=_changes(before.narrative, after.narrative),
        by=scene.writer(step.unit),
        at=step.at,
    )
    scene.versions[step.unit] = _done(saved, step).version


def _prove(scene: Scene, step: Step) -> None:
    """An has a photograph of the bank that her union cleared."""
    owed, photo = scene.obligations[step.unit], SentFile("bo-kenh.jpg", riverside())
    proved = add_evidence(owed, content="N3", files=[photo], caption=PROVED, by=scene.writer(step.unit), at=step.at)
    if isinstance(proved, Refusal) or proved.problems:
        raise BrokenScriptError(f"{step.unit}, {step.cycle}: no evidence: {proved}")
    scene.versions[step.unit] = proved.version


def _changes(before: Mapping[str, Entry], after: Mapping[str, Entry]) -> dict[str, Change]:
    keys = [*after, *(key for key in before if key not in after)]
    changes = {key: Change(before.get(key, UNANSWERED), after.get(key, UNANSWERED)) for key in keys}
    return {key: change for key, change in changes.items() if change.before != change.after}


def _submit(scene: Scene, step: Step) -> None:
    moment = Moment(step.unit, step.cycle, scene.obligations[step.unit], step.at)
    if step.unit in scene.following:
        _follow_books(scene, step)
    scene.versions[step.unit] += before_signing(moment, writer=scene.writer(step.unit), reviewer_here=scene.answering(step.unit))
    sent = _sent(scene, step)
    if isinstance(sent, Refusal) and (said := explanations(sent.problems, scene.papers.seed, step.unit, step.cycle)):
        changes = {cell: Change(UNANSWERED, text) for cell, text in said.items()}
        saved = save_draft(
            scene.obligations[step.unit], cells={}, sections={}, explanations=changes, by=scene.writer(step.unit), at=step.at
        )
        scene.versions[step.unit] = _done(saved, step).version
        sent = _sent(scene, step)
    _done(sent, step)
    scene.versions[step.unit] += 1
    after_signing(moment, version=scene.versions[step.unit], signer=scene.signer(step.unit), takers=[scene.people[PARTY_TAKER]])


def _follow_books(scene: Scene, step: Step) -> None:
    """The numbers of the books that the unit keeps take the place of invented ones, but for a few; the texts tell of these numbers."""
    counted = counted_of(Obligation.objects.get(pk=scene.obligations[step.unit]))
    numbers, explained = {key: cell.number for key, cell in counted.items()}, [key for key, cell in counted.items() if not cell.is_walled]
    figures = as_books_count(numbers, explained, stream(scene.papers.seed, "following", step.cycle, step.unit))
    _write(scene, step, scene.papers.content(step.unit, step.after), scene.papers.rewritten(step.unit, figures))


def _sent(scene: Scene, step: Step) -> Receipt | Refusal:
    version, signer = scene.versions[step.unit], scene.signer(step.unit)
    return submit_report(scene.obligations[step.unit], version=version, by=signer, at=step.at)


def _return(scene: Scene, step: Step) -> None:
    obligation, version, reviewer = scene.obligations[step.unit], scene.versions[step.unit], scene.reviewer(step.unit)
    reason, remarks = scene.papers.remarks(step.unit)
    kept = scene.papers.kept(step.unit)
    for each in (*remarks, *([kept.remark] if kept else ())):
        _done(remark(obligation, target=each.target, text=each.text, version=version, by=reviewer, at=step.at), step)
    scene.versions[step.unit] = _done(return_report(obligation, reason=reason, version=version, by=reviewer, at=step.at), step).version


def _answer(scene: Scene, step: Step) -> None:
    """What was corrected is answered by that; what stays as it is says why."""
    kept, writer = scene.papers.kept(step.unit), scene.writer(step.unit)
    if kept:
        obligation, target = scene.obligations[step.unit], kept.remark.target
        done = answer_remark(obligation, target=target, kind=Answered.KEPT, text=kept.answer, by=writer, at=step.at)
        scene.versions[step.unit] = _done(done, step).version


def _accept(scene: Scene, step: Step) -> None:
    version, reviewer = scene.versions[step.unit], scene.reviewer(step.unit)
    scene.versions[step.unit] = _done(accept_report(scene.obligations[step.unit], version=version, by=reviewer, at=step.at), step).version


def _revise(scene: Scene, step: Step) -> None:
    version, signer, reason = scene.versions[step.unit], scene.signer(step.unit), scene.papers.reason(step.unit)
    done = revise_report(scene.obligations[step.unit], reason=reason, version=version, by=signer, at=step.at)
    scene.versions[step.unit] = _done(done, step).version


def _ask(scene: Scene, step: Step) -> None:
    until = _a_working_day_more(scene.obligations[step.unit])
    _done(ask_extension(scene.obligations[step.unit], until=until, reason=WHY_ASKED, by=scene.signer(step.unit), at=step.at), step)


def _extend(scene: Scene, step: Step) -> None:
    until = _a_working_day_more(scene.obligations[step.unit])
    outcome = extend_due([scene.obligations[step.unit]], until=until, reason=WHY_GIVEN, by=scene.reviewer(step.unit), at=step.at)
    if not isinstance(outcome, Extended):
        raise BrokenScriptError(f"{step.unit}, {step.cycle}, {step.deed}: {outcome.message}")


def _a_working_day_more(obligation: int) -> date:
    """The weekday after the due date."""
    day = due_day(Obligation.objects.get(pk=obligation).due_at) + timedelta(days=1)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _done(answer: Answer | Refusal, step: Step) -> Answer:
    if isinstance(answer, Refusal):
        details = "; ".join(problem.message for problem in answer.problems[:5])
        raise BrokenScriptError(f"{step.unit}, {step.cycle}, {step.deed}: {answer.message} {details}")
    if isinstance(answer, Saved) and answer.conflicts:
        raise BrokenScriptError(f"{step.unit}, {step.cycle}: somebody else has written {answer.conflicts[0].target}")
    return answer


_DEEDS: Mapping[Deed, Callable[[Scene, Step], None]] = {
    Deed.SAVE: _save,
    Deed.SUBMIT: _submit,
    Deed.RETURN: _return,
    Deed.ANSWER: _answer,
    Deed.ACCEPT: _accept,
    Deed.REVISE: _revise,
    Deed.ASK: _ask,
    Deed.EXTEND: _extend,
}
