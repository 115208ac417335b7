"""Entries of a register: the list that a page would show, read on from where it ended."""

from datetime import datetime, timedelta
from typing import Annotated, Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from ninja import Query as Part
from ninja import Schema
from pydantic import AwareDatetime

from kheo.api.answers import ProblemOut, problem
from kheo.api.asking import holder, instant
from kheo.api.registers.routing import router
from kheo.api.registers.shown import EntryOut, Showing
from kheo.core.registers.asking import SCOPES
from kheo.core.registers.columns import FROM, TO, Asked, Query, columns_of_register
from kheo.core.registers.copies import Copy
from kheo.core.registers.words import StateClass
from kheo.registers.access import book_to_read, entries_to_read
from kheo.registers.queries.copying import in_copy
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.keyset import Reading, Stop
from kheo.registers.queries.listing import MOST_COUNTED, EntryList
from kheo.registers.queries.ordering import ORDERS

Refused: dict[int, Any] = dict.fromkeys((401, 404, 422, 429), ProblemOut)
MOST = 200
SALT = "kheo.api.registers.after"
# What is written now may have begun a while ago: a request ends within this time, one way or the other (config.settings).
OVERLAP = timedelta(minutes=2)
OWN = ("after", "most", "changed_since", "copy")
OF_LISTS = (Asked.TEXT, Asked.ORDER, Asked.STATE, Asked.MEANING, Asked.OVERDUE, Asked.READY, Asked.SCOPE, Asked.UNIT)
ONCE = [key for key in (*OWN, *OF_LISTS) if key not in (Asked.STATE, Asked.MEANING)]
NOT_FOLLOWED = "không phải chỗ đọc tiếp của danh sách này"


class EntriesOut(Schema):
    """Entries in order. `after` is sent to read on; null: that was the last. `total`: how many in all, counted up to 10 000, on the first
    page only. `next_since` is asked as `changed_since` the next time: what was changed after that is told then."""

    entries: list[EntryOut]
    after: str | None
    total: int | None
    next_since: datetime


class Asking(Schema):
    """What every list of entries takes beside its fields (`dien_tich.tu=1000`), as in the addresses of pages."""

    tim: Annotated[str, Part("", description="Chữ cần tìm.")]
    trang_thai: Annotated[list[str], Part([], description="Mã trạng thái.")]
    lop: Annotated[list[str], Part([], description="Nhóm trạng thái: draft, waiting_on_us, waiting_on_them, done_good, done_bad, void.")]
    pham_vi: Annotated[str, Part("", description="minh: đơn vị tôi; duoi: các đơn vị bên dưới; tren_dia_ban: trên địa bàn (nếu sổ có).")]
    qua_han: Annotated[str, Part("", description="Có mặt: chỉ hồ sơ quá hạn.")]
    co_san: Annotated[str, Part("", description="Mã danh sách có sẵn.")]
    xep: Annotated[str, Part("", description="Thứ tự: ma, han, ghi_ngay, sua hoặc một trường; dấu - đứng trước: từ lớn tới nhỏ.")]
    don_vi: Annotated[int | None, Part(None, ge=1, le=2**63 - 1, description="Đơn vị, kể cả cấp dưới.")]
    copy_of: Annotated[Copy, Part(Copy.WHOLE, alias="copy", description="Bản: whole, public (công khai), judges (để chấm, không tên).")]
    most: Annotated[int, Part(50, ge=1, le=MOST, description="Nhiều nhất mấy hồ sơ một lần.")]
    after: Annotated[str, Part("", description="Đọc tiếp từ đây.")]
    changed_since: Annotated[AwareDatetime | None, Part(None, description="Chỉ hồ sơ có việc ghi từ lúc này, kể cả đã huỷ.")]


@router.get("/registers/{slug:code}/entries", response={200: EntriesOut, **Refused}, summary="Danh sách hồ sơ của một sổ")
def entries(request: HttpRequest, code: str, asking: Part[Asking]) -> Any:
    """The filters, search and order of the page, by the same names. What is not understood is refused, never left out."""
    book = book_to_read(holder(request), code)
    query = {key: request.GET.getlist(key) for key in request.GET}
    strange = not_understood(book, query)
    if strange:
        return misasked(strange)
    everything = asking.changed_since is not None
    listed = entries_to_read(holder(request), book, query, unit=asking.don_vi, all_states=everything)
    found = in_copy(listed.found, asking.copy_of)
    begun, stop = _read_on(asking, found)
    if begun is None:
        return misasked([{"place": "after", "message": NOT_FOLLOWED}])
    part = Reading(found, asking.most, asking.changed_since).after(stop)
    since = instant(request) - OVERLAP if begun == "" else datetime.fromisoformat(begun)
    return {
        "entries": Showing(book, asking.copy_of, holder(request)).rows(part.entries, listed.looking),
        "after": _onward(asking, found, part.stop, since) if part.stop else None,
        "total": min(found.count(MOST_COUNTED), MOST_COUNTED) if stop is None and not everything else None,
        "next_since": since,
    }


def misasked(problems: list[dict[str, str]]) -> HttpResponse:
    """422: every part of the address that was not understood."""
    return problem(422, "Địa chỉ có phần không đọc được.", problems)


def not_understood(book: Book, query: Query) -> list[dict[str, str]]:
    """Parts of an address that ask for what there is not, and filters that say nothing."""
    definition, known = book.definition, {*OWN, *OF_LISTS}
    problems = list[dict[str, str]]()
    for column in columns_of_register(definition, book.options):
        if column.field.filter:
            known |= {column.key, *((f"{column.key}.{FROM}", f"{column.key}.{TO}") if column.is_range else ())}
            problems += [{"place": each.key, "message": each.message} for each in column.conditions(query)[1]]
    problems += [{"place": key, "message": "danh sách này không lọc theo phần ấy"} for key in query if key not in known]
    problems += [{"place": key, "message": "chỉ ghi một lần"} for key in ONCE if len(query.get(key, ())) > 1]
    offered = {
        Asked.STATE: set(definition.by_state),
        Asked.MEANING: {each.value for each in StateClass},
        Asked.SCOPE: set(SCOPES),
        Asked.READY: {each.code for each in definition.ready if not each.units_without},
        Asked.ORDER: {f"{sign}{key}" for key in (*ORDERS, *(each.key for each in definition.fields if each.sort)) for sign in ("", "-")},
    }
    wrong = [(name, each) for name, there in offered.items() for each in query.get(name, ()) if each and each not in there]
    return problems + [{"place": name, "message": f"sổ này không có “{each[:40]}”"} for name, each in wrong]


def _onward(asking: Asking, found: EntryList, stop: Stop, since: datetime) -> str:
    return signing.dumps([_of_what(asking, found), stop.held, stop.entry, since.isoformat()], salt=SALT)


def _read_on(asking: Asking, found: EntryList) -> tuple[str | None, Stop | None]:
    """When reading began ("": now) and where it goes on; None for what no page of this very list gave out."""
    if not asking.after:
        return "", None
    try:
        what, held, entry, since = signing.loads(asking.after, salt=SALT)
    except signing.BadSignature:
        return None, None
    return (since, Stop(held, entry)) if what == _of_what(asking, found) else (None, None)


def _of_what(asking: Asking, found: EntryList) -> list[str]:
    since = asking.changed_since.isoformat() if asking.changed_since else ""
    return [found.book.register.code, found.wanted.order, asking.copy_of.value, since]
