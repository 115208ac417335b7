"""Remarks and their answers on the unit's page: under each place, and as the list on top that leads to them. All escaped."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from kheo.core.checking import SECTION, label_of
from kheo.core.days import format_instant
from kheo.core.definition import Definition
from kheo.core.remarks import ANSWER_NAMES, Answered
from kheo.reports.queries.filling import Sheet
from kheo.reports.queries.history import figure_words
from kheo.reports.queries.remarks import Asked, Remark, Reply
from kheo.web.differences import reply_words
from kheo.web.vouching import vouching_tick

WHY = "vi-sao."  # the field of a place's answer in words: vi-sao.B04
ANSWER = "tra-loi"  # the name of the buttons; their values are `B04=kept`
OPEN_WORDS = "Chưa trả lời"


def draw_remark(remark: Remark, label: str, words: str, *, is_open: bool, typed: str | None = None) -> str:
    """A remark with who wrote it and when, the rounds before, and the answer; `words`: what the place said and says now."""
    head = f"<b>{escape(remark.author)} · {format_instant(remark.written_at)}</b>{escape(remark.text)}"
    earlier = _earlier(remark.earlier)
    asking = _asking(remark, label, typed) if is_open else ""
    return f'<div class="remark">{head}{earlier}{_replied(remark, words, is_open)}{asking}</div>'


def _earlier(rounds: tuple[Asked, ...]) -> str:
    if not rounds:
        return ""
    told = "".join(f"<li>{_round(each)}</li>" for each in rounds)
    return f'<details class="earlier"><summary>{len(rounds)} lần hỏi trước</summary><ol>{told}</ol></details>'


def _round(asked: Asked) -> str:
    question = f"<b>{escape(asked.author)} · {format_instant(asked.written_at)}</b>{escape(asked.text)}"
    return question + (f'<p class="replied">{reply_words(asked.reply)}</p>' if asked.reply else "")


def _replied(remark: Remark, words: str, is_open: bool) -> str:
    """The answer; while the report is open also the empty place for it."""
    if remark.reply is None and not is_open:
        return ""
    told = reply_words(remark.reply, words) if remark.reply else ""
    return f'<p class="replied" data-replied="{escape(remark.target)}"{"" if told else " hidden"}>{told}</p>'


def _asking(remark: Remark, label: str, typed: str | None) -> str:
    """Words and two buttons of the page's own form; open until the place is answered."""
    target, reply, name = escape(remark.target), remark.reply, escape(f"{WHY}{remark.target}")
    text = typed if typed is not None else reply.text if reply else ""
    is_shown = reply is None or typed is not None
    return (
        f'<details class="asking" data-asking="{target}"{" open" if is_shown else ""}><summary>{_summary(reply)}</summary>'
        f'<p class="hint">Sửa số hoặc chữ ở chỗ này là đã trả lời. Nếu vốn đúng thì nói rõ vì sao rồi bấm Giữ nguyên.</p>'
        f'<div class="asking-row"><input name="{name}" value="{escape(text)}" maxlength="1000" autocomplete="off"'
        f' aria-label="Vì sao, {escape(label)}" placeholder="Ví dụ: đã đối chiếu sổ, số đúng là như vậy">'
        f'<button class="button secondary" name="{ANSWER}" value="{target}=kept">Giữ nguyên</button>'
        f'<button class="button secondary" name="{ANSWER}" value="{target}=corrected">Đã sửa</button></div>'
        f"{vouching_tick(typed or '', remark.target)}</details>"
    )


def _summary(reply: Reply | None) -> str:
    return "Đổi câu trả lời" if reply else "Trả lời"


def change_words(definition: Definition, remark: Remark, figures: Mapping[str, Any]) -> str:
    """`137 → 37`: of a cell that was changed; nothing of a section or of a computed total."""
    if remark.target.startswith(SECTION) or definition.cell(remark.target).is_total or not remark.is_changed:
        return ""
    then, now = (figure_words(definition, remark.target, each) for each in (remark.then, figures.get(remark.target, "")))
    return f"{then} → {now}"


def draw_asked(sheet: Sheet) -> SafeString:
    """The list on top: every place with a remark, linked, and how far its answer is."""
    rows = "".join(_asked(sheet.definition, each) for each in sheet.remarks.values())
    return mark_safe(rows)  # noqa: S308  # every text in it is escaped


def _asked(definition: Definition, remark: Remark) -> str:
    words = ANSWER_NAMES[remark.reply.kind] if remark.reply else OPEN_WORDS
    done = ' class="is-answered"' if remark.reply else ""
    target = escape(remark.target)
    label = escape(label_of(definition, remark.target))
    return f'<li{done} data-asked="{target}"><a href="#{target}">{label}<span data-asked-words>{words}</span></a></li>'


def left_to_answer(sheet: Sheet) -> int:
    """Remarks without an answer."""
    return sum(each.reply is None for each in sheet.remarks.values())


def as_data(sheet: Sheet) -> dict[str, Any]:
    """For the script of the page, after a save: by place what was answered."""
    return dict(_data(sheet))


def _data(sheet: Sheet) -> Iterator[tuple[str, dict[str, str]]]:
    for target, remark in sheet.remarks.items():
        reply, words = remark.reply, change_words(sheet.definition, remark, sheet.standing.figures)
        if reply is None:
            yield target, {"kind": "", "name": OPEN_WORDS, "words": "", "who": ""}
        else:
            told = " ".join(filter(None, (words if reply.kind is Answered.CORRECTED else "", reply.text)))
            who = f"{reply.author} · {format_instant(reply.written_at)}"
            yield target, {"kind": reply.kind.value, "name": ANSWER_NAMES[reply.kind], "words": told, "who": who}
