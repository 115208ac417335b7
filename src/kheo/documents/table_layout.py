"""Column widths of a table, from the texts in it: numbers whole, names on few lines, the page filled and never exceeded."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from kheo.documents.metrics import longest_word, text_width, width_for_lines
from kheo.documents.official import Column, Row, Table

PADDING = 1.2
_SLACK = 0.8
# A column of words is wide enough for three names in four to stand on one line (up to so many millimetres at 10 points),
# or, where there is no room for that, for the longest one on three lines.
_ONE_LINE_NAMES = 70.0
_NAME_LINES = 3
# Titles are set on few lines where there is room, on up to the last number of lines before the type gets smaller.
_TITLE_LINES = (2, 3, 4, 5)
_PACKED_TITLE_LINES = 4


@dataclass(frozen=True)
class Widths:
    """Widths in millimetres, and the type size at which the texts fit them."""

    columns: tuple[float, ...]
    size: float


@dataclass(frozen=True)
class _Measured:
    """The texts of a column at 10 points: the widest, the one that three in four do not exceed, and the longest word."""

    column: Column
    natural: float
    three_in_four: float
    word: float


@dataclass(frozen=True)
class _Need:
    least: float
    wished: float


def fit_columns(table: Table, available: float, size: float, smallest: float) -> Widths:
    """Widths that fill `available`, at the largest size (in half points, from `size` down to `smallest`) that fits."""
    measured = _measure(table.columns, table.rows)
    while True:
        for one_line_names, lines in product((True, False), _TITLE_LINES):
            needs = [_need(each, size, lines, one_line_names=one_line_names) for each in measured]
            least = sum(need.least for need in needs)
            if least <= available:
                return Widths(_spread(table.columns, needs, available), size)
        if size - 0.5 < smallest:
            scale = available / least
            return Widths(tuple(need.least * scale for need in needs), size)
        size -= 0.5


def share_columns(table: Table, shares: Sequence[float], available: float, size: float) -> Widths:
    """Widths of a prescribed form: centred columns hold their texts on one line, the others share the rest as the form has them.

    What is written in it does not move the columns: one long subject would leave no room for the rest of a year.
    """
    fixed = [
        max(each.natural * size / 10, longest_word(each.column.title, size, bold=True) + _SLACK) + 2 * PADDING + _SLACK
        if each.column.align == "center"
        else 0.0
        for each in _measure(table.columns, table.rows)
    ]
    left = available - sum(fixed)
    whole = sum(share for share, width in zip(shares, fixed, strict=True) if not width)
    return Widths(tuple(width or left * share / whole for share, width in zip(shares, fixed, strict=True)), size)


def pack_columns(lead: Sequence[Column], columns: Sequence[Column], rows: Sequence[Row], available: float, size: float) -> tuple[int, ...]:
    """How many of `columns` to put in each table so that every table (each begins with `lead`) fits at `size`; evenly filled.

    The texts of `rows` are those of `lead` followed by those of `columns`.
    """
    if not columns:
        return ()
    measured = _measure((*lead, *columns), rows)
    needs = [_need(each, size, _PACKED_TITLE_LINES, one_line_names=True).least for each in measured]
    room = available - sum(needs[: len(lead)])
    tables, used = 1, 0.0
    for need in needs[len(lead) :]:
        if used and used + need > room:
            tables, used = tables + 1, 0.0
        used += need
    for count in range(tables, len(columns) + 1):
        sizes = _even(len(columns), count)
        if _all_fit(sizes, needs[len(lead) :], room):
            return sizes
    return (1,) * len(columns)


def _even(total: int, parts: int) -> tuple[int, ...]:
    small, larger = divmod(total, parts)
    return (small + 1,) * larger + (small,) * (parts - larger)


def _all_fit(sizes: Sequence[int], needs: Sequence[float], room: float) -> bool:
    start = 0
    for count in sizes:
        if sum(needs[start : start + count]) > room:
            return False
        start += count
    return True


def _measure(columns: Sequence[Column], rows: Sequence[Row]) -> list[_Measured]:
    """Every text once; the last text of a short row spans columns and counts for none."""
    widths: list[list[float]] = [[0.0] for _ in columns]
    words = [0.0] * len(columns)
    for row in rows:
        bold = row.look in ("total", "group")
        for index, text in enumerate(row.texts if len(row.texts) == len(columns) else row.texts[:-1]):
            widths[index].append(text_width(text, 10, bold=bold))
            if columns[index].align == "left":
                words[index] = max(words[index], longest_word(text, 10, bold=bold))
    ordered = [sorted(each) for each in widths]
    return [_Measured(column, each[-1], each[len(each) * 3 // 4], word) for column, each, word in zip(columns, ordered, words, strict=True)]


def _need(measured: _Measured, size: float, title_lines: int, *, one_line_names: bool) -> _Need:
    column, scale = measured.column, size / 10
    least = measured.natural * scale
    if column.align == "left":
        least = max(measured.word, measured.natural / _NAME_LINES) * scale
        if one_line_names:
            least = max(least, min(measured.three_in_four, _ONE_LINE_NAMES) * scale)
    head = max(width_for_lines(column.title, title_lines, size, bold=True), text_width(column.code, size))
    wished = max(measured.natural * scale, head, width_for_lines(column.title, 2, size, bold=True))
    around = 2 * PADDING + _SLACK
    return _Need(max(least, head) + around, wished + around)


def _spread(columns: Sequence[Column], needs: Sequence[_Need], available: float) -> tuple[float, ...]:
    """Least widths, then what is wished for in proportion, then the rest to the columns of words."""
    widths = [need.least for need in needs]
    wishes = [max(0.0, need.wished - need.least) for need in needs]
    left = available - sum(widths)
    share = min(1.0, left / sum(wishes)) if sum(wishes) else 0.0
    widths = [width + wish * share for width, wish in zip(widths, wishes, strict=True)]
    left = available - sum(widths)
    words = [index for index, column in enumerate(columns) if column.align == "left"] or list(range(len(columns)))
    return tuple(width + (left / len(words) if index in words else 0.0) for index, width in enumerate(widths))
