"""The units behind one number: as rows of a table, each with the way onward."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from kheo.core.cell_signs import Ratio, Sum
from kheo.core.days import format_instant
from kheo.core.numbers import format_int, format_percent, format_scaled
from kheo.core.short_words import short_name
from kheo.core.workflow import STATE_NAMES, State
from kheo.reports.queries.decided import Decided, decided_about
from kheo.reports.queries.drilling import Line, Opened
from kheo.reports.queries.members import Member
from kheo.web.consolidation.figures_table import anchor
from kheo.web.consolidation.signs import number_cell
from kheo.web.wording import decided_lines


def lines_table(opened: Opened) -> SafeString:
    """The units directly below; the sum of all of them, on whatever page, is the number itself and stands in the head."""
    rows = "".join(_line(opened, line) for line in opened.lines)
    head = f'<thead class="whole">{_head(opened)}{_sum(opened)}</thead>'
    return mark_safe(f'<table class="table figures">{head}<tbody>{rows}</tbody></table>')  # noqa: S308  # every text in it is escaped


def _head(opened: Opened) -> str:
    indicator = opened.subject.indicator
    names = [f"{indicator.name}" if not opened.subject.part else _part_name(opened, opened.subject.part)]
    columns = [f'<th scope="col">{escape(opened.subject.key)}<small>{escape(names[0])}</small><small>{escape(indicator.unit)}</small></th>']
    if opened.subject.is_ratio:
        columns += ['<th scope="col">Tử số</th><th scope="col">Mẫu số</th>']
    if _has_shares(opened):
        columns += ['<th scope="col" class="share">Phần trong tổng</th>']
    if _has_parts(opened):
        columns += [f'<th scope="col">{escape(_part_name(opened, part))}</th>' for part in opened.parts]
    return f'<tr><th class="corner" scope="col">Đơn vị<small>báo cáo đã cộng</small></th>{"".join(columns)}</tr>'


def _part_name(opened: Opened, part: str) -> str:
    breakdown = opened.subject.indicator.breakdown or ""
    return next((choice.name for choice in opened.definition.lists.get(breakdown, ()) if choice.code == part), part)


def _has_parts(opened: Opened) -> bool:
    return bool(opened.parts) and not opened.subject.is_walled


def _sum(opened: Opened) -> str:
    cells = number_cell(opened.total, "", shows_behind=True) + _terms(opened.total)
    if _has_parts(opened):
        code = opened.subject.indicator.code
        cells += "".join(number_cell(cell, f"../{code}.{part}/", shows_behind=True) for part, cell in opened.parts.items())
    cells += '<td class="share"></td>' if _has_shares(opened) else ""
    word = "Tính từ hai tổng" if opened.subject.is_ratio else "Cộng"
    return f'<tr class="total"><th scope="row" class="corner">{word}</th>{cells}</tr>'


def _terms(cell: Sum | Ratio) -> str:
    if not isinstance(cell, Ratio):
        return ""
    return "".join(f"<td>{format_int(term)}</td>" if term is not None else "<td></td>" for term in (cell.numerator, cell.denominator))


def _line(opened: Opened, line: Line) -> str:
    url = _onward(opened, line)
    is_one_report = line.is_own or not line.unit.is_inner
    cells = number_cell(line.cell, "", reported=line.reported, is_late=is_one_report and line.standing.is_late) + _terms(line.cell)
    cells += "".join(number_cell(cell, "", reported=line.reported) for cell in line.parts)
    cells += _share(line.cell, opened) if _has_shares(opened) else ""
    name = escape("Số liệu trực tiếp" if line.is_own else short_name(line.unit.name))
    return f'<tr><th scope="row">{f"""<a href="{escape(url)}">{name}</a>""" if url else name}{_facts(line)}</th>{cells}</tr>'


def _has_shares(opened: Opened) -> bool:
    """A bar for each unit where there is nothing else beside the number, and the whole is known."""
    return isinstance(opened.total, Sum) and bool(opened.total.value) and not _has_parts(opened)


def _share(cell: Sum | Ratio, opened: Opened) -> str:
    """A bar as long as the number is against the largest one, with its share of the total in words."""
    total = opened.total.value
    if not isinstance(cell, Sum) or cell.value is None or not isinstance(total, int):
        return '<td class="share"></td>'
    percent = format_percent(cell.value, total, 1)
    bar = f'<progress class="bar" value="{cell.value}" max="{max(opened.largest, 1)}" aria-label="{percent} của tổng"></progress>'
    return f'<td class="share">{bar}<small>{percent}</small></td>'


def _onward(opened: Opened, line: Line) -> str:
    if line.unit.is_inner and not line.is_own:
        return f"../../../{line.unit.unit_id}/o/{opened.subject.key}/"
    return report_cell(line.standing.obligation_id, opened) if line.standing.obligation_id else ""


def report_cell(obligation: int, opened: Opened) -> str:
    """The cell of one report."""
    place = opened.subject.key if opened.subject.part else anchor(opened.subject.indicator)
    return f"{reverse('report', args=[obligation])}#{place}"


def _facts(line: Line) -> str:
    if line.unit.is_inner and not line.is_own:
        short = ' class="is-short"' if line.reported < line.expected else ""
        return f"<small{short}>{format_int(line.reported)}/{format_int(line.expected)} báo cáo</small>"
    words = [] if line.standing.state == State.ACCEPTED else [STATE_NAMES[line.standing.state].lower()]
    words += ["nộp trễ"] if line.standing.is_late else []
    return f"<small>{', '.join(words)}</small>" if words else ""


def members_table(opened: Opened, on: date) -> SafeString:
    """The units of one class of answer, wherever in the subtree they stand; `on`: the day on which it is read."""
    decided = decided_about([each.obligation_id for each in opened.members], on)
    value = "" if opened.subject.is_walled or opened.shown != "number" else '<th scope="col" class="number">Số</th>'
    head = f'<thead><tr><th scope="col">Đơn vị</th><th scope="col">Thuộc</th>{value}<th scope="col">Báo cáo</th></tr></thead>'
    rows = "".join(_member(opened, member, decided, bool(value)) for member in opened.members)
    return mark_safe(f'<table class="table">{head}<tbody>{rows}</tbody></table>')  # noqa: S308  # every text in it is escaped


def _member(opened: Opened, member: Member, decided: Mapping[int, Decided], has_value: bool) -> str:
    link = f'<a href="{escape(report_cell(member.obligation_id, opened))}">{escape(short_name(member.name))}</a>'
    cells = [f'<th scope="row">{link}{decided_lines(member.obligation_id, decided)}</th>']
    cells.append(f'<td data-label="Thuộc">{escape(short_name(member.above))}</td>' if member.above else "<td></td>")
    if has_value:
        text = format_scaled(member.value, opened.subject.indicator.decimals) if member.value is not None else ""
        cells.append(f'<td class="number" data-label="Số">{text}</td>')
    cells.append("<td>" + "".join(_state(member)) + "</td>")
    return f"<tr>{''.join(cells)}</tr>"


def _state(member: Member) -> Iterator[str]:
    yield f'<span class="tag" data-state="{member.state}">{STATE_NAMES[member.state]}</span>'
    if member.received_at:
        yield f' <span class="muted">nộp {format_instant(member.received_at)}</span>'
