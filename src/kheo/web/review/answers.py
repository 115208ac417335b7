"""What the unit answered, before the reviewer: each place with the question, the answer, what stood there and stands there now. Escaped."""

from html import escape

from django.utils.safestring import SafeString, mark_safe

from kheo.core.checking import SECTION, label_of
from kheo.core.word_diff import word_diff
from kheo.reports.queries.remarks import Asked
from kheo.reports.queries.review import Sent
from kheo.web.differences import cell_change, draw_pieces, reply_words

SETTLE, REOPEN = "cho-qua", "mo-lai"  # the names of the buttons; their values are places


def draw_answers(sent: Sent, *, can_settle: bool) -> SafeString:
    """Every answer that came with this revision; those that the reviewer has let pass last."""
    ordered = sorted(sent.answered, key=lambda each: bool(each.settled_by))
    return mark_safe("".join(_answer(sent, each, can_settle) for each in ordered))  # noqa: S308  # every text in it is escaped


def _answer(sent: Sent, asked: Asked, can_settle: bool) -> str:
    target, label = escape(asked.target), escape(label_of(sent.definition, asked.target))
    said = f'<p class="replied">{reply_words(asked.reply)}</p>' if asked.reply else ""
    question = f'<p class="muted">{escape(asked.author)} hỏi: {escape(asked.text)}</p>'
    kind = ' class="is-settled"' if asked.settled_by else ""
    body = f"{question}{said}{_difference(sent, asked)}{_buttons(sent, asked, can_settle)}"
    return f'<li{kind}><h3><a href="#{target}">{label}</a></h3>{body}</li>'


def _difference(sent: Sent, asked: Asked) -> str:
    """`137 → 37`, or the paragraph with its changes marked; nothing where nothing was changed."""
    if asked.target not in sent.changed:
        return ""
    if asked.target.startswith(SECTION):
        section = asked.target.removeprefix(SECTION)
        pieces = word_diff(sent.narrative_before.get(section, ""), sent.revision.narrative.get(section, ""))
        return f'<div class="told">{draw_pieces(pieces)}</div>'
    before, after = sent.before.get(asked.target, ""), sent.figures.get(asked.target, "")
    return f'<p class="was-now">{cell_change(sent.definition, asked.target, before, after)}</p>'


def _buttons(sent: Sent, asked: Asked, can_settle: bool) -> str:
    if not can_settle:
        return ""
    target = escape(asked.target)
    if asked.target in sent.notes:
        return f'<p class="muted">Đã hỏi lại: {escape(sent.notes[asked.target].text)}</p>'
    if asked.settled_by:
        button = f'<button class="button quiet" name="{REOPEN}" value="{target}">Mở lại</button>'
        return f'<p class="facts"><span class="muted">Đã cho qua.</span> {button}</p>'
    again = f'<a class="button quiet" href="#{target}" data-remark="{target}">Hỏi lại</a>'
    return f'<p class="facts"><button class="button secondary" name="{SETTLE}" value="{target}">Cho qua</button>{again}</p>'
