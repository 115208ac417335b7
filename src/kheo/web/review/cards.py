"""Units on the board: as cards of a column, or as rows of a list. Joined strings, since a board may hold hundreds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from kheo.core.days import due_day, local_day
from kheo.core.importance import why_it_matters
from kheo.core.numbers import format_int
from kheo.core.short_words import short_name
from kheo.core.timeliness import RECEIVED_WORDS
from kheo.core.workflow import STATE_NAMES, State
from kheo.reports.queries.boards import Board, Child, signals_of
from kheo.reports.queries.decided import Decided, decided_about
from kheo.web.wording import decided_lines, due_tone

REASONS = 2  # so many are told on a card; the report itself tells all


@dataclass(frozen=True)
class Look:
    """The board as somebody sees it: when, whether they may accept, and what was decided about reports of units that have ended."""

    board: Board
    now: datetime
    can_accept: bool
    decided: Mapping[int, Decided]


def look_of(board: Board, now: datetime, *, can_accept: bool) -> Look:
    """With what was decided about the reports that are shown: one query."""
    shown = [*board.rows, *(child for column in board.columns.values() for child in column)]
    return Look(board, now, can_accept, decided_about([child.obligation_id for child in shown], local_day(now)))


def column_cards(look: Look, state: State) -> SafeString:
    """The cards of one column."""
    return mark_safe("".join(_card(look, child) for child in look.board.columns[state]))  # noqa: S308  # every text in it is escaped


def list_rows(look: Look) -> SafeString:
    """The rows of the list."""
    return mark_safe("".join(_row(look, child) for child in look.board.rows))  # noqa: S308  # every text in it is escaped


def _card(look: Look, child: Child) -> str:
    parts = [_pick(look, child) or _link(look, child), *_lines(look, child)]
    if _can_pick(look, child):
        parts.insert(1, f'<a href="{_address(look, child)}">Xem báo cáo</a>')
    return f'<li class="unit-card">{"".join(parts)}</li>'


def _row(look: Look, child: Child) -> str:
    unit = _pick(look, child) or _link(look, child)
    view = f'<a href="{_address(look, child)}">Xem báo cáo</a>' if _can_pick(look, child) else ""
    tag = f'<span class="tag" data-state="{child.column}">{STATE_NAMES[child.column]}</span>'
    return f'<tr><th scope="row">{unit}</th><td>{tag}</td><td class="unit-lines">{view}{"".join(_lines(look, child))}</td></tr>'


def _can_pick(look: Look, child: Child) -> bool:
    return look.can_accept and child.state == State.SUBMITTED


def _pick(look: Look, child: Child) -> str:
    """The box that marks a waiting report, with the name as its label."""
    if not _can_pick(look, child):
        return ""
    box = f'<input type="checkbox" name="pick" value="{child.obligation_id}.{child.version}" id="u{child.obligation_id}">'
    return f'<div class="pick">{box}<label for="u{child.obligation_id}">{escape(short_name(child.name))}</label></div>'


def _link(look: Look, child: Child) -> str:
    return f'<a href="{_address(look, child)}">{escape(short_name(child.name))}</a>'


def _address(look: Look, child: Child) -> str:
    """Reviewers review; everybody else who sees the board reads."""
    return reverse("review_report" if look.can_accept else "report", args=[child.obligation_id])


def _lines(look: Look, child: Child) -> Iterator[str]:
    """What there is to know at a glance, by state."""
    yield decided_lines(child.obligation_id, look.decided)
    if child.received_at is not None:
        late = f"trễ {max(1, child.days_late)} ngày" if child.is_late else RECEIVED_WORDS[child.timeliness(look.now)]
        yield f"<small>nộp {local_day(child.received_at):%d/%m}, {late}</small>"
    if child.state == State.SUBMITTED:
        if child.is_counted:
            yield "<small>báo cáo bổ sung: số đã chấp nhận trước đây vẫn đang được tính</small>"
        yield from _why(look, child)
    elif child.is_counted and child.state != State.ACCEPTED:
        yield "<small>đang lập báo cáo bổ sung</small>"
    elif child.state in (State.DRAFT, State.RETURNED):
        yield f"<small>đã nhập {format_int(child.answered)}/{format_int(look.board.cells)} ô</small>"
    if child.received_at is None and child.state is not State.CLOSED:
        left = child.days_left(look.now)
        yield f'<span class="due" data-due="{due_tone(left)}">{_due(child, left)}</span>'


def _due(child: Child, left: int) -> str:
    """Short: a column is narrow."""
    if left < 0:
        return f"Quá hạn {-left} ngày"
    word = "Gia hạn đến" if child.is_extended else "Hạn"
    return f"{word} hôm nay" if left == 0 else f"{word} {due_day(child.due_at):%d/%m}, còn {left} ngày"


def _why(look: Look, child: Child) -> Iterator[str]:
    """Why it stands where it stands: what is known of it, then what looks odd."""
    reasons = why_it_matters(signals_of(child, look.board.odd, look.now))
    for word in reasons:
        yield f"<small>{escape(word)}</small>"
    if not reasons and not look.board.odd.reasons(child.obligation_id):
        yield "<small>không thấy chỗ nào lạ</small>"
    rounds = look.board.rounds.get(child.obligation_id)
    if rounds and rounds.returned:
        unit, recipient = rounds.at_unit.calendar, rounds.at_recipient.calendar
        yield f"<small>{rounds.sent} lần nộp; đơn vị sửa {unit} ngày, nơi nhận giữ {recipient} ngày</small>"
    for word in look.board.odd.words(child.obligation_id, REASONS):
        yield f'<span class="odd">{escape(word)}</span>'
    more = len(look.board.odd.reasons(child.obligation_id)) - REASONS
    if more > 0:
        yield f"<small>và {more} chỗ khác cần xem</small>"
