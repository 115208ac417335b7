"""The geometry of an official document, measured by opening our own file again (NĐ 30/2020/NĐ-CP, Phụ lục I)."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.table import _Cell

from kheo.documents.official import (
    Annex,
    Column,
    Heading,
    Letterhead,
    OfficialDocument,
    Row,
    Signature,
    Table,
    body,
    item,
    note,
)
from kheo.documents.official_forms import document_number, place_and_date
from kheo.documents.official_layout import render_official
from kheo.documents.profiles import profile_for
from tests.documents.reading import lines_of, opened, part, rows_of
from tests.documents.sample import AS_OF, LETTER, ND30


def letterhead(number: str = "", signed_on: date | None = None) -> Letterhead:
    return Letterhead(LETTER.superior, LETTER.issuer, number, "BC", "LĐLĐ", LETTER.place, signed_on, 2023)


def sample(**changes: Any) -> OfficialDocument:
    """A report with everything in it that an official document can hold."""
    table = Table(
        (Column("TT", "center"), Column("Chỉ tiêu"), Column("Năm 2023", "right", "B01")),
        (
            Row(("I. Nhóm",), "group"),
            Row(("1", "Mô hình", "1.234")),
            Row(("2", "chưa có báo cáo"), "quiet"),
            Row(("", "Tổng số", "1.234"), "total"),
        ),
        caption="Bảng 1",
        unit="Đơn vị tính: mô hình",
    )
    facts: dict[str, Any] = {
        "letterhead": letterhead(),
        "kind": "Báo cáo",
        "subject": "Kết quả thực hiện nội dung “5 không” trong phong trào thi đua “Dân vận khéo” năm 2023",
        "addressees": (LETTER.recipient_line,),
        "bases": ("Căn cứ thứ nhất;", "Căn cứ thứ hai."),
        "blocks": (
            Heading("I", "TÌNH HÌNH CHUNG", 1),
            Heading("1", "Một", 2),
            Heading("a", "Hai", 3),
            body("Nội dung."),
            item("gạch"),
            table,
            note("chú"),
        ),
        "recipients": LETTER.recipients,
        "signature": Signature("on_behalf", "Ban Thường vụ", "Phó Chủ tịch", "Nguyễn Thị Hoa"),
        "created": AS_OF,
        "annexes": (
            Annex("Phụ lục I", "SỐ LIỆU", "(Kèm theo Báo cáo)", (table,)),
            Annex("Phụ lục II", "DANH SÁCH", "(Kèm theo Báo cáo)", (body("Một."),), False),
        ),
    }
    return OfficialDocument(**(facts | changes))


@pytest.fixture(scope="module")
def paper() -> bytes:
    return render_official(sample(), ND30)


def cell(content: bytes, row: int, column: int, table: int = 0) -> _Cell:
    return opened(content).tables[table].cell(row, column)


def faces(found: _Cell) -> list[tuple[str, float | None, bool, bool]]:
    """Text, size in points, bold, italic of every run in a cell."""
    runs = [run for paragraph in found.paragraphs for run in paragraph.runs]
    return [(run.text, run.font.size.pt if run.font.size else None, bool(run.bold), bool(run.italic)) for run in runs]


def test_pages_are_a4_with_the_margins_of_the_decree(paper: bytes) -> None:
    measured = [
        tuple(
            round(length.mm)
            for length in (s.page_width, s.page_height, s.top_margin, s.bottom_margin, s.left_margin, s.right_margin)
            if length
        )
        for s in opened(paper).sections
    ]
    assert measured == [(210, 297, 20, 20, 30, 15), (297, 210, 20, 20, 30, 15), (210, 297, 20, 20, 30, 15)]


def test_page_numbers_stand_in_the_middle_of_the_top_margin_but_not_on_first_pages(paper: bytes) -> None:
    first, *annexes = opened(paper).sections
    paragraph = first.header.paragraphs[0]
    assert paragraph.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert {run.font.size.pt for run in paragraph.runs if run.font.size} == {13}
    assert [node.text.strip() for node in first.header._element.iter(qn("w:instrText"))] == ["PAGE"]
    assert [run.text for run in first.first_page_header.paragraphs[0].runs] == []
    assert all(section.different_first_page_header_footer for section in (first, *annexes))
    assert all(section.header.is_linked_to_previous for section in annexes)
    assert round(first.header_distance.mm) == 10 if first.header_distance else False


def test_every_annex_counts_its_own_pages(paper: bytes) -> None:
    starts = [[node.get(qn("w:start")) for node in section._sectPr.iter(qn("w:pgNumType"))] for section in opened(paper).sections]
    assert starts == [[], ["1"], ["1"]]


def test_times_new_roman_is_the_only_font(paper: bytes) -> None:
    styles = part(paper, "word/styles.xml")
    fonts = re.findall(r"<w:rFonts ([^>]*)/>", styles)
    wanted = {f'w:{kind}="Times New Roman"' for kind in ("ascii", "hAnsi", "eastAsia", "cs")}
    assert [set(re.findall(r'w:\w+="[^"]*"', each)) for each in fonts] == [wanted, wanted]
    assert "rFonts" not in part(paper, "word/document.xml")
    assert "Theme" not in styles
    assert opened(paper).styles["Normal"].font.name == "Times New Roman"


def test_issuer_stands_left_and_country_right_without_borders(paper: bytes) -> None:
    assert faces(cell(paper, 0, 0)) == [
        ("TỔNG LIÊN ĐOÀN", 12, False, False),
        ("LAO ĐỘNG VIỆT NAM", 12, False, False),
        ("LIÊN ĐOÀN LAO ĐỘNG", 12, True, False),
        ("THÀNH PHỐ HỒ CHÍ MINH", 12, True, False),
    ]
    assert faces(cell(paper, 0, 1)) == [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, True, False),
        ("Độc lập - Tự do - Hạnh phúc", 13, True, False),
    ]
    borders = opened(paper).tables[0]._tbl.tblPr.find(qn("w:tblBorders"))
    assert {edge.get(qn("w:val")) for edge in borders} == {"nil"}


def test_number_and_date_share_a_row(paper: bytes) -> None:
    assert faces(cell(paper, 1, 0)) == [("Số: ……/BC-LĐLĐ", 13, False, False)]
    assert faces(cell(paper, 1, 1)) == [("TP. Hồ Chí Minh, ngày ...... tháng ...... năm 2023", 13, False, True)]


@pytest.mark.parametrize(("number", "text"), [("5", "Số: 05/BC-LĐLĐ"), ("12", "Số: 12/BC-LĐLĐ"), ("07b", "Số: 07b/BC-LĐLĐ")])
def test_numbers_below_ten_take_a_zero(number: str, text: str) -> None:
    assert document_number(letterhead(number), ND30) == text


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2023, 2, 5), "TP. Hồ Chí Minh, ngày 05 tháng 02 năm 2023"),
        (date(2023, 3, 15), "TP. Hồ Chí Minh, ngày 15 tháng 3 năm 2023"),
        (date(2023, 12, 9), "TP. Hồ Chí Minh, ngày 09 tháng 12 năm 2023"),
    ],
)
def test_small_days_and_the_months_one_and_two_take_a_zero(day: date, text: str) -> None:
    assert place_and_date(letterhead(signed_on=day)) == text


@pytest.mark.parametrize(
    ("place", "lines"),
    [
        ("Thành phố Hồ Chí Minh", ["Thành phố Hồ Chí Minh, ngày ...... tháng ...... năm 2023"]),
        ("Xã Tân Nhựt, huyện Bình Chánh", ["Xã Tân Nhựt, huyện Bình Chánh,", "ngày ...... tháng ...... năm 2023"]),
        ("", ["ngày ...... tháng ...... năm 2023"]),
    ],
)
def test_the_date_is_never_torn_from_its_year(place: str, lines: list[str]) -> None:
    paper = render_official(sample(letterhead=replace(letterhead(), place=place)), ND30)
    assert [text for text, *_ in faces(cell(paper, 1, 1))] == lines


def test_lines_are_borders_of_empty_paragraphs_and_nothing_is_underlined(paper: bytes) -> None:
    document = part(paper, "word/document.xml")
    ruled = [node for node in opened(paper).element.body.iter(qn("w:p")) if node.find(f".//{qn('w:pBdr')}") is not None]
    assert len(ruled) == 3
    assert all(not list(node.iter(qn("w:t"))) for node in ruled)
    assert "<w:u " not in document


def test_the_line_below_the_motto_is_as_long_as_the_motto_and_that_of_the_issuer_a_part_of_it() -> None:
    """Lengths from the indents: the column less what is left free on both sides."""
    head = opened(render_official(sample(), ND30)).tables[0]
    lengths = []
    widths = [int(column.get(qn("w:w"))) / 1440 * 25.4 for column in head._tbl.tblGrid]
    for column, width in enumerate(widths):
        ruled = head.cell(0, column).paragraphs[-1].paragraph_format
        assert ruled.left_indent is not None
        assert ruled.right_indent is not None
        lengths.append(width - ruled.left_indent.mm - ruled.right_indent.mm)
    issuer, motto = lengths
    assert motto == pytest.approx(56.1, abs=0.5)
    assert 1 / 3 <= issuer / 55.3 <= 1 / 2


def test_type_and_subject_are_bold_and_centred(paper: bytes) -> None:
    titles = [paragraph for paragraph in opened(paper).paragraphs if paragraph.text.startswith(("BÁO CÁO", "Kết quả", "trong phong trào"))]
    assert [paragraph.text for paragraph in titles] == [
        "BÁO CÁO",
        "Kết quả thực hiện nội dung “5 không”",
        "trong phong trào thi đua “Dân vận khéo” năm 2023",
    ]
    assert {paragraph.alignment for paragraph in titles} == {WD_ALIGN_PARAGRAPH.CENTER}
    assert {(run.font.size.pt, run.bold) for paragraph in titles for run in paragraph.runs if run.font.size} == {(14, True)}


def test_body_is_justified_with_a_first_line_and_a_gap(paper: bytes) -> None:
    styles = opened(paper).styles
    for name in ("Khéo – Nội dung", "Khéo – Căn cứ"):
        layout = styles[name].paragraph_format
        assert (layout.alignment, round(layout.first_line_indent.mm, 1), layout.space_after.pt) == (WD_ALIGN_PARAGRAPH.JUSTIFY, 12.7, 6)
    assert styles["Khéo – Căn cứ"].font.italic
    defaults = part(paper, "word/styles.xml").partition("</w:docDefaults>")[0]
    assert '<w:sz w:val="28"/>' in defaults


def test_headings_are_real_headings_in_black_bold(paper: bytes) -> None:
    headings = [(p.text, p.style.name) for p in opened(paper).paragraphs if p.style and p.style.name.lower().startswith("heading")]
    assert headings == [("I. TÌNH HÌNH CHUNG", "Heading 1"), ("1. Một", "Heading 2"), ("a) Hai", "Heading 3")]
    assert re.findall(r'<w:color w:val="([^"]*)"', part(paper, "word/styles.xml")) == ["000000"]


def test_tables_repeat_their_head_and_never_split_a_row(paper: bytes) -> None:
    rows = opened(paper).tables[1]._tbl.tr_lst
    heads = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows]
    assert heads == [True, True, False, False, False, False]
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for table in opened(paper).tables for row in table._tbl.tr_lst)
    assert rows_of(paper, 1) == [
        ["TT", "Chỉ tiêu", "Năm 2023"],
        ["", "", "B01"],
        ["I. Nhóm"],
        ["1", "Mô hình", "1.234"],
        ["2", "chưa có báo cáo"],
        ["", "Tổng số", "1.234"],
    ]


def test_tables_are_as_wide_as_the_text(paper: bytes) -> None:
    wide = [sum(int(column.get(qn("w:w"))) for column in table._tbl.tblGrid) / 1440 * 25.4 for table in opened(paper).tables]
    assert [round(each) for each in wide] == [165, 165, 165, 252]


def test_recipients_stand_left_of_the_signature(paper: bytes) -> None:
    left, right = cell(paper, 0, 0, 2), cell(paper, 0, 1, 2)
    assert faces(left) == [
        ("Nơi nhận:", 12, True, True),
        ("- Như trên;", 11, False, False),
        ("- Thường trực LĐLĐ Thành phố (để báo cáo);", 11, False, False),
        ("- Văn phòng LĐLĐ Thành phố;", 11, False, False),
        ("- Lưu: VT, TG.", 11, False, False),
    ]
    assert faces(right) == [("TM. BAN THƯỜNG VỤ", 14, True, False), ("PHÓ CHỦ TỊCH", 14, True, False), ("Nguyễn Thị Hoa", 14, True, False)]
    assert sum(not paragraph.text for paragraph in right.paragraphs) == 4


def test_one_addressee_stands_on_the_line_and_several_in_a_list() -> None:
    several = render_official(sample(addressees=("Ban Dân vận Thành ủy", "Văn phòng Thành ủy")), ND30)
    assert f"Kính gửi: {LETTER.recipient_line}" in lines_of(render_official(sample(), ND30))
    assert [line for line in lines_of(several) if line.startswith(("Kính", "- Ban", "- Văn phòng Th"))] == [
        "Kính gửi:",
        "- Ban Dân vận Thành ủy;",
        "- Văn phòng Thành ủy.",
    ]
    assert not any(line.startswith("Kính gửi") for line in lines_of(render_official(sample(addressees=()), ND30)))


def test_the_same_document_gives_the_same_bytes_and_its_properties_come_from_the_data(paper: bytes) -> None:
    properties = opened(paper).core_properties
    assert render_official(sample(), ND30) == paper
    assert (properties.title, properties.author) == (f"Báo cáo {sample().subject}", LETTER.issuer)
    assert properties.created is not None
    assert properties.created.isoformat() == "2023-11-17T03:32:00+00:00"
    assert properties.modified == properties.created


def test_a_changed_word_changes_the_bytes(paper: bytes) -> None:
    assert render_official(sample(kind="Tờ trình"), ND30) != paper


# The order of the children that the schema demands (ECMA-376 Part 1, §17), of those that we write.
_ORDER = {
    "pPr": "pStyle keepNext pBdr spacing ind jc outlineLvl rPr sectPr",
    "rPr": "rFonts b bCs i iCs color sz szCs lang",
    "tblPr": "tblW jc tblBorders tblLayout tblCellMar",
    "tcPr": "tcW gridSpan vMerge shd vAlign",
    "trPr": "cantSplit tblHeader",
    "sectPr": "headerReference type pgSz pgMar pgNumType cols titlePg docGrid",
    "style": "name basedOn qFormat pPr rPr",
    "tbl": "tblPr tblGrid tr",
    "tc": "tcPr p",
}


def misplaced(xml: str) -> list[str]:
    """Children out of order or unknown, as `parent/child`."""
    found = []
    for element in parse_xml(xml.encode()).iter():
        name = str(element.tag).rpartition("}")[2]
        if name in _ORDER:
            order = _ORDER[name].split()
            children = [str(child.tag).rpartition("}")[2] for child in element]
            strangers = [child for child in children if child not in order]
            known = [order.index(child) for child in children if child in order]
            found += [f"{name}/{child}" for child in strangers] + ([f"{name}: {children}"] if known != sorted(known) else [])
    return found


@pytest.mark.parametrize("name", ["word/document.xml", "word/styles.xml"])
def test_elements_stand_in_the_order_of_the_schema_so_that_no_program_repairs_the_file(paper: bytes, name: str) -> None:
    assert misplaced(part(paper, name)) == []


def test_the_search_for_misplaced_elements_finds_one() -> None:
    """Negative control."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    assert misplaced(f'<w:pPr xmlns:w="{space}"><w:jc/><w:spacing/></w:pPr>') == ["pPr: ['jc', 'spacing']"]


def test_the_package_holds_only_our_own_parts(paper: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(paper)) as package:
        names = sorted(package.namelist())
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert names == [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/header1.xml",
        "word/header2.xml",
        "word/settings.xml",
        "word/styles.xml",
    ]


@pytest.mark.parametrize(
    ("kind", "notation", "line"),
    [
        ("provincial_federation", "LĐLĐ-TG", "Số: ……/LĐLĐ-TG"),
        ("party_board", "-HD/BDVTU", "Số ……-HD/BDVTU"),
        ("provincial_federation", "", "Số: ……/BC-LĐLĐ"),
    ],
)
def test_a_notation_that_is_given_stands_as_it_is(kind: str, notation: str, line: str) -> None:
    given = replace(letterhead(), notation=notation)
    assert document_number(given, profile_for(kind, date(2023, 11, 15))) == line
