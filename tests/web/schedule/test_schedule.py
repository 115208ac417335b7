"""The schedule of a cycle: every day that matters, what was moved and why, who was given more time."""

from datetime import date, datetime, timedelta

from django.http import HttpResponse
from django.urls import reverse

from kheo.core.days import due_instant
from kheo.journal.actions import SYSTEM
from kheo.reports.actions import ask_extension, extend_due, open_cycle
from tests.web.visits import day, enter, queries_of, text_of
from tests.world import CALENDAR, OPENING, World, later, submit

OWN = date(2023, 5, 10)
GIVEN = {"den": "2023-05-10", "ly-do": "Mất điện cả phường."}


def address(world: World, code: str = "LDLD", name: str = "schedule") -> str:
    return reverse(name, args=[world.cycle.pk, world.units[code]])


def see(world: World, code: str = "LDLD", who: str = "lan", at: datetime | None = None) -> str:
    with day(at or later(days=30)):
        answer: HttpResponse = enter(world, who).get(address(world, code))
    assert answer.status_code == 200
    return text_of(answer.content)


def extend(world: World, *codes: str, until: date = date(2023, 5, 9), reason: str = "Trụ sở bị ngập.") -> None:
    keys = [world.obligation(code).pk for code in codes]
    extend_due(keys, until=until, reason=reason, by=world.person("binh"), at=later(days=29))


def test_the_days_stand_in_their_order_with_today_among_them(world: World) -> None:
    words = see(world)
    wanted = (
        "Bắt đầu tính số liệu", "Mở kỳ", "thứ Hai 01/05/2023 Hôm nay Chốt số liệu hết ngày 05/05/2023 (còn 4 ngày)",
        "thứ Sáu 05/05/2023 Chốt số liệu", "thứ Hai 08/05/2023 Hạn nộp của Công đoàn cơ sở LĐLĐ Quận 1, LĐLĐ Quận 2 0/5",
        "thứ Tư 10/05/2023 Hạn nộp của Công đoàn cấp trên trực tiếp cơ sở LĐLĐ Thành phố 0/2",
        "thứ Năm 18/05/2023 Hạn nộp của Liên đoàn Lao động Thành phố Ban Dân vận Thành ủy 0/1",
    )  # fmt: skip
    places = [words.find(each) for each in wanted]
    assert -1 not in places, (wanted[places.index(-1)], words)
    assert places == sorted(places)


def test_a_day_that_the_calendar_moved_says_why(world: World) -> None:
    year = open_cycle("mini", "2023-N", calendar=CALENDAR, by=SYSTEM, at=OPENING).cycle
    assert year
    answer = enter(world, "phuc").get(reverse("schedule", args=[year.pk, world.units["LDLD"]]))
    words = text_of(answer.content)
    assert "thứ Hai 20/11/2023 Hạn nộp của Liên đoàn Lao động Thành phố Dời ngày" in words
    assert "18/11/2023 là thứ Bảy: chuyển sang ngày làm việc kế tiếp" in words


def test_an_extension_is_seen_by_all_it_concerns(world: World) -> None:
    extend(world, "G1", "G2")
    for who, code in (("lan", "LDLD"), ("binh", "D1"), ("an", "G1"), ("kien", "LDLD")):
        words = see(world, code, who)
        assert "thứ Ba 09/05/2023 Hạn nộp của Công đoàn cơ sở Gia hạn" in words, who
        assert "Gia hạn; hạn gốc thứ Hai 08/05/2023" in words, who
        assert "Lê Văn Bình (LĐLĐ Quận 1) gia hạn cho" in words, who
        assert "đến hết thứ Ba 09/05/2023 , thay cho 08/05/2023 Trụ sở bị ngập." in words, who
    assert "Chưa có báo cáo nào được gia hạn" in see(world, "D2", "lan")
    assert "Trụ sở bị ngập" not in see(world, "G4", "chi"), "nobody's business in the other district"


def test_who_may_decide_finds_what_was_asked_and_the_way_to_answer(world: World) -> None:
    ask_extension(world.obligation("G1").pk, until=OWN, reason="Kế toán ốm.", by=world.person("an"), at=later(days=29))
    words = see(world, "D1", "binh")
    assert "1 đề nghị gia hạn chờ trả lời CĐCS Một xin đến thứ Tư 10/05/2023 “Kế toán ốm.”" in words
    assert "chờ trả lời" not in see(world, "D1", "dung")


def test_the_number_of_queries_does_not_depend_on_the_units(world: World) -> None:
    client = enter(world, "kien")
    found = [queries_of(client, address(world, code)) for code in ("G1", "D2", "LDLD")]
    extend(world, "G1")
    extend(world, "G2", "G3", until=OWN)
    after = [queries_of(client, address(world, code)) for code in ("D1", "LDLD")]
    assert [found[1], found[2]] == [found[0]] * 2
    assert after == [after[0]] * 2


def test_the_whole_way_of_an_extension(world: World) -> None:
    """Bình extends a selection with a reason; the unit sees the new date and why, sends in time, and its receipt says so."""
    due = due_instant(date(2023, 5, 8))
    with day(due + timedelta(hours=9)):
        desk = enter(world, "binh")
        form = text_of(desk.get(address(world, "D1", "extend") + f"?pick={world.obligation('G1').pk}").content)
        assert "CĐCS Một 08/05/2023" in form
        picks = [world.obligation(code).pk for code in ("G1", "G2")]
        answer = desk.post(address(world, "D1", "extend"), {"pick": picks, **GIVEN}, follow=True)
        assert "Đã gia hạn cho 2 báo cáo đến hết ngày 10/05/2023" in text_of(answer.content)
        page = text_of(enter(world, "hoa").get(reverse("report", args=[world.obligation("G1").pk])).content)
        assert "Gia hạn từ 08/05/2023" in page
        assert "Được gia hạn đến hết thứ Tư 10/05/2023." in page
        assert "Mất điện cả phường." in page
        assert "Gia hạn từ 08/05/2023" in text_of(enter(world, "hoa").get(reverse("home")).content)
    submit(world, "G1", at=due + timedelta(hours=20))
    with day(due + timedelta(hours=21)):
        receipt = text_of(enter(world, "hoa").get(reverse("receipt", args=[world.obligation("G1").pk, 1])).content)
        board = text_of(enter(world, "binh").get(reverse("board", args=[world.cycle.pk, world.units["D1"]])).content)
        home = text_of(enter(world, "hoa").get(reverse("home")).content)
        told = text_of(enter(world, "hoa").get(reverse("report_history", args=[world.obligation("G1").pk])).content)
        judged = text_of(enter(world, "binh").get(address(world, "D1", "discipline")).content)
    assert "Trong hạn gia hạn Giờ của máy chủ, hạn lúc ấy là hết ngày 10/05/2023." in receipt
    assert "Đến hết thứ Tư 10/05/2023, thay cho 08/05/2023: “Mất điện cả phường.”" in receipt
    assert "trong hạn gia hạn" in board
    assert "trong hạn gia hạn" in home
    assert "CĐCS Một 1 0 1 0 0 100,0 %" in judged
    assert "gia hạn đến hết ngày 10/05/2023 (hạn trước đó: hết ngày 08/05/2023)" in told


def test_a_receipt_tells_of_an_extension_that_came_later_and_stays_late(world: World) -> None:
    due = due_instant(date(2023, 5, 8))
    submit(world, "G1", at=due + timedelta(hours=1))
    extend_due([world.obligation("G1").pk], until=OWN, reason="Cả phường mất điện.", by=world.person("binh"), at=due + timedelta(hours=9))
    words = text_of(enter(world, "hoa").get(reverse("receipt", args=[world.obligation("G1").pk, 1])).content)
    assert "Nộp trễ Giờ của máy chủ, hạn lúc ấy là hết ngày 08/05/2023." in words
    assert "sau khi báo cáo này đã đến" in words
