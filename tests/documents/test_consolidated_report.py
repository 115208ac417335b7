"""The consolidated report read as a văn thư reads it."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kheo.core.consolidated import CellCounts, ClosedUnit, Consolidated, FigureTotal, NarrativeText, ObligationCounts, RatioTotal, UnitRef
from kheo.core.definition import Definition
from kheo.documents.consolidated_report import report_document
from kheo.documents.official import Paragraph
from tests.documents.reading import lines_of, opened, plain, table_under
from tests.documents.sample import CITY, LETTER, ND30, ORIGINS, consolidated, definition, paper_of


@pytest.fixture(scope="module")
def asked() -> Definition:
    return definition()


@pytest.fixture(scope="module")
def data() -> Consolidated:
    return consolidated()


@pytest.fixture(scope="module")
def paper(asked: Definition, data: Consolidated) -> bytes:
    return paper_of(asked, data, LETTER)


@pytest.fixture(scope="module")
def lines(paper: bytes) -> list[str]:
    return lines_of(paper)


def with_figure(data: Consolidated, total: FigureTotal | RatioTotal, before: FigureTotal | RatioTotal | None) -> Consolidated:
    """The data with one figure of this period and of the last one exchanged."""
    previous = {code: value for code, value in (data.previous or {}).items() if code != total.code}
    if before is not None:
        previous[total.code] = before
    return replace(data, figures={**data.figures, total.code: total}, previous=previous)


def count(code: str, value: int | None, cells: CellCounts | None = None) -> FigureTotal:
    return FigureTotal(code, value, "tập thể", "sum", 0, cells or CellCounts(400, 12, 0, 5, 18), {})


def test_opens_with_title_addressee_and_legal_bases(lines: list[str]) -> None:
    start = lines.index("BÁO CÁO")
    assert [line for line in lines[start : start + 9] if line] == [
        "BÁO CÁO",
        "Kết quả thực hiện nội dung “5 không”",
        "trong phong trào thi đua “Dân vận khéo” năm 2023",
        "Kính gửi: Ban Dân vận Thành ủy Thành phố Hồ Chí Minh",
        "Căn cứ Công văn số 199/LĐLĐ-TG ngày 15 tháng 3 năm 2023 của Liên đoàn Lao động Thành phố Hồ Chí Minh về phối hợp thực hiện "
        "nội dung “5 không” trong phong trào thi đua “Dân vận khéo” năm 2023;",
        "Căn cứ Hướng dẫn số 11-HD/BDVTU ngày 28 tháng 02 năm 2023 của Ban Dân vận Thành ủy Thành phố Hồ Chí Minh về "
        "nội dung “5 không” trong phong trào thi đua “Dân vận khéo” năm 2023.",
        "Liên đoàn Lao động Thành phố Hồ Chí Minh báo cáo kết quả thực hiện nội dung “5 không” trong phong trào thi đua "
        "“Dân vận khéo” năm 2023 như sau:",
    ]


def test_follows_the_outline_of_the_definition(paper: bytes) -> None:
    headings = [p.text for p in opened(paper).paragraphs if p.style and p.style.name in ("Heading 1", "Heading 2")]
    assert headings[:13] == [
        "I. TÌNH HÌNH CHUNG",
        "1. Tình hình báo cáo",
        "2. Công tác lãnh đạo, chỉ đạo, triển khai",
        "II. KẾT QUẢ THỰC HIỆN THEO NỘI DUNG",
        "1. Kết quả chung của phong trào thi đua",
        "2. Nội dung “Không để người nghèo, người yếu thế tụt hậu, bị bỏ quên”",
        "3. Nội dung “Không xả rác bừa bãi ra đường phố và kênh rạch”",
        "4. Nội dung “Không tụ tập gây rối, ảnh hưởng an ninh chính trị, trật tự an toàn nơi cư trú và trên đường phố”",
        "III. HẠN CHẾ TRONG THỰC HIỆN CHẾ ĐỘ BÁO CÁO",
        "IV. HẠN CHẾ, KHÓ KHĂN VÀ NGUYÊN NHÂN",
        "V. MÔ HÌNH, ĐIỂN HÌNH TIÊU BIỂU",
        "VI. ĐỀ XUẤT, KIẾN NGHỊ",
        "1. Kết quả chung của phong trào thi đua",
    ]


def test_says_how_many_reported_and_what_is_still_out(asked: Definition, data: Consolidated) -> None:
    lines = lines_of(paper_of(asked, replace(data, obligations=ObligationCounts(430, 412, 5, 2, 7, 4, 13, 400)), LETTER))
    start = lines.index("1. Tình hình báo cáo") + 1
    assert lines[start : start + 3] == [
        "Tính đến 10 giờ 32 phút ngày 17/11/2023, 412 đơn vị trên tổng số 430 đơn vị phải báo cáo năm 2023 đã có báo cáo được chấp nhận, "
        "đạt 95,81 %; 400 đơn vị gửi báo cáo đúng hạn, đạt 93,02 %.",
        "Còn 18 đơn vị chưa được tổng hợp: 5 đơn vị đã nộp, đang chờ xem xét; 2 đơn vị bị trả lại để chỉnh sửa; 7 đơn vị đang soạn; "
        "4 đơn vị chưa bắt đầu; trong đó có 13 đơn vị đã quá hạn gửi báo cáo.",
        "Số liệu trong báo cáo này chỉ gồm các báo cáo đã được chấp nhận; tình hình gửi báo cáo của từng đơn vị nêu tại Phụ lục I; "
        "số liệu của từng đơn vị nêu tại Phụ lục II.",
    ]


def test_tells_the_main_figures_in_sentences_with_their_parts_and_the_change(asked: Definition, data: Consolidated) -> None:
    models = FigureTotal(
        "B01", 24853, "mô hình", "sum", 0, CellCounts(400, 12, 0, 0, 18), {"fields": {"KT": 4364, "VHXH": 5386, "KHAC": 0}}
    )
    changed = replace(data, figures={"B01": models, "B04": count("B04", 7593)}, previous={"B01": replace(models, value=22000)})
    lines = lines_of(paper_of(asked, changed, LETTER))
    assert (
        "Kết quả chính trong kỳ: 24.853 mô hình, công trình đăng ký mới (trong đó: Kinh tế 4.364, Văn hóa – xã hội 5.386), "
        "tăng 13,0 % so với năm 2022; 7.593 tập thể đăng ký."
    ) in lines


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (1125, 1000, "1.125 tập thể đăng ký, tăng 12,5 % so với năm 2022"),
        (875, 1000, "875 tập thể đăng ký, giảm 12,5 % so với năm 2022"),
        (1000, 1000, "1.000 tập thể đăng ký, không thay đổi so với năm 2022"),
        (100001, 100000, "100.001 tập thể đăng ký, tăng dưới 0,1 % so với năm 2022"),
        (1125, 0, "1.125 tập thể đăng ký"),
        (1125, None, "1.125 tập thể đăng ký"),
    ],
)
def test_compares_with_the_last_period_but_never_with_zero_or_with_nothing(
    asked: Definition, data: Consolidated, now: int, before: int | None, words: str
) -> None:
    changed = replace(data, figures={"B04": count("B04", now)}, previous={"B04": count("B04", before)})
    assert f"Kết quả chính trong kỳ: {words}." in lines_of(paper_of(asked, changed, LETTER))


def test_a_table_shows_both_periods_the_parts_and_the_units_behind(asked: Definition, data: Consolidated) -> None:
    cells = CellCounts(number=400, zero=12, blank=3, not_applicable=5, missing=15)
    models = FigureTotal("B01", 24853, "mô hình", "sum", 0, cells, {"fields": {"KT": 4364, "VHXH": 0, "QPAN": None}})
    changed = with_figure(data, models, replace(models, value=21000, by={"fields": {"KT": 4000}}))
    rows = table_under(paper_of(asked, changed, LETTER), "1. Kết quả chung")
    assert rows[0] == ["Mã", "Chỉ tiêu", "Đơn vị tính", "Năm 2023", "Năm 2022", "Đơn vị có số liệu"]
    place = [row[0] for row in rows].index("B01")
    assert rows[place : place + 4] == [
        ["B01", "Mô hình, công trình đăng ký mới", "mô hình", "24.853", "21.000", "412/430"],
        ["", "– Kinh tế", "", "4.364", "4.000", ""],
        ["", "– Văn hóa – xã hội", "", "không phát sinh", "", ""],
        ["", "– Quốc phòng – an ninh", "", "chưa có số liệu", "", ""],
    ]


def test_missing_is_never_zero_and_zero_is_never_missing(asked: Definition, data: Consolidated) -> None:
    changed = with_figure(with_figure(data, count("B04", None), count("B04", None)), replace(count("B05", 0), unit="người"), None)
    paper = paper_of(asked, changed, LETTER)
    rows = {row[0]: row[3:5] for row in table_under(paper, "1. Kết quả chung")}
    assert (rows["B04"], rows["B05"]) == (["chưa có số liệu", "chưa có số liệu"], ["không phát sinh", ""])
    assert "Các chỉ tiêu chưa có số liệu: tập thể đăng ký." in lines_of(paper)
    assert any(line.startswith("Các chỉ tiêu không phát sinh trong kỳ: cá nhân đăng ký") for line in lines_of(paper))


def test_ratios_come_from_their_two_sums(asked: Definition, data: Consolidated) -> None:
    now = RatioTotal("C307", Decimal(11953) / 12026, 11953, 12026, "%")
    before = RatioTotal("C307", Decimal(11000) / 12000, 11000, 12000, "%")
    lines = lines_of(paper_of(asked, with_figure(data, now, before), LETTER))
    assert "Tỷ lệ xử lý điểm ô nhiễm 99,39 % (11.953/12.026), tăng 7,7 điểm % so với năm 2022." in lines


def test_without_a_last_period_nothing_is_compared(asked: Definition, data: Consolidated) -> None:
    paper = paper_of(asked, replace(data, previous=None, previous_name=""), LETTER)
    assert table_under(paper, "1. Kết quả chung")[0] == ["Mã", "Chỉ tiêu", "Đơn vị tính", "Năm 2023", "Đơn vị có số liệu"]
    assert not any("so với" in line for line in lines_of(paper))


def test_late_and_missing_units_are_named(lines: list[str], data: Consolidated) -> None:
    late = [line.unit.name for line in data.children if line.on_time is False and not line.is_own]
    missing = [unit.name for unit in data.missing_units]
    assert f"Các đơn vị báo cáo trực tiếp gửi trễ hạn: {len(late)} đơn vị, gồm: {'; '.join(late)}." in lines
    assert f"Chưa có báo cáo được chấp nhận: 3 đơn vị, gồm: {'; '.join(missing)}." in lines
    assert late
    assert missing


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (ObligationCounts(9, 8, 1, 0, 0, 0, 0, 9), ["Còn 1 đơn vị đã nộp, đang chờ xem xét, chưa được tổng hợp."]),
        (ObligationCounts(9, 8, 0, 0, 0, 1, 1, 8), ["Còn 1 đơn vị chưa bắt đầu, chưa được tổng hợp; đã quá hạn gửi báo cáo."]),
        (
            ObligationCounts(9, 6, 0, 0, 1, 2, 3, 6),
            ["Còn 3 đơn vị chưa được tổng hợp: 1 đơn vị đang soạn; 2 đơn vị chưa bắt đầu; cả 3 đơn vị này đã quá hạn gửi báo cáo."],
        ),
        (ObligationCounts(9, 9, 0, 0, 0, 0, 0, 9), []),
        (
            ObligationCounts(9, 7, 0, 0, 0, 0, 0, 7, closed=2),
            ["2 đơn vị được thôi thu báo cáo, không tính là còn thiếu (nêu tại mục III)."],
        ),
    ],
    ids=["one waits", "one is overdue", "all are overdue", "nobody", "closed ones only"],
)
def test_what_is_still_out_is_said_of_one_of_all_and_of_some(
    asked: Definition, data: Consolidated, counts: ObligationCounts, words: list[str]
) -> None:
    lines = lines_of(paper_of(asked, replace(data, obligations=counts), LETTER))
    start = lines.index("1. Tình hình báo cáo") + 2
    assert [plain(line) for line in lines[start : lines.index("2. Công tác lãnh đạo, chỉ đạo, triển khai") - 1]] == words


def test_closed_reports_are_named_with_their_reason_and_not_as_missing(asked: Definition, data: Consolidated) -> None:
    closed = (ClosedUnit(data.missing_units[0], "Đã giải thể theo Quyết định 12/QĐ."),)
    lines = lines_of(paper_of(asked, replace(data, closed_units=closed, missing_units=data.missing_units[1:]), LETTER))
    name = data.missing_units[0].name
    assert f"Thôi thu báo cáo, không tính là còn thiếu: 1 đơn vị, gồm: {name} (Đã giải thể theo Quyết định 12/QĐ)." in lines
    assert not any(name in line for line in lines if line.startswith("Chưa có báo cáo được chấp nhận"))


def test_many_closed_for_one_reason_are_counted_and_a_few_are_named(asked: Definition, data: Consolidated) -> None:
    ended = [ClosedUnit(UnitRef(f"G{number}", f"CĐCS {number}", "grassroots_union"), "Phong trào kết thúc") for number in range(16)]
    closed = (*ended, ClosedUnit(data.missing_units[0], "Đã giải thể"))
    lines = lines_of(paper_of(asked, replace(data, closed_units=closed, missing_units=data.missing_units[1:]), LETTER))
    told = f"16 đơn vị (Phong trào kết thúc); {data.missing_units[0].name} (Đã giải thể)."
    assert f"Thôi thu báo cáo, không tính là còn thiếu: 17 đơn vị, gồm: {told}" in lines


def test_every_annex_is_pointed_to_from_the_text() -> None:
    """Decree 30/2020, annex I, II.8; whatever annexes there are."""
    for data, origins in ((consolidated(), ()), (consolidated(60, missing=30), ORIGINS), (consolidated(0), ORIGINS), (consolidated(2), ())):
        document = report_document(definition(), data, LETTER, ND30, origins)
        text = " ".join(span.text for block in document.blocks if isinstance(block, Paragraph) for span in block.spans)
        assert [annex.number for annex in document.annexes if not re.search(rf"{annex.number}\b", text)] == []
        assert document.annexes


def test_what_stands_before_the_contents_opens_the_report_whatever_it_is_about(asked: Definition, data: Consolidated) -> None:
    first, *rest = asked.outline
    whole = asked.model_copy(update={"outline": (first.model_copy(update={"content": "chung"}), *rest)})
    lines = lines_of(paper_of(whole, data, LETTER))
    place = lines.index("2. Công tác lãnh đạo, chỉ đạo, triển khai")
    assert place < lines.index("II. KẾT QUẢ THỰC HIỆN THEO NỘI DUNG")
    assert lines[place + 1].startswith("Ban Thường vụ đã ban hành")
    assert sum(line.startswith("Ban Thường vụ đã ban hành") for line in lines) == 1


def test_the_unit_that_writes_does_not_wait_for_itself(asked: Definition, data: Consolidated) -> None:
    lines = lines_of(paper_of(asked, replace(data, missing_units=(CITY, data.missing_units[0])), LETTER))
    assert f"Chưa có báo cáo được chấp nhận: 1 đơn vị, gồm: {data.missing_units[0].name}." in lines
    assert f"Chưa gồm số liệu trực tiếp của {CITY.name}, vì báo cáo của đơn vị chưa được chấp nhận." in lines


def test_indicators_left_blank_are_named_with_how_many_units_left_them(asked: Definition, data: Consolidated) -> None:
    quiet = {
        code: replace(total, cells=replace(total.cells, blank=0)) if isinstance(total, FigureTotal) else total
        for code, total in data.figures.items()
    }
    changed = with_figure(replace(data, figures=quiet), count("B04", 7, CellCounts(3, 0, 12, 0, 0)), None)
    assert "Chỉ tiêu còn có đơn vị ghi “chưa có số liệu”: 1 chỉ tiêu, gồm: B04 – Tập thể đăng ký (12 đơn vị)." in lines_of(
        paper_of(asked, changed, LETTER)
    )


def test_what_units_wrote_stands_under_its_section_with_the_unit_named(lines: list[str]) -> None:
    place = lines.index("IV. HẠN CHẾ, KHÓ KHĂN VÀ NGUYÊN NHÂN")
    assert lines[place + 1 : place + 6] == [
        "Một số đơn vị chưa cụ thể hóa nội dung thi đua thành tiêu chí; việc tuyên dương điển hình còn chậm.",
        "- Công đoàn Tổng Công ty Cơ khí Giao thông Vận tải Sài Gòn – Trách nhiệm hữu hạn Một thành viên: "
        "Nhân sự làm công tác dân vận thay đổi nhiều.",
        "V. MÔ HÌNH, ĐIỂN HÌNH TIÊU BIỂU",
        "Các đơn vị không nêu nội dung này.",
        "VI. ĐỀ XUẤT, KIẾN NGHỊ",
    ]


def test_several_texts_on_one_content_keep_the_titles_of_the_outline(asked: Definition, data: Consolidated) -> None:
    second = asked.outline[2].model_copy(update={"id": "II.2", "title": "Cách làm hay", "content": "N1"})
    wider = asked.model_copy(update={"outline": (*asked.outline[:3], second, *asked.outline[3:])})
    told = replace(data, narratives=(*data.narratives, NarrativeText("II.2", CITY, "Phiên chợ nghĩa tình.")))
    lines = lines_of(paper_of(wider, told, LETTER))
    assert lines.index("a) Chăm lo người nghèo, người yếu thế") < lines.index("b) Cách làm hay") < lines.index("Phiên chợ nghĩa tình.")


def test_a_number_and_a_day_given_stand_on_the_letter_and_on_its_annexes(asked: Definition, data: Consolidated) -> None:
    lines = lines_of(paper_of(asked, data, replace(LETTER, number="7", signed_on=date(2023, 11, 17), name="Trần Văn Bình")))
    assert "Số: 07/BC-LĐLĐ" in lines
    assert "TP. Hồ Chí Minh, ngày 17 tháng 11 năm 2023" in lines
    assert "(Kèm theo Báo cáo số 07/BC-LĐLĐ ngày 17 tháng 11 năm 2023 của Liên đoàn Lao động Thành phố Hồ Chí Minh)" in lines
    assert "Trần Văn Bình" in lines


def test_ends_with_the_closing_words(lines: list[str]) -> None:
    assert (
        "Trên đây là báo cáo kết quả thực hiện nội dung “5 không” trong phong trào thi đua “Dân vận khéo” năm 2023 của "
        "Liên đoàn Lao động Thành phố Hồ Chí Minh, kính gửi Ban Dân vận Thành ủy Thành phố Hồ Chí Minh./."
    ) in lines


def test_a_unit_nobody_reports_to_has_no_annex(asked: Definition) -> None:
    paper = paper_of(asked, consolidated(0), LETTER)
    lines = lines_of(paper)
    assert len(opened(paper).sections) == 1
    assert "Tính đến 10 giờ 32 phút ngày 17/11/2023, không có đơn vị nào thuộc diện phải báo cáo năm 2023." in lines
    assert "Chưa có số liệu về nội dung này." in lines
    assert "Trong kỳ không có đơn vị nào thuộc diện phải báo cáo." in lines


def test_when_all_is_well_it_says_so(asked: Definition, data: Consolidated) -> None:
    fine = {code: count(code, 5, CellCounts(26, 0, 0, 0, 0)) for code in data.figures}
    children = tuple(replace(line, on_time=True) for line in data.children)
    paper = paper_of(asked, replace(data, figures=fine, children=children, missing_units=()), LETTER)
    assert "Các đơn vị báo cáo đầy đủ, đúng hạn; không có chỉ tiêu nào thiếu số liệu." in lines_of(paper)


def test_nothing_of_a_campaign_is_written_in_python(asked: Definition, data: Consolidated) -> None:
    """Another campaign's names fill the same letter, and nothing of the first one is left."""
    other = asked.model_copy(
        update={
            "name": "Chiến dịch hiến máu tình nguyện",
            "documents": (),
            "contents": tuple(content.model_copy(update={"name": f"Việc {content.id}", "short": content.id}) for content in asked.contents),
        }
    )
    moved = replace(data, campaign="hien-mau", cycle="2024-03", cycle_name="tháng 3 năm 2024", narratives=())
    text = "\n".join(lines_of(paper_of(other, moved, replace(LETTER, recipient_line="Hội Chữ thập đỏ"))))
    assert "Kết quả thực hiện chiến dịch hiến máu tình nguyện tháng 3 năm 2024" in text.replace("\n", " ")
    assert "5 không" not in text
    assert "Dân vận khéo" not in text
    assert "Căn cứ" not in text


def test_the_recipient_of_the_data_is_named_when_the_letter_has_no_recipient_line(asked: Definition, data: Consolidated) -> None:
    lines = lines_of(paper_of(asked, replace(data, recipient=UnitRef("X", "Ban X", "party")), replace(LETTER, recipient_line="")))
    assert lines[-1] != ""
    assert any(line.endswith(", kính gửi Ban X./.") for line in lines)
    assert not any(line.startswith("Kính gửi:") for line in lines)
