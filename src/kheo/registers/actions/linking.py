"""Links from one entry to another, verified by somebody who may: a model that was repeated elsewhere is a link, not a claim."""

from datetime import date, datetime

from django.db import transaction

from kheo.core.days import format_day, local_day
from kheo.core.registers.beside import BesideAct, asks_why, unlinks, why_last, why_not, writes
from kheo.core.registers.models import LinkDef
from kheo.core.registers.words import FIRST_YEAR
from kheo.core.text import written
from kheo.org.access import Person, Unreachable
from kheo.registers.access import ReachedEntry, reached_entry
from kheo.registers.actions.keeping import Doing, lock_entry, lock_linked, tell
from kheo.registers.actions.outcomes import REASON, Made, Refused, unasked_reason, wrong_words
from kheo.registers.models import Entry, EntryLink
from kheo.registers.queries.holding import values_of

WHY = "Liên kết “{}” đã được tính: cần ghi lý do bỏ."
LINK = "link"  # what the changes of all three acts stand under


@transaction.atomic
def link_entries(entry_id: int, kind: str, other_code: str, *, on: date, by: Person, at: datetime) -> Made | Refused:
    """Link an entry to the one of a code. It counts once it is verified, where its kind asks for that."""
    other = Entry.objects.filter(code=other_code.strip().upper()).first()
    if other is not None:
        lock_linked(entry_id, other.pk)
        other.refresh_from_db()
    entry = lock_entry(entry_id)
    reached = reached_entry(by, entry)
    found = reached.book.definition.by_link.get(kind)
    if found is None:
        return Refused("Sổ này không có loại liên kết ấy.")
    if not writes(reached.book.definition, found, reached.stance):
        return Refused("Anh/chị không có quyền ghi liên kết của hồ sơ này.")
    frozen = why_not(reached.book.definition, BesideAct.LINK, entry.state, found)
    if frozen:
        return Refused(frozen)
    said = _wrong(entry, other, found, on, local_day(at))
    if said is not None or other is None:
        return Refused(said or "")
    EntryLink.objects.create(
        link=kind, entry=entry, register_id=entry.register_id, other=other, on=on, made_by_id=by.user_id, known_from=at
    )
    tell(entry, entry.state, {LINK: [kind, other.code]}, Doing(BesideAct.LINK, by, on, at))
    return Made(entry)


def _wrong(entry: Entry, other: Entry | None, kind: LinkDef, on: date, today: date) -> str | None:
    """Why there can be no such link. An entry that cannot be read may be linked to: what it says is not shown by that."""
    if other is None or other.register.code != kind.to or other.meaning == "void":
        return "Không có hồ sơ mã ấy trong sổ được liên kết."
    if other.pk == entry.pk:
        return "Hồ sơ không liên kết với chính nó."
    if kind.other_unit and other.owner_id == entry.owner_id:
        return "Hồ sơ kia phải là của một đơn vị khác."
    if on > today:
        return "Ngày liên kết chưa tới."
    if on.year < FIRST_YEAR:
        return f"Ngày {format_day(on)} có lẽ là viết nhầm: trước năm {FIRST_YEAR}."
    there_are = EntryLink.objects.filter(entry=entry, link=kind.code, known_to__isnull=True)
    if there_are.filter(other=other).exists():
        return "Đã có liên kết này."
    if kind.at_most is not None and there_are.count() >= kind.at_most:
        return f"“{kind.name}” chỉ nhận {kind.at_most} hồ sơ; bỏ liên kết cũ trước."
    if leads_back(other.pk, entry.pk, kind.code):
        return "Hồ sơ kia đã được nhân ra từ hồ sơ này: hai chiều không cùng đúng."
    return None


def leads_back(start: int, target: int, kind: str) -> bool:
    """Whether links of a kind lead from one entry to another: then a link back would make a circle."""
    seen, todo = {start}, {start}
    while todo:
        rows = EntryLink.objects.filter(entry__in=todo, link=kind, known_to__isnull=True).values_list("other_id", flat=True)
        todo = set(rows) - seen
        if target in todo:
            return True
        seen |= todo
    return False


@transaction.atomic
def verify_link(link_id: int, *, by: Person, at: datetime) -> Made | Refused:
    """Somebody who may has seen that it is so. Raises Unreachable where there is no such link for them."""
    link, entry, reached = _reached(link_id, by)
    kind = reached.book.definition.by_link.get(link.link)
    if kind is None or not reached.stance.is_any_of(kind.verified_by):
        return Refused("Anh/chị không có quyền xác minh liên kết này.")
    frozen = why_not(reached.book.definition, BesideAct.VERIFY_LINK, entry.state, kind)
    if frozen:
        return Refused(frozen)
    if link.verified_on is not None:
        return Made(entry)
    if link.made_by_id == by.user_id:
        return Refused("Người ghi liên kết không tự xác minh; cần một người khác.")
    EntryLink.objects.filter(pk=link.pk).update(known_to=at)
    EntryLink.objects.create(
        link=link.link,
        entry=entry,
        register_id=link.register_id,
        other_id=link.other_id,
        on=link.on,
        verified_on=local_day(at),
        verified_by_id=by.user_id,
        made_by_id=link.made_by_id,
        known_from=at,
    )
    tell(entry, entry.state, {LINK: [link.link, link.other.code]}, Doing(BesideAct.VERIFY_LINK, by, local_day(at), at))
    return Made(entry)


@transaction.atomic
def drop_link(link_id: int, *, reason: str = "", by: Person, at: datetime) -> Made | Refused:
    """The link is no more from now on; that it was there stays known, and why it went where it counted (`asks_why`).

    By who writes links or verifies them, while the entry counts.
    """
    link, entry, reached = _reached(link_id, by)
    kind = reached.book.definition.by_link.get(link.link)
    if kind is None or not unlinks(reached.book.definition, kind, reached.stance):
        return Refused("Anh/chị không có quyền bỏ liên kết này.")
    standing = EntryLink.objects.filter(entry=entry, link=link.link, known_to__isnull=True).count()
    frozen = why_not(reached.book.definition, BesideAct.UNLINK, entry.state, kind) or last_link(reached, kind, standing)
    if frozen:
        return Refused(frozen)
    definition = reached.book.definition
    asks = asks_why(definition, kind, entry.state, is_verified=link.verified_on is not None)
    wrong = unasked_reason(reason) if definition.walled else wrong_words(REASON, reason, WHY.format(kind.name) if asks else "")
    if wrong:
        return Refused("Chưa bỏ liên kết.", tuple(wrong))
    EntryLink.objects.filter(pk=link.pk).update(known_to=at)
    doing = Doing(BesideAct.UNLINK, by, local_day(at), at, written(reason).strip())
    tell(entry, entry.state, {LINK: [link.link, link.other.code]}, doing)
    return Made(entry)


def last_link(reached: ReachedEntry, kind: LinkDef, standing: int) -> str:
    """Why a link of a kind, of so many that stand, is not taken back from the entry, in Vietnamese; "" where nothing rests on it."""
    definition, entry = reached.book.definition, reached.entry
    return why_last(definition, kind, entry.state, values_of(definition, entry), standing)


def _reached(link_id: int, by: Person) -> tuple[EntryLink, Entry, ReachedEntry]:
    found = EntryLink.objects.filter(pk=link_id, known_to__isnull=True).values_list("entry_id", flat=True).first()
    if found is None:
        raise Unreachable
    entry = lock_entry(found)
    reached = reached_entry(by, entry)
    link = EntryLink.objects.select_related("other").filter(pk=link_id, known_to__isnull=True).first()
    if link is None:
        raise Unreachable
    return link, entry, reached
