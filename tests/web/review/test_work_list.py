"""What waits is ordered by what matters and says why; filters and orders are kept under a name and passed on by address."""

import re

import pytest
from django.http import HttpResponse
from django.urls import reverse

from kheo.core.remarks import Answered
from kheo.journal.models import JournalEntry
from kheo.reports.actions import answer_remark, remark, return_report, submit_report
from kheo.reports.models import SavedList
from kheo.reports.queries import boards
from tests.web.review.test_board import address, names, see
from tests.web.visits import day, enter, queries_of, text_of
from tests.world import GOOD, World, later, submit


def answered(world: World, code: str) -> None:
    """A remark was answered and the report sent again."""
    from tests.world import head_of, reviewer_of

    owed, head = world.obligation(code).pk, head_of(world, code)
    version, reviewer = world.report(code).version, reviewer_of(world, code)
    remark(owed, target="B02", text="Vì sao?", version=version, by=reviewer, at=later(minutes=5))
    return_report(owed, reason="Xem lại", version=version, by=reviewer, at=later(minutes=6))
    answer_remark(owed, target="B02", kind=Answered.KEPT, text="Đúng sổ.", by=head, at=later(minutes=7))
    submit_report(owed, version=world.report(code).version, by=head, at=later(minutes=8))


@pytest.fixture
def waiting(world: World) -> World:
    """G1 is plain, G2 answers a question of the campaign strangely, G3 was returned and has answered."""
    submit(world, "G1")
    submit(world, "G2", {**GOOD, "B02": 1})
    submit(world, "G3")
    answered(world, "G3")
    return world


def test_what_matters_stands_first_and_says_why(waiting: World) -> None:
    words = text_of(see(waiting).content)
    assert words.index("CĐCS Ba") < words.index("CĐCS Hai") < words.index("CĐCS Một")
    assert "đơn vị đã trả lời 1 nhận xét, chờ xem" in words
    assert "1 phép kiểm tra cần hỏi lại" in words
    assert "2 lần nộp; đơn vị sửa 0 ngày, nơi nhận giữ 1 ngày" in words


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"ly-do": "kiem-tra"}, ["CĐCS Hai"]),
        ({"ly-do": "chiem-lon"}, []),
        ({"tra-loi": "co"}, ["CĐCS Ba"]),
        ({"tra-loi": "khong"}, ["CĐCS Hai", "CĐCS Một"]),
        ({"loai": "district_federation"}, []),
        ({"sap-xep": "ten"}, ["CĐCS Ba", "CĐCS Hai", "CĐCS Một"]),
        ({"sap-xep": "cay"}, ["CĐCS Ba", "CĐCS Hai", "CĐCS Một"]),
        ({"sap-xep": "cho-lau"}, ["CĐCS Hai", "CĐCS Một", "CĐCS Ba"]),
        ({"sap-xep": "x", "ly-do": "y", "tra-loi": "z", "loai": "w", "trang-thai": "submitted"}, ["CĐCS Ba", "CĐCS Hai", "CĐCS Một"]),
    ],
)
def test_filters_and_orders(waiting: World, query: dict[str, str], found: list[str]) -> None:
    assert names(see(waiting, **query)) == found


def test_the_latest_come_first_on_demand(world: World) -> None:
    submit(world, "G1", at=later(days=38))
    submit(world, "G2", at=later(days=41))
    submit(world, "G3")
    with day(later(days=42)):
        assert names(see(world, **{"sap-xep": "tre-nhat"})) == ["CĐCS Hai", "CĐCS Một", "CĐCS Ba"]
        assert "nộp trễ 4 ngày" in text_of(see(world).content)


def keep(world: World, who: str, name: str = "Kiểm tra", query: str = "ly-do=kiem-tra&sap-xep=ten&", **more: str) -> HttpResponse:
    place = reverse("save_list", args=[world.cycle.pk, world.units["D1"]])
    answer: HttpResponse = enter(world, who).post(place, {"ten": name, "loc": query, **more})
    return answer


def test_a_list_is_kept_and_opened_by_its_address(waiting: World) -> None:
    answer = keep(waiting, "binh")
    kept = SavedList.objects.get()
    assert answer["Location"] == f"{address(waiting)}ds={kept.pk}"
    page = see(waiting, ds=str(kept.pk))
    assert names(page) == ["CĐCS Hai"]
    assert "Đang xem danh sách Kiểm tra" in text_of(page.content)
    assert kept.query == "ly-do=kiem-tra&sap-xep=ten&"
    row = JournalEntry.objects.get(act="save_list")
    assert (row.actor_name, row.detail["name"], row.detail["is_shared"]) == ("Lê Văn Bình", "Kiểm tra", False)


def test_ones_own_list_is_offered_to_nobody_else_but_opens_for_whoever_may_see_the_board(waiting: World) -> None:
    keep(waiting, "binh")
    kept = str(SavedList.objects.get().pk)
    assert "Kiểm tra" not in text_of(see(waiting, "kien").content)
    assert names(see(waiting, "kien", ds=kept)) == ["CĐCS Hai"]
    assert see(waiting, "an", ds=kept).status_code == 404
    assert see(waiting, "bich", "LDLD", ds=kept).status_code == 404


def test_a_list_of_the_unit_is_its_reviewers(waiting: World) -> None:
    keep(waiting, "binh", chung="1")
    assert "Kiểm tra (chung)" in text_of(see(waiting).content)
    assert "Kiểm tra (chung)" not in text_of(see(waiting, "kien").content)
    assert "Chỉ cán bộ duyệt" in text_of(enter_and_follow(waiting, "kien", chung="1"))
    assert SavedList.objects.count() == 1


def enter_and_follow(world: World, who: str, **more: str) -> bytes:
    place = reverse("save_list", args=[world.cycle.pk, world.units["D1"]])
    answer = enter(world, who).post(place, {"ten": "Khác", "loc": "han=nop-tre&", **more}, follow=True)
    return bytes(answer.content)


def test_the_same_name_again_writes_over_and_nothing_asked_is_nothing_kept(waiting: World) -> None:
    keep(waiting, "binh")
    keep(waiting, "binh", query="tra-loi=co&")
    assert [row.query for row in SavedList.objects.all()] == ["tra-loi=co&"]
    keep(waiting, "binh", name="Trống", query="trang=3&x=y")
    keep(waiting, "binh", name=" ")
    assert SavedList.objects.count() == 1


def test_a_list_is_dropped_by_its_owner_only(waiting: World) -> None:
    keep(waiting, "binh")
    number = SavedList.objects.get().pk
    place = reverse("drop_list", args=[waiting.cycle.pk, waiting.units["D1"], number])
    assert enter(waiting, "kien").post(place).status_code == 404
    assert enter(waiting, "binh").post(place).status_code == 302
    assert SavedList.objects.count() == 0


@pytest.mark.parametrize("number", ["0", "999999", "x", "1e3", "-1", "9" * 40])
def test_a_list_that_is_not_there_is_not_there(waiting: World, number: str) -> None:
    assert see(waiting, ds=number).status_code == 404


@pytest.mark.parametrize("query", [{}, {"sap-xep": "ten"}, {"tra-loi": "co"}])
def test_the_number_of_queries_does_not_depend_on_rows_rounds_and_answers(world: World, query: dict[str, str]) -> None:
    client = enter(world, "binh")
    submit(world, "G1")
    answered(world, "G1")
    one = queries_of(client, address(world, **query))
    for code in ("G2", "G3"):
        submit(world, code, {**GOOD, "B02": 1})
        answered(world, code)
    assert queries_of(client, address(world, **query)) == one


def picked(page: HttpResponse) -> list[str]:
    return re.findall(r'name="pick" value="([\d.]+)"[^>]*checked', page.content.decode())


def post(world: World, name: str, **fields: object) -> HttpResponse:
    place = reverse(name, args=[world.cycle.pk, world.units["D1"]])
    answer: HttpResponse = enter(world, "binh").post(place, fields)
    return answer


def test_everything_that_passes_a_filter_is_selected_beyond_the_page(waiting: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "qua bộ lọc…" not in text_of(see(waiting, **{"tra-loi": "khong"}).content)  # one page shows them all
    monkeypatch.setattr(boards, "PAGE", 1)
    page = see(waiting, **{"tra-loi": "khong"})
    assert "Chấp nhận cả 2 báo cáo qua bộ lọc…" in text_of(page.content)
    asked = post(waiting, "accept_many", ca="1", loc="tra-loi=khong&")
    assert "Chấp nhận 2 báo cáo?" in text_of(asked.content)
    values = re.findall(r'name="chon" value="([^"]*)"', asked.content.decode())
    done = post(waiting, "accept_many", **{"chon": values[0], "dong-y": "1"})
    assert "Đã chấp nhận 2 báo cáo" in text_of(done.content)
    assert {code: waiting.report(code).state for code in ("G1", "G2", "G3")} == {"G1": "accepted", "G2": "accepted", "G3": "submitted"}


def test_what_will_be_left_out_is_said_before_with_the_reason(waiting: World) -> None:
    owed = waiting.obligation("G1").pk
    remark(owed, target="B02", text="Khoan.", version=waiting.report("G1").version, by=waiting.person("binh"), at=later(minutes=9))
    picks = [f"{waiting.obligation(code).pk}.{waiting.report(code).version}" for code in ("G1", "G2")]
    stale = f"{waiting.obligation('G3').pk}.1"
    words = text_of(post(waiting, "accept_many", pick=[*picks, stale]).content)
    assert "2 báo cáo đã chọn sẽ không làm" in words
    assert "Công đoàn cơ sở Một: có 1 nhận xét đã ghi mà chưa gửi: hãy trả lại, hoặc bỏ nhận xét" in words
    assert "Công đoàn cơ sở Ba: báo cáo đã thay đổi từ khi anh/chị chọn" in words
    assert "Chấp nhận 1 báo cáo?" in words


def test_refused_ones_stay_selected_as_they_are_now(waiting: World) -> None:
    stale = f"{waiting.obligation('G3').pk}.1"
    fine = f"{waiting.obligation('G1').pk}.{waiting.report('G1').version}"
    page = post(waiting, "accept_many", **{"chon": f"{stale} {fine}", "dong-y": "1"})
    words = text_of(page.content)
    assert "Đã chấp nhận 1 trong 2 báo cáo" in words
    assert "Báo cáo đã thay đổi từ khi anh/chị mở trang này" in words
    assert picked(page) == [f"{waiting.obligation('G3').pk}.{waiting.report('G3').version}"]
    assert "Làm lại với báo cáo đã chọn…" in words


def test_many_are_returned_with_one_reason(waiting: World) -> None:
    picks = [f"{waiting.obligation(code).pk}.{waiting.report(code).version}" for code in ("G1", "G2")]
    asked = post(waiting, "return_many", chon=" ".join(picks))
    assert "Trả lại 2 báo cáo?" in text_of(asked.content)
    missing = text_of(post(waiting, "return_many", **{"chon": " ".join(picks), "dong-y": "1", "ly-do": " "}).content)
    assert "Hãy ghi lý do trả lại" in missing
    done = text_of(post(waiting, "return_many", **{"chon": " ".join(picks), "dong-y": "1", "ly-do": "Thiếu lời văn."}).content)
    assert "Đã trả lại 2 báo cáo" in done
    assert [(waiting.report(code).state, waiting.report(code).reason) for code in ("G1", "G2")] == [("returned", "Thiếu lời văn.")] * 2


def test_more_than_one_go_can_take_are_left_for_the_next(waiting: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from kheo.web.review import many

    monkeypatch.setattr(many, "MOST", 2)
    asked = post(waiting, "accept_many", ca="1", loc="")
    assert "Còn 1 báo cáo nữa, sẽ làm ở lượt sau" in text_of(asked.content)
    values = re.findall(r'name="chon" value="([^"]*)"', asked.content.decode())[0]
    page = post(waiting, "accept_many", **{"chon": values, "dong-y": "1"})
    assert "còn 1 báo cáo chưa làm" in text_of(page.content)
    left = re.findall(r'name="chon" value="([^"]*)"', page.content.decode())[0]
    assert len(left.split()) == 1
    post(waiting, "accept_many", **{"chon": left, "dong-y": "1"})
    assert {waiting.report(code).state for code in ("G1", "G2", "G3")} == {"accepted"}
