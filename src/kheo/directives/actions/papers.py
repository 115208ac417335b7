"""Writing a paper itself: what it says, its text, its file, and what was understood of it. A paper marked secret is refused whole."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from kheo.core.directives import reading
from kheo.core.directives.telling import told
from kheo.core.paper_books.facts import LONGEST, PaperFacts
from kheo.core.paper_books.sameness import number_key
from kheo.core.text import fold
from kheo.core.text import written as kept_text
from kheo.directives.actions.outcomes import Refused, refused
from kheo.directives.actions.writing import written
from kheo.directives.models import Directive
from kheo.files.actions import Arrival as File
from kheo.files.actions import store_file
from kheo.journal.actions import Actor

UNDERSTOOD = 1  # the form of `told`: grows when its keys change their meaning
LONGEST_TEXT = 2_000_000
TOO_LONG = f"Văn bản dài quá: tối đa {LONGEST_TEXT:,} ký tự.".replace(",", ".")
SECRET = "Văn bản có dấu mật ({mark}). Khéo không nhận văn bản mật: chưa lưu gì. Hãy đăng ký ở sổ văn bản mật của cơ quan."  # noqa: S105


@dataclass(frozen=True)
class Brought:
    """What came with a paper: its text as pasted or read from a file, and the file itself."""

    text: str = ""
    file: File | None = None


NOTHING_BROUGHT = Brought()


def understood_of(brought: Brought) -> tuple[str, dict[str, Any] | None] | Refused:
    """The text as it is kept and what is understood of it; a refusal where it is marked secret or too long."""
    text = kept_text(brought.text)
    if len(text) > LONGEST_TEXT:
        return refused(TOO_LONG, "text")
    if not text.strip():
        return "", None
    found = reading.read(text)
    if isinstance(found, reading.Secret):
        return refused(SECRET.format(mark=found.mark), "text")
    return text, told(found)


def write_paper(
    keeper: int, paper: PaperFacts, brought: Brought, *, act: str, issuing_unit: int | None = None, by: Actor, at: datetime
) -> Directive | Refused:
    """Keep a paper whose facts were looked at already. Inside the transaction of the act that brings it."""
    came = columns_brought(brought, by=by, at=at)
    if isinstance(came, Refused):
        return came
    row = Directive.objects.create(keeper_id=keeper, issuing_unit_id=issuing_unit, written_at=at, **came, **columns_of(paper))
    written(row, act, unit=keeper, by=by, at=at)
    return row


def columns_brought(brought: Brought, *, by: Actor, at: datetime) -> dict[str, Any] | Refused:
    """The columns of what came with a paper, its file stored; of nothing none, so that what was kept before stays."""
    read = understood_of(brought)
    if isinstance(read, Refused):
        return read
    (text, understood), file = read, brought.file
    found: dict[str, Any] = {}
    if file is not None:
        found["file"] = store_file(file.data, name=file.name, media_type=file.media_type, by=by, at=at)
    if text:
        found |= {"text": text, "understood": understood, "understood_version": UNDERSTOOD if understood is not None else 0}
    return found


def columns_of(paper: PaperFacts) -> dict[str, Any]:
    """The columns that follow from what a paper says of itself."""
    number, symbol = paper.notation
    searched = fold(" ".join((paper.full_number, paper.issuer, paper.kind, paper.subject, paper.signer)))
    return {**asdict(paper), "number": number, "symbol": symbol[: LONGEST["full_number"]], "key": number_key(paper), "search": searched}
