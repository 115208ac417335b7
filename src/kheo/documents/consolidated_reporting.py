"""Sections I and III of a consolidated report: who reported and when, who did not, and which figures are missing."""

from collections.abc import Sequence

from kheo.core.consolidated import ChildLine, Consolidated, FigureTotal, ObligationCounts
from kheo.core.days import format_until
from kheo.core.definition import Definition
from kheo.core.numbers import format_int, format_percent
from kheo.documents.annex_names import NAMED_IN_TEXT, AnnexNames, missing_below
from kheo.documents.figure_words import NO_FIGURE
from kheo.documents.official import Block, Heading, body
from kheo.documents.outline_texts import leading_sections, texts_of
from kheo.documents.printable import keep_together, lower_first, one_line, tie_numbers

_BLANKS_NAMED = 12


def units(count: int) -> str:
    """`430 đơn vị`."""
    return f"{format_int(count)} đơn vị"


def general_situation(definition: Definition, data: Consolidated, annexes: AnnexNames) -> tuple[Block, ...]:
    """How many units reported of how many; then the outline's own opening sections, each under its title."""
    counted = [body(sentence) for sentence in reporting_sentences(data, annexes)]
    openings = [(section, texts_of(section, data)) for section in leading_sections(definition)]
    openings = [(section, texts) for section, texts in openings if texts]
    if not openings:
        return tuple(counted)
    blocks: list[Block] = [Heading("1", "Tình hình báo cáo", 2), *counted]
    for number, (section, texts) in enumerate(openings, start=2):
        blocks += [Heading(str(number), section.title, 2), *texts]
    return tuple(blocks)


def reporting_sentences(data: Consolidated, annexes: AnnexNames) -> tuple[str, ...]:
    """Expected, accepted and on time in numbers; where the figures come from."""
    return (*_counted(data, annexes), *_attributed(annexes))


def _attributed(annexes: AnnexNames) -> tuple[str, ...]:
    """An annex is pointed to from the text (Decree 30/2020, annex I, II.8)."""
    if not annexes.sources:
        return ()
    return (f"Một số đoạn lời văn lấy từ báo cáo của các đơn vị cấp dưới; nguồn của từng đoạn nêu tại {annexes.sources}.",)


def _counted(data: Consolidated, annexes: AnnexNames) -> tuple[str, ...]:
    counts = data.obligations
    until = f"Tính đến {format_until(data.as_of)}"
    if counts.expected == 0:
        return (f"{until}, không có đơn vị nào thuộc diện phải báo cáo {lower_first(data.cycle_name)}.",)
    first = (
        f"{until}, {units(counts.accepted)} trên tổng số {units(counts.expected)} phải báo cáo {lower_first(data.cycle_name)} "
        f"đã có báo cáo được chấp nhận, đạt {_share(counts.accepted, counts.expected)}; "
        f"{units(counts.on_time)} gửi báo cáo đúng hạn, đạt {_share(counts.on_time, counts.expected)}."
    )
    third = "Số liệu trong báo cáo này chỉ gồm các báo cáo đã được chấp nhận"
    where = [
        *([f"tình hình gửi báo cáo của từng đơn vị nêu tại {annexes.reporting}"] if annexes.reporting else []),
        *([f"số liệu của từng đơn vị nêu tại {annexes.figures}"] if annexes.figures else []),
    ]
    return (first, *_unfinished(counts), f"{'; '.join([third, *where])}.")


def _share(part: int, whole: int) -> str:
    return keep_together(format_percent(part, whole))


def _unfinished(counts: ObligationCounts) -> list[str]:
    """How many are not counted yet and how they stand, without the states that nobody is in; of how many no report is wanted any more."""
    named = (
        (counts.submitted, "đã nộp, đang chờ xem xét"),
        (counts.returned, "bị trả lại để chỉnh sửa"),
        (counts.draft, "đang soạn"),
        (counts.not_started, "chưa bắt đầu"),
    )
    told = [f"{units(count)} {words}" for count, words in named if count]
    left = sum(count for count, _ in named)
    found = [f"Còn {told[0]}, chưa được tổng hợp"] if len(told) == 1 else [f"Còn {units(left)} chưa được tổng hợp: {'; '.join(told)}"]
    found = [f"{found[0]}{_overdue(counts.overdue, left)}."] if told else []
    return [
        *found,
        *([f"{units(counts.closed)} được thôi thu báo cáo, không tính là còn thiếu (nêu tại mục III)."] if counts.closed else []),
    ]


def _overdue(overdue: int, left: int) -> str:
    """How many of so many are past their due date: of one, of all of them, or of some."""
    if not overdue:
        return ""
    if overdue == left:
        return "; đã quá hạn gửi báo cáo" if left == 1 else f"; cả {units(left)} này đã quá hạn gửi báo cáo"
    return f"; trong đó có {units(overdue)} đã quá hạn gửi báo cáo"


def late_children(data: Consolidated) -> tuple[ChildLine, ...]:
    """Children whose report came after its due date."""
    return tuple(line for line in data.children if line.on_time is False and line.received_at is not None and not line.is_own)


def shortcomings(definition: Definition, data: Consolidated, annexes: AnnexNames) -> tuple[Block, ...]:
    """Late and missing units by name (long lists in an annex), and indicators with blanks."""
    if data.obligations.expected == 0:
        return (body("Trong kỳ không có đơn vị nào thuộc diện phải báo cáo."),)
    late = [one_line(line.unit.name) for line in late_children(data)]
    missing = [one_line(unit.name) for unit in missing_below(data)]
    blocks: list[Block] = [
        *_named("Các đơn vị báo cáo trực tiếp gửi trễ hạn", late, annexes.reporting),
        *_named("Chưa có báo cáo được chấp nhận", missing, annexes.missing),
        *_own_missing(data),
        *_closed(data),
        *_blanks(definition, data),
    ]
    return tuple(blocks) or (body("Các đơn vị báo cáo đầy đủ, đúng hạn; không có chỉ tiêu nào thiếu số liệu."),)


def _own_missing(data: Consolidated) -> list[Block]:
    """The unit that writes the report is not named among those that it waits for."""
    if len(missing_below(data)) == len(data.missing_units):
        return []
    name = tie_numbers(one_line(data.unit.name))
    return [body(f"Chưa gồm số liệu trực tiếp của {name}, vì báo cáo của đơn vị chưa được chấp nhận.")]


def _closed(data: Consolidated) -> list[Block]:
    """Units of which nothing is wanted any more, with the reason: gaps that have a name, or, where they are many, a number."""
    if not data.closed_units:
        return []
    alike: dict[str, list[str]] = {}
    for each in data.closed_units:
        alike.setdefault(one_line(each.reason).rstrip("."), []).append(tie_numbers(one_line(each.unit.name)))
    told = "; ".join(words for reason, names in alike.items() for words in _closed_for(reason, names))
    return [body(f"Thôi thu báo cáo, không tính là còn thiếu: {units(len(data.closed_units))}, gồm: {told}.")]


def _closed_for(reason: str, names: Sequence[str]) -> list[str]:
    """By name; of more than the text names, for one reason, how many: a campaign that ends closes thousands."""
    return [f"{units(len(names))} ({reason})"] if len(names) > NAMED_IN_TEXT else [f"{name} ({reason})" for name in names]


def _named(lead: str, names: Sequence[str], annex: str) -> list[Block]:
    if not names:
        return []
    if len(names) > NAMED_IN_TEXT:
        return [body(f"{lead}: {units(len(names))} (danh sách tại {annex}).")]
    return [body(f"{lead}: {units(len(names))}, gồm: {'; '.join(tie_numbers(name) for name in names)}.")]


def _blanks(definition: Definition, data: Consolidated) -> list[Block]:
    """Indicators that some unit left blank in an accepted report, the most often left first."""
    counted = []
    for indicator in definition.indicators:
        total = data.figures.get(indicator.code)
        if isinstance(total, FigureTotal) and total.cells.blank:
            counted.append((total.cells.blank, indicator))
    if not counted:
        return []
    counted.sort(key=lambda pair: -pair[0])
    named = "; ".join(f"{indicator.code} – {indicator.name} ({units(blank)})" for blank, indicator in counted[:_BLANKS_NAMED])
    more = len(counted) - _BLANKS_NAMED
    rest = f"; và {more} chỉ tiêu khác (xem cột “Đơn vị có số liệu” trong các bảng tại mục II)" if more > 0 else ""
    return [body(f"Chỉ tiêu còn có đơn vị ghi “{NO_FIGURE}”: {format_int(len(counted))} chỉ tiêu, gồm: {named}{rest}.")]
