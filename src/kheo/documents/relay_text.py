"""The same paper as plain text: what the next level's draft is read from, with the dates that this level asks."""

from collections.abc import Iterator

from kheo.core.days import format_day
from kheo.documents.official import Heading, OfficialDocument, Paragraph, Table
from kheo.documents.relay_letter import RelayDraft


def relay_text(document: OfficialDocument, draft: RelayDraft) -> str:
    """Head without number, body line by line; the table of dates as sentences."""
    lines = [document.letterhead.issuer.upper(), "", document.kind.upper() or f"V/v {document.subject}", ""]
    if document.addressees:
        lines += ["Kính gửi: " + "; ".join(document.addressees) + ".", ""]
    lines += [*document.bases, ""]
    for block in document.blocks:
        if isinstance(block, Heading):
            # Quoted, as a directive names the contents of a campaign.
            lines += [f"{block.number}. {block.title}" if block.level == 1 else f"{block.number}. Nội dung “{block.title}”", ""]
        elif isinstance(block, Paragraph):
            said = "".join(span.text for span in block.spans)
            lines += [f"- {said}" if block.look == "item" else said, ""]
        elif isinstance(block, Table):
            lines += [*_dates(document, draft), ""]
    return "\n".join(lines)


def _dates(document: OfficialDocument, draft: RelayDraft) -> Iterator[str]:
    for each in draft.dates:
        rhythm = each.rhythm
        day = f"ngày {format_day(each.day)}" if each.day else rhythm.words(rhythm.day) if rhythm and rhythm.day else ""
        asked = f" chậm nhất {day}, gửi về {document.letterhead.issuer}" if day else ""
        yield f"- {each.text.rstrip('.;, ')}{asked}."
