"""The PDF of a paper: the pages, text and letters of its Word file; whatever people type is data, and the typesetter reaches nothing."""

import io
import re
import tempfile
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import Any

import pypdf
import pytest
import typst
from hypothesis import given, settings

from kheo.core.days import ZONE
from kheo.documents import pdf
from kheo.documents.consolidated_report import report_document
from kheo.documents.official import Column, Look, OfficialDocument, Row, Table, body
from kheo.documents.pdf import PdfFault, render_pdf, set_pdf
from kheo.documents.printable import one_line
from kheo.documents.profiles import PaperProfile, profile_named
from kheo.documents.typst_source import literal, typst_source
from tests.documents.same_words import letters
from tests.documents.sample import LETTER, ND30, consolidated, definition
from tests.documents.test_hostile_text import TEXTS
from tests.documents.test_official_layout import sample

PROFILES = [profile_named(name) for name in ("nd30", "union933", "party36")]
NOON = datetime(2023, 11, 17, 12, tzinfo=ZONE)
ALPHABET = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"


def pages_of(content: bytes) -> list[pypdf.PageObject]:
    return list(pypdf.PdfReader(io.BytesIO(content)).pages)


def text_of(pages: list[pypdf.PageObject]) -> str:
    return "\n".join(page.extract_text() for page in pages)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_a_pdf_has_the_pages_of_the_profile(profile: PaperProfile) -> None:
    pages = pages_of(render_pdf(sample(), profile))
    sizes = [(round(float(page.mediabox.width) * 25.4 / 72), round(float(page.mediabox.height) * 25.4 / 72)) for page in pages]
    assert sizes == [(210, 297), (297, 210), (210, 297)]


def edges(page: pypdf.PageObject) -> tuple[float, float, float]:
    """Millimetres from the left edge, the top and the right one that the text keeps free (the number in the margin left out)."""
    places: list[tuple[float, float]] = []

    def visit(text: str, current: list[float], matrix: list[float], _font: Any, _size: float) -> None:
        if text.strip() and not text.strip().isdigit():
            places.append((current[4] + matrix[4] * current[0], current[5] + matrix[5] * abs(current[3])))

    page.extract_text(visitor_text=visit)
    height = float(page.mediabox.height)
    return min(x for x, _ in places) * 25.4 / 72, (height - max(y for _, y in places)) * 25.4 / 72, max(x for x, _ in places) * 25.4 / 72


def test_text_stands_within_the_margins() -> None:
    filled = sample(blocks=tuple(body("Nội dung báo cáo dài nhiều dòng. " * 20) for _ in range(12)), annexes=())
    for page in pages_of(render_pdf(filled, ND30)):
        left, top, right = edges(page)
        assert left == pytest.approx(30, abs=0.6)
        assert 20 <= top <= 40
        assert right < 195


def test_a_long_report_is_numbered_from_its_second_page_and_each_annex_by_itself() -> None:
    document = report_document(definition(), consolidated(), LETTER, ND30)
    texts = [page.extract_text().strip() for page in pages_of(render_pdf(document, ND30))]
    assert 10 <= len(texts) <= 20
    starts = [0, *(place for place, text in enumerate(texts) if re.match(r"Phụ lục I+\n", text)), len(texts)]
    assert len(starts) == 4
    for start, end in pairwise(starts):
        first = [text.split("\n")[0].strip() for text in texts[start:end]]
        assert not first[0].isdigit()
        assert first[1:] == [str(number) for number in range(2, end - start + 1)]


def test_the_page_number_stands_as_far_from_the_edge_as_the_profile_says() -> None:
    """Not in the middle between the edge and the text, and never against the text."""
    document = sample(blocks=tuple(body("Nội dung báo cáo dài nhiều dòng. " * 20) for _ in range(12)), annexes=())
    for profile in PROFILES:
        second = pages_of(render_pdf(document, profile))[1]
        places: list[float] = []

        def visit(text: str, current: list[float], matrix: list[float], _font: Any, _size: float, found: list[float] = places) -> None:
            if text.strip() == "2":
                found.append(current[5] + matrix[5] * abs(current[3]))

        second.extract_text(visitor_text=visit)
        (base,) = places
        above = (float(second.mediabox.height) - base) * 25.4 / 72
        assert above == pytest.approx(profile.header_distance + 0.891 * profile.page_number * 25.4 / 72, abs=0.5)


def with_groups(look: Look) -> OfficialDocument:
    """A table of a hundred rows, every fourth of which heads those below it."""
    rows = tuple(Row((f"Nhóm {place}",), look) if place % 4 == 0 else Row((f"dòng {place}", "1")) for place in range(120))
    return sample(blocks=(Table((Column("Chỉ tiêu"), Column("Số", "right")), rows),), annexes=(), recipients=("Lưu: VT",))


def test_a_row_that_heads_others_is_never_the_last_of_a_page() -> None:
    heights = range(8, 15)

    def ends(look: Look) -> list[str]:
        """Over several sizes of type, so that the pages end at different rows."""
        return [line for size in heights for line in last_lines_at(with_groups(look), size) if line.startswith("Nhóm")]

    assert ends("group") == []
    assert ends("quiet") != []


def last_lines_at(document: OfficialDocument, size: float) -> list[str]:
    profile = replace(ND30, table_size=size)
    return [page.extract_text().strip().split("\n")[-1] for page in pages_of(render_pdf(document, profile))[:-1]]


def test_the_same_document_gives_the_same_bytes() -> None:
    assert render_pdf(sample(annexes=()), ND30) == render_pdf(sample(annexes=()), ND30)


@pytest.mark.parametrize("with_fonts", [True, False], ids=["fonts of the machine", "the font in the wheel"])
def test_every_vietnamese_letter_has_its_glyph(with_fonts: bool) -> None:
    document = sample(blocks=(body(ALPHABET), body(ALPHABET.upper())), annexes=())
    with tempfile.TemporaryDirectory() as empty:
        made = typst.compile(typst_source(document, ND30).encode(), root=empty, ignore_system_fonts=not with_fonts)
    pages = pages_of(made)
    said = letters(text_of(pages))
    assert ALPHABET in said
    assert ALPHABET.upper() in said
    fonts = {str(font["/BaseFont"]) for page in pages for font in (each.get_object() for each in page["/Resources"]["/Font"].values())}  # type: ignore[index,union-attr]
    assert all(re.search("TimesNewRoman|Tinos|LibertinusSerif", name) for name in fonts)
    assert len({name.partition("+")[2].partition("-")[0] for name in fonts}) == 1


def broken_in_cells(source: str) -> int:
    """How often `không phát sinh` is broken over two lines where it is set in the face that the wheel carries, which is wider."""
    with tempfile.TemporaryDirectory() as empty:
        made = typst.compile(source.encode(), root=empty, ignore_system_fonts=True)
    return len(re.findall(r"không phát\s*\n\s*sinh", text_of(pages_of(made))))


def test_a_figure_in_words_stays_on_its_line_whatever_face_the_machine_has() -> None:
    rows = tuple(Row(("Một chỉ tiêu có tên rất dài " * 6, "không phát sinh")) for _ in range(3))
    source = typst_source(sample(blocks=(Table((Column("Chỉ tiêu"), Column("Năm 2023", "right")), rows),), annexes=()), ND30)
    assert broken_in_cells(source) == 0
    assert broken_in_cells(source.replace("{ scale(x: width / wide * 100%, reflow: true, words) }", "{ words }")) > 0


HOSTILE = (
    '"); #panic("x") //',
    '#import "@preview/cetz:0.2.0": *',
    '\\") #read("/etc/passwd")',
    "\\",
    '\\"',
    "\\u{41}",
    "] #pagebreak() [",
    "$ x^2 $ *đậm* _nghiêng_ `mã` <nhãn> @nhãn",
    "/* chú thích */ // hết dòng",
    "-- --- ... ~ =",
    "= Đề mục\n- mục\n+ mục",
    "#let a = 1; #a",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_and_code_in_a_text_are_shown_as_they_were_typed(text: str) -> None:
    document = sample(
        blocks=(body(text),), annexes=(), subject=text, recipients=(text, "Lưu: VT"), letterhead=replace(sample().letterhead, issuer=text)
    )
    said = letters(text_of(pages_of(render_pdf(document, ND30))))
    assert said.count(letters(one_line(text))) >= 3


def skeleton(source: str) -> str:
    """The source with every string literal emptied, read by the rule of typst's strings alone."""
    return re.sub(r'"(?:[^"\\]|\\.)*"', '""', source, flags=re.DOTALL)


@settings(max_examples=200)
@given(TEXTS)
def test_no_text_changes_anything_of_the_source_but_its_own_literal(text: str) -> None:
    def source(words: str) -> str:
        return typst_source(sample(blocks=(body(f"a{words}"),), annexes=(), recipients=(f"a{words}", "Lưu: VT")), ND30)

    assert skeleton(source(text)) == skeleton(source("a"))


def test_without_escaping_a_text_would_be_code() -> None:
    """Negative control: the same text between quotes as it is."""
    text = '" + str(1 + 1) + "'
    with tempfile.TemporaryDirectory() as empty:
        free, kept = (typst.compile(f"#text({each})".encode(), root=empty) for each in (f'"{text}"', literal(text)))
    assert "2" in text_of(pages_of(free))
    assert "str(1 + 1)" in text_of(pages_of(kept))


@pytest.mark.parametrize("source", ['#read("/etc/hostname")', '#image("../../etc/hostname")', '#import "@preview/cetz:0.2.0": *'])
def test_the_typesetter_reaches_no_file_and_no_package(source: str) -> None:
    with pytest.raises(PdfFault):
        set_pdf(source, created=NOON)


def test_a_source_that_never_ends_is_ended() -> None:
    with pytest.raises(PdfFault):
        set_pdf("#let f(x) = if x > 0 { for i in range(100000000) { let a = i * x } }\n#f(1)", created=NOON, longest=1)


def test_a_fault_of_the_child_is_told_and_no_half_a_file_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_CHILD", "kheo.documents.khong_co")
    with pytest.raises(PdfFault, match="khong_co"):
        render_pdf(sample(), ND30)


def test_the_title_and_the_issuer_stand_in_the_properties() -> None:
    document: OfficialDocument = sample(annexes=())
    facts = pypdf.PdfReader(io.BytesIO(render_pdf(document, ND30))).metadata
    assert facts is not None
    assert (facts.title, facts.author) == (f"Báo cáo {document.subject}", document.letterhead.issuer)
