"""What the pages show on which a register's table is looked at before anything of it is written, and what became of it."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse

from kheo.core.days import format_instant
from kheo.core.numbers import format_int
from kheo.core.registers.table_heads import CODE, DUE, HANDLER, LINES, Head
from kheo.documents.register_table import MOST_ROWS
from kheo.documents.register_workbook import WrongRow
from kheo.org.queries import names_around
from kheo.registers.access.importing import book_to_write
from kheo.registers.actions.importing.plans import CellWords
from kheo.registers.models import EntryImport, ImportRow
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.importing import Counts, counts_of, recent_imports, rows_of, written_before
from kheo.web.reach import PageRequest

ROWS = 25  # on one page
TIED = "Hồ sơ có dòng kèm theo: ghi số tạm (mới 1, mới 2) ở cột “Mã hồ sơ”, và số ấy ở cột cùng tên của trang “Dòng”."
BEFORE = {"refused": "Chưa đúng", "doubtful": "Có thể trùng", "new": "Sẽ ghi mới", "changed": "Sẽ sửa", "same": "Không đổi"}
AFTER = {"failed": "Không ghi được", "refused": "Chưa đúng", "written": "Đã ghi", "doubtful": "Có thể trùng", "same": "Không đổi"}
SLUGS = {"refused": "sai", "doubtful": "trung", "new": "moi", "changed": "sua", "same": "giu", "written": "da-ghi", "failed": "loi"}


def upload(book: Book, units: Sequence[int], request: PageRequest, problems: Sequence[str]) -> dict[str, Any]:
    """For `registers/import_upload.html`."""
    names = names_around(units, request.person.on)
    recent = recent_imports(request.person.user_id, book.register.pk)
    return {
        "book": book,
        "problems": [{"message": each, "anchor": "tep"} for each in problems],
        "units": [(unit, names.get(unit, ""), str(unit) == request.POST.get("don_vi")) for unit in units],
        "most": format_int(MOST_ROWS),
        "recent": [{"table": each, "when": format_instant(each.sent_at)} for each in recent],
        "trail": trail(book, "Nhập từ tệp"),
    }


def trail(book: Book, last: str) -> list[dict[str, str]]:
    """The way to these pages."""
    code = book.register.code
    way = [("Sổ", reverse("registers")), (book.definition.short, reverse("entries", args=[code])), (last, "")]
    return [{"label": words, "url": url} for words, url in way]


def context(request: PageRequest, table: EntryImport, problem: str) -> dict[str, Any]:
    """For `registers/import.html`, before and after it was confirmed."""
    book = book_to_write(request.person, table.register.code)
    counts, is_confirmed = counts_of(table), table.confirmed_at is not None
    tabs = AFTER if is_confirmed else BEFORE
    sizes = counts.by_tab()
    asked = next((tab for tab in tabs if SLUGS[tab] == request.GET.get("xem")), None)
    tab = asked or next((each for each in tabs if sizes[each]), "same")
    page = Paginator(range(sizes[tab]), ROWS).get_page(request.GET.get("trang"))
    rows = rows_of(table, tab=tab, skip=(page.number - 1) * ROWS, most=ROWS)
    before = written_before(table)
    return {
        "book": book,
        "table": table,
        "problem": problem,
        "tabs": [
            {"label": f"{words} ({format_int(sizes[each])})", "url": f"?xem={SLUGS[each]}", "current": each == tab}
            for each, words in tabs.items()
            if sizes[each] or each == tab
        ],
        "query": f"xem={SLUGS[tab]}&",
        "page": page,
        "rows": [_row(row, is_confirmed) for row in rows],
        "before": format_instant(before.confirmed_at) if before and before.confirmed_at else "",
        "trail": trail(book, table.name),
        **_words(counts, is_confirmed, table),
    }


def _words(counts: Counts, is_confirmed: bool, table: EntryImport) -> dict[str, Any]:
    to_write = counts.to_write(table.takes_doubtful)
    return {
        "is_confirmed": is_confirmed,
        "waiting": counts.waiting if is_confirmed else 0,
        "done": to_write - counts.waiting,
        "to_write": to_write,
        "sure": format_int(counts.to_write(takes_doubtful=False)),
        "new": format_int(counts.new - counts.doubtful),
        "changed": format_int(counts.changed),
        "lines": _of_lines(counts),
        "doubtful": format_int(counts.doubtful) if counts.doubtful else "",
        "refused": format_int(counts.refused) if counts.refused else "",
        "can_write": bool(counts.new + counts.changed),
        "written": format_int(counts.written),
        "failed": format_int(counts.failed) if counts.failed else "",
        "has_wrong": bool(counts.refused or counts.failed),
    }


def _of_lines(counts: Counts) -> str:
    """How many of the rows that would be written are lines of entries."""
    parts = ((counts.new_lines, "dòng mới"), (counts.changed_lines, "dòng sửa"))
    return " và ".join(f"{format_int(number)} {words}" for number, words in parts if number)


def _row(row: ImportRow, is_confirmed: bool) -> dict[str, Any]:
    detail = row.detail
    is_written = row.result == ImportRow.WRITTEN
    return {
        "number": format_int(row.number),
        "sheet": LINES if row.of_lines else "",
        "title": row.title,
        "entry": row.entry if row.entry_id and (is_written or not is_confirmed) else None,
        "plan": row.plan,
        "changes": [] if is_written else detail.get("changes", []),
        "problems": [CellWords(**each).told() for each in detail.get("problems", [])],
        "remarks": [*detail.get("doubts", []), *detail.get("remarks", [])],
        "message": row.message,
        "is_written": is_written,
    }


def wrong_rows(rows: Sequence[ImportRow]) -> list[WrongRow]:
    """As the file to take away has them."""
    return [WrongRow(row.number, row.detail.get("cells", {}), _why(row)) for row in rows]


def _why(row: ImportRow) -> list[tuple[str, str]]:
    said = [(each["key"], each["message"]) for each in row.detail.get("problems", [])]
    return [*said, *([("", row.message)] if row.message else [])]


def to_fill_in(heads: Sequence[Head], *, has_lines: bool) -> list[Head]:
    """The columns of an empty table: those that a new entry takes; the code where lines name it by a number of the file's own."""
    left_out = (HANDLER, DUE) if has_lines else (CODE, HANDLER, DUE)
    return [head for head in heads if head.key not in left_out and head.comes_back != "không nhập lại"]
