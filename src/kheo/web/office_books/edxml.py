"""A paper as an edXML file: what one that was sent fills in of a form, and what one of ours is made from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kheo.core.days import ZONE, format_day
from kheo.core.directives import reading
from kheo.core.paper_books.facts import one_line
from kheo.core.problems import Problem
from kheo.directives.actions.papers import LONGEST_TEXT, SECRET
from kheo.directives.models import Directive, Issue
from kheo.documents.edxml.answer import EdxmlRead
from kheo.documents.edxml.message import PRIORITIES, Attached, EdxmlMessage, Organ, Trace
from kheo.files.edxml import read_message, words_of_edxml_refusal
from kheo.files.papers import read_paper, words_of_refusal
from kheo.files.queries import content_of

MEDIA_TYPE = "application/xml"
_BEGINNING = 1 << 16
_MOST_NOTES = 30
_URGENCY = {number: words for words, number in PRIORITIES.items()}


@dataclass(frozen=True)
class Sent:
    """What a file fills in: texts by field of the form, the paper's own text where a file inside has one, and what is to be told."""

    texts: Mapping[str, str]
    text: str
    notes: tuple[str, ...]


def is_edxml(data: bytes) -> bool:
    """Whether it is meant to be such a file: XML that names edXML, whatever its encoding."""
    beginning = data[:_BEGINNING].replace(b"\x00", b"").lower()
    return b"<" in beginning.lstrip()[:8] and b"edxml" in beginning


def read_sent(data: bytes) -> Sent | Problem:
    """What such a file says, for the form; nothing of it is left out silently: what has no field is told in a note."""
    found = read_message(data)
    if found.message is None:
        return Problem(words_of_edxml_refusal(found.refusal, found.where), key="tep")
    texts = []
    for file in found.message.attached:  # every one: the message is kept whole
        paper = read_paper(file.data)
        if paper.refusal == "secret":
            return Problem(f"{file.name}: {words_of_refusal(paper.refusal)}", key="tep")
        texts += [paper.text] if not paper.refusal else []
    for other in texts[1:]:
        if isinstance(secret := reading.read(other[:LONGEST_TEXT]), reading.Secret):
            return Problem(SECRET.format(mark=secret.mark), key="tep")
    return Sent(_texts(found.message, found), texts[0] if texts else "", tuple(_notes(found)))


def _texts(message: EdxmlMessage, found: EdxmlRead) -> dict[str, str]:
    number = "/".join(each for each in (message.code_number, message.code_notation) if each)
    is_dated = not any("PromulgationDate" in each for each in found.problems)
    texts = {
        "full_number": number,
        "issuer": message.sender.name,
        "superior": message.sender.above,
        "issued_on": format_day(message.issued_on) if is_dated else "",
        "kind": message.type_name,
        "subject": message.subject,
        "urgency": _URGENCY.get(message.priority, ""),
        "signer": message.signer_name,
        "signer_title": message.signer_position,
        "pages": str(message.pages or ""),
        "due_on": format_day(message.due_on) if message.due_on else "",
    }
    return {key: one_line(text) for key, text in texts.items()}


def _notes(found: EdxmlRead) -> list[str]:
    assert found.message is not None
    notes = _first(found.problems) + _first([f"Tệp còn ghi {way.rpartition('/')[2]}: {text[:200]}" for way, text in found.rest])
    if found.message.recipients:
        notes.append(f"Gửi tới: {'; '.join(_first([each.name or each.code for each in found.message.recipients]))}.")
    if found.message.content:
        notes.append(f"Nội dung tóm tắt: {found.message.content[:500]}")
    names = ", ".join(each.name for each in found.message.attached)
    return [*notes, f"Trong tệp có: {names}. Ghi vào sổ thì giữ nguyên cả tệp edXML." if names else "Trong tệp không có văn bản kèm."]


def _first(told: Sequence[str]) -> list[str]:
    """As many as a page can show, and how many more there are."""
    more = len(told) - _MOST_NOTES
    return [*told[:_MOST_NOTES], *([f"còn {more} chỗ nữa, xem trong tệp"] if more > 0 else [])]


def message_of(row: Issue, paper: Directive, sender: str, recipients: str, place: str, at: datetime) -> tuple[EdxmlMessage, list[Problem]]:
    """The message of a paper of ours. `recipients`: a line each, identifier, a bar, name; lines without a bar are told."""
    wrong = [
        Problem(f"Dòng {number} (“{line.strip()[:60]}”) cần mã định danh, dấu |, rồi tên cơ quan.", key="recipients")
        for number, line in enumerate(recipients.splitlines(), 1)
        if line.strip() and "|" not in line
    ]
    organs = tuple(Organ(*(part.strip() for part in line.split("|", 1))) for line in recipients.splitlines() if "|" in line)
    message = EdxmlMessage(
        sender=Organ(sender.strip(), paper.issuer, paper.superior),
        recipients=organs,
        code_number=paper.number,
        code_notation=paper.symbol,
        place=place.strip(),
        issued_on=row.issued_on,
        type_name=paper.kind,
        subject=paper.subject,
        signer_position=paper.signer_title,
        signer_name=paper.signer,
        to_places=tuple(row.recipients),
        priority=PRIORITIES.get(paper.urgency, 0),
        copies=row.copies,
        pages=paper.pages,
        traces=(Trace(sender.strip(), at.astimezone(ZONE).replace(microsecond=0, tzinfo=None)),),
    )
    return replace(message, attached=_attached(paper)), wrong


def _attached(paper: Directive) -> tuple[Attached, ...]:
    """The file that was kept with the paper; where there is none, its text."""
    if paper.file is not None:
        return (Attached(paper.file.name, paper.file.media_type, content_of(paper.file), "Văn bản"),)
    return (Attached("van-ban.txt", "text/plain; charset=utf-8", paper.text.encode(), "Chữ của văn bản"),) if paper.text else ()


def lines_to_fill(row: Issue) -> str:
    """The recipients of the book as lines in which only the identifiers are missing."""
    return "\n".join(f" | {name}" for name in row.recipients)
