"""What the journal tells of the reports of a cycle, act by act: what must be found in the tables beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kheo.core.workflow import Act, State, step
from kheo.journal.models import JournalEntry
from kheo.journal.queries import entries_about
from kheo.reports.models import Obligation
from kheo.reports.queries.history import OBJECT

ACTS = {
    "add_evidence": Act.SAVE,
    "remove_evidence": Act.SAVE,
    "caption_evidence": Act.SAVE,
    "save_draft": Act.SAVE,
    "enter_draft": Act.ENTER,
    "arrange_section": Act.SAVE,
    "submit_report": Act.SUBMIT,
    "recall_report": Act.RECALL,
    "remark": Act.REMARK,
    "answer_remark": Act.ANSWER,
    "settle_remark": Act.SETTLE,
    "keep_as_sent": Act.KEEP,
    "return_report": Act.RETURN,
    "accept_report": Act.ACCEPT,
    "revise_report": Act.REVISE,
}


@dataclass(frozen=True)
class Decided:
    """How the waiting of a revision ended, as the journal has it; an acceptance has no reason."""

    act: str
    at: datetime
    by: str
    reason: str


@dataclass
class Retold:
    """One report as it must be after all its acts. `sent` are the hashes of its revisions, in order."""

    state: State = State.NOT_STARTED
    version: int = 0
    figures: dict[str, Any] = field(default_factory=dict)
    narrative: dict[str, Any] = field(default_factory=dict)
    explanations: dict[str, Any] = field(default_factory=dict)
    evidence: dict[int, str] = field(default_factory=dict)
    sent: list[str] = field(default_factory=list)
    sent_at: list[datetime] = field(default_factory=list)
    decided: dict[int, Decided] = field(default_factory=dict)
    remarks: dict[tuple[int, str], tuple[str, str, datetime]] = field(default_factory=dict)
    answers: dict[tuple[int, str], tuple[str, str, str, datetime]] = field(default_factory=dict)
    settled: dict[tuple[int, str], tuple[str, datetime]] = field(default_factory=dict)
    kept: list[tuple[int, str, str, str, datetime]] = field(default_factory=list)
    accepted_at: datetime | None = None

    @property
    def received_at(self) -> datetime | None:
        """When the first revision came that was not recalled afterwards."""
        kept = (at for number, at in enumerate(self.sent_at, 1) if number not in self.decided or self.decided[number].act != Act.RECALL)
        return next(kept, None)

    @property
    def accepted(self) -> int:
        """The number of the revision that counts, 0 for none."""
        return max((number for number, each in self.decided.items() if each.act == Act.ACCEPT), default=0)


def retell(cycle_id: int) -> dict[int, Retold]:
    """By obligation; those about which the journal tells nothing are absent. One pass over the cycle's rows."""
    told: dict[int, Retold] = {}
    about = Obligation.objects.filter(cycle=cycle_id).values("pk")
    for entry in entries_about(OBJECT, about):
        act = ACTS.get(entry.act)
        if act is not None:
            _tell(told.setdefault(entry.object_id, Retold()), act, entry)
    return told


def _tell(report: Retold, act: Act, entry: JournalEntry) -> None:
    detail: Mapping[str, Any] = entry.detail
    taken = step(report.state, act)
    report.state = taken.to if taken else report.state
    report.version = detail.get("version", report.version)
    if act in (Act.SAVE, Act.ENTER):
        _write(report.figures, detail.get("cells", {}))
        _write(report.narrative, detail.get("sections", {}))
        _write(report.explanations, detail.get("explanations", {}))
        report.evidence |= {int(key): sha256 for key, sha256 in detail.get("added", {}).items()}
        for key in detail.get("removed", []):
            report.evidence.pop(key, None)
        _answer(report, detail.get("of", 0), detail.get("answered", {}), entry)
    elif act == Act.ANSWER:
        _answer(report, detail["revision"], {detail["target"]: (detail["kind"], detail["text"])}, entry)
    elif act == Act.SUBMIT:
        report.sent.append(detail.get("hash", ""))
        report.sent_at.append(entry.at)
    elif act == Act.REMARK:
        _remark(report, entry)
    elif act == Act.KEEP:
        report.kept.append((detail["revision"], detail["seal"], detail["reason"], entry.actor_name, entry.at))
    elif act == Act.SETTLE:
        report.settled.pop((detail["revision"], detail["target"]), None)
        _settle(report, [(detail["revision"], detail["target"])] if detail["is_settled"] else [], entry)
    elif act in (Act.RETURN, Act.ACCEPT, Act.RECALL):
        report.decided[detail.get("revision", 0)] = Decided(act, entry.at, entry.actor_name, detail.get("reason", ""))
        report.accepted_at = entry.at if act == Act.ACCEPT else report.accepted_at
        _settle(report, detail.get("settled", []), entry)


def _write(kept: dict[str, Any], changes: Mapping[str, Any]) -> None:
    for key, (_, after) in changes.items():
        if after == "" and type(after) is str:
            kept.pop(key, None)
        else:
            kept[key] = after


def _remark(report: Retold, entry: JournalEntry) -> None:
    place, text = (len(report.sent), entry.detail.get("target", "")), entry.detail.get("text", "")
    if text:
        report.remarks[place] = (text, entry.actor_name, entry.at)
    else:
        report.remarks.pop(place, None)


def _answer(report: Retold, revision: int, answered: Mapping[str, Any], entry: JournalEntry) -> None:
    for target, answer in answered.items():
        report.settled.pop((revision, target), None)
        if answer is None:
            report.answers.pop((revision, target), None)
        else:
            report.answers[revision, target] = (answer[0], answer[1], entry.actor_name, entry.at)


def _settle(report: Retold, places: Iterable[Sequence[Any]], entry: JournalEntry) -> None:
    for revision, target in places:
        report.settled[revision, target] = (entry.actor_name, entry.at)
