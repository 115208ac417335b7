"""The photographs and PDFs of a report: of its draft, and as they were sent with a revision."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kheo.campaigns.models import Cycle
from kheo.core.definition import Definition
from kheo.reports.models import Attachment, Report, Revision

KIND = "attachments"  # in a revision's enclosures


@dataclass(frozen=True)
class Proof:
    """One file as pages show it."""

    id: int
    content: str
    is_photo: bool
    name: str
    size: int
    caption: str


def evidence_of(report: Report | None) -> tuple[Proof, ...]:
    """The files of the draft, in the order in which they came. One query."""
    return tuple(_proof(row) for row in _rows(report)) if report else ()


def _rows(report: Report) -> Iterable[Attachment]:
    rows = Attachment.objects.filter(report=report, removed_at=None).select_related("file__blob")
    return rows.defer("file__blob__content").order_by("pk")


def _proof(row: Attachment) -> Proof:
    return Proof(row.pk, row.content, row.kind == "photo", row.file.name, row.file.blob.size, row.caption)


def by_content(proofs: Iterable[Proof]) -> dict[str, list[Proof]]:
    """The files of each content."""
    found: dict[str, list[Proof]] = {}
    for proof in proofs:
        found.setdefault(proof.content, []).append(proof)
    return found


def evidence_enclosed(report: Report, _definition: Definition) -> list[dict[str, Any]]:
    """What is frozen with a revision: which file stood with which content, by its hash."""
    return [
        {
            "id": row.pk,
            "content": row.content,
            "kind": row.kind,
            "name": row.file.name,
            "size": row.file.blob.size,
            "sha256": row.file.blob.sha256,
            "caption": row.caption,
        }
        for row in _rows(report)
    ]


def evidence_sent(revision: Revision) -> tuple[Proof, ...]:
    """The files that went with a revision; nothing is asked of the database."""
    sent: list[Mapping[str, Any]] = (revision.enclosures or {}).get(KIND, [])
    return tuple(Proof(row["id"], row["content"], row["kind"] == "photo", row["name"], row["size"], row["caption"]) for row in sent)


def was_sent(attachment: Attachment) -> bool:
    """Whether a revision went out with this file."""
    return Revision.objects.filter(report=attachment.report_id, enclosures__contains={KIND: [{"id": attachment.pk}]}).exists()


def evidence_of_drafts(cycle: Cycle) -> dict[int, dict[int, str]]:
    """By report, the hashes of the files of its draft by number: what `kheo verify` holds against the journal."""
    rows = Attachment.objects.filter(report__obligation__cycle=cycle, removed_at=None)
    found: dict[int, dict[int, str]] = {}
    for report, number, sha256 in rows.values_list("report_id", "pk", "file__blob__sha256"):
        found.setdefault(report, {})[number] = sha256
    return found
