"""What the page of one content's evidence says, and how files are handed out."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from kheo.campaigns.queries import definition_of
from kheo.core.definition import Content
from kheo.core.evidence import takes_files
from kheo.core.personal_data import personal_words
from kheo.core.workflow import Act
from kheo.org.access import Unreachable
from kheo.reports.access import Reached
from kheo.reports.models import Attachment
from kheo.reports.queries.evidence import Proof, evidence_of
from kheo.web.files import evidence_file
from kheo.web.proofs import size_words
from kheo.web.reach import PageRequest
from kheo.web.trails import from_report


def content_of(reached: Reached, content: str) -> Content:
    """The open content of that id; what takes no files has no such page."""
    definition = definition_of(reached.cycle.edition_id)
    found = next((each for each in definition.contents if each.id == content), None)
    if found is None or not takes_files(found) or not definition.evidence.files_of(content):
        raise Unreachable
    return found


def evidence_page(
    request: PageRequest, reached: Reached, content: Content, problems: Sequence[str], captioned: int | None = None
) -> dict[str, Any]:
    """For `evidence/evidence.html`. `captioned`: the file whose caption was typed and not taken."""
    owed, definition = reached.obligation, definition_of(reached.cycle.edition_id)
    address = reverse("report", args=[owed.pk])
    proofs = evidence_of(reached.report)
    mine = [each for each in proofs if each.content == content.id]
    limits = definition.evidence
    room = min(limits.files_of(content.id) - len(mine), limits.files_per_report - len(proofs))
    is_open = Act.SAVE in reached.acts
    box = f"caption-{captioned}" if captioned in {each.id for each in mine} else "files" if room > 0 and not captioned else ""
    return {
        "obligation": owed,
        "cycle": reached.cycle,
        "unit": reached.unit,
        "content": content,
        "back": f"{address}#{content.id}",
        "trail": from_report(reached.cycle.name, owed.pk, "Minh chứng"),
        "proofs": [_row(request, each, captioned) for each in mine],
        "problems": [{"message": each, "anchor": box if is_open else ""} for each in problems],
        "problems_title": "Chưa lưu chú thích" if captioned else "Có tệp chưa nhận được",
        "is_open": is_open,
        "room": max(0, room),
        "limits": limits,
        "most": limits.files_of(content.id),
        "caption": "" if captioned else request.POST.get("caption", ""),
    }


def _row(request: PageRequest, proof: Proof, captioned: int | None) -> dict[str, Any]:
    """A file with what stands in its field: the caption, or the words that were typed and not taken; `personal`: what to look at again."""
    is_typed = proof.id == captioned
    typed = request.POST.get("caption", "") if is_typed else proof.caption
    return {"proof": proof, "size": size_words(proof.size), "typed": typed, "is_typed": is_typed, "personal": personal_words(proof.caption)}


def left_words(attachment: Attachment) -> str:
    """What is said after a file was taken back."""
    return "Đã bỏ ảnh khỏi báo cáo." if attachment.kind == "photo" else "Đã bỏ tệp khỏi báo cáo."


def served(attachment: Attachment, *, small: bool = False) -> HttpResponse:
    """The bytes: a photograph is shown, a PDF only saved; neither may run anything or be taken for something else."""
    file = attachment.thumbnail if small and attachment.thumbnail else attachment.file
    return evidence_file(file, shown=attachment.kind == "photo")
