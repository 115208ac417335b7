"""The page of a unit: its standing, its life, its people and reports, each for those who may know them."""

from datetime import date
from fractions import Fraction

from django.urls import reverse

from kheo.core.reorganising import Closed, Decision, Established, Event, Merged, Place, Renamed, Split, Transferred
from kheo.core.unit_kinds import Line
from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.org.actions import annul_events, appoint, record_events
from kheo.org.models import UnitEvent
from kheo.org.queries import unit_by_code
from kheo.people.models import User
from kheo.reports.actions import open_cycle
from tests.web.visits import day, enter, queries_of, text_of
from tests.world import CALENDAR, FIRST_DAY, OPENING, World, submit

DAY = date(2025, 7, 1)
DECISION = Decision("12/QĐ-LĐLĐ", date(2025, 6, 15))


def words(world: World, unit: str | int, who: str = "an", **query: object) -> str:
    key = world.units[unit] if isinstance(unit, str) else unit
    answer = enter(world, who).get(reverse("unit", args=[key]), query)
    assert answer.status_code == 200
    return text_of(answer.content)


def happen(*events: Event) -> None:
    assert record_events(events, by=SYSTEM, at=OPENING).problems == ()


def merge(world: World) -> int:
    place = Place(Line.UNION, world.units["D1"])
    happen(
        Established(day=DAY, unit=-1, name="Công đoàn Một Hai", kind="grassroots_union", code="G12", places=(place,), decision=DECISION),
        Merged(day=DAY, unit=-1, predecessors=(world.units["G1"], world.units["G2"]), decision=DECISION),
    )
    made = unit_by_code("G12", DAY)
    assert made
    return made


def test_a_unit_says_where_it_stands_on_each_line_and_what_it_owes(world: World) -> None:
    submit(world, "G1")
    page = words(world, "G1")
    assert "Công đoàn cơ sở Một Công đoàn cơ sở · mã G1 · xem theo ngày 02/04/2023" in page
    assert "Công đoàn Liên đoàn Lao động Thành phố › Liên đoàn Lao động Quận 1" in page
    assert "Báo cáo 6 tháng đầu năm 2023" in page
    assert "Đã nộp Hạn 08/05/2023" in page
    top = words(world, "LDLD", "minh")
    assert "Công đoàn Không có cấp trên 2 đơn vị trực thuộc Đảng Ban Dân vận Thành ủy" in top


def test_names_of_people_and_reports_are_for_the_unit_and_those_above_it(world: World) -> None:
    own, other = words(world, "G1", "an"), words(world, "G1", "chi")
    assert "Nguyễn Thị An" in own
    assert "Trần Thị Hoa" in own
    assert "Nguyễn Thị An" in words(world, "G1", "binh")
    assert "Trần Thị Hoa" not in other
    assert "Chỉ người của đơn vị và cấp trên trong tuyến công đoàn xem được tên người." in other
    assert "Báo cáo 6 tháng" not in other
    assert "Lê Văn Bình" not in words(world, "D1", "an")


def test_what_each_role_here_may_do_is_said_from_the_table_of_the_workflow(world: World) -> None:
    page = words(world, "LDLD", "lan")
    assert "Thủ trưởng đơn vị Đọc báo cáo từ đơn vị này trở xuống. Với báo cáo của đơn vị: lưu, nộp, rút lại để sửa," in page
    assert "Người kiểm tra Đọc báo cáo từ đơn vị này trở xuống. Không sửa gì." in page
    assert "Quản trị hệ thống Giữ cho hệ thống chạy; không đọc và không sửa báo cáo nào." in page
    assert "Mỗi chức danh làm được gì" not in words(world, "LDLD", "an")


def test_who_comes_under_a_unit_tomorrow_is_not_shown_to_it_today(world: World) -> None:
    happen(Transferred(day=DAY, unit=world.units["G4"], place=Place(Line.UNION, world.units["D1"])))
    assert "Mai Linh Chi" not in words(world, "G4", "binh", ngay="2025-07-02")
    assert "Mai Linh Chi" in words(world, "G4", "lan", ngay="2025-07-02")
    with day(OPENING.replace(year=2025, month=7, day=2)):
        assert "Mai Linh Chi" in words(world, "G4", "binh")
        assert "Mai Linh Chi" not in words(world, "G4", "binh", ngay="2025-06-01")


def test_people_are_those_of_the_day(world: World) -> None:
    appoint(world.users["kien"], world.units["G1"], Role.OFFICER, on=DAY, by=SYSTEM, at=OPENING)
    assert "Đinh Trung Kiên" not in words(world, "G1", "lan")
    assert "Đinh Trung Kiên Cán bộ nhập liệu · từ 01/07/2025" in words(world, "G1", "lan", ngay="2025-07-01")


def test_the_life_of_a_unit_is_told_with_decisions_and_links_to_those_before_and_after(world: World) -> None:
    assert "Chưa có sự kiện nào được ghi" in words(world, "G1")
    happen(Renamed(day=date(2024, 1, 1), unit=world.units["G1"], name="Công đoàn cơ sở Một Mới", note="Theo đề nghị của đơn vị."))
    new = merge(world)
    old = words(world, "G1", ngay="2025-07-01")
    assert "Đơn vị này đã kết thúc từ 01/07/2025 Ngày 01/07/2025, phần của đơn vị này thuộc: Công đoàn Một Hai ." in old
    assert "01/07/2025 · chưa đến ngày Hợp nhất vào đơn vị mới Thành: Công đoàn Một Hai Theo 12/QĐ-LĐLĐ ngày 15/06/2025" in old
    assert "Đổi tên thành Công đoàn cơ sở Một Mới Không rõ số quyết định Theo đề nghị của đơn vị." in old
    assert "Tên Công đoàn cơ sở Một 01/01/2020 – 31/12/2023" in old
    page = enter(world, "an").get(reverse("unit", args=[new]), {"ngay": "2025-07-01"}).content.decode()
    assert "Hợp nhất từ các đơn vị cũ Từ: Công đoàn cơ sở Một Mới , Công đoàn cơ sở Hai" in text_of(page.encode())
    assert f'href="{reverse("unit", args=[world.units["G1"]])}?tuyen=cong-doan&amp;ngay=2025-07-01"' in page
    assert "Đơn vị có từ 01/07/2025" in words(world, new)


def test_a_part_is_told_with_its_share_or_as_not_divisible(world: World) -> None:
    happen(
        Split(day=DAY, unit=world.units["G1"], successors=((world.units["G2"], Fraction(1, 3)), (world.units["G3"], Fraction(2, 3)))),
        Split(day=DAY, unit=world.units["G4"], successors=((world.units["G4"], None), (world.units["G5"], None))),
    )
    assert "Được chia Thành: Công đoàn cơ sở Hai (1/3), Công đoàn cơ sở Ba (2/3)" in words(world, "G1", ngay="2025-07-01")
    assert "Nhận một phần của đơn vị được chia Từ: Công đoàn cơ sở Một (1/3)" in words(world, "G2", ngay="2025-07-01")
    assert "Một phần được tách ra Thành: Công đoàn cơ sở Năm (một phần, không chia được số liệu)" in words(world, "G4", "chi")


def test_what_was_taken_back_stays_in_the_story_as_taken_back(world: World) -> None:
    happen(Closed(day=DAY, unit=world.units["G3"], decision=DECISION))
    assert "Không có đơn vị kế thừa" in words(world, "G3", ngay="2025-07-01")
    event = UnitEvent.objects.get(kind="closed").pk
    assert annul_events([event], reason="Ghi nhầm đơn vị", by=SYSTEM, at=OPENING).problems == ()
    page = words(world, "G3", ngay="2025-07-01")
    assert "Kết thúc hoạt động Đã huỷ bỏ" in page
    assert "Ghi nhầm đơn vị" in page
    assert "đã kết thúc từ" not in page


def test_the_number_of_queries_does_not_move_with_events_reports_and_units_below(world: World) -> None:
    def queries(unit: str) -> int:
        return queries_of(enter(world, "lan"), reverse("unit", args=[world.units[unit]]))

    happen(Renamed(day=date(2024, 1, 1), unit=world.units["D2"], name="LĐLĐ Quận Hai"))
    before = queries("D2")
    happen(
        Renamed(day=date(2024, 6, 1), unit=world.units["D2"], name="LĐLĐ Quận Nhị"),
        *(Transferred(day=date(2023, 1, 1), unit=world.units[unit], place=Place(Line.UNION, world.units["D2"])) for unit in ("G1", "G2")),
    )
    assert queries("D2") == before
    assert FIRST_DAY


def test_the_number_of_queries_does_not_move_with_the_reports_of_a_unit(world: World) -> None:
    submit(world, "G1")
    where = reverse("unit", args=[world.units["G1"]])
    one = queries_of(enter(world, "hoa"), where)
    for cycle in ("2023-N", "2024-6T"):
        assert open_cycle("mini", cycle, calendar=CALENDAR, by=SYSTEM, at=OPENING).problems == ()
    assert words(world, "G1", "hoa").count("Hạn") >= 3
    assert queries_of(enter(world, "hoa"), where) == one


def test_what_happened_on_a_line_that_is_closed_to_the_reader_is_not_told_and_nobody_of_it_named(world: World) -> None:
    places = (Place(Line.PARTY, world.units["BDV"]), Place(Line.UNION, world.units["D1"]))
    happen(
        Transferred(day=DAY, unit=world.units["LDLD"], place=Place(Line.PARTY, None)),
        Established(day=DAY, unit=-1, name="Công đoàn Mới", kind="grassroots_union", code="GN", places=places),
    )
    moved = UnitEvent.objects.get(kind="transferred").pk
    assert annul_events([moved], reason="Nhầm", by=SYSTEM, at=OPENING).problems == ()
    new = unit_by_code("GN", DAY)
    assert new
    union, party_too = words(world, new, "an", ngay="2025-07-01"), words(world, new, "minh", ngay="2025-07-01")
    assert "Thành lập với tên Công đoàn Mới: Liên đoàn Lao động Quận 1" in union.replace(" :", ":")
    assert "Dân vận" not in union
    assert "Thành lập với tên Công đoàn Mới: Ban Dân vận Thành ủy" in party_too.replace(" :", ":")
    assert "Chưa có sự kiện nào được ghi" in words(world, "LDLD", "an")
    assert "Huỷ bỏ sự kiện" in words(world, "LDLD", "minh")


def test_long_lists_come_a_page_at_a_time_with_the_same_number_of_queries(world: World) -> None:
    where = reverse("unit", args=[world.units["D1"]])
    happen(Renamed(day=date(2024, 1, 1), unit=world.units["D1"], name="LĐLĐ Quận 1 lần 0"))
    before = queries_of(enter(world, "lan"), where)
    happen(*(Renamed(day=date(2024, 1, 1 + number), unit=world.units["D1"], name=f"LĐLĐ Quận 1 lần {number}") for number in range(1, 25)))
    for number in range(23):
        person = User.objects.create_user(f"u{number}", full_name=f"Người {number:02}")
        appoint(person, world.units["D1"], Role.OFFICER, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    assert queries_of(enter(world, "lan"), where) == before
    first, last = words(world, "D1", "lan"), words(world, "D1", "lan", trang=2, nguoi=2)
    assert (first.count("Đổi tên thành"), last.count("Đổi tên thành")) == (20, 5)
    assert "Dòng 1–20 trong 25" in first
    assert "Dòng 21–25 trong 25" in last
    people = {f"Người {number:02}" for number in range(23)}
    on_first, on_last = ({each for each in people if each in page} for page in (first, last))
    assert on_first | on_last == people
    assert not on_first & on_last
    assert "Cán bộ nhập liệu Đọc báo cáo" in last


def test_a_day_is_typed_and_shown_as_people_write_it_and_a_wrong_one_stays_to_be_mended(world: World) -> None:
    address, client = reverse("unit", args=[world.units["G1"]]), enter(world, "an")
    for asked, shown in (("05/06/2023", "05/06/2023"), ("2023-06-05", "05/06/2023"), ("31/02/2023", "31/02/2023")):
        page = client.get(address, {"ngay": asked}).content.decode()
        assert f'name="ngay" value="{shown}"' in page
        assert ('aria-invalid="true"' in page) == (asked == "31/02/2023")
