"""Việc của tôi: for each of the cast, what awaits them, the late first, and one next step."""

import re

import pytest
from django.urls import reverse

from kheo.core.reorganising import Established, Place, Transferred
from kheo.core.unit_kinds import Line
from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.org.actions import appoint, load_units, record_events
from kheo.org.queries import units_by_code
from kheo.people.models import User
from kheo.reports.actions import accept_report, open_cycle, return_report, revise_report, submit_report
from kheo.reports.models import Obligation
from kheo.web.home import views
from tests.web.visits import day, enter, queries_of, text_of
from tests.world import CALENDAR, FIRST_DAY, GOOD, OPENING, World, fill, head_of, later, reviewer_of, submit
from tests.years import NEXT_YEAR, accepted_once, year_after


def see(world: World, who: str) -> str:
    answer = enter(world, who).get("/")
    assert answer.status_code == 200
    page: str = answer.content.decode()
    return page


def rows(page: str) -> list[str]:
    """The words of every task in its order."""
    return [text_of(row.encode()) for row in re.findall(r'<li class="task.*?</li>', page, re.DOTALL)]


def steps(page: str) -> list[tuple[str, str]]:
    """(words, address) of the buttons, the primary one first."""
    return [(words, url) for url, words in re.findall(r'<a class="button[^"]*" href="([^"]+)">([^<]+)</a>', page)]


def accept(world: World, code: str) -> None:
    accept_report(world.obligation(code).pk, version=world.report(code).version, by=reviewer_of(world, code), at=later(minutes=5))


def test_an_officer_begins_goes_on_and_hands_over_to_the_head(world: World) -> None:
    report = reverse("report", args=[world.obligation("G1").pk])
    assert rows(see(world, "an")) == [
        "Báo cáo 6 tháng đầu năm 2023 Gửi Liên đoàn Lao động Quận 1 Chưa bắt đầu Hạn 08/05/2023 · còn 36 ngày"
        " Tải tệp Excel của đơn vị Đã nhập 0/6 ô Bắt đầu nhập"
    ]
    assert steps(see(world, "an")) == [("Bắt đầu nhập", report)]
    fill(world, "G1", {"C201": 3, "C202": 4}, by=world.person("an"))
    assert steps(see(world, "an")) == [("Nhập tiếp", report)]
    assert "Đang soạn Hạn 08/05/2023 · còn 36 ngày Còn 1 chỗ phải sửa. Tải tệp Excel của đơn vị Đã nhập 2/6 ô" in rows(see(world, "an"))[0]
    fill(world, "G1", GOOD, by=world.person("an"))
    assert steps(see(world, "an")) == [("Báo thủ trưởng ký nộp", f"{report}nop")]
    assert "Đã đủ số liệu. Thủ trưởng ký nộp: Trần Thị Hoa." in rows(see(world, "an"))[0]


def test_an_odd_figure_that_nobody_explained_keeps_the_report_with_the_officer(world: World) -> None:
    accepted_once(world, "G1")
    after = year_after(world)
    fill(after, "G1", {**GOOD, "C201": 300}, by=after.person("an", NEXT_YEAR), at=NEXT_YEAR)
    with day(NEXT_YEAR):
        page = see(after, "an")
    assert "Còn 1 số liệu phải giải trình." in rows(page)[0]
    assert steps(page)[0] == ("Nhập tiếp", reverse("report", args=[after.obligation("G1").pk]))


def test_the_head_signs_and_keeps_the_receipt(world: World) -> None:
    owed = world.obligation("G1").pk
    fill(world, "G1", GOOD, by=world.person("an"))
    assert steps(see(world, "hoa")) == [("Ký và nộp", reverse("submit_report", args=[owed]))]
    submit(world, "G1")
    page = see(world, "hoa")
    assert "Không còn việc nào phải làm lúc này. Nộp bằng Excel Đang chờ Báo cáo" in text_of(page.encode())
    assert rows(page) == [
        "Báo cáo 6 tháng đầu năm 2023 Gửi Liên đoàn Lao động Quận 1 Đã nộp Nộp 01/04/2023, đúng hạn"
        " Đang chờ Liên đoàn Lao động Quận 1 duyệt. Xem biên nhận"
    ]
    accept(world, "G1")
    page = see(world, "hoa")
    done = "Đã xong Báo cáo 6 tháng đầu năm 2023 Gửi Liên đoàn Lao động Quận 1 Đã chấp nhận Nộp 01/04/2023, đúng hạn"
    assert done in text_of(page.encode())
    assert steps(page) == [("Xem biên nhận", reverse("receipt", args=[owed, 1]))]


def test_what_came_back_says_why_and_is_not_ready_before_it_was_touched(world: World) -> None:
    submit(world, "G1")
    owed = world.obligation("G1").pk
    return_report(owed, reason="Số mô hình chưa khớp.", version=world.report("G1").version, by=world.person("binh"), at=later(minutes=5))
    page = see(world, "hoa")
    assert "Lý do trả lại: Số mô hình chưa khớp." in rows(page)[0]
    assert steps(page) == [("Sửa theo nhận xét", reverse("report", args=[owed]))]
    fill(world, "G1", {"B02": 6}, by=world.person("an"), at=later(minutes=9))
    assert steps(see(world, "hoa")) == [("Ký và nộp", reverse("submit_report", args=[owed]))]


def test_a_further_report_is_work_again(world: World) -> None:
    submit(world, "G1")
    accept(world, "G1")
    owed = world.obligation("G1").pk
    revise_report(owed, reason="Sót một tổ.", version=world.report("G1").version, by=world.person("hoa"), at=later(minutes=9))
    assert "Báo cáo bổ sung: Sót một tổ." in rows(see(world, "hoa"))[0]


def test_the_late_come_first_and_only_the_first_has_the_strong_button(world: World) -> None:
    opened = open_cycle("mini", "2023-N", calendar=CALENDAR, by=SYSTEM, at=later(days=1))
    assert opened.cycle
    with day(later(days=40)):
        page = see(world, "an")
    assert [row.split(" Gửi")[0] for row in rows(page)] == ["Báo cáo 6 tháng đầu năm 2023", "Báo cáo năm 2023"]
    assert "Quá hạn 3 ngày (hạn 08/05/2023)" in rows(page)[0]
    assert re.findall(r'<a class="(button[^"]*)"', page.partition('class="tasks"')[2]) == ["button", "button secondary"]


def test_days_are_counted_in_words(world: World) -> None:
    said = {}
    for days in (35, 36, 37, 38):
        with day(later(days=days)):
            found = re.search(r'data-due="(\w+)">([^<]+)<', see(world, "an"))
            assert found
            said[days] = (found[1], found[2])
    assert said == {
        35: ("soon", "Hạn 08/05/2023 · còn 2 ngày"),
        36: ("soon", "Hạn ngày mai, 08/05/2023"),
        37: ("soon", "Hạn hôm nay, 08/05/2023"),
        38: ("overdue", "Quá hạn 1 ngày (hạn 08/05/2023)"),
    }


def test_the_day_ends_at_midnight_in_ho_chi_minh_city(world: World) -> None:
    midnight = later(days=37).replace(hour=17, minute=0)
    with day(midnight.replace(hour=16, minute=59)):
        assert "Hạn hôm nay" in see(world, "an")
    with day(midnight):
        assert "Quá hạn 1 ngày" in see(world, "an")


def test_a_reviewer_sees_how_many_wait_how_many_are_late_and_goes_to_the_board(world: World) -> None:
    submit(world, "G1")
    submit(world, "G2")
    accept(world, "G2")
    board = reverse("board", args=[world.cycle.pk, world.units["D1"]])
    with day(later(days=40)):
        page = see(world, "binh")
    assert rows(page) == [
        "Duyệt báo cáo 6 tháng đầu năm 2023 của cấp dưới Nơi nhận: Liên đoàn Lao động Quận 1 1 chờ duyệt 1 quá hạn chưa nộp"
        " Báo cáo chờ lâu nhất nộp từ 01/04/2023. Đã chấp nhận 1/3 báo cáo Duyệt báo cáo"
    ]
    assert steps(page) == [("Duyệt báo cáo", board)]


def test_a_reviewer_with_nothing_to_review_may_look(world: World) -> None:
    board = [("Xem bảng đơn vị", reverse("board", args=[world.cycle.pk, world.units["D1"]]))]
    page = see(world, "binh")
    assert steps(page) == board
    assert "Đang chờ Duyệt báo cáo 6 tháng đầu năm 2023 của cấp dưới" in text_of(page.encode())
    assert "Chưa có báo cáo nào chờ duyệt. Đã chấp nhận 0/3 báo cáo" in rows(page)[0]
    with day(later(days=40)):
        late = see(world, "binh")
    assert (steps(late), "1 việc cần làm" in late, "3 quá hạn chưa nộp" in late) == (board, True, True)
    for code in ("G1", "G2", "G3"):
        submit(world, code)
        accept(world, code)
    assert "Đã xong Duyệt báo cáo 6 tháng đầu năm 2023 của cấp dưới" in text_of(see(world, "binh").encode())


def test_an_accepted_report_of_which_a_supplement_is_written_stays_accepted_and_waits_again_once_it_is_sent(world: World) -> None:
    for code in ("G1", "G2", "G3"):
        submit(world, code)
        accept(world, code)
    owed, head = world.obligation("G1").pk, world.person("hoa")
    revise_report(owed, reason="Sót một tổ.", version=world.report("G1").version, by=head, at=later(minutes=9))
    assert "Đã duyệt hết" in rows(see(world, "binh"))[0]
    submit_report(owed, version=world.report("G1").version, by=head, at=later(minutes=10))
    waiting = rows(see(world, "binh"))[0]
    assert ("1 chờ duyệt" in waiting, "Đã chấp nhận 2/3 báo cáo" in waiting) == (True, True)
    return_report(owed, reason="Nêu rõ hơn.", version=world.report("G1").version, by=world.person("binh"), at=later(minutes=11))
    assert ("đang sửa" in rows(see(world, "binh"))[0], "Đã duyệt hết" in rows(see(world, "binh"))[0]) == (False, True)


def test_the_office_the_reviewer_of_the_federation_and_the_party_board_review_what_is_addressed_to_them(world: World) -> None:
    boards = {who: steps(see(world, who))[0][1] for who in ("lan", "bich", "phuc")}
    federation = reverse("board", args=[world.cycle.pk, world.units["LDLD"]])
    assert boards == {"lan": federation, "bich": federation, "phuc": reverse("board", args=[world.cycle.pk, world.units["BDV"]])}


def test_an_auditor_is_told_that_reading_is_all_and_where(world: World) -> None:
    page = see(world, "kien")
    assert "Anh/chị được giao kiểm tra" in page
    assert steps(page) == []
    whole = [world.cycle.pk, world.units["LDLD"]]
    assert re.findall(r'<a class="button secondary" href="([^"]+)" title', page) == [
        reverse("consolidated", args=whole),
        reverse("progress", args=whole),
    ]


def test_a_keeper_and_a_person_without_a_post_are_told_why_there_is_nothing(world: World) -> None:
    User.objects.create_user("moi", "Người Mới", "mot-mat-khau-thu")
    world_with_newcomer = {**world.users, "moi": User.objects.get(username="moi")}
    keeper = text_of(see(world, "quan").encode())
    assert "Quản trị hệ thống lo tài khoản, sao lưu và cài đặt; không xem và không sửa số liệu của ai." in keeper
    newcomer = World(world.cycle, world.definition, world.units, world_with_newcomer)
    assert "Tài khoản này chưa được giao nhiệm vụ" in see(newcomer, "moi")


def test_nobody_sees_the_work_of_another_unit(world: World) -> None:
    submit(world, "G1")
    for who in ("chi", "quan", "kien", "lan"):
        assert reverse("report", args=[world.obligation("G1").pk]) not in see(world, who)


def test_queries_do_not_grow_with_the_tasks(world: World) -> None:
    client = enter(world, "hoa")
    few = queries_of(client, "/")
    for code in ("2023-N", "2024-6T"):
        assert open_cycle("mini", code, calendar=CALENDAR, by=SYSTEM, at=later(days=1)).cycle
    submit(world, "G1")
    fill(world, "G2", GOOD, by=head_of(world, "G2"))
    assert queries_of(client, "/") == few <= 16


def test_queries_of_a_reviewer_do_not_grow_with_the_cycles(world: World) -> None:
    client = enter(world, "binh")
    few = queries_of(client, "/")
    for code in ("2023-N", "2024-6T"):
        assert open_cycle("mini", code, calendar=CALENDAR, by=SYSTEM, at=later(days=1)).cycle
    assert queries_of(client, "/") == few <= 18


def test_wards_that_nobody_answers_for_are_one_task_of_who_changes_units_and_a_team_sees_its_own(world: World) -> None:
    wards = "code,name,kind,parent_code\n79,Thành phố,municipality,\nW1,Phường Một,ward,79\nW2,Phường Hai,ward,79\nW3,Phường Ba,ward,79\n"
    assert not load_units(wards.encode(), "wards.csv", on=FIRST_DAY, by=SYSTEM, at=OPENING, line=Line.ADMIN).problems
    assert "chưa có công đoàn" not in see(world, "lan")
    known, today = units_by_code(FIRST_DAY), later(days=1).date()
    places = (Place(Line.UNION, world.units["LDLD"]), Place(Line.AREA_TEAM, None))
    done = record_events(
        [
            Established(day=today, unit=-1, name="Tổ công tác số 7", kind="area_team", code="T7", places=places),
            Transferred(day=today, unit=known["W1"], place=Place(Line.AREA_TEAM, -1)),
        ],
        by=SYSTEM,
        at=OPENING,
    )
    assert not done.problems, done.problems
    (row,) = [row for row in rows(see(world, "lan")) if "công đoàn" in row]
    assert row.startswith("2 phường, xã chưa có công đoàn, chưa có ai trả lời")
    assert ("Xem và giao", f"{reverse('gaps')}?xem=chua-co-ai") in steps(see(world, "lan"))
    assert {name for name in ("binh", "bich", "hoa", "kien", "quan") if "chưa có công đoàn" in see(world, name)} == set()
    team = units_by_code(today)["T7"]
    appoint(world.users["chi"], team, Role.OFFICER, on=today, by=SYSTEM, at=OPENING)
    (row,) = [row for row in rows(see(world, "chi")) if "công đoàn" in row and "Trả lời" in row]
    assert row == "Trả lời thay 1 phường, xã chưa có công đoàn Tổ công tác số 7 Tổ địa bàn Xem các nơi ấy"
    assert enter(world, "chi").get(reverse("unit", args=[team])).status_code == 200


def test_many_tasks_are_shown_a_page_at_a_time_and_cost_no_query_more(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client = enter(world, "hoa")
    one = queries_of(client, "/")
    Obligation.objects.filter(cycle=world.cycle, tier=world.obligation("G1").tier).update(filler=world.units["G1"])
    assert "5 việc cần làm" in see(world, "hoa")
    monkeypatch.setattr(views, "PAGE", 2)
    pages = [client.get(f"/?trang={number}").content.decode() for number in (1, 2, 3)]
    assert [len(rows(page)) for page in pages] == [2, 2, 1]
    assert all("5 việc cần làm" in page for page in pages)
    assert len({row for page in pages for row in rows(page)}) == 5
    assert "Dòng 3–4 trong 5" in text_of(pages[1].encode())
    assert queries_of(client, "/") == one
