"""A mark of secrecy that stands beside the text of a file: header and footer, box, watermark, note, stamp over a page."""

import io
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from docx import Document

from kheo.documents.paper_text.pdf import read_pdf
from kheo.documents.paper_text.word import read_word
from kheo.documents.pdf import set_pdf
from kheo.files.papers import words_of_refusal
from tests.files.hostile_papers import WORDS, changed, said, with_body, word

_V, _A = "urn:schemas-microsoft-com:vml", "http://schemas.openxmlformats.org/drawingml/2006/main"


def with_margin(text: str, where: str) -> bytes:
    document, stream = Document(), io.BytesIO()
    document.add_paragraph(WORDS)
    margin = getattr(document.sections[0], where)
    margin.is_linked_to_previous = False
    margin.paragraphs[0].text = text
    document.save(stream)
    return stream.getvalue()


def boxed(text: str) -> bytes:
    return with_body(f"{said(WORDS)}<w:p><w:r><w:pict><w:txbxContent>{said(text)}</w:txbxContent></w:pict></w:r></w:p>")


def watermarked(text: str) -> bytes:
    mark = f'<w:p><w:r><w:pict xmlns:v="{_V}"><v:shape><v:textpath string="{text}"/></v:shape></w:pict></w:r></w:p>'
    return with_body(said(WORDS) + mark)


def drawn(text: str) -> bytes:
    letters = f'<w:p><w:r><w:drawing xmlns:a="{_A}"><a:p><a:r><a:t>{text}</a:t></a:r></a:p></w:drawing></w:r></w:p>'
    return with_body(said(WORDS) + letters)


def noted(text: str) -> bytes:
    """An end note: what has no relation is no part that is shown, so the part alone is enough for who looks at all of them."""
    notes = f'<w:endnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:endnote>{said(text)}</w:endnote></w:endnotes>'
    return changed(word(WORDS), {"word/endnotes.xml": notes.encode()})


def on_top(text: str) -> bytes:
    return with_margin(text, "header")


def at_the_foot(text: str) -> bytes:
    return with_margin(text, "first_page_footer")


WORD_FILES = [on_top, at_the_foot, boxed, watermarked, drawn, noted]


@pytest.mark.parametrize("made", WORD_FILES)
@pytest.mark.parametrize("mark", ["MẬT", "TUYỆT MẬT\t3", "Độ mật: Mật", "Mật"])
def test_a_mark_beside_the_text_of_a_word_file_is_seen(made: Callable[[str], bytes], mark: str) -> None:
    assert read_word(made(mark)).refusal == "secret"


@pytest.mark.parametrize("made", WORD_FILES)
@pytest.mark.parametrize("text", ["Bảo vệ bí mật nhà nước", "MẶT TRẬN", "Mật độ", "Trang 2"])
def test_what_is_no_mark_in_the_same_places_refuses_nothing(made: Callable[[str], bytes], text: str) -> None:
    paper = read_word(made(text))
    assert (paper.refusal, WORDS in paper.text) == ("", True)


def pdf(page: str, header: str = "") -> bytes:
    source = f'#set page(header: [{header}])\n#set text(font: "Liberation Serif")\n{page}'
    return set_pdf(source, created=datetime(2024, 3, 2, tzinfo=UTC))


def stamped(text: str) -> bytes:
    """A page of nothing but a picture, over which a program laid a stamp."""
    told = (b"\xfe\xff" + text.encode("utf-16-be")).hex().encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]/Annots[4 0 R]>>",
        b"<</Type/Annot/Subtype/FreeText/Rect[9 9 90 30]/Contents<" + told + b">>>",
    ]
    objects = b"".join(b"%d 0 obj%sendobj\n" % (number, part) for number, part in enumerate(parts, 1))
    return b"%PDF-1.7\n" + objects + b"trailer<</Root 1 0 R/Size 5>>\n"


def test_a_mark_on_any_page_of_a_pdf_is_seen() -> None:
    assert read_pdf(pdf(f"{WORDS} #pagebreak() {WORDS}", "MẬT")).refusal == "secret"
    assert read_pdf(pdf(f"{WORDS} #pagebreak() #box[MẬT] #h(9pt) SỞ NỘI VỤ\n\n{WORDS}")).refusal == "secret"
    assert read_pdf(pdf(f"{WORDS} #pagebreak() BẢO VỆ BÍ MẬT \\ MẬT MÃ\n\n{WORDS}", "Bí mật nhà nước")).refusal == ""


def test_a_stamp_over_a_page_is_seen_of_a_scan_too() -> None:
    assert read_pdf(stamped("TỐI MẬT")).refusal == "secret"
    assert read_pdf(stamped("Đã ký số")).refusal == "scan"
    assert read_pdf(pdf("MẬT")).refusal == "secret"


def test_why_such_a_file_is_not_taken_is_said_without_a_word_of_it() -> None:
    assert "Khéo không nhận văn bản mật: chưa lưu gì" in words_of_refusal("secret")
