"""Photographs and PDFs as they stand with a content: for the unit's page and the reviewer's alike. Joined strings, all escaped."""

from collections.abc import Iterable, Mapping
from html import escape

from django.urls import reverse

from kheo.core.definition import Definition
from kheo.core.evidence import MEGABYTE, takes_files
from kheo.core.numbers import format_scaled
from kheo.reports.queries.evidence import Proof, by_content


def evidence_strip(obligation: int, proofs: Iterable[Proof], content: str) -> str:
    """The files of one content in a row, each opening the whole file; nothing where there are none."""
    items = "".join(f"<li>{_item(obligation, proof)}</li>" for proof in proofs if proof.content == content)
    return f'<ul class="proofs" aria-label="Minh chứng">{items}</ul>' if items else ""


def _item(obligation: int, proof: Proof) -> str:
    address = reverse("evidence_file", args=[obligation, proof.id])
    name = escape(proof.caption or proof.name)
    if proof.is_photo:
        small = reverse("evidence_thumbnail", args=[obligation, proof.id])
        picture = f'<img src="{small}" alt="Ảnh minh chứng: {name}" loading="lazy" width="120" height="90">'
        return f'<a href="{address}">{picture}</a><span>{escape(proof.caption)}</span>'
    return f'<a class="proof-paper" href="{address}">PDF</a><span>{name} <small>({size_words(proof.size)})</small></span>'


def size_words(size: int) -> str:
    """`1,2 MB`."""
    return f"{format_scaled(max(1, (size * 10 + MEGABYTE // 2) // MEGABYTE), 1)} MB"


def strips_to_fill(obligation: int, definition: Definition, proofs: Iterable[Proof], *, is_open: bool) -> Mapping[str, str]:
    """By content what stands under its table: the files, and where more are added while the report is written."""
    kept = by_content(proofs)
    strips: dict[str, str] = {}
    for content in definition.contents:
        mine = kept.get(content.id, [])
        strip = evidence_strip(obligation, mine, content.id)
        if is_open and takes_files(content) and definition.evidence.files_of(content.id):
            words = "Thêm, bỏ minh chứng" if mine else "Thêm ảnh, PDF minh chứng"
            address = reverse("evidence", args=[obligation, content.id])
            strip += f'<p class="add-proof"><a class="button secondary fill" href="{address}">{words}</a></p>'
        strips[content.id] = f'<div class="evidence">{strip}</div>' if strip else ""
    return strips
