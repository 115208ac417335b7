"""What was changed, and what was answered, as both sides see it. All escaped."""

from collections.abc import Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe

from kheo.core.days import format_instant
from kheo.core.definition import Definition
from kheo.core.remarks import ANSWER_NAMES, Answered
from kheo.core.word_diff import Piece
from kheo.reports.queries.history import figure_words
from kheo.reports.queries.remarks import Reply

TAGS = {"removed": "del", "added": "ins"}


def draw_pieces(pieces: Sequence[Piece]) -> str:
    """A text with what was taken out and what was added marked, also for those who see no colours: the elements say so."""
    return "".join(_piece(each) for each in pieces)


def as_html(pieces: Sequence[Piece]) -> SafeString:
    """The same for a template."""
    return mark_safe(draw_pieces(pieces))  # noqa: S308  # every text in it is escaped


def _piece(piece: Piece) -> str:
    tag = TAGS.get(piece.mark)
    return f"<{tag}>{escape(piece.text)}</{tag}>" if tag else escape(piece.text)


def cell_change(definition: Definition, key: str, before: object, after: object) -> str:
    """Two figures with an arrow between them."""
    then, now = (escape(figure_words(definition, key, each)) for each in (before, after))
    return f"<del>{then}</del> → <ins>{now}</ins>"


def reply_words(reply: Reply, change: str = "") -> str:
    """`Giữ nguyên Đã đối chiếu sổ. An · 10:02 09/11/2023`; `change`: what the place said and says now, where it was corrected."""
    text = f" {escape(reply.text)}" if reply.text else ""
    changed = f" {escape(change)}" if change and reply.kind is Answered.CORRECTED else ""
    who = f'<span class="muted">{escape(reply.author)} · {format_instant(reply.written_at)}</span>'
    return f'<span class="is-done">{ANSWER_NAMES[reply.kind]}</span>{changed}{text} {who}'
