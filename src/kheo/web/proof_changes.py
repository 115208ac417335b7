"""Evidence that differs between two submissions, for the unit and the reviewer alike. Joined strings, all escaped."""

from collections.abc import Iterable
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from kheo.reports.queries.evidence import Proof
from kheo.reports.queries.evidence_changes import ProofChange

NO_CAPTION = "không có chú thích"


def changes_list(obligation: int, changes: Iterable[ProofChange]) -> SafeString:
    """A line for each file, which opens it; nothing where nothing differs."""
    lines = "".join(f"<li>{_line(obligation, each)}</li>" for each in changes)
    html = f'<ul class="changes" aria-label="Minh chứng khác lần nộp trước">{lines}</ul>' if lines else ""
    return mark_safe(html)  # noqa: S308  # every text in it is escaped


def _line(obligation: int, change: ProofChange) -> str:
    file = _file(obligation, change.proof)
    if change.before is None:
        return f"<ins>Thêm {file}</ins>{_told(change.proof)}"
    if change.after is None:
        return f"<del>Bỏ {file}</del>{_told(change.proof)}"
    then, now = (escape(each.caption or NO_CAPTION) for each in (change.before, change.after))
    return f"Sửa chú thích {file}: <del>{then}</del> → <ins>{now}</ins>"


def _file(obligation: int, proof: Proof) -> str:
    kind = "ảnh" if proof.is_photo else "tệp"
    return f'{kind} <a href="{reverse("evidence_file", args=[obligation, proof.id])}">{escape(proof.name)}</a>'


def _told(proof: Proof) -> str:
    return f" ({escape(proof.caption)})" if proof.caption else ""
