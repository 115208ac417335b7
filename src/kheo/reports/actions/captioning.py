"""Write the caption of a file of the draft anew."""

from datetime import datetime

from django.db import transaction

from kheo.core.evidence import caption_problem
from kheo.core.text import nfc, written
from kheo.core.workflow import Act
from kheo.org.access import Person
from kheo.reports.actions.locking import lock, refuse
from kheo.reports.actions.outcomes import Refusal
from kheo.reports.actions.proving import Proved, record_evidence, touched
from kheo.reports.models import Attachment

GONE = "Tệp này đã được bỏ khỏi báo cáo, nên không sửa được chú thích."


@transaction.atomic
def caption_evidence(obligation_id: int, *, attachment: int, before: str, caption: str, by: Person, at: datetime) -> Proved | Refusal:
    """Put another caption under a file; what went with a revision keeps its own.

    `before`: the caption as its writer saw it. Where somebody else wrote another one meanwhile, nothing is written over. The journal
    tells that the caption was changed and by whom, not its words: they may name people, and the journal never forgets.
    Raises Attachment.DoesNotExist for a file of another report.
    """
    locked = lock(obligation_id)
    words = nfc(written(caption))
    refusal = refuse(locked, Act.SAVE, by) or _too_long(words)
    if refusal or locked.report is None:
        return refusal or Refusal("Báo cáo chưa có minh chứng nào.")
    row = Attachment.objects.get(pk=attachment, report=locked.report)
    if row.removed_at is not None:
        return Refusal(GONE)
    if row.caption == words:
        return Proved(locked.report.version, ())
    if row.caption != nfc(written(before)):
        return Refusal(f"Người khác vừa sửa chú thích này thành “{row.caption}”. Chú thích của anh/chị chưa lưu: “{words}”.")
    row.caption = words
    row.save(update_fields=["caption"])
    report = touched(locked, by, at)
    record_evidence("caption_evidence", report, row.content, by, at, captioned=[row.pk])
    return Proved(report.version, ())


def _too_long(caption: str) -> Refusal | None:
    problem = caption_problem(caption)
    return Refusal(problem) if problem else None
