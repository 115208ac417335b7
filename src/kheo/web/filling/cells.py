"""One cell of the report as HTML: what it holds in words, how it is typed, what is wrong with it, what the reviewer remarked."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.html import format_html
from django.utils.safestring import SafeString

from kheo.core.answers import UNANSWERED, Answer, write_answer
from kheo.core.days import format_instant
from kheo.core.figures import NA, Figure
from kheo.core.numbers import format_scaled
from kheo.reports.queries.filling import Remark, Sheet, is_hidden

NOTHING = format_html("{}", "")


@dataclass(frozen=True)
class Overlay:
    """What the page shows over the stored answers after a save that was not taken whole: texts as typed, and why not, by target."""

    typed: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Look:
    """How to draw the report: everything on it, whether it can be typed into, and the overlay."""

    sheet: Sheet
    is_open: bool
    overlay: Overlay = field(default_factory=Overlay)


def shown(look: Look, key: str, figure: Answer, decimals: int) -> tuple[str, str]:
    """(class, text) of an answer that is only read; the signs of blank, not applicable and hidden are drawn by the class."""
    if is_hidden(look.sheet, key, figure):
        return "is-small", ""
    if figure is None:
        return "is-blank", ""
    if figure == NA:
        return "is-na", ""
    if not isinstance(figure, int):
        return "is-open", ""
    return ("is-zero" if figure == 0 else ""), format_scaled(figure, decimals)


def side_cell(look: Look, column: str, label: str, figures: Mapping[str, Figure], key: str, decimals: int) -> SafeString:
    """A cell of the columns beside the entry: last period, the units below."""
    if key not in figures:
        return format_html('<td class="{}" data-label="{}"></td>', column, label)
    kind, text = shown(look, key, figures[key], decimals)
    return format_html('<td class="{} {}" data-label="{}">{}</td>', column, kind, label, text)


def entry(look: Look, key: str, names: str, decimals: int) -> SafeString:
    """The cell that is typed into, or read."""
    answer: Answer = look.sheet.standing.figures.get(key, UNANSWERED)
    if not look.is_open:
        kind, text = shown(look, key, answer, decimals)
        return format_html('<td class="entry {}" id="{}">{}</td>', kind, key, text)
    stored = write_answer(answer, decimals)
    text = look.overlay.typed.get(key, stored)
    return format_html(
        '<td class="entry"><input id="{0}" name="{0}" value="{1}"{2} inputmode="{3}" autocomplete="off" list="tra-loi"'
        ' aria-labelledby="{4}"{5}></td>',
        key,
        text,
        format_html(' data-before="{}"', stored) if text != stored else NOTHING,
        "decimal" if decimals else "numeric",
        names,
        format_html(' aria-invalid="true" aria-describedby="p-{}"', key) if key in look.overlay.faults else NOTHING,
    )


def total(look: Look, key: str, decimals: int) -> SafeString:
    """The computed total of a breakdown."""
    kind, text = shown(look, key, look.sheet.standing.figures.get(key, UNANSWERED), decimals)
    return format_html('<td class="entry {}"><output id="{}" data-computed>{}</output></td>', kind, key, text)


def problem_row(look: Look, key: str, messages: Mapping[str, tuple[str, str]], columns: int) -> SafeString:
    """What is wrong at a cell, under its row: the fault of what was typed, else the check that does not hold."""
    if key in look.overlay.faults:
        return _row("problem", key, look.overlay.faults[key], columns)
    if key not in messages or not look.is_open:
        return NOTHING
    severity, message = messages[key]
    return _row("problem is-question" if severity == "question" else "problem", key, message, columns)


def _row(kind: str, key: str, message: str, columns: int) -> SafeString:
    return format_html('<tr class="{}" id="p-{}"><td colspan="{}">{}</td></tr>', kind, key, columns, message)


def remark_row(look: Look, target: str, columns: int) -> SafeString:
    """The reviewer's remark under the row of its cell."""
    if target not in look.sheet.remarks:
        return NOTHING
    return format_html('<tr class="noted"><td colspan="{}">{}</td></tr>', columns, remark(look.sheet.remarks[target]))


def remark(note: Remark) -> SafeString:
    """A remark with who wrote it, when, and whether the place was changed since."""
    done = format_html(' <span class="is-done">{}</span>', "Đã sửa") if note.is_changed else NOTHING
    return format_html('<div class="remark"><b>{} · {}{}</b>{}</div>', note.author, format_instant(note.written_at), done, note.text)
