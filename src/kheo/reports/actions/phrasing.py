"""The phrases of a recipient: remembered when they are used, and kept in order by its reviewers."""

from datetime import datetime

from django.db import connection, transaction

from kheo.core.personal_data import personal_words
from kheo.core.text import nfc
from kheo.core.workflow import REVIEWING
from kheo.journal.actions import record
from kheo.org.access import Person
from kheo.reports.actions.outcomes import Done, Refusal
from kheo.reports.models import Phrase
from kheo.reports.queries.phrases import MOST, REMARK, RETURN

OBJECT = "phrases"
LONGEST = 200  # what is longer is about one report, and no phrase
USED = """
INSERT INTO reports_phrase (unit_id, kind, text, uses, used_at) SELECT %(unit)s, %(kind)s, %(text)s, 1, %(at)s
 WHERE EXISTS (SELECT FROM reports_phrase WHERE unit_id = %(unit)s AND kind = %(kind)s AND text = %(text)s)
    OR (SELECT count(*) FROM reports_phrase WHERE unit_id = %(unit)s AND kind = %(kind)s) < %(most)s
ON CONFLICT (unit_id, kind, text) DO UPDATE SET uses = reports_phrase.uses + 1, used_at = excluded.used_at
"""


def remember_phrase(unit: int, kind: str, text: str, at: datetime) -> None:
    """Inside the act that used it: a short text becomes a phrase of the unit, or one more use of it is counted.

    One with what looks like personal data is never offered again, to nobody.
    """
    phrase = nfc(text)
    if not phrase or len(phrase) > LONGEST or personal_words(phrase):
        return
    with connection.cursor() as cursor:
        cursor.execute(USED, {"unit": unit, "kind": kind, "text": phrase, "at": at, "most": MOST})


@transaction.atomic
def write_phrase(unit: int, *, kind: str, text: str, phrase: int | None = None, by: Person, at: datetime) -> Done | Refusal:
    """Add a phrase to a unit's list, change one (`phrase`), or with an empty text forget it."""
    if not by.roles_at(unit) & REVIEWING:
        return Refusal("Anh/chị không có quyền sửa các câu hay dùng của đơn vị này.")
    words = nfc(text)
    if len(words) > LONGEST:
        return Refusal(f"Câu hay dùng dài {len(words)} ký tự, tối đa {LONGEST}.")
    found = personal_words(words)
    if found:
        return Refusal(f"Câu này {found}. Câu hay dùng được gợi ý cho mọi người duyệt, nên không giữ dữ liệu cá nhân.")
    kept = Phrase.objects.select_for_update().filter(unit=unit, pk=phrase).first() if phrase else None
    if phrase and kept is None:
        return Refusal("Câu này vừa được bỏ khỏi danh sách.")
    refusal = _put(unit, kept.kind if kept else kind, words, kept, at)
    if refusal:
        return refusal
    before = kept.text if kept else ""
    detail = {"kind": kept.kind if kept else kind, "before": before, "after": words}
    record("write_phrase", by=by.actor(unit), at=at, object_type=OBJECT, object_id=unit, unit_id=unit, **detail)
    return Done(0)


def _put(unit: int, kind: str, words: str, kept: Phrase | None, at: datetime) -> Refusal | None:
    if not words:
        if kept is None:
            return Refusal("Hãy viết câu muốn thêm.")
        Phrase.objects.filter(pk=kept.pk).delete()
        return None
    mine = Phrase.objects.filter(unit=unit, kind=kind)
    if mine.filter(text=words).exclude(pk=kept.pk if kept else 0).exists():
        return Refusal("Câu này đã có trong danh sách.")
    if kept:
        Phrase.objects.filter(pk=kept.pk).update(text=words)
    elif kind not in (REMARK, RETURN):
        raise ValueError(f"no such kind of phrase: {kind}")
    elif mine.count() >= MOST:
        return Refusal(f"Danh sách đã có {MOST} câu. Hãy bỏ bớt câu không còn dùng.")
    else:
        Phrase.objects.create(unit_id=unit, kind=kind, text=words, used_at=at)
    return None
