"""The checker is silent about our papers and red about every change by hand: one change for each thing that a rule looks at."""

import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor

from kheo.documents.checker import check_paper
from kheo.documents.profiles import profile_named, profile_names
from tests.documents.checker.changed_by_hand import (
    ND30,
    PARTY,
    Change,
    changed,
    drop,
    drop_line_below,
    face,
    letter,
    move,
    number_on_first_page,
    paragraph,
    report,
    say,
    section,
    shape,
    swap_columns,
)

COUNTRY, MOTTO, NUMBER, DATED = "CỘNG HÒA", "Độc lập", "Số", "TP. Hồ Chí Minh"
SUBJECT_END = "trong phong trào"


def told(content: bytes, profile: str = "nd30", *, exactly: bool = True) -> set[tuple[str, str]]:
    """Rule and part of every deviation."""
    return {(each.rule, each.part) for each in check_paper(content, profile_named(profile), exactly=exactly)}


@pytest.mark.parametrize("name", profile_names())
def test_nothing_is_said_of_papers_that_follow_their_profile(name: str) -> None:
    profile = profile_named(name)
    assert [str(each) for paper in (report(profile), letter(profile)) for each in check_paper(paper, profile)] == []


def test_saving_by_another_program_alone_is_no_deviation() -> None:
    assert told(changed(report(), lambda document: None)) == set()


# The change, the rule that tells of it, and the part of the paper.
REPORT: list[tuple[str, Change, str, str]] = [
    ("another paper", section(0, page_width=Mm(216)), "paper", "Khổ giấy"),
    ("paper on its side", section(0, orientation=WD_ORIENT.LANDSCAPE, page_width=Mm(297), page_height=Mm(210)), "orientation", "Khổ giấy"),
    ("top margin", section(0, top_margin=Mm(15)), "margin", "Lề trên"),
    ("bottom margin", section(0, bottom_margin=Mm(30)), "margin", "Lề dưới"),
    ("left margin", section(0, left_margin=Mm(25)), "margin", "Lề trái"),
    ("right margin", section(0, right_margin=Mm(10)), "margin", "Lề phải"),
    ("gutter", section(0, gutter=Mm(5)), "margin", "Lề trái"),
    ("margin of an annex", section(1, left_margin=Mm(20)), "margin", "Lề trái"),
    ("number far from the edge", section(0, header_distance=Mm(18)), "page_number", "Số trang"),
    ("number on the first page", number_on_first_page, "page_number", "Số trang"),
    ("first page like the others", section(0, different_first_page_header_footer=False), "page_number", "Số trang"),
    ("first page of an annex too", section(1, different_first_page_header_footer=False), "page_number", "Số trang"),
    ("no page number", lambda d: d.sections[0].header.paragraphs[0].clear(), "page_number", "Số trang"),
    (
        "number at the left",
        lambda d: setattr(d.sections[0].header.paragraphs[0], "alignment", WD_ALIGN_PARAGRAPH.LEFT),
        "page_number",
        "Số trang",
    ),
    (
        "small page number",
        lambda d: [setattr(r.font, "size", Pt(10)) for r in d.sections[0].header.paragraphs[0].runs],
        "page_number",
        "Số trang",
    ),
    (
        "annex counts on",
        lambda d: [d.sections[1]._sectPr.remove(e) for e in d.sections[1]._sectPr.xpath("w:pgNumType")],
        "page_number",
        "Số trang",
    ),
    ("font of a word", face("Nội dung", name="Arial"), "font", "Văn bản"),
    ("font of a table cell", face("Mô hình", name="Calibri"), "font", "Văn bản"),
    ("font of the style", lambda d: setattr(d.styles["Normal"].font, "name", "Cambria"), "font", "Văn bản"),
    (
        "font of the page number",
        lambda d: [setattr(r.font, "name", "Arial") for r in d.sections[0].header.paragraphs[0].runs],
        "font",
        "Đầu trang, chân trang",
    ),
    (
        "font of the foot",
        lambda d: setattr(d.sections[0].footer.paragraphs[0].runs[0].font, "name", "Arial"),
        "font",
        "Đầu trang, chân trang",
    ),
    ("colour", lambda d: setattr(paragraph(d, "Nội dung").runs[0].font.color, "rgb", RGBColor(255, 0, 0)), "colour", "Văn bản"),
    ("no country", drop(COUNTRY), "missing", "Quốc hiệu, tiêu đề"),
    ("no motto", drop(MOTTO), "missing", "Quốc hiệu, tiêu đề"),
    ("country in small letters", say(COUNTRY, "Cộng hòa xã hội chủ nghĩa Việt Nam"), "capitals", "Quốc hiệu, tiêu đề"),
    ("country larger", face(COUNTRY, size=Pt(14)), "size", "Quốc hiệu, tiêu đề"),
    ("motto not bold", face(MOTTO, bold=False), "bold", "Quốc hiệu, tiêu đề"),
    ("motto italic", face(MOTTO, italic=True), "italic", "Quốc hiệu, tiêu đề"),
    ("motto at the left", shape(MOTTO, alignment=WD_ALIGN_PARAGRAPH.LEFT), "alignment", "Quốc hiệu, tiêu đề"),
    ("no line below the motto", drop_line_below(MOTTO), "line", "Quốc hiệu, tiêu đề"),
    ("short line below the motto", lambda d: _narrow(d, MOTTO), "line", "Quốc hiệu, tiêu đề"),
    ("a line typed in signs", say("Độc lập", "-----------"), "line", "Đường kẻ"),
    ("issuer not bold", lambda d: [face(w, bold=False)(d) for w in ("LIÊN ĐOÀN", "THÀNH PHỐ")], "bold", "Cơ quan ban hành"),
    ("issuer in small letters", say("LIÊN ĐOÀN LAO ĐỘNG", "Liên đoàn Lao động"), "capitals", "Cơ quan ban hành"),
    ("issuer smaller", face("THÀNH PHỐ HỒ", size=Pt(10)), "size", "Cơ quan ban hành"),
    ("no line below the issuer", drop_line_below("THÀNH PHỐ HỒ"), "line", "Cơ quan ban hành"),
    ("superior in small letters", say("TỔNG LIÊN", "Tổng Liên đoàn"), "capitals", "Cơ quan cấp trên"),
    ("superior larger", face("TỔNG LIÊN", size=Pt(15)), "size", "Cơ quan cấp trên"),
    ("no number", drop(NUMBER), "missing", "Số, ký hiệu"),
    ("number not padded", say(NUMBER, "Số: 7/BC-LĐLĐ"), "number", "Số, ký hiệu"),
    ("number with a space", say(NUMBER, "Số: 07 / BC-LĐLĐ"), "number", "Số, ký hiệu"),
    ("number in the Party's form", say(NUMBER, "Số 07-BC/LĐLĐ"), "number", "Số, ký hiệu"),
    ("number bold", face(NUMBER, bold=True), "bold", "Số, ký hiệu"),
    ("no date", drop(DATED), "missing", "Địa danh, thời gian"),
    ("date upright", face(DATED, italic=False), "italic", "Địa danh, thời gian"),
    ("day not padded", say(DATED, "TP. Hồ Chí Minh, ngày 5 tháng 02 năm 2023"), "date", "Địa danh, thời gian"),
    ("month not padded", say(DATED, "TP. Hồ Chí Minh, ngày 05 tháng 2 năm 2023"), "date", "Địa danh, thời gian"),
    ("month padded too much", say(DATED, "TP. Hồ Chí Minh, ngày 05 tháng 03 năm 2023"), "date", "Địa danh, thời gian"),
    ("no comma after the place", say(DATED, "TP. Hồ Chí Minh ngày 05 tháng 02 năm 2023"), "date", "Địa danh, thời gian"),
    ("type in small letters", say("BÁO CÁO", "Báo cáo"), "missing", "Tên loại"),
    ("type not bold", face("BÁO CÁO", bold=False), "bold", "Tên loại"),
    ("type larger", face("BÁO CÁO", size=Pt(18)), "size", "Tên loại"),
    ("type at the left", shape("BÁO CÁO", alignment=WD_ALIGN_PARAGRAPH.LEFT), "alignment", "Tên loại"),
    ("subject not bold", face(SUBJECT_END, bold=False), "bold", "Trích yếu"),
    ("no line below the subject", drop_line_below(SUBJECT_END), "line", "Trích yếu"),
    ("addressees smaller", face("Kính gửi", size=Pt(12)), "size", "Kính gửi"),
    ("addressee without its sign", say("- Ban Dân vận", "- Ban Dân vận Thành ủy"), "list", "Kính gửi"),
    ("base upright", face("Căn cứ thứ nhất", italic=False), "italic", "Căn cứ"),
    ("last base without a full stop", say("Căn cứ thứ hai", "Căn cứ thứ hai;"), "list", "Căn cứ"),
    ("sentence smaller", face("Nội dung", size=Pt(13)), "size", "Nội dung"),
    ("sentence at the left", shape("Nội dung", alignment=WD_ALIGN_PARAGRAPH.LEFT), "alignment", "Nội dung"),
    ("no first line", shape("Nội dung", first_line_indent=Mm(0)), "spacing", "Nội dung"),
    ("no gap", shape("Nội dung", space_after=Pt(0)), "spacing", "Nội dung"),
    ("wide lines", shape("Nội dung", line_spacing=2.0), "spacing", "Nội dung"),
    ("heading in small letters", say("I. TÌNH", "I. Tình hình chung"), "capitals", "Đề mục"),
    ("heading not bold", face("1. Một", bold=False), "bold", "Đề mục"),
    ("point bold", face("a) Hai", bold=True), "bold", "Đề mục"),
    ("heading out of count", say("I. TÌNH", "II. TÌNH HÌNH CHUNG"), "numbering", "Đề mục"),
    ("point out of count", say("a) Hai", "c) Hai"), "numbering", "Đề mục"),
    ("heading with another sign", say("1. Một", "1) Một"), "heading", "Đề mục"),
    ("heading without a number", say("1. Một", "Một"), "heading", "Đề mục"),
    ("large table", face("Mô hình", size=Pt(18)), "size", "Bảng"),
    ("tiny table", face("Mô hình", size=Pt(5)), "size", "Bảng"),
    ("large note", face("chú", size=Pt(16)), "size", "Ghi chú"),
    ("no recipients", drop("Nơi nhận"), "missing", "Nơi nhận"),
    ("recipients upright", face("Nơi nhận", italic=False), "italic", "Nơi nhận"),
    ("recipients not bold", face("Nơi nhận", bold=False), "bold", "Nơi nhận"),
    ("recipients underlined", face("Nơi nhận", underline=True), "underline", "Nơi nhận"),
    ("list of recipients larger", face("- Như trên", size=Pt(14)), "size", "Nơi nhận"),
    ("no archive copy", drop("- Lưu"), "list", "Nơi nhận"),
    ("recipient without its sign", say("- Như trên", "- Như trên"), "list", "Nơi nhận"),
    ("capacity in the Party's form", say("TM. BAN", "T/M BAN THƯỜNG VỤ"), "capacity", "Người ký"),
    ("post in small letters", say("PHÓ CHỦ TỊCH", "Phó Chủ tịch"), "capitals", "Người ký"),
    ("post not bold", face("PHÓ CHỦ TỊCH", bold=False), "bold", "Người ký"),
    ("name in capitals", say("Nguyễn Thị Hoa", "NGUYỄN THỊ HOA"), "capitals", "Người ký"),
    ("name not bold", face("Nguyễn Thị Hoa", bold=False), "bold", "Người ký"),
    ("annex without its number", drop("Phụ lục I"), "missing", "Phụ lục"),
    ("annex out of count", say("Phụ lục II", "Phụ lục III"), "numbering", "Phụ lục"),
    ("annex number not bold", face("Phụ lục I", bold=False), "bold", "Phụ lục"),
    ("annex title in small letters", say("SỐ LIỆU", "Số liệu"), "capitals", "Tiêu đề phụ lục"),
    ("annex without its reference", drop("(Kèm theo"), "missing", "Phụ lục"),
    ("reference upright", face("(Kèm theo", italic=False), "italic", "Dòng kèm theo"),
    ("large foot", lambda d: setattr(d.sections[0].footer.paragraphs[0].runs[0].font, "size", Pt(16)), "size", "Chân trang"),
    ("addressees before the type", move("Kính gửi", "BÁO CÁO"), "order", "Kính gửi"),
    ("bases before the addressees", move("Căn cứ thứ nhất", "Kính gửi"), "order", "Căn cứ"),
    ("issuer at the right", swap_columns("LIÊN ĐOÀN LAO ĐỘNG"), "order", "Quốc hiệu, tiêu đề"),
    ("number at the right", swap_columns("Số: 07"), "order", "Số, ký hiệu"),
    ("signature at the left", swap_columns("Nơi nhận"), "order", "Nơi nhận"),
]


def _narrow(document: object, words: str) -> None:
    below = paragraph(document, words)._p.getnext()  # type: ignore[arg-type]
    indent = below.pPr.find("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}ind")
    for side in ("left", "right"):
        indent.set(f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{side}", "2400")


@pytest.mark.parametrize(("change", "rule", "part"), [each[1:] for each in REPORT], ids=[each[0] for each in REPORT])
def test_a_change_of_a_report_is_told(change: Change, rule: str, part: str) -> None:
    assert (rule, part) in told(changed(report(), change))


LETTER: list[tuple[str, Change, str, str]] = [
    ("subject larger", face("V/v", size=Pt(14)), "size", "Trích yếu công văn"),
    ("subject bold", face("V/v", bold=True), "bold", "Trích yếu công văn"),
    ("subject at the left", shape("V/v", alignment=WD_ALIGN_PARAGRAPH.LEFT), "alignment", "Trích yếu công văn"),
    ("subject without its opening", say("V/v", "đôn đốc gửi báo cáo"), "letter", "Trích yếu công văn"),
    ("no gap above the subject", shape("V/v", space_before=Pt(0)), "gap", "Trích yếu công văn"),
    ("a type code in the number", say("Số", "Số: 07/CV-LĐLĐ"), "number", "Số, ký hiệu"),
    ("no addressee", drop("Kính gửi"), "missing", "Kính gửi"),
]


@pytest.mark.parametrize(("change", "rule", "part"), [each[1:] for each in LETTER], ids=[each[0] for each in LETTER])
def test_a_change_of_a_letter_is_told(change: Change, rule: str, part: str) -> None:
    assert (rule, part) in told(changed(letter(), change))


PARTY_CHANGES: list[tuple[str, Change, str, str]] = [
    ("no star", drop("*"), "line", "Cơ quan ban hành"),
    ("number with a colon", say("Số", "Số: 07-BC/LĐLĐ"), "number", "Số, ký hiệu"),
    ("number in the state's form", say("Số", "Số: 07/BC-LĐLĐ"), "number", "Số, ký hiệu"),
    ("capacity in the state's form", say("T/M BAN", "TM. BAN THƯỜNG VỤ"), "capacity", "Người ký"),
    ("recipients not underlined", face("Nơi nhận", underline=False), "underline", "Nơi nhận"),
    ("the Party's name smaller", face("ĐẢNG CỘNG SẢN", size=Pt(13)), "size", "Quốc hiệu, tiêu đề"),
    ("short line below the Party's name", lambda d: _narrow(d, "ĐẢNG CỘNG SẢN"), "line", "Quốc hiệu, tiêu đề"),
]


@pytest.mark.parametrize(("change", "rule", "part"), [each[1:] for each in PARTY_CHANGES], ids=[each[0] for each in PARTY_CHANGES])
def test_a_change_of_a_party_paper_is_told(change: Change, rule: str, part: str) -> None:
    assert (rule, part) in told(changed(report(PARTY), change), "party36")


def test_a_paper_of_one_profile_is_none_of_another() -> None:
    assert {"missing", "number", "capacity", "line"} <= {rule for rule, _ in told(report(ND30), "party36")}
    assert {"missing", "number", "capacity", "line"} <= {rule for rule, _ in told(report(PARTY), "nd30")}


def test_what_the_rule_allows_is_no_deviation_where_only_the_rule_is_asked() -> None:
    wider = changed(report(), section(0, left_margin=Mm(35), top_margin=Mm(25)))
    too_wide = changed(report(), section(0, left_margin=Mm(36)))
    assert told(wider) == {("margin", "Lề trái"), ("margin", "Lề trên")}
    assert told(wider, exactly=False) == set()
    assert told(too_wide, exactly=False) == {("margin", "Lề trái")}


def test_a_deviation_says_where_what_and_by_which_rule() -> None:
    (found,) = check_paper(changed(report(), section(0, left_margin=Mm(25))), ND30)
    assert str(found) == "Lề trái “văn bản”: đo được 25 mm, cần 30 mm (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục I.3)"
