"""Filters of a board are kept under a name: for oneself, or for everybody who reviews at the unit."""

from datetime import datetime

from django.db import transaction

from kheo.core.personal_data import personal_words
from kheo.core.text import nfc
from kheo.core.workflow import REVIEWING
from kheo.journal.actions import record
from kheo.org.access import Person
from kheo.reports.actions.outcomes import Done, Refusal
from kheo.reports.models import SavedList
from kheo.reports.queries.saved_lists import MOST

OBJECT = "saved_lists"
LONGEST_NAME, LONGEST_QUERY = 60, 600


@transaction.atomic
def save_list(unit: int, *, name: str, query: str, is_shared: bool, by: Person, at: datetime) -> SavedList | Refusal:
    """Keep the filters `query`; a list of the same name and owner is written over. Whoever opens it needs a right to the board."""
    words = nfc(name)
    if not words:
        return Refusal("Hãy đặt tên cho danh sách.")
    if len(words) > LONGEST_NAME:
        return Refusal(f"Tên danh sách dài {len(words)} ký tự, tối đa {LONGEST_NAME}.")
    if not query or len(query) > LONGEST_QUERY:
        return Refusal("Chưa chọn điều kiện lọc hay cách sắp xếp nào để lưu.")
    if is_shared and personal_words(words):
        return Refusal(f"Tên danh sách {personal_words(words)}. Danh sách chung thì mọi người duyệt đều thấy: hãy đặt tên khác.")
    if is_shared and not by.roles_at(unit) & REVIEWING:
        return Refusal("Chỉ cán bộ duyệt của đơn vị mới lưu được danh sách chung.")
    owner = None if is_shared else by.user_id
    mine = SavedList.objects.filter(unit=unit, owner=owner)
    if mine.count() >= MOST and not mine.filter(name=words).exists():
        return Refusal(f"Đã có {MOST} danh sách. Hãy bỏ bớt danh sách không còn dùng.")
    kept = {"query": query, "saved_by": by.name, "saved_at": at}
    row, _ = SavedList.objects.update_or_create(unit_id=unit, owner_id=owner, name=words, defaults=kept)
    _record("save_list", row, by, at)
    return row


@transaction.atomic
def drop_list(unit: int, *, number: int, by: Person, at: datetime) -> Done | Refusal:
    """Forget a list: one's own, or as a reviewer one of the unit's."""
    row = SavedList.objects.select_for_update().filter(unit=unit, pk=number).first()
    may = row is not None and (row.owner_id == by.user_id or (row.owner_id is None and bool(by.roles_at(unit) & REVIEWING)))
    if row is None or not may:
        return Refusal("Danh sách này không còn, hoặc không phải của anh/chị.")
    SavedList.objects.filter(pk=row.pk).delete()
    _record("drop_list", row, by, at)
    return Done(0)


def _record(act: str, row: SavedList, by: Person, at: datetime) -> None:
    detail = {"list": row.pk, "name": row.name, "query": row.query, "is_shared": row.owner_id is None}
    record(act, by=by.actor(row.unit_id), at=at, object_type=OBJECT, object_id=row.unit_id, unit_id=row.unit_id, **detail)
