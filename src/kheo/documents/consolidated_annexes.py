"""Annexes of a consolidated report, landscape: who reported when, the figures by unit, and the units without a report."""

from collections.abc import Iterator, Sequence

from kheo.core.consolidated import MIXED, ChildLine, Consolidated
from kheo.core.days import format_day, format_instant, format_until
from kheo.core.definition import Definition, Indicator
from kheo.core.numbers import format_int
from kheo.core.workflow import STATE_NAMES, State
from kheo.documents.annex_names import AnnexNames, missing_below
from kheo.documents.figure_words import HIDDEN_SIGN, HIDDEN_WORDS, NO_CASE_SIGN, NO_FIGURE_SIGN, figure_sign, has_no_case, total_sign
from kheo.documents.official import Annex, Block, Column, Heading, Row, Table, note
from kheo.documents.printable import keep_together, upper_first
from kheo.documents.profiles import PaperProfile
from kheo.documents.table_layout import pack_columns

# The type size for which the columns of one table are chosen; the layout may go below it only for a single wide column.
_PACK_SIZE = 9.5
_MISSING = (
    "Ghi chú: số báo cáo còn thiếu là số báo cáo chưa được chấp nhận của đơn vị và các đơn vị cấp dưới, không tính báo cáo đã thôi thu."
)
_LEAD = (Column("TT", "center"), Column("Đơn vị"))


def annexes(definition: Definition, data: Consolidated, names: AnnexNames, reference: str, profile: PaperProfile) -> tuple[Annex, ...]:
    """The annexes that `names` names, in their order. `reference` is the line that ties them to the report."""
    result: list[Annex] = []
    if names.reporting:
        told = note(_MISSING)
        result.append(Annex(names.reporting, "TÌNH HÌNH GỬI BÁO CÁO CỦA CÁC ĐƠN VỊ", reference, (reporting_table(data), told)))
    if names.figures:
        blocks = tuple(_figure_blocks(definition, data, profile.landscape_width))
        result.append(Annex(names.figures, f"SỐ LIỆU THEO ĐƠN VỊ {data.cycle_name.upper()}", reference, blocks))
    if names.missing:
        result.append(
            Annex(names.missing, "DANH SÁCH ĐƠN VỊ CHƯA CÓ BÁO CÁO ĐƯỢC CHẤP NHẬN", reference, (_missing_table(data),), landscape=False)
        )
    return tuple(result)


STRUCTURE_WORDS = (
    "đơn vị hợp nhất thì số liệu cộng đúng vào đơn vị mới; "
    "số liệu không chia được cho đơn vị nào thì giữ thành dòng riêng theo tên đơn vị cũ; "
    "lời văn của từng đơn vị đi theo số liệu của đơn vị ấy; nguồn của từng đoạn chỉ có ở báo cáo theo cây của kỳ"
)


def outside_words(data: Consolidated) -> str:
    """Which reports of the cycle are in no total of the structure, each by name with why."""
    named = "; ".join(f"{each.unit.name} ({each.reason})" for each in data.outside)
    return f"Không thuộc đơn vị nào của cây này nên không nằm trong tổng số: {named}"


def state_words(state: str) -> str:
    """The Vietnamese label of a state; an unknown one as it is."""
    if state == MIXED:
        return "Gộp nhiều báo cáo"
    return STATE_NAMES[State(state)] if state in set(State) else state


def timeliness(line: ChildLine) -> str:
    """On time, late, or not received; of several reports read together there is no one answer."""
    if line.is_restructured:
        return ""
    if line.received_at is None:
        return "Thôi thu" if line.state == State.CLOSED else "Chưa nhận"
    return {True: "Đúng hạn", False: "Trễ hạn", None: ""}[line.on_time]


def reporting_table(data: Consolidated) -> Table:
    """One row a child: state, due date, receipt, on time or late, and how many reports of its subtree are missing."""
    columns = (
        Column("TT", "center"),
        Column("Đơn vị"),
        Column("Trạng thái", "center"),
        Column("Hạn gửi", "center"),
        Column("Ngày nhận", "center"),
        Column("Kết quả", "center"),
        Column("Số báo cáo còn thiếu", "center"),
    )
    rows = []
    for number, line in enumerate((line for line in data.children if not line.is_own), start=1):
        due = format_day(line.due_on) if line.due_on else ""
        received = format_instant(line.received_at) if line.received_at else ""
        texts = (str(number), line_name(line), state_words(line.state), due, received, timeliness(line), format_int(line.missing))
        rows.append(Row(texts))
    return Table(columns, tuple(rows))


def _figure_blocks(definition: Definition, data: Consolidated, width: float) -> Iterator[Block]:
    if data.structure:
        yield note(f"{data.structure.words}: {STRUCTURE_WORDS}.")
    if data.outside:
        yield note(f"{outside_words(data)}.")
    yield note(_legend(data))
    asked = [content for content in definition.contents if definition.indicators_of(content.id)]
    for number, content in enumerate(asked, start=1):
        indicators = definition.indicators_of(content.id)
        yield Heading(str(number), upper_first(content.name), 2)
        yield from _content_tables(number, indicators, data, width)
    yield _origin(data)


def _legend(data: Consolidated) -> str:
    """What the signs mean; only those that can occur."""
    signs = [
        f"0: không phát sinh; {NO_FIGURE_SIGN}: chưa có số liệu hoặc không áp dụng; {NO_CASE_SIGN}: không có trường hợp nào để tính tỷ lệ"
    ]
    if any(line.hidden for line in data.children) or any(total.is_hidden for total in data.figures.values()):
        signs.append(f"{HIDDEN_SIGN}: {HIDDEN_WORDS}; vẫn được cộng vào tổng số")
    if any(_is_partial(line) for line in data.children):
        signs.append("(*): báo cáo của chính đơn vị chưa được chấp nhận, số liệu chỉ gồm các đơn vị cấp dưới đã được chấp nhận")
    return f"Ghi chú: {'; '.join(signs)}."


def _content_tables(number: int, indicators: Sequence[Indicator], data: Consolidated, width: float) -> Iterator[Table]:
    """The indicators of content `number` over as many tables as their columns need, evenly filled."""
    columns = tuple(Column(f"{each.name} ({keep_together(each.unit)})", "right", each.code) for each in indicators)
    rows = [Row((*_lead_texts(index, line), *_texts(line, indicators))) for index, line in _numbered(data.children)]
    rows.append(_total_row(indicators, data))
    start = 0
    for part, count in enumerate(pack_columns(_LEAD, columns, rows, width, _PACK_SIZE), start=1):
        shown = indicators[start : start + count]
        caption = "" if count == len(indicators) else f"Bảng {number}.{part}. Chỉ tiêu {shown[0].code} – {shown[-1].code}"
        yield Table((*_LEAD, *columns[start : start + count]), tuple(_table_rows(shown, data)), caption)
        start += count


def _table_rows(indicators: Sequence[Indicator], data: Consolidated) -> Iterator[Row]:
    for index, line in _numbered(data.children):
        if _has_no_report(line):
            words = (
                "thôi thu báo cáo" if line.state == State.CLOSED else f"chưa có báo cáo được chấp nhận ({state_words(line.state).lower()})"
            )
            yield Row((*_lead_texts(index, line), words), "quiet")
        else:
            yield Row((*_lead_texts(index, line), *_texts(line, indicators)))
    yield _total_row(indicators, data)


def _total_row(indicators: Sequence[Indicator], data: Consolidated) -> Row:
    return Row(("", "Tổng số", *(total_sign(data.figures.get(each.code), each) for each in indicators)), "total")


def _numbered(children: Sequence[ChildLine]) -> Iterator[tuple[int, ChildLine]]:
    """The units in their order, then the consolidating unit's own direct figures."""
    yield from enumerate(in_order(children), start=1)


def in_order(children: Sequence[ChildLine]) -> tuple[ChildLine, ...]:
    """The lines of the annex: the units below, then the unit's own direct figures."""
    return tuple(sorted(children, key=lambda line: line.is_own))


def _lead_texts(number: int, line: ChildLine) -> tuple[str, str]:
    return str(number), f"{line_name(line)}{' (*)' if _is_partial(line) and not line.is_own else ''}"


def line_name(line: ChildLine) -> str:
    """What a line is called in a table."""
    if line.remainder:
        return f"Phần của {line.unit.name} ({line.remainder})"
    return f"Trực tiếp tại {line.unit.name}" if line.is_own else line.unit.name


def _texts(line: ChildLine, indicators: Sequence[Indicator]) -> tuple[str, ...]:
    return tuple(_sign(line, each) for each in indicators)


def _sign(line: ChildLine, indicator: Indicator) -> str:
    value, hidden = line.figures.get(indicator.code), indicator.code in line.hidden
    if value is None and not hidden and has_no_case(indicator, line.figures):
        return NO_CASE_SIGN
    return figure_sign(value, indicator, hidden=hidden)


def _has_no_report(line: ChildLine) -> bool:
    """Nothing accepted from the unit nor from any unit below it; a ratio that the system counts itself says nothing about that."""
    counted = any(type(value) is int for value in line.figures.values())
    return line.state != State.ACCEPTED and not line.hidden and not counted


def _is_partial(line: ChildLine) -> bool:
    """Figures of units below, while the unit's own report is not accepted."""
    return line.state != State.ACCEPTED and not line.is_restructured and not _has_no_report(line)


def _missing_table(data: Consolidated) -> Table:
    columns = (Column("TT", "center"), Column("Đơn vị"), Column("Mã đơn vị", "center"))
    rows = (Row((str(number), unit.name, unit.code)) for number, unit in enumerate(missing_below(data), start=1))
    return Table(columns, tuple(rows))


def _origin(data: Consolidated) -> Block:
    """Where the figures can be checked: edition, its hash and the moment of counting."""
    edition = f"ấn bản {data.edition} của bộ chỉ tiêu, mã kiểm tra {data.edition_hash[:16]}"
    return note(f"Nguồn: báo cáo của các đơn vị đã được chấp nhận, tính đến {format_until(data.as_of)}, theo {edition}.")
