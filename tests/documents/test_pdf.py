"""The PDF of a paper: the pages, text and letters of its Word file; whatever people type is data, and the typesetter reaches nothing."""

import io
import re
import tempfile
from collections import Counter
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
from kheo.documents.official import OfficialDocument, body
from kheo.documents.official_layout import render_official
from kheo.documents.pdf import PdfFault, render_pdf, set_pdf
from kheo.documents.printable import one_line
from kheo.documents.profiles import PaperProfile, profile_named
from kheo.documents.typst_source import literal, typst_source
from tests.documents.papers import every_paper
from tests.documents.reading import lines_of, plain
from tests.documents.sample import LETTER, ND30, consolidated, definition
from tests.documents.test_hostile_text import TEXTS
from tests.documents.test_official_layout import sample

PROFILES = [profile_named(name) for name in ("nd30", "union933", "party36")]
NOON = datetime(2023, 11, 17, 12, tzinfo=ZONE)
ALPHABET = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"


def pages_of(content: bytes) -> list[pypdf.PageObject]:
    return list(pypdf.PdfReader(io.BytesIO(content)).pages)


def letters(text: str) -> str:
    """The text without any blank: where lines break is the typesetter's matter."""
    return re.sub(r"\s", "", plain(text))


def text_of(pages: list[pypdf.PageObject]) -> str:
    return "\n".join(page.extract_text() for page in pages)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_a_pdf_says_what_the_word_file_says_on_the_pages_of_the_profile(profile: PaperProfile) -> None:
    document = sample()
    pages = pages_of(render_pdf(document, profile))
    sizes = [(round(float(page.mediabox.width) * 25.4 / 72), round(float(page.mediabox.height) * 25.4 / 72)) for page in pages]
    assert sizes == [(210, 297), (297, 210), (210, 297)]
    said = letters(text_of(pages))
    assert [line for line in lines_of(render_official(document, profile)) if letters(line) not in said] == []


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


@settings(max_examples=200, deadline=None)
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


@pytest.mark.parametrize("profile", [profile_named(name) for name in ("nd30", "party36")], ids=lambda profile: profile.name)
@pytest.mark.parametrize("name", ["unit report, plain", "call-in of 9 by the party", "list of 1 by the city", "receipt by the city",
                                  "consolidated by the city, with sources"])  # fmt: skip
def test_every_kind_of_paper_has_each_letter_of_its_word_file_in_the_pdf(name: str, profile: PaperProfile) -> None:
    """What a PDF has besides are numbers of pages, feet and heads of tables that are said again."""
    document = every_paper(profile)[name]
    word = Counter(letters("".join(lines_of(render_official(document, profile)))))
    assert word - Counter(letters(text_of(pages_of(render_pdf(document, profile))))) == Counter()
