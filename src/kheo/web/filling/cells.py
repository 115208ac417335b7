"""One cell of the report as HTML: what it holds in words, how it is typed, what is wrong with it, what the reviewer remarked.

Everything here gives HTML in which every text is escaped. Plain strings with the standard library's `escape` make a page of a
hundred cells four times cheaper than `format_html`; `grid.draw` hands the whole to the template.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape

from kheo.core.answers import UNANSWERED, Answer, write_answer
from kheo.core.checking import EXPLAIN, MOST_EXPLAINED, label_of
from kheo.core.figures import NA, Figure
from kheo.core.numbers import format_scaled
from kheo.reports.queries.filling import Sheet
from kheo.web.filling.replies import change_words, draw_remark


@dataclass(frozen=True)
class Overlay:
    """What the page shows over the stored answers after a save that was not taken whole: texts as typed, and why not, by target.

    `replies`: answers to remarks that were not taken, as typed.
    """

    typed: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    replies: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Look:
    """How to draw the report: everything on it, whether it can be typed into, the overlay, what stands below each section, and
    the evidence of each content (both as HTML), which report it is (for the addresses in it)."""

    sheet: Sheet
    is_open: bool
    overlay: Overlay = field(default_factory=Overlay)
    beside: Mapping[str, str] = field(default_factory=dict)
    evidence: Mapping[str, str] = field(default_factory=dict)
    obligation: int = 0


def shown(look: Look, key: str, figure: Answer, decimals: int) -> tuple[str, str]:
    """(class, text) of an answer that is only read; the signs of blank, not applicable and hidden are drawn by the class."""
    if key in look.sheet.hidden and isinstance(figure, int):
        return f" is-{look.sheet.hidden[key]}", ""
    if figure is None:
        return " is-blank", ""
    if figure == NA:
        return " is-na", ""
    if not isinstance(figure, int):
        return " is-open", ""
    return (" is-zero" if figure == 0 else ""), format_scaled(figure, decimals)


@lru_cache(maxsize=4096)
def name_cell(key: str, name: str, hint: str) -> str:
    """What an indicator or a part of it is called, with one line of help."""
    small = f"<small>{escape(hint)}</small>" if hint else ""
    return f'<th scope="row" class="name" id="n-{escape(key)}">{escape(name)}{small}</th>'


def side_cell(look: Look, column: str, label: str, figures: Mapping[str, Figure], key: str, decimals: int) -> str:
    """A cell of the columns beside the entry: last period, the units below."""
    if key not in figures:
        return f'<td class="{column}"></td>'
    kind, text = shown(look, key, figures[key], decimals)
    return f'<td class="{column}{kind}" data-label="{label}">{text}</td>'


def entry(look: Look, key: str, names: str, decimals: int) -> str:
    """The cell that is typed into, or read."""
    answer: Answer = look.sheet.standing.figures.get(key, UNANSWERED)
    if not look.is_open:
        kind, text = shown(look, key, answer, decimals)
        return f'<td class="entry{kind}" id="{escape(key)}">{text}</td>'
    stored = write_answer(answer, decimals)
    text = look.overlay.typed.get(key, stored)
    before = f' data-before="{escape(stored)}"' if text != stored else ""
    fault = f' aria-invalid="true" aria-describedby="p-{escape(key)}"' if key in look.overlay.faults else ""
    keyboard = "decimal" if decimals else "numeric"
    return (
        f'<td class="entry"><input id="{escape(key)}" name="{escape(key)}" value="{escape(text)}"{before} inputmode="{keyboard}"'
        f' autocomplete="off" list="tra-loi" aria-labelledby="{escape(names)}"{fault}></td>'
    )


def total(look: Look, key: str, decimals: int) -> str:
    """The computed total of a breakdown."""
    kind, text = shown(look, key, look.sheet.standing.figures.get(key, UNANSWERED), decimals)
    return f'<td class="entry"><output class="total{kind}" id="{escape(key)}" data-computed>{text}</output></td>'


def problem_row(look: Look, key: str, messages: Mapping[str, tuple[str, str]], columns: int) -> str:
    """What is wrong at a cell, under its row: the fault of what was typed, else the check that does not hold.

    `columns` is how many the table has; the last one stays a cell of its own, because narrow screens leave it out.
    """
    if key in look.overlay.faults:
        return _problem("problem", key, look.overlay.faults[key], columns)
    if key not in messages or not look.is_open:
        return ""
    severity, message = messages[key]
    return _problem("problem is-question" if severity == "question" else "problem", key, message, columns)


def _problem(kind: str, key: str, message: str, columns: int) -> str:
    cell = f'<td colspan="{columns - 1}">{escape(message)}</td>'
    return f'<tr class="{kind}" id="p-{escape(key)}">{cell}<td class="source"></td></tr>'


def explain_row(look: Look, key: str, messages: Mapping[str, tuple[str, str]], columns: int) -> str:
    """Under an odd figure that the campaign wants explained: why it is asked, and the line for the answer. Read, only the answer."""
    target = EXPLAIN + key
    text = look.overlay.typed.get(target, look.sheet.explanations.get(key, ""))
    if not look.is_open:
        told = f'<p class="told"><b>Giải trình:</b> {escape(text)}</p>'
        return f'<tr class="explaining"><td colspan="{columns - 1}">{told}</td><td class="source"></td></tr>' if text else ""
    if target not in messages and not text:
        return ""
    asked = messages[target][1] if target in messages else label_of(look.sheet.definition, target)
    fault = look.overlay.faults.get(target, "")
    error = f'<p class="field-error" id="p-{escape(target)}">{escape(fault)}</p>' if fault else ""
    stored = look.sheet.explanations.get(key, "")
    before = f' data-before="{escape(stored)}"' if text != stored else ""
    described = f' aria-invalid="true" aria-describedby="p-{escape(target)}"' if fault else ""
    field = (
        f'<label for="{escape(target)}">{escape(asked)}</label>{error}<input id="{escape(target)}" name="{escape(target)}"'
        f' value="{escape(text)}"{before} maxlength="{MOST_EXPLAINED}" autocomplete="off"{described}>'
    )
    return f'<tr class="explaining"><td colspan="{columns - 1}">{field}</td><td class="source"></td></tr>'


def remark_row(look: Look, target: str, columns: int) -> str:
    """The reviewer's remark under the row of its cell."""
    if target not in look.sheet.remarks:
        return ""
    return f'<tr class="noted"><td colspan="{columns - 1}">{remark(look, target)}</td><td class="source"></td></tr>'


def remark(look: Look, target: str) -> str:
    """A remark, what was answered, and while the report is open the fields to answer in."""
    sheet, note = look.sheet, look.sheet.remarks[target]
    words = change_words(sheet.definition, note, sheet.standing.figures)
    typed = look.overlay.replies.get(target)
    return draw_remark(note, label_of(sheet.definition, target), words, is_open=look.is_open, typed=typed)
