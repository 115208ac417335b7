"""What a table would do to a register, row by row, before anything is written: everything that is wrong at once, each with its cell.

The same checks as those of the pages: `new_problems`, `change_problems`, who may write, who may do an act.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from kheo.core.days import UncoveredYearError, format_day, local_day, typed_day
from kheo.core.matching import in_full
from kheo.core.registers.beginning import day_begun, day_of_act, wrong_day
from kheo.core.registers.clock import start
from kheo.core.registers.moves import Stance, may_edit
from kheo.core.registers.table_heads import (
    CODE,
    DAY,
    DUE,
    HANDLER,
    STAMP,
    STATE,
    STATE_CODE,
    UNIT,
    UNIT_CODE,
    heads_of,
    read_stamp,
    temporary_code,
)
from kheo.core.registers.unasked import not_asked, without_unasked
from kheo.core.registers.values import FieldProblem, Kept, Values
from kheo.core.registers.words import CREATE, FIRST_YEAR, Scope, StateClass
from kheo.core.text import fold, nfc
from kheo.documents.register_csv import cell_text
from kheo.documents.register_table import ReadRow, ReadTable
from kheo.org.access import Person
from kheo.org.queries import codes_of, names_around
from kheo.registers.access import reads_single, sight, stance_to_unit, writing_units
from kheo.registers.actions.acting import needed
from kheo.registers.actions.exporting import Exported
from kheo.registers.actions.importing.beside import alike, like_words, named_twice, there_already
from kheo.registers.actions.importing.plans import CellWords, Change, Plan, differing
from kheo.registers.actions.importing.reading import UNTOUCHED, Cells, Unread
from kheo.registers.actions.importing.states import ways, who_leads_to
from kheo.registers.actions.keeping import Doing
from kheo.registers.actions.outcomes import told_together
from kheo.registers.actions.recording import change_problems, checked, new_problems, title_of
from kheo.registers.models import Entry, ImportRow
from kheo.registers.queries.definitions import Book, book_of
from kheo.registers.queries.holding import texts_of_many, values_of
from kheo.registers.queries.showing import title_shown

_FIXED: Mapping[str, str] = {
    UNIT: "đơn vị của hồ sơ không đổi bằng tệp",
    UNIT_CODE: "đơn vị của hồ sơ không đổi bằng tệp",
    HANDLER: "đơn vị được giao không đổi bằng tệp; mở hồ sơ và bấm nút giao",
    STATE: "trạng thái không đổi bằng tệp; mở hồ sơ và bấm nút của bước ấy",
    STATE_CODE: "trạng thái không đổi bằng tệp; mở hồ sơ và bấm nút của bước ấy",
    DAY: "ngày ghi không sửa được",
    DUE: "hạn do Khéo tính, không sửa được",
}
_NO_STAMP = "Dòng sửa hồ sơ đã có mà thiếu “Mốc tải về”: không biết có đè lên điều người khác vừa sửa không. Hãy sửa trên tệp mới tải."
_OTHERS_STAMP = "“Mốc tải về” của dòng này không phải của hồ sơ này (dòng bị chép, hoặc xếp lệch cột). Tải tệp mới rồi sửa lại."


@dataclass
class Planner:
    """Works out the rows of one table for one person. `unit`: whose entries rows become that name no unit."""

    book: Book
    table: ReadTable
    by: Person
    unit: int | None
    at: datetime
    _stances: dict[tuple[int, int | None], Stance] = field(default_factory=dict)
    _books: dict[int, Book] = field(default_factory=dict)

    def __post_init__(self) -> None:
        definition = self.book.definition
        self.heads = {each.key: each for each in heads_of(definition, self.book.options)}
        self.today = local_day(self.at)
        self.cells = Cells(self.table, self.heads, self.by)
        self.looking = sight(self.by, walled=definition.walled)
        self.exported = Exported(self.book, self.looking, self.by.on, (), list(self.heads.values()))
        units = writing_units(self.by, definition)
        self.names, self.codes = names_around(units, self.by.on), codes_of(units, self.by.on)

    def plans(self) -> list[Plan]:
        """One for each row, in their order: a fixed number of queries for each thousand rows, and some for each unit among them."""
        entries = self._entries()
        texts = texts_of_many(entry.pk for entry in entries.values())
        self.exported.look_up(list(entries.values()))
        found = [self._plan(row, entries, texts) for row in self.table.rows]
        self._tied_twice(found)
        named_twice(found)
        alike(found)
        there_already(found, self.book)
        like_words(found, self.book, self._reads)
        return found

    def _entries(self) -> dict[str, Entry]:
        """The entries that the table names, by code: those that this person reads."""
        codes = sorted({code for row in self.table.rows if (code := code_in(self.cells.said(row, CODE)))})
        rows = Entry.objects.filter(register=self.book.register, code__in=codes).select_related("edition__register")
        found = rows.defer("edition__definition", "edition__source")
        return {entry.code: entry for entry in found if self._reads(entry)}

    def _stance(self, owner: int, handler: int | None) -> Stance:
        if (owner, handler) not in self._stances:
            self._stances[owner, handler] = stance_to_unit(self.by, owner, handler)
        return self._stances[owner, handler]

    def _reads(self, entry: Entry) -> bool:
        return reads_single(self._stance(entry.owner_id, entry.handler_id), walled=self.book.definition.walled)

    def _plan(self, row: ReadRow, entries: Mapping[str, Entry], texts: Mapping[int, Mapping[str, str]]) -> Plan:
        code = code_in(self.cells.said(row, CODE))
        plan = Plan(row.number, cells={key: cell.text for key, cell in row.cells.items()})
        if row.wrong(CODE):  # taken for empty, it would become a second entry of what is there already
            plan.title = code
            plan.problems.append(self.cells.words(row, CODE, row.wrong(CODE)))
            return plan.settle(ImportRow.REFUSED)
        plan.temporary = temporary_code(code)
        if not code or plan.temporary:
            return self._new(row, plan)
        entry = entries.get(code)
        if entry is None:
            plan.title = code
            plan.problems.append(self.cells.words(row, CODE, self._no_such(code)))
            return plan.settle(ImportRow.REFUSED)
        return self._existing(row, plan, entry, texts.get(entry.pk, {}))

    def _tied_twice(self, plans: Sequence[Plan]) -> None:
        """Two new entries of one number: whose the lines are that name it nobody can say."""
        counts = Counter(plan.temporary for plan in plans)
        for row, plan in zip(self.table.rows, plans, strict=True):
            if plan.temporary and counts[plan.temporary] > 1:
                told = f"Số tạm “{plan.temporary}” có ở {counts[plan.temporary]} dòng; mỗi hồ sơ mới một số tạm."
                plan.problems.append(self.cells.words(row, CODE, told))
                plan.settle(ImportRow.NEW)

    def _no_such(self, code: str) -> str:
        if not code.startswith(f"{self.book.definition.prefix}-"):
            return f"“{code[:40]}” không phải là mã của sổ này; hồ sơ mới thì để trống ô mã."
        return f"Không có hồ sơ {code[:40]} trong phần anh/chị được xem; hồ sơ mới thì để trống ô mã."

    # An entry that is there.

    def _existing(self, row: ReadRow, plan: Plan, entry: Entry, texts: Mapping[str, str]) -> Plan:
        near = self.looking.sees_personal(entry)
        plan.entry, plan.title = entry, f"{entry.code} {title_shown(self.book.definition, entry, near)}"
        stamped = read_stamp(self.cells.said(row, STAMP), entry.code, self.cells.canonical(row))
        if stamped is not None and stamped.is_of and stamped.is_untouched:
            if stamped.version != entry.version:
                plan.remarks.append("Hồ sơ đã có bản mới hơn tệp; dòng này không sửa gì nên giữ nguyên bản mới.")
            return plan.settle(ImportRow.SAME)
        shown = {key: cell_text(self.heads[key], cell) for key, cell in self.exported.row(entry, texts).items()}
        before = values_of(self.book.definition, entry, texts)
        fixed = self._fixed(row, shown)
        after = self._changed(row, plan, shown, before)
        if not plan.changes and not plan.problems and not fixed:
            return plan.settle(ImportRow.SAME)
        if stamped is not None and stamped.is_of and stamped.version != entry.version:
            return self._outrun(plan)
        plan.problems[:0] = fixed
        if stamped is None or not stamped.is_of:
            plan.problems.append(self.cells.words(row, STAMP, _NO_STAMP if stamped is None else _OTHERS_STAMP))
        elif plan.changes:
            self._refuse_change(row, entry, before, after, plan)
        return plan.settle(ImportRow.CHANGED)

    def _outrun(self, plan: Plan) -> Plan:
        """Somebody changed the entry after the file was taken, and the row changes it too: nothing is laid over, what differs is told.

        Not column by column what cannot be changed by a file: that it says another state is because the entry has gone on.
        """
        told = f"Hồ sơ đã được sửa hoặc chuyển bước sau khi tải tệp{differing(plan)}. Tải tệp mới rồi sửa lại dòng này."
        plan.problems.insert(0, CellWords("", "", "", told))
        plan.changes.clear()
        return plan.settle(ImportRow.REFUSED)

    def _fixed(self, row: ReadRow, shown: Mapping[str, str]) -> list[CellWords]:
        """Cells of columns that do not come back, changed all the same: told, and nothing of the row is taken."""
        found = []
        for key, why in _FIXED.items():
            text, now = self.cells.said(row, key), shown.get(key, "")
            if text.strip() and key in self.cells.columns and _plain(text, key) != _plain(now, key):
                found.append(self.cells.words(row, key, f"Tệp ghi “{nfc(text)[:60]}”, hồ sơ là “{now or 'trống'}”: {why}."))
        return found

    def _changed(self, row: ReadRow, plan: Plan, shown: Mapping[str, str], before: Values) -> dict[str, Kept]:
        after = dict(before)
        for head in self.heads.values():
            if head.column is None or head.is_of_codes:
                continue
            read = self.cells.change(row, head, shown, before.get(head.key))
            if read is UNTOUCHED:
                continue
            if isinstance(read, Unread):
                plan.problems.append(self.cells.words(row, head.key, read.message))
                after.pop(head.key, None)
                continue
            place = self.cells.words(row, head.key, "").place
            is_unit = head.column.field.type == "unit"
            words = self.cells.said(row, head.key) if is_unit else head.column.cell({head.key: read} if read is not None else {})
            plan.changes.append(Change(place, head.label, shown.get(head.key) or "để trống", words or "để trống"))
            plan.values[head.key] = read
            if read is None:
                after.pop(head.key, None)
            else:
                after[head.key] = read
        return after

    def _refuse_change(self, row: ReadRow, entry: Entry, before: Values, after: Values, plan: Plan) -> None:
        own = self._book(entry)
        if not may_edit(own.definition, entry.state, self._stance(entry.owner_id, entry.handler_id)):
            state = own.definition.by_state[entry.state]
            is_void = state.meaning is StateClass.VOID
            told = f"Hồ sơ ở “{state.name}”, không sửa được nữa." if is_void else "Anh/chị không có quyền sửa hồ sơ này."
            plan.problems.append(CellWords("", "", "", told))
            return
        unread, after = _unread(plan), without_unasked(own.definition, before, after)
        was = {each.key for each in not_asked(own.definition, own.options, before)}
        unasked = [each for each in not_asked(own.definition, own.options, after, unread) if each.key not in was or each.key in plan.values]
        self._tell_with(row, plan, unread, (*change_problems(own, entry, before, after, self.today), *unasked))

    def _book(self, entry: Entry) -> Book:
        """The edition that an entry answers."""
        if entry.edition_id not in self._books:
            self._books[entry.edition_id] = book_of(entry.edition)
        return self._books[entry.edition_id]

    def _tell_with(self, row: ReadRow, plan: Plan, unread: Sequence[FieldProblem], found: Iterable[FieldProblem]) -> None:
        """What is wrong with what could be read, beside what could not."""
        told = self._words(row, told_together(unread, [*found])[len(unread) :])
        plan.problems += [each for each in told if each not in plan.problems]

    def _words(self, row: ReadRow, problems: Iterable[FieldProblem]) -> list[CellWords]:
        keys = {"on": DAY}
        return [self.cells.words(row, keys.get(each.key, each.key), each.message) for each in dict.fromkeys(problems)]

    # An entry to be made.

    def _new(self, row: ReadRow, plan: Plan) -> Plan:
        definition = self.book.definition
        plan.owner = self._owner(row, plan)
        plan.on = self._day(row, plan)
        values = self._read(row, plan)
        doing = Doing(CREATE, self.by, plan.on or self.today, self.at)
        unread = _unread(plan)
        found = (*new_problems(self.book, values, doing, told=plan.on), *not_asked(definition, self.book.options, values, unread))
        self._tell_with(row, plan, unread, found)
        if plan.owner is not None:
            self._into_state(row, plan, values, unread)
        plan.values = dict(values)
        title = title_of(definition, self.book.options, values) if definition.title_from else self._title(values)
        plan.title = title
        if self.cells.said(row, STAMP).strip():
            plan.doubts.append(
                "Dòng có “Mốc tải về” mà không có mã: nếu là hồ sơ đã có thì điền lại mã, nếu chép dòng để ghi mới thì được."
            )
        for key in (HANDLER, DUE):
            if self.cells.said(row, key).strip():
                plan.remarks.append(f"Cột “{self.heads[key].label}” không nhập cho dòng mới.")
        return plan.settle(ImportRow.NEW)

    def _title(self, values: Values) -> str:
        named = self.book.definition.field_of("title")
        return str(values.get(named.key, "")) if named else ""

    def _read(self, row: ReadRow, plan: Plan) -> dict[str, Kept]:
        values: dict[str, Kept] = {}
        for head in self.heads.values():
            if head.column is None or head.is_of_codes:
                continue
            read = self.cells.change(row, head, {}, None)
            if isinstance(read, Unread) and read is not UNTOUCHED:
                plan.problems.append(self.cells.words(row, head.key, read.message))
            elif read is not None and not isinstance(read, Unread):
                values[head.key] = read
        return values

    def _owner(self, row: ReadRow, plan: Plan) -> int | None:
        """The unit that a row names, among those that this person writes for; by name first, then by code; else the one chosen."""
        name, code = self.cells.said(row, UNIT), self.cells.said(row, UNIT_CODE)
        if self._is_wrong(row, plan, UNIT, UNIT_CODE):
            return None
        if not name.strip() and not code.strip():
            if self.unit is None:
                plan.problems.append(self.cells.words(row, UNIT, "Chưa ghi đơn vị; ghi tên đơn vị, hoặc chọn đơn vị khi gửi tệp."))
            elif self.unit not in self.names:
                plan.problems.append(self.cells.words(row, UNIT, "Anh/chị không ghi hồ sơ cho đơn vị đã chọn khi gửi tệp."))
            return self.unit
        called = fold(in_full(name))
        named = [unit for unit, each in self.names.items() if name.strip() and fold(in_full(each)) == called]
        coded = [unit for unit, each in self.codes.items() if each == nfc(code) or each == nfc(name)]
        units = named if len(named) == 1 else [each for each in coded if not named or each in named]
        if len(units) == 1:
            return units[0]
        plan.problems.append(self.cells.words(row, UNIT, f"Anh/chị không ghi hồ sơ cho đơn vị “{nfc(name or code)[:80]}”."))
        return None

    def _is_wrong(self, row: ReadRow, plan: Plan, *keys: str) -> bool:
        """Whether one of these cells says nothing that can be taken, which is told: one of a merged block is not an empty one."""
        told = [self.cells.words(row, key, row.wrong(key)) for key in keys if row.wrong(key)]
        plan.problems += told
        return bool(told)

    def _day(self, row: ReadRow, plan: Plan) -> date | None:
        cell = row.cells.get(DAY)
        if cell is None:
            return None
        try:
            day = typed_day(cell.text)
            if cell.wrong or not FIRST_YEAR <= day.year <= 2100:
                raise ValueError
        except ValueError:
            told = cell.wrong or f"“{nfc(cell.text)[:40]}” không phải là ngày; viết ngày/tháng/năm, ví dụ 15/11/2023."
            plan.problems.append(self.cells.words(row, DAY, told))
            return None
        return day

    def _into_state(self, row: ReadRow, plan: Plan, values: Values, unread: Sequence[FieldProblem]) -> None:
        """The acts that bring a new entry into the state that its row says, or why it cannot be brought there at once."""
        definition = self.book.definition
        if self._is_wrong(row, plan, STATE, STATE_CODE):
            return
        text = nfc(self.cells.said(row, STATE) or self.cells.said(row, STATE_CODE))
        named = (each.code for each in definition.states if text == each.code or fold(text) == fold(each.name))
        state = next(named, None) if text else definition.first_state.code
        if state is None:
            names = "; ".join(each.name for each in definition.states)
            plan.problems.append(self.cells.words(row, STATE, f"Không có trạng thái “{text[:40]}”; chọn một trong: {names}."))
            return
        way = ways(definition, self._own(plan.owner), values).get(state)
        if way is None:
            asked, first = who_leads_to(definition, state), definition.first_state.name
            told = f"“{definition.by_state[state].name}” cần người khác, hoặc thêm lời, ảnh ({asked}): ghi ở “{first}” rồi bấm nút."
            plan.problems.append(self.cells.words(row, STATE, told))
            return
        plan.acts = tuple(act.code for act in way)
        wrong = list[FieldProblem]()
        holds, stands, since = dict(values), definition.first_state.code, day_begun(definition, values)
        for act in way:
            holds |= act.sets
            happened = day_of_act(act, holds)
            if happened is not None:
                wrong += wrong_day(definition, act, holds, happened, self.today, since)
                since = max(happened, since or happened)
            wrong += [*needed(act, definition, holds), *checked(self.book, holds, holds, act.to or stands, act=act, was=stands)]
            stands = act.to or stands
        self._tell_with(row, plan, unread, wrong)
        plan.problems += [each for each in self._uncovered(row, plan, values) if each not in plan.problems]

    def _own(self, unit: int | None) -> Stance:
        return Stance(self.by.user_id, frozenset((Scope.OWN, role) for role in self.by.roles_at(unit or 0)))

    def _uncovered(self, row: ReadRow, plan: Plan, values: Values) -> list[CellWords]:
        """Limits that would begin on a day of a year whose working days nobody has entered."""
        definition, at = self.book.definition, day_begun(self.book.definition, values) or plan.on or self.today
        doing = Doing(CREATE, self.by, at, self.at)
        days = {CREATE: at} | {code: day_of_act(definition.by_act[code], values) or at for code in plan.acts}
        try:
            for clock in definition.clocks:
                for code in days.keys() & set(clock.started_by) if clock.until is None else ():
                    start(clock, days[code], doing.calendar)
        except UncoveredYearError as fault:
            return [self.cells.words(row, DAY, f"{fault} Không tính được hạn từ ngày này.")]
        return []


def _unread(plan: Plan) -> tuple[FieldProblem, ...]:
    """The cells of a row that could not be read, by field."""
    keys = {DAY: "on"}
    return tuple({key: FieldProblem(key, "") for each in plan.problems if (key := keys.get(each.key, each.key))}.values())


def code_in(text: str) -> str:
    """A code as it is kept, however it was typed."""
    return nfc(text).upper()


def _plain(text: str, key: str) -> str:
    if key in (DAY, DUE):
        try:
            return format_day(typed_day(text))
        except ValueError:
            return fold(text)
    return fold(text)
