"""Whether the tables say what the journal says: the journal is chained and its head published, the tables are not.

Somebody who changes a report and computes its hashes and totals anew is found here.
"""

from collections.abc import Iterable, Iterator, Mapping

from kheo.campaigns.models import Cycle
from kheo.core.workflow import Act
from kheo.journal.queries import history_of
from kheo.org.queries import snapshot_fault
from kheo.reports.models import CellNote, Report, Revision
from kheo.reports.queries.evidence import evidence_of_drafts
from kheo.reports.queries.extension_faults import first_due
from kheo.reports.queries.promised import promised_hash
from kheo.reports.queries.retold import Retold, retell

RELATED = ("revisions__decision", "revisions__notes__answer", "revisions__notes__settled", "revisions__kept")


def cycle_faults(cycle: Cycle) -> Iterator[str]:
    """The cycle's edition, tree, obligations and due dates against the day it was opened."""
    fault = snapshot_fault(cycle.snapshot)
    if fault:
        yield fault
    opened = next((entry.detail for entry in history_of("cycle", cycle.pk) if entry.act == "open_cycle"), None)
    if opened is None:
        yield f"Nhật ký không ghi việc mở kỳ {cycle.code} (cycle {cycle.pk})."
        return
    if opened.get("edition") != cycle.edition.hash:
        yield f"Kỳ {cycle.code} (cycle {cycle.pk}) không còn dùng bản phong trào đã mở."
    if opened.get("tree", cycle.snapshot.hash) != cycle.snapshot.hash:
        yield f"Kỳ {cycle.code} (cycle {cycle.pk}) không còn dùng cây đơn vị đã mở."
    if opened.get("plan", cycle.plan) != cycle.plan:
        yield f"Lịch báo cáo không như lúc mở: kỳ {cycle.code} (cycle {cycle.pk})."
    promised = opened.get("promised")  # cycles opened before it was kept have none
    if promised and promised != promised_hash(cycle, first_due(cycle)):
        yield f"Các ngày của kỳ, nơi nhận hoặc hạn nộp đã bị sửa sau khi mở: kỳ {cycle.code} (cycle {cycle.pk})."


def report_faults(cycle: Cycle, names: Mapping[int, str]) -> Iterator[str]:
    """Reports that are not as the journal's acts leave them; `names` by unit."""
    told, proofs = retell(cycle.pk), evidence_of_drafts(cycle)
    rows = Report.objects.filter(obligation__cycle=cycle).select_related("obligation").prefetch_related(*RELATED)
    for report in rows.order_by("pk").iterator(chunk_size=500):
        place = f"{names.get(report.obligation.unit_id)}, kỳ {cycle.code} (report {report.pk})"
        retold = told.pop(report.obligation_id, Retold())
        for wrong in _differences(report, retold):
            yield f"{wrong} không như nhật ký ghi: {place}."
        if proofs.get(report.pk, {}) != retold.evidence:
            yield f"Minh chứng không như nhật ký ghi: {place}."
    for obligation in told:
        yield f"Nhật ký có báo cáo nhưng không thấy báo cáo: kỳ {cycle.code} (obligation {obligation})."


def _differences(report: Report, told: Retold) -> Iterator[str]:
    """What differs, in words that begin the sentence."""
    revisions = sorted(report.revisions.all(), key=lambda each: each.number)
    number_of = {each.pk: each.number for each in revisions}
    if [(each.number, each.hash) for each in revisions] != list(enumerate(told.sent, 1)):
        yield "Các lần nộp"
    if report.received_at != told.received_at:
        yield "Giờ nhận"
    if (report.state, number_of.get(report.latest_id or 0, 0)) != (told.state, len(told.sent)):
        yield "Trạng thái"
    if (number_of.get(report.accepted_id or 0, 0), report.accepted_at) != (told.accepted, told.accepted_at):
        yield "Lần nộp được tính"
    if (report.figures, report.narrative, report.explanations) != (told.figures, told.narrative, told.explanations):
        yield "Bản đang soạn"
    if {each.number: _decided(each) for each in revisions if hasattr(each, "decision")} != {
        number: (each.act, each.at, each.by, each.reason) for number, each in told.decided.items()
    }:
        yield "Quyết định"
    notes = [(each.number, note) for each in revisions for note in each.notes.all()]
    if {(number, note.target): (note.text, note.author, note.written_at) for number, note in notes} != told.remarks:
        yield "Nhận xét"
    kept = [(each.number, row.seal, row.reason, row.decided_by, row.decided_at) for each in revisions for row in each.kept.all()]
    if sorted(kept) != sorted(told.kept):
        yield "Quyết định giữ bản đã gửi"
    if _answers(notes) != (told.answers, told.settled):
        yield "Trả lời nhận xét"


def _answers(notes: Iterable[tuple[int, CellNote]]) -> tuple[dict[tuple[int, str], object], dict[tuple[int, str], object]]:
    """What was answered and what was let pass, by revision and place."""
    answers, settled = dict[tuple[int, str], object](), dict[tuple[int, str], object]()
    for number, note in notes:
        if hasattr(note, "answer"):
            answers[number, note.target] = (note.answer.kind, note.answer.text, note.answer.author, note.answer.written_at)
        if hasattr(note, "settled"):
            settled[number, note.target] = (note.settled.settled_by, note.settled.settled_at)
    return answers, settled


def _decided(revision: Revision) -> tuple[object, ...]:
    decision = revision.decision
    return (decision.act, decision.decided_at, decision.decided_by, "" if decision.act == Act.ACCEPT else decision.reason)
