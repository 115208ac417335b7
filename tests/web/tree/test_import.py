"""Units from people's own table: nothing is a fact before it is confirmed, and nothing comes twice."""

import io
import re
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from kheo.core.unit_kinds import Line
from kheo.org.models import EventBatch, Unit, UnitEvent
from kheo.org.queries import below, unit_by_code, way_to
from kheo.reports.models import UnitImport
from tests.web.visits import enter, queries_of, text_of
from tests.world import World

ON = date(2023, 4, 2)
TABLE = [
    ["LIÊN ĐOÀN LAO ĐỘNG THÀNH PHỐ"],
    ["DANH SÁCH ĐƠN VỊ"],
    [],
    ["STT", "Tên đơn vị", "Ghi chú"],
    ["I", "LĐLĐ Quận 1", None],
    [1, "CĐCS Một", None],
    [2, "Công đoàn cơ sở Haii", "gõ nhầm"],
    [3, "CĐCS Trường Mầm non 02", None],
    [4, "CĐCS Bốn", "thuộc quận khác"],
    ["II", "LĐLĐ Quận 99", None],
    [5, "CĐCS Lạc", None],
    [None, "Tổng cộng", 5],
]


def book(*sheets: list[list[object]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for number, rows in enumerate(sheets):
        sheet = made.create_sheet(f"Trang {number + 1}")
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def send(world: World, data: bytes, who: str = "lan", name: str = "danh-sach.xlsx", **typed: str) -> HttpResponse:
    file = SimpleUploadedFile(name, data, "application/octet-stream")
    answer: HttpResponse = enter(world, who).post(reverse("send_table"), {"tep": file, "ngay": "2023-04-02", **typed})
    return answer


def sent(world: World, data: bytes, who: str = "lan", **typed: str) -> str:
    answer = send(world, data, who, **typed)
    assert answer.status_code == 302, text_of(answer.content)
    return answer.headers["Location"]


def page(world: World, where: str, who: str = "lan", **query: object) -> str:
    answer = enter(world, who).get(where, query)
    assert answer.status_code == 200
    return answer.content.decode()


def post(world: World, where: str, who: str = "lan", **sent: object) -> HttpResponse:
    answer: HttpResponse = enter(world, who).post(where, sent)
    return answer


def confirm(world: World, where: str, who: str = "lan") -> HttpResponse:
    (mark,) = re.findall(r'name="mark" value="([0-9a-f]+)"', page(world, where, who))
    return post(world, where, who, viec="ghi", mark=mark)


def lines(world: World, where: str, who: str = "lan") -> list[list[str]]:
    answer = enter(world, who).get(where + "ket-qua.csv")
    return [line.split(",") for line in answer.content.decode("utf-8-sig").splitlines()[1:]]


def test_people_s_own_table_is_understood_row_by_row_and_nothing_is_a_fact(world: World) -> None:
    units = Unit.objects.count()
    where = sent(world, book(TABLE))
    told = [(row[1], row[4], row[5]) for row in lines(world, where)]
    assert told == [
        ("6", "đã có", "G1"),
        ("7", "cần chọn", ""),
        ("8", "sẽ tạo mới", "G6"),
        ("9", "cần chọn", ""),
        ("11", "chỗ sai", ""),
    ]
    doubtful = text_of(page(world, where, xem="chon").encode())
    assert "Công đoàn cơ sở Haii Dòng 7 · thuộc LĐLĐ Quận 1 Không có tên này, có tên gần giống. Công đoàn cơ sở Hai (G2)" in doubtful
    assert "(giống 86%)" in doubtful
    assert "Đúng tên nhưng thuộc đơn vị khác. Công đoàn cơ sở Bốn (G4), thuộc Liên đoàn Lao động Quận" in doubtful
    assert "Chưa rõ đơn vị cấp trên “LĐLĐ Quận 99”: không tìm thấy" in text_of(page(world, where, xem="sai").encode())
    assert "bỏ 1 dòng cộng" in doubtful
    assert (Unit.objects.count(), EventBatch.objects.count()) == (units, 0)


def test_choices_are_kept_and_confirming_creates_exactly_what_was_shown_once(world: World) -> None:
    where = sent(world, book(TABLE), **{"quyet-dinh": "7/QĐ-LĐLĐ", "ngay-quyet-dinh": "2023-03-30"})
    shown = page(world, where, xem="chon")
    keys = re.findall(r'name="key" value="([^"]+)"', shown)
    assert keys == ["!7", "!9"]
    hai = world.units["G2"]
    answer = post(world, where, xem="chon", trang="1", viec="luu", key=keys, **{"what-0": f"unit:{hai}", "what-1": "new"})
    assert answer.status_code == 302
    assert [row[4] for row in lines(world, where)] == ["đã có", "đã có", "sẽ tạo mới", "sẽ tạo mới", "chỗ sai"]
    assert confirm(world, where).status_code == 302
    new = unit_by_code("G6", ON)
    assert new
    assert [each.name for each in way_to(ON, Line.UNION, new)] == [
        "Liên đoàn Lao động Thành phố",
        "Liên đoàn Lao động Quận 1",
        "Công đoàn cơ sở Trường Mầm non 02",
    ]
    event = UnitEvent.objects.get(unit=new)
    assert (event.kind, event.decision_number, event.decision_day, event.row) == ("established", "7/QĐ-LĐLĐ", date(2023, 3, 30), 8)
    assert [row[4] for row in lines(world, where)] == ["đã có", "đã có", "đã tạo", "đã tạo", "chỗ sai"]
    count = Unit.objects.count()
    assert post(world, where, viec="ghi", mark="x").status_code == 302
    again = sent(world, book(TABLE))
    assert "sẽ tạo mới" not in [row[4] for row in lines(world, again)]
    confirm(world, again)
    assert Unit.objects.count() == count


def test_a_kind_in_words_that_are_unknown_is_not_guessed_and_the_one_that_is_chosen_counts(world: World) -> None:
    where = sent(world, "Tên đơn vị;Thuộc;Loại\nCông đoàn cơ sở Kỳ;LĐLĐ Quận 1;loại lạ\n".encode(), name="a.csv")
    shown = page(world, where, xem="sai")
    assert 'name="kind-shown-0" value=""' in shown
    assert not re.search(r'<option value="[^"]+" selected', shown)
    assert "hãy chọn loại đơn vị. " in text_of(shown.encode())
    typed = {"what-0": "new", "kind-0": "grassroots_union", "kind-shown-0": "", "kind-kept-0": "", "code-0": "", "code-shown-0": ""}
    post(world, where, viec="luu", xem="sai", key=["!2"], **typed)
    assert [row[4] for row in lines(world, where)] == ["sẽ tạo mới"]


def test_once_recorded_the_page_says_what_became_of_each_row_then_and_what_is_left(world: World) -> None:
    where = sent(world, book(TABLE))
    confirm(world, where)
    first = text_of(page(world, where).encode())
    assert "Đã tạo 1, đã có 1, cần chọn 2, chỗ sai 1. Dòng cần chọn và chỗ sai chưa được ghi" in first
    assert "Đã tạo (1) Đã có (1) Cần chọn (2) Chỗ sai (1)" in first
    assert "Dòng 8 CĐCS Trường Mầm non 02 CĐCS Trường Mầm non 02 thuộc LĐLĐ Quận 1 G6" in first
    assert f'href="{reverse("events")}?dot={EventBatch.objects.get().pk}"' in page(world, where)
    assert "Dòng 7 Công đoàn cơ sở Haii không có tên này, có tên gần giống" in text_of(page(world, where, xem="chon").encode())
    whole = sent(world, "Tên đơn vị;Thuộc\nCĐCS Một;LĐLĐ Quận 1\n".encode(), name="a.csv")
    assert "Mọi đơn vị trong bảng đã có" in text_of(page(world, whole).encode())


def test_what_is_refused_leads_to_the_field_that_it_is_about(world: World) -> None:
    for typed, field in (({"ngay": "x"}, "ngay"), ({"ngay-quyet-dinh": "x"}, "ngay-quyet-dinh"), ({"duoi": "Quận 77"}, "duoi")):
        shown = send(world, book(TABLE), **typed).content.decode()
        assert re.findall(r'<li><a href="#([a-z-]+)"', shown) == [field]
        assert f'id="{field}"' in shown
    assert re.findall(r'<li><a href="#([a-z-]+)"', send(world, b"", name="a.csv").content.decode()) == ["tep"]


def test_a_tree_that_changed_meanwhile_records_nothing_and_shows_the_rows_again(world: World) -> None:
    first, second = sent(world, book(TABLE)), sent(world, book(TABLE))
    stale = re.findall(r'name="mark" value="([0-9a-f]+)"', page(world, second))[0]
    assert confirm(world, first).status_code == 302
    answer = post(world, second, viec="ghi", mark=stale)
    assert answer.status_code == 409
    assert "cây tổ chức đã thay đổi" in text_of(answer.content)
    assert UnitImport.objects.get(pk=int(second.rstrip("/").split("/")[-1])).result is None


def test_a_choice_of_a_unit_that_was_not_offered_is_none(world: World) -> None:
    where = sent(world, book(TABLE))
    post(world, where, viec="luu", key=["!7", "!9", "!6"], **{"what-0": f"unit:{world.units['G5']}", "what-1": "<b>", "what-2": "skip"})
    assert [row[4] for row in lines(world, where)][:4] == ["đã có", "cần chọn", "sẽ tạo mới", "cần chọn"]


def test_units_of_the_table_stand_under_each_other_and_a_code_that_is_taken_is_told(world: World) -> None:
    rows: list[list[object]] = [
        ["Mã", "Tên đơn vị", "Đơn vị cấp trên", "Loại"],
        ["", "Công đoàn cơ sở Con", "Công đoàn ngành Mới", ""],
        ["N9", "Công đoàn ngành Mới", "LĐLĐ Thành phố", "sector_union"],
        ["G1", "Công đoàn cơ sở Lạ", "LĐLĐ Quận 1", ""],
        ["", "Công đoàn cơ sở Con", "Công đoàn ngành Mới", ""],
        ["", "Công đoàn cơ sở Kỳ", "LĐLĐ Quận 1", "loại lạ"],
    ]
    where = sent(world, book(rows))
    assert [(row[4], row[5]) for row in lines(world, where)] == [
        ("sẽ tạo mới", "N9-001"),
        ("sẽ tạo mới", "N9"),
        ("chỗ sai", ""),
        ("cần chọn", ""),
        ("chỗ sai", ""),
    ]
    wrong = text_of(page(world, where, xem="sai").encode())
    assert "Mã “G1” đã là của đơn vị khác" in wrong
    assert "Không rõ loại “loại lạ”: hãy chọn loại đơn vị" in wrong
    confirm(world, where)
    new = unit_by_code("N9", ON)
    assert new
    assert [each.code for each in below(ON, Line.UNION, new)] == ["N9-001"]


def test_several_sheets_hidden_rows_formulas_and_errors_are_told_with_their_place(world: World) -> None:
    made = openpyxl.load_workbook(io.BytesIO(book(TABLE[3:9], [["Ghi chú riêng"]], [["Tên đơn vị", "Thuộc"], ["=1/0", "LĐLĐ Quận 1"]])))
    made["Trang 1"].row_dimensions[3].hidden = True
    made["Trang 1"]["B4"] = '="CĐCS "&"Ba"'
    made["Trang 1"]["B5"] = date(2023, 1, 1)
    file = io.BytesIO()
    made.save(file)
    where = sent(world, file.getvalue())
    told = text_of(page(world, where).encode())
    assert "3 ô không đọc được" in told
    assert "Trang “Trang 1”, ô B4: Ô có công thức chưa có kết quả" in told
    assert "Trang “Trang 1”, ô B5: Ô là ngày tháng" in told
    assert "Trang “Trang 3”, ô A2:" in told
    assert "Trang “Trang 1”: 1 dòng đang ẩn" in told
    assert "Trang “Trang 2” không có cột tên đơn vị nên không đọc" in told


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.xlsx", b"", "Tệp rỗng"),
        ("a.xlsx", b"PK\x03\x04 broken", "Tệp"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Excel kiểu cũ"),
        ("a.csv", "Tên đơn vị\nCông đoàn".encode("utf-16-be"), "không phải mã Unicode"),
        ("a.csv", b'"T\xc3\xaan \xc4\x91\xc6\xa1n v\xe1\xbb\x8b"\n"A\nB\n', "Dòng 2: Dấu nháy kép mở mà không đóng"),
        ("a.csv", b"a,b\n1,2\n", "Không thấy cột tên đơn vị nào"),
        ("a.csv", ("Tên đơn vị\n" + "".join(f"Đơn vị {n}\n" for n in range(5001))).encode(), "tối đa 5000"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words_and_not_kept(world: World, name: str, data: bytes, said: str) -> None:
    answer = send(world, data, name=name)
    assert answer.status_code == 409
    assert said in text_of(answer.content)
    assert UnitImport.objects.count() == 0


def test_a_table_that_names_no_unit_above_is_put_where_one_says(world: World) -> None:
    where = sent(world, "Tên đơn vị\nCông đoàn cơ sở Một\nXưởng Sáu\n".encode(), name="a.csv", duoi="LĐLĐ quận 1")
    assert [row[4:6] for row in lines(world, where)] == [["đã có", "G1"], ["sẽ tạo mới", "G6"]]
    assert "dòng không ghi cấp trên đặt dưới Liên đoàn Lao động Quận 1" in text_of(page(world, where).encode())
    confirm(world, where)
    new = unit_by_code("G6", ON)
    assert new
    assert way_to(ON, Line.UNION, new)[-2].id == world.units["D1"]
    assert send(world, b"T\xc3\xaan \xc4\x91\xc6\xa1n v\xe1\xbb\x8b\nX\n", name="a.csv", duoi="D2").status_code == 302
    refused = send(world, book(TABLE), duoi="Quận 77")
    assert (refused.status_code, "Không rõ đơn vị “Quận 77” trên tuyến này ngày 02/04/2023" in text_of(refused.content)) == (409, True)
    assert 'value="Quận 77"' in refused.content.decode()


def test_a_row_without_a_unit_above_among_rows_that_name_one_is_never_put_under_the_top(world: World) -> None:
    rows = "Tên đơn vị;Thuộc\nLiên đoàn Lao động Thành phố;\nXưởng Sáu;LĐLĐ Quận 1\nXưởng Bảy;\n"
    where = sent(world, rows.encode(), name="a.csv")
    assert [row[4] for row in lines(world, where)] == ["đã có", "sẽ tạo mới", "chỗ sai"]
    assert "Ô đơn vị cấp trên để trống, trong khi các dòng khác có ghi" in text_of(page(world, where, xem="sai").encode())


def test_units_that_stand_under_each_other_in_a_circle_or_under_themselves_are_wrong_and_the_rest_goes_on(world: World) -> None:
    rows = "Tên đơn vị;Thuộc\nVòng A;Vòng B\nVòng B;Vòng A\nMình;Mình\nXưởng Sáu;LĐLĐ Quận 1\nLĐLĐ Quận 1;LĐLĐ Quận 1\n"
    where = sent(world, rows.encode(), name="a.csv")
    assert [row[4] for row in lines(world, where)] == ["chỗ sai", "chỗ sai", "chỗ sai", "sẽ tạo mới", "cần chọn"]
    assert confirm(world, where).status_code == 302
    assert unit_by_code("G6", ON)


def test_the_sample_is_of_one_s_own_units_and_shows_each_outcome(world: World) -> None:
    answer = enter(world, "lan").get(reverse("table_sample"))
    assert answer.headers["Content-Type"].endswith("spreadsheetml.sheet")
    where = sent(world, answer.content)
    told = [(row[2], row[4]) for row in lines(world, where)]
    assert told == [
        ("Công đoàn cơ sở Ba", "đã có"),
        ("Công đoàn cơ sở Hai", "đã có"),
        ("Công đoàn cơ sở Mộtt", "cần chọn"),
        ("Công đoàn cơ sở Ví dụ mới", "sẽ tạo mới"),
        ("Công đoàn cơ sở Bốn", "đã có"),
        ("Công đoàn cơ sở Nămm", "cần chọn"),
    ]
    for who, status in (("quan", 200), ("binh", 404), ("an", 404)):
        assert enter(world, who).get(reverse("table_sample")).status_code == status, who


def test_a_day_that_is_none_is_told_and_what_was_typed_stays(world: World) -> None:
    answer = send(world, book(TABLE), ngay="hôm kia")
    assert answer.status_code == 409
    assert "“hôm kia” không phải là một ngày" in text_of(answer.content)


def test_the_keeper_may_and_others_find_no_such_page(world: World) -> None:
    where = sent(world, book(TABLE), "quan")
    assert confirm(world, where, "quan").status_code == 302
    for who in ("lan", "binh", "an"):
        assert enter(world, who).get(where).status_code == 404
        assert enter(world, who).get(where + "ket-qua.csv").status_code == 404
    assert send(world, book(TABLE), "binh").status_code == 404


def test_a_name_that_is_a_formula_or_a_tag_is_only_text(world: World) -> None:
    where = sent(world, "Tên đơn vị\n=HYPERLINK(1)\n<script>x</script>\n".encode(), name="a.csv")
    shown = page(world, where, xem="moi")
    assert "<script>x" not in shown
    assert [row[2] for row in lines(world, where)] == ["'=HYPERLINK(1)", "<script>x</script>"]


def test_the_number_of_queries_does_not_move_with_the_rows(world: World) -> None:
    def queries(rows: int) -> int:
        table = "Tên đơn vị;Thuộc\n" + "".join(f"CĐCS Xưởng {n};LĐLĐ Quận 1\n" for n in range(rows))
        return queries_of(enter(world, "lan"), sent(world, table.encode(), name="a.csv"))

    assert queries(1) == queries(3) == queries(400)
