"""The consolidated report (bao-cao.docx) as a văn thư would type it, from a definition and consolidated data alone.

Nothing of any one campaign is written here: names, contents, indicators and outline are those of the definition.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kheo.core.consolidated import Consolidated, Origin
from kheo.core.days import last_day
from kheo.core.definition import Definition, Document
from kheo.documents.annex_names import annex_names
from kheo.documents.consolidated_annexes import annexes
from kheo.documents.consolidated_reporting import general_situation, shortcomings
from kheo.documents.consolidated_results import results
from kheo.documents.official import Block, Heading, Letterhead, OfficialDocument, Signature, body
from kheo.documents.official_forms import attached_to
from kheo.documents.official_layout import render_official
from kheo.documents.outline_texts import closing_blocks
from kheo.documents.printable import lower_first, one_line
from kheo.documents.profiles import Capacity, PaperProfile
from kheo.documents.sources_annex import sources_annex


@dataclass(frozen=True)
class LetterFacts:
    """What the letter says about its sender and its readers. An empty `number` and no `signed_on` are left to be filled in by hand.

    `recipient_line` is what follows "Kính gửi:", empty for none. `recipients` are the lines of "Nơi nhận", the archive copy last.
    """

    issuer: str
    superior: str
    place: str
    recipient_line: str
    capacity: Capacity | None
    principal: str
    post: str
    name: str
    recipients: tuple[str, ...]
    number: str = ""
    abbreviation: str = ""
    signed_on: date | None = None


def consolidated_report(definition: Definition, data: Consolidated, letter: LetterFacts, profile: PaperProfile) -> bytes:
    """The .docx of the report. Pure: the same definition, data and letter give the same bytes."""
    return render_official(report_document(definition, data, letter, profile), profile)


def report_document(
    definition: Definition, data: Consolidated, letter: LetterFacts, profile: PaperProfile, origins: Sequence[Origin] = ()
) -> OfficialDocument:
    """The report as an official document, before it is put on paper. `origins`: paragraphs for the annex of sources, none without."""
    names = annex_names(data, origins)
    head = letterhead_of(letter, "BC", last_day(data.as_of).year)
    reference = attached_to("Báo cáo", head, profile)
    return OfficialDocument(
        letterhead=head,
        kind="Báo cáo",
        subject=report_subject(definition, data),
        addressees=(letter.recipient_line,) if letter.recipient_line else (),
        bases=bases(definition.documents),
        blocks=(
            body(f"{letter.issuer} báo cáo {lower_first(report_subject(definition, data))}{_structure(data)} như sau:"),
            Heading("I", "TÌNH HÌNH CHUNG", 1),
            *general_situation(definition, data, names),
            Heading("II", "KẾT QUẢ THỰC HIỆN THEO NỘI DUNG", 1),
            *results(definition, data),
            Heading("III", "HẠN CHẾ TRONG THỰC HIỆN CHẾ ĐỘ BÁO CÁO", 1),
            *shortcomings(definition, data, names),
            *closing_blocks(definition, data, 4),
            *_last_words(definition, data, letter),
        ),
        recipients=letter.recipients,
        signature=Signature(letter.capacity, letter.principal, letter.post, letter.name),
        created=data.as_of,
        annexes=(*annexes(definition, data, names, reference, profile), *sources_annex(definition, names.sources, origins, reference)),
    )


def _structure(data: Consolidated) -> str:
    return f" ({lower_first(data.structure.words)})" if data.structure else ""


def report_subject(definition: Definition, data: Consolidated) -> str:
    """`Kết quả thực hiện nội dung “…” … năm 2023`, from the names of the campaign and the cycle."""
    return campaign_subject(definition, data.cycle_name)


def campaign_subject(definition: Definition, cycle_name: str) -> str:
    """The same of any paper about a cycle; a cycle that the campaign's own name tells is not told twice."""
    name, cycle = lower_first(one_line(definition.name)), lower_first(one_line(cycle_name))
    return f"Kết quả thực hiện {name}" if cycle in name else f"Kết quả thực hiện {name} {cycle}"


def bases(documents: tuple[Document, ...]) -> tuple[str, ...]:
    """`Căn cứ Hướng dẫn số … ngày … của … về …`, each ending in `;` and the last in `.` (ô số 6 of the decree's annex)."""
    last = len(documents) - 1
    return tuple(f"Căn cứ {document.citation.rstrip('.;')}{'.' if index == last else ';'}" for index, document in enumerate(documents))


def letterhead_of(letter: LetterFacts, kind_code: str, year: int) -> Letterhead:
    """The head of a paper with that type code; `year` stands in a date still to be filled in."""
    return Letterhead(letter.superior, letter.issuer, letter.number, kind_code, letter.abbreviation, letter.place, letter.signed_on, year)


def _last_words(definition: Definition, data: Consolidated, letter: LetterFacts) -> tuple[Block, ...]:
    told = letter.recipient_line or (data.recipient.name if data.recipient else "")
    words = f"Trên đây là báo cáo {lower_first(report_subject(definition, data))} của {letter.issuer}"
    return (body(f"{words}, kính gửi {told}./."),) if told else (body(f"{words}./."),)
