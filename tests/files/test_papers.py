"""Papers that people send, as text: Word with numbers that Word computes, PDF with a text layer, and what cannot be read."""

import io
from datetime import UTC, date, datetime

import pytest
from docx import Document
from docx.oxml.ns import qn
from PIL import Image

from kheo.core.directives.reading import Directive, read
from kheo.documents.paper_text.word import read_word
from kheo.documents.pdf import set_pdf
from kheo.files.papers import read_paper, words_of_refusal, words_of_scanned
from tests.files.hostile_papers import partly_scanned


def word(*, numbered: bool = False) -> bytes:
    """A letter in Word, its two columns in a table; `numbered`: the items are numbered by Word, not by letters."""
    document = Document()
    head = document.add_table(rows=1, cols=2)
    head.cell(0, 0).text = "UBND TỈNH LONG AN\nSỞ NỘI VỤ\nSố: 12/SNV-TĐKT\nV/v báo cáo kết quả thi đua"
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nLong An, ngày 02 tháng 3 năm 2024"
    document.add_paragraph("Kính gửi: Các sở, ban, ngành.")
    document.add_paragraph(
        "Thực hiện Kế hoạch số 5/KH-UBND ngày 10/01/2024 của UBND tỉnh, Sở Nội vụ đề nghị các cơ quan, đơn vị thực hiện các việc sau:"
    )
    for text in ("Rà soát, đánh giá kết quả phong trào thi đua.", "Gửi báo cáo về Sở Nội vụ trước ngày 20/3/2024."):
        document.add_paragraph(text, style="List Number" if numbered else None)
    foot = document.add_table(rows=1, cols=2)
    foot.cell(0, 0).text = "Nơi nhận:\n- Như trên;\n- Lưu: VT."
    foot.cell(0, 1).text = "GIÁM ĐỐC\n\nTrần Văn Ba"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_directive(data: bytes) -> Directive:
    paper = read_paper(data)
    assert paper.refusal == ""
    found = read(paper.text)
    assert isinstance(found, Directive)
    return found


def test_a_letter_in_word_is_read_whole() -> None:
    found = as_directive(word())
    assert found.notation is not None
    assert found.notation.value.full == "12/SNV-TĐKT"
    assert found.signer is not None
    assert (found.signer.value, [each.value.to for each in found.deadlines]) == ("Trần Văn Ba", ["Sở Nội vụ"])


def test_numbers_that_word_computes_are_written_out() -> None:
    assert [item.number for item in as_directive(word(numbered=True)).top_level] == ["1", "2"]


def test_the_limits_of_a_table_in_word_are_read() -> None:
    document = Document(io.BytesIO(word()))
    rows = [("STT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời gian hoàn thành"), ("1", "Ban hành kế hoạch", "Sở Nội vụ", "Trước 15/4/2024")]
    table = document.add_table(rows=2, cols=4)
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    found = as_directive(stream.getvalue()).deadlines[-1].value
    assert (found.text, found.when and found.when.date, found.to) == ("Ban hành kế hoạch", date(2024, 4, 15), None)


def test_a_paper_that_kheo_sets_itself_is_read_from_its_pdf() -> None:
    source = '#set text(font: "Liberation Serif")\n' + "\\ ".join(
        ["SỞ NỘI VỤ", "Số: 12\\/SNV-TĐKT", "Kính gửi: Các sở, ban, ngành.", "Báo cáo về Sở Nội vụ trước ngày 20\\/3\\/2024."]
    )
    paper = read_paper(set_pdf(source, created=datetime(2024, 3, 2, tzinfo=UTC)))
    assert (paper.refusal, paper.encoding) == ("", "pdf")
    assert "Số: 12/SNV-TĐKT" in paper.text


def test_a_scan_is_said_to_be_one() -> None:
    stream = io.BytesIO()
    Image.new("L", (300, 400), 255).save(stream, "PDF")
    assert read_paper(stream.getvalue()).refusal == "scan"
    assert "bản quét" in words_of_refusal("scan")


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_word"),
        (b"PK\x03\x04" + b"x" * 200, "broken"),
        (word()[:-400], "broken"),
        (b"%PDF-1.7\n%broken", "broken"),
        (b"   \n", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not_text"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(data: bytes, refusal: str) -> None:
    assert read_paper(data).refusal == refusal
    assert words_of_refusal(refusal).endswith(".")


def test_deleted_words_of_tracked_changes_are_not_read() -> None:
    document = Document()
    document.add_paragraph("Hạn nộp là ").add_run("ngày 10 tháng 5")
    deleted = document.paragraphs[0].runs[1]._r
    wrapper = deleted.makeelement(qn("w:moveFrom"), {})
    deleted.addprevious(wrapper)
    wrapper.append(deleted)
    stream = io.BytesIO()
    document.save(stream)
    assert read_word(stream.getvalue()).text == "Hạn nộp là"


def test_pages_without_text_among_others_are_told_by_their_numbers() -> None:
    paper = read_paper(partly_scanned())
    assert (paper.refusal, paper.some_scanned) == ("", (2,))
    assert words_of_scanned((2,)).startswith("Trang 2 chỉ có hình")
    assert "20 và 4 trang nữa chỉ có hình" in words_of_scanned(range(1, 25))
