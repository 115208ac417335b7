"""A list of entries is kept under a name: filters, order and columns, for oneself or shared by a unit. It never holds an entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qs

from django.db import transaction

from kheo.core.personal_data import personal_words
from kheo.core.registers.asking import own_query
from kheo.core.registers.columns import Asked, Query
from kheo.core.registers.words import Reach
from kheo.core.text import nfc
from kheo.journal.actions import record
from kheo.org.access import Person
from kheo.registers.access import may_share, saved_list
from kheo.registers.actions.outcomes import Refused
from kheo.registers.models import Register, SavedEntries
from kheo.registers.queries.definitions import Book

LONGEST_NAME, LONGEST_QUERY = 60, 1500
MOST = 30  # so many belong to one person, and to one unit, in a register


@dataclass(frozen=True)
class Naming:
    """Under which name a list is kept, for whom, and which unit shares it."""

    name: str
    reach: Reach = Reach.MINE
    unit: int | None = None

    def held(self, by: Person) -> Mapping[str, int | None]:
        """Whose it is: a person's, or a unit's."""
        mine = self.reach is Reach.MINE
        return {"unit_id": None if mine else self.unit, "owner_id": by.user_id if mine else None}


@transaction.atomic
def save_entries_list(book: Book, query: Query, naming: Naming, *, by: Person, at: datetime) -> SavedEntries | Refused:
    """Keep a list. The very same list saved again is the one that is there; another one of that name is refused, not written over."""
    kept = own_query(book.definition, query)
    words = nfc(naming.name)
    problem = _wrong_query(book, kept) or _wrong_naming(naming, kept, by)
    if problem:
        return Refused(problem)
    _lock(book)
    held = naming.held(by)
    siblings = SavedEntries.objects.filter(register=book.register, **held)
    same = siblings.filter(name=words).first()
    if same is not None:
        return same if (same.query, same.reach) == (kept, naming.reach) else Refused(_taken(words))
    if siblings.count() >= MOST:
        return Refused(f"Đã có {MOST} danh sách. Hãy bỏ bớt danh sách không còn dùng.")
    row = SavedEntries.objects.create(
        register=book.register, reach=naming.reach, name=words, query=kept, saved_by=by.name, saved_at=at, **held
    )
    _tell("save_entries_list", row, by, at)
    return row


@transaction.atomic
def rename_entries_list(book: Book, number: int, naming: Naming, *, by: Person, at: datetime) -> SavedEntries | Refused:
    """Another name, another circle. Raises Unreachable for a list that is not shared with this person."""
    _lock(book)
    found = saved_list(by, book, number)
    words = nfc(naming.name)
    problem = (_NOT_YOURS if not found.may_change else "") or _wrong_naming(naming, found.query, by)
    if problem:
        return Refused(problem)
    held = naming.held(by)
    if SavedEntries.objects.filter(register=book.register, name=words, **held).exclude(pk=number).exists():
        return Refused(_taken(words))
    SavedEntries.objects.filter(pk=number).update(name=words, reach=naming.reach, saved_by=by.name, saved_at=at, **held)
    row = SavedEntries.objects.get(pk=number)
    _tell("rename_entries_list", row, by, at)
    return row


@transaction.atomic
def replace_entries_list(book: Book, number: int, query: Query, *, by: Person, at: datetime) -> SavedEntries | Refused:
    """Other filters under the same name. Raises Unreachable for a list that is not shared with this person."""
    _lock(book)
    found, kept = saved_list(by, book, number), own_query(book.definition, query)
    problem = (_NOT_YOURS if not found.may_change else "") or _wrong_query(book, kept) or _wrong_search(found.reach, kept)
    if problem:
        return Refused(problem)
    SavedEntries.objects.filter(pk=number).update(query=kept, saved_by=by.name, saved_at=at)
    row = SavedEntries.objects.get(pk=number)
    if kept != found.query:
        _tell("replace_entries_list", row, by, at)
    return row


@transaction.atomic
def drop_entries_list(book: Book, number: int, *, by: Person, at: datetime) -> SavedEntries | Refused:
    """Forget a list, which is given back; the entries are not touched. Raises Unreachable for one that is not shared with this person."""
    _lock(book)
    if not saved_list(by, book, number).may_change:
        return Refused(_NOT_YOURS)
    row = SavedEntries.objects.get(pk=number)
    _tell("drop_entries_list", row, by, at)
    SavedEntries.objects.filter(pk=number).delete()
    return row


_NOT_YOURS = "Danh sách này của đơn vị khác hoặc người khác; anh/chị mở xem được, không sửa được."


def _lock(book: Book) -> None:
    """One at a time in a register, so that names and numbers of lists are what they were counted to be."""
    Register.objects.select_for_update(no_key=True).get(pk=book.register.pk)


def _taken(words: str) -> str:
    return f"Đã có danh sách tên “{words}”. Hãy đặt tên khác, hoặc mở danh sách ấy rồi bấm “Ghi đè”."


def _wrong_query(book: Book, kept: str) -> str:
    if book.definition.walled:
        return "Sổ của nội dung được che không lưu danh sách: tên và điều kiện cũng là chữ."
    if not kept:
        return "Chưa chọn điều kiện lọc, cách xếp hay cột nào để lưu."
    return "Danh sách có quá nhiều điều kiện để lưu." if len(kept) > LONGEST_QUERY else ""


def _wrong_naming(naming: Naming, kept: str, by: Person) -> str:
    words = nfc(naming.name)
    if not words:
        return "Hãy đặt tên cho danh sách."
    if len(words) > LONGEST_NAME:
        return f"Tên danh sách dài {len(words)} ký tự, tối đa {LONGEST_NAME}."
    if naming.reach is Reach.MINE:
        return ""
    if naming.unit is None or not may_share(by, naming.reach, naming.unit):
        return "Chức trách của anh/chị không chia sẻ danh sách rộng như vậy được."
    if personal_words(words):
        return f"Tên danh sách {personal_words(words)}. Nhiều người sẽ thấy: hãy đặt tên khác."
    return _wrong_search(naming.reach, kept)


def _wrong_search(reach: Reach, kept: str) -> str:
    text = " ".join(parse_qs(kept).get(Asked.TEXT, []))
    found = personal_words(text) if reach is not Reach.MINE else ""
    return f"Chữ tìm {found}. Nhiều người sẽ thấy: hãy bỏ chữ tìm ấy." if found else ""


def _tell(act: str, row: SavedEntries, by: Person, at: datetime) -> None:
    detail = {"list": row.pk, "name": row.name, "query": row.query, "reach": row.reach}
    record(act, by=by.actor(row.unit_id or 0), at=at, object_type="register", object_id=row.register_id, unit_id=row.unit_id, **detail)
