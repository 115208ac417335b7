"""What a table of lines would do, row by row, before anything is written: by the checks of the page, each fault with its cell.

A line is known by the code of its entry and its number; a row without a number is a new line. A line that is not in the table stays.
Lines of an entry that is new in the same file name it by its temporary number, and are written after it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from kheo.core.days import format_day, local_day, typed_day
from kheo.core.numbers import CellProblem, format_int, parse_cell
from kheo.core.registers.beside import BesideAct, why_not
from kheo.core.registers.line_heads import (
    LINE_AMOUNT,
    LINE_DAY,
    LINE_KIND,
    LINE_NUMBER,
    LINE_QUANTITY,
    LINE_SORT,
    LINE_SOURCE,
    LINE_TEXT,
    canonical_cell,
    line_heads,
    stamp_name,
)
from kheo.core.registers.models import LineDef
from kheo.core.registers.table_heads import CODE, STAMP, Stamped, read_stamp, temporary_code
from kheo.core.registers.values import code_named
from kheo.core.text import nfc, written
from kheo.documents.register_csv import cell_text
from kheo.documents.register_table import ReadRow, ReadTable
from kheo.org.access import Person
from kheo.registers.access import ReachedEntry, each_to_read, stance_to_unit, writing_units
from kheo.registers.actions.exporting_beside import line_cells, version_of
from kheo.registers.actions.importing.plans import CellWords, Change, Plan, differing
from kheo.registers.actions.lining import Line, line_problems, writes_lines
from kheo.registers.models import Entry, EntryLine, ImportRow
from kheo.registers.queries.definitions import Book

_KEYS = {"on": LINE_DAY, "kind": LINE_SORT, "source": LINE_SOURCE, "quantity": LINE_QUANTITY, "amount_vnd": LINE_AMOUNT, "text": LINE_TEXT}
_NO_STAMP = "Dòng sửa dòng đã có mà thiếu “Mốc tải về”: không biết có đè lên điều người khác vừa sửa không. Hãy sửa trên tệp mới tải."
_OTHERS_STAMP = "“Mốc tải về” không phải của dòng này (dòng bị chép, hoặc xếp lệch cột). Dòng mới thì để trống “Dòng số” và “Mốc tải về”."
_WHOSE = "Dòng phải ghi mã hồ sơ có sẵn, hoặc số tạm (mới 1) của hồ sơ mới trong tệp."
_KIND_STAYS = "Loại dòng không đổi bằng tệp: bỏ dòng ở trang hồ sơ rồi ghi dòng mới."


def line_in(detail: Mapping[str, Any]) -> Line:
    """The line of a kept plan."""
    kept = dict(detail["line"])
    seen = datetime.fromisoformat(kept["seen"]) if kept["seen"] else None
    return Line(**kept | {"on": date.fromisoformat(kept["on"]), "seen": seen})


@dataclass
class LinePlanner:
    """Works out the rows of one table of lines for one person; `notes`: what is to be known of the table as a whole.

    `new`: the entries to be made by the same file, by their temporary numbers.
    """

    book: Book
    table: ReadTable
    by: Person
    at: datetime
    new: Mapping[str, Plan] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.heads = {each.key: each for each in line_heads(self.book.definition, self.book.options)}
        self.columns = {each.key: each for each in self.table.columns}
        self.today = local_day(self.at)
        codes = {self._code(row) for row in self.table.rows}
        there = Entry.objects.filter(register=self.book.register, code__in=codes - {""}).values_list("pk", flat=True)
        found = each_to_read(self.by, list(there)).values()
        self.reached = {each.entry.code: each for each in found if each.tells_lines}
        self.standing: dict[int, dict[int, EntryLine]] = {each.entry.pk: {} for each in self.reached.values()}
        for line in EntryLine.objects.filter(entry__in=self.standing, known_to=None).order_by("pk"):
            self.standing[line.entry_id][line.number] = line

    def plans(self) -> list[Plan]:
        """One for each row, in their order; a fixed number of queries for the whole table."""
        found = [self._plan(row) for row in self.table.rows]
        self._named_twice(found)
        self._said_twice(found)
        self._missing(found)
        return found

    def _plan(self, row: ReadRow) -> Plan:
        code = self._code(row)
        plan = Plan(row.number, of_lines=True, title=code, cells={key: cell.text for key, cell in row.cells.items()})
        unread = [self._words(row, key, row.wrong(key)) for key in (CODE, LINE_NUMBER, LINE_KIND) if row.wrong(key)]
        if unread:  # which line of which entry it is: taken for empty, it would become a second one of what is there already
            plan.problems += unread
            return plan.settle(ImportRow.REFUSED)
        if temporary_code(code):
            return self._of_new_entry(row, plan, temporary_code(code))
        reached = self.reached.get(code)
        if reached is None:
            said = f"Không có hồ sơ {code[:40]}, hoặc dòng của nó, trong phần anh/chị được xem." if code else _WHOSE
            plan.problems.append(self._words(row, CODE, said))
            return plan.settle(ImportRow.REFUSED)
        plan.entry = reached.entry
        text = self._said(row, LINE_NUMBER)
        if not text:
            return self._new(row, plan, reached)
        number = parse_cell(text, 0)
        line = None if isinstance(number, CellProblem) else self.standing[reached.entry.pk].get(number)
        if line is None:
            told = f"Hồ sơ {code} không có dòng số {text[:20]}, hoặc dòng ấy đã được bỏ; dòng mới thì để trống ô này."
            plan.problems.append(self._words(row, LINE_NUMBER, told))
            return plan.settle(ImportRow.REFUSED)
        return self._existing(row, plan, reached, line)

    def _of_new_entry(self, row: ReadRow, plan: Plan, number: str) -> Plan:
        """A line of an entry that the same file makes: wrong where that is wrong, doubtful where that is."""
        tied = self.new.get(number)
        plan.title = number
        if tied is None:
            told = f"Không có hồ sơ mới “{number}” ở trang hồ sơ của tệp này; hồ sơ đã có thì ghi mã của nó."
            plan.problems.append(self._words(row, CODE, told))
            return plan.settle(ImportRow.REFUSED)
        plan.of_row = tied.number
        if self._said(row, LINE_NUMBER):
            plan.problems.append(self._words(row, LINE_NUMBER, "Dòng của hồ sơ mới thì để trống ô này; Khéo đặt số."))
        self._new(row, plan, self._to_be(tied))
        if tied.outcome == ImportRow.REFUSED:
            told = f"Hồ sơ “{number}” (dòng {tied.number} của trang hồ sơ) chưa đúng, nên dòng này cũng chưa ghi được."
            plan.problems.append(self._words(row, CODE, told))
        elif tied.doubts:
            plan.doubts.append(f"Của hồ sơ có thể đã ghi rồi (dòng {tied.number} của trang hồ sơ).")
        return plan.settle(ImportRow.NEW)

    def _to_be(self, tied: Plan) -> ReachedEntry:
        """An entry as it will be when its lines are written; where its unit is not clear, one of those that this person writes for."""
        definition = self.book.definition
        acts = {act.code: act.to for act in definition.acts}
        state = [definition.first_state.code, *(to for code in tied.acts if (to := acts[code]))][-1]
        owner = tied.owner or min(writing_units(self.by, definition))
        entry = Entry(register=self.book.register, code=tied.temporary, owner_id=owner, state=state)
        return ReachedEntry(entry, self.book, stance_to_unit(self.by, owner, None))

    # A line that is there.

    def _existing(self, row: ReadRow, plan: Plan, reached: ReachedEntry, line: EntryLine) -> Plan:
        kind = reached.book.definition.by_line.get(line.line)
        if kind is None:
            plan.problems.append(self._words(row, LINE_KIND, "Sổ không còn loại dòng này."))
            return plan.settle(ImportRow.REFUSED)
        plan.title = f"{reached.entry.code} {kind.name} ngày {format_day(line.on)}"
        said = {key: canonical_cell(key, self._said(row, key)) for key in self.columns if key != STAMP}
        mark = read_stamp(self._said(row, STAMP), stamp_name(reached.entry.code, line.number), said)
        mine = mark is not None and mark.is_of
        if mark is not None and mine and mark.is_untouched:
            if mark.version != version_of(line):
                plan.remarks.append("Dòng đã có bản mới hơn tệp; tệp không sửa gì nên giữ nguyên bản mới.")
            return plan.settle(ImportRow.SAME)
        cells = line_cells(reached.book, list(self.heads.values()), line, kind, reached.entry.code, reached.tells_numbers_of(kind))
        shown = {key: canonical_cell(key, cell_text(self.heads[key], cell)) for key, cell in cells.items()}
        touched = [key for key in said if said[key] != shown[key] and key not in (CODE, LINE_NUMBER)]
        if not touched:
            return plan.settle(ImportRow.SAME)
        plan.changes = [
            Change(self._place(row, key), self.heads[key].label, shown[key] or "để trống", said[key] or "để trống") for key in touched
        ]
        return self._settled(row, plan, reached, line, kind, mark, touched)

    def _settled(
        self, row: ReadRow, plan: Plan, reached: ReachedEntry, line: EntryLine, kind: LineDef, mark: Stamped | None, touched: list[str]
    ) -> Plan:
        if mark is not None and mark.is_of and mark.version != version_of(line):
            told = f"Dòng đã được sửa sau khi tải tệp{differing(plan)}. Tải tệp mới rồi sửa lại."
            plan.problems.append(CellWords("", "", "", told))
            plan.changes.clear()
        elif mark is None or not mark.is_of:
            plan.problems.append(self._words(row, STAMP, _NO_STAMP if mark is None else _OTHERS_STAMP))
        elif LINE_KIND in touched:
            plan.problems.append(self._words(row, LINE_KIND, _KIND_STAYS))
        else:
            before = Line(line.line, line.on, line.kind, line.source, line.quantity, line.amount_vnd, line.text, line.number)
            self._read(row, plan, reached, kind, before, line.known_from, set(touched))
            if not plan.problems and line_in({"line": plan.line}) == replace(before, seen=line.known_from):
                plan.changes.clear()  # a code in the place of its name
                return plan.settle(ImportRow.SAME)
        return plan.settle(ImportRow.CHANGED)

    # A line to be written.

    def _new(self, row: ReadRow, plan: Plan, reached: ReachedEntry) -> Plan:
        named = {each.code: each.name for each in reached.book.definition.lines}
        text = self._said(row, LINE_KIND)
        code = code_named(text, named) if text else next(iter(named)) if len(named) == 1 else None
        if code is None:
            told = f"Không có loại dòng “{text[:40]}”" if text else "Hãy ghi loại dòng"
            plan.problems.append(self._words(row, LINE_KIND, f"{told}; chọn một trong: {'; '.join(named.values())}."))
            return plan.settle(ImportRow.REFUSED)
        kind = reached.book.definition.by_line[code]
        plan.title = f"{reached.entry.code} {kind.name}"
        if LINE_DAY not in row.cells:
            plan.problems.append(self._words(row, LINE_DAY, "Chưa ghi ngày."))
        if self._said(row, STAMP):
            plan.doubts.append("Dòng có “Mốc tải về” mà không có số: nếu là dòng đã có thì điền lại số, nếu chép dòng để ghi mới thì được.")
        self._read(row, plan, reached, kind, Line(code, self.today), None, set(_KEYS.values()))
        return plan.settle(ImportRow.NEW)

    def _read(
        self, row: ReadRow, plan: Plan, reached: ReachedEntry, kind: LineDef, before: Line, seen: datetime | None, touched: set[str]
    ) -> None:
        """The line as the row has it, over what it was in columns that were not touched; and everything that is wrong with it."""
        kept: dict[str, Any] = {name: getattr(before, name) for name in ("on", *_KEYS)}
        for name, key in _KEYS.items():
            if key in touched and key in self.columns:
                kept[name] = self._value(row, plan, reached, kind, key, kept[name])
        line = Line(kind.code, **kept, number=before.number, seen=seen)
        if not writes_lines(kind, reached):
            plan.problems.append(CellWords("", "", "", f"Anh/chị không có quyền ghi dòng “{kind.name}” của hồ sơ này."))
        elif frozen := why_not(reached.book.definition, BesideAct.LINE, reached.entry.state, kind):  # a table has no column for why
            plan.problems.append(CellWords("", "", "", frozen))
        told = {each.key for each in plan.problems}
        for each in line_problems(kind, line, reached.book.options, self.today, (before.kind, before.source)):
            if _KEYS[each.key] not in told:
                plan.problems.append(self._words(row, _KEYS[each.key], each.message))
        plan.line = {**vars(line), "on": line.on.isoformat(), "seen": seen.isoformat() if seen else None}

    def _value(self, row: ReadRow, plan: Plan, reached: ReachedEntry, kind: LineDef, key: str, now: Any) -> Any:
        """What a cell gives; where it gives nothing that can be taken, why, and what was there before."""
        cell, text = row.cells.get(key), self._said(row, key)
        if cell is not None and cell.wrong:
            plan.problems.append(self._words(row, key, cell.wrong))
            return now
        if key == LINE_TEXT:
            return nfc(written(text))
        if key == LINE_DAY:
            return self._day(row, plan, text, now)
        if key in (LINE_QUANTITY, LINE_AMOUNT):
            read = parse_cell(text, 0) if text else None
            if isinstance(read, CellProblem):
                plan.problems.append(self._words(row, key, f"{read.message} {read.expected}"))
            return now if isinstance(read, CellProblem) else read
        offered = reached.book.options.names.get((kind.kinds if key == LINE_SORT else kind.sources) or "", {})
        shown = reached.book.options.offered_in((kind.kinds if key == LINE_SORT else kind.sources) or "")
        code = code_named(text, offered) if text else ""
        if code is None and offered:
            plan.problems.append(self._words(row, key, f"Không có “{text[:40]}”; chọn một trong: {'; '.join(shown.values())}."))
        return text if code is None else code

    def _day(self, row: ReadRow, plan: Plan, text: str, now: date) -> date:
        try:
            return typed_day(text) if text else now
        except ValueError:
            plan.problems.append(self._words(row, LINE_DAY, f"“{text[:40]}” không phải là ngày; viết ngày/tháng/năm, ví dụ 15/11/2023."))
            return now

    # The table as a whole.

    def _named_twice(self, plans: list[Plan]) -> None:
        rows: dict[tuple[int, int], list[Plan]] = {}
        for plan in plans:
            if plan.entry is not None and plan.outcome == ImportRow.CHANGED:
                rows.setdefault((plan.entry.pk, plan.line["number"]), []).append(plan)
        for same in rows.values():
            for plan in same if len(same) > 1 else ():
                others = ", ".join(str(each.number) for each in same if each is not plan)
                plan.problems.append(CellWords(LINE_NUMBER, "", "Dòng số", f"Dòng này còn ở dòng {others} của trang; chỉ để một."))
                plan.settle(ImportRow.CHANGED)

    def _said_twice(self, plans: list[Plan]) -> None:
        """New lines that say the very same as one that is there, or as one above: perhaps the file was sent before."""
        seen: dict[object, str] = {}
        for number, lines in self.standing.items():
            for line in lines.values():
                seen[number, *(getattr(line, name) for name in ("line", *_KEYS))] = f"dòng số {line.number} đã có"
        for plan in plans:
            if plan.outcome == ImportRow.NEW:
                new = line_in({"line": plan.line})
                said = (plan.entry.pk if plan.entry else plan.title, *(getattr(new, name) for name in ("line", *_KEYS)))
                if said in seen:
                    plan.doubts.append(f"Giống hệt {seen[said]}.")
                seen.setdefault(said, f"dòng {plan.number} của trang")

    def _missing(self, plans: list[Plan]) -> None:
        """Lines that are there and not in a table that was taken from here: they stay, and that is said."""
        if not {LINE_NUMBER, STAMP} <= set(self.columns):
            return
        named = {(self._code(row), canonical_cell(LINE_NUMBER, self._said(row, LINE_NUMBER))) for row in self.table.rows}
        codes = {each.entry.pk: code for code, each in self.reached.items()}
        left = [(codes[entry], number) for entry, lines in self.standing.items() for number in lines]
        left = [each for each in left if (each[0], format_int(each[1])) not in named]
        if left:
            listed = ", ".join(f"{code} dòng số {number}" for code, number in left[:5]) + ("…" if len(left) > 5 else "")
            told = (
                f"{format_int(len(left))} dòng đang có trong sổ mà không có trong tệp ({listed}): giữ nguyên. Muốn bỏ thì bỏ ở trang hồ sơ."
            )
            self.notes.append(told)

    def _code(self, row: ReadRow) -> str:
        return self._said(row, CODE).upper()

    def _said(self, row: ReadRow, key: str) -> str:
        cell = row.cells.get(key)
        return nfc(cell.text).strip() if cell else ""

    def _place(self, row: ReadRow, key: str) -> str:
        column = self.columns.get(key)
        return f"{column.letters}{row.number}" if column else ""

    def _words(self, row: ReadRow, key: str, message: str) -> CellWords:
        column = self.columns.get(key)
        return CellWords(key, self._place(row, key), column.label if column else self.heads[key].label, message)
