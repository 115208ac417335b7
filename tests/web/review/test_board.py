"""The board of what a recipient received: everybody in their column, on time or late, the oddest first, found by any spelling."""

import re
from datetime import datetime

import pytest
from django.http import HttpResponse
from django.urls import reverse

from kheo.reports.actions import return_report, revise_report
from kheo.reports.queries.boards import Sieve, board_of
from tests.web.accepting import accept
from tests.web.visits import day, enter, queries_of, text_of
from tests.world import GOOD, World, fill, head_of, later, reviewer_of, submit


def address(world: World, code: str = "D1", **query: str) -> str:
    base = reverse("board", args=[world.cycle.pk, world.units[code]])
    return f"{base}?{'&'.join(f'{name}={value}' for name, value in query.items())}"


def see(world: World, who: str = "binh", code: str = "D1", **query: str) -> HttpResponse:
    answer: HttpResponse = enter(world, who).get(address(world, code, **query))
    return answer


def names(page: HttpResponse) -> list[str]:
    """Names in the list, in its order."""
    heads = re.findall(r'<th scope="row">(.*?)</th>', page.content.decode())
    return [text_of(head.encode()) for head in heads]


def send_back(world: World, code: str, reason: str = "Xem lại") -> None:
    owed = world.obligation(code)
    return_report(owed.pk, reason=reason, version=world.report(code).version, by=reviewer_of(world, code), at=later(days=1))


def test_everybody_stands_in_the_column_of_their_report(world: World) -> None:
    submit(world, "G1")
    fill(world, "G2", {"B02": 5}, by=head_of(world, "G2"))
    page = text_of(see(world).content)
    assert "Đã nộp 1 CĐCS Một Xem báo cáo nộp 01/04, đúng hạn" in page
    assert "Bị trả lại 0 Chưa có." in page
    assert "Đang soạn 1 CĐCS Hai đã nhập 1/6 ô Hạn 08/05, còn 36 ngày" in page
    assert "Chưa bắt đầu 1 CĐCS Ba Hạn 08/05, còn 36 ngày" in page
    assert "Liên đoàn Lao động Quận 1: 1 báo cáo đang chờ duyệt, 0/3 đã chấp nhận" in page


def test_what_was_returned_and_accepted_leaves_the_first_column(world: World) -> None:
    submit(world, "G1")
    send_back(world, "G1")
    accept(world, "G2")
    page = text_of(see(world).content)
    assert "Đã nộp 0 Chưa có. Bị trả lại 1 CĐCS Một" in page
    assert "Đã chấp nhận 1 CĐCS Hai" in page


def test_an_accepted_report_that_is_being_supplemented_stays_accepted(world: World) -> None:
    accept(world, "G1")
    revise_report(world.obligation("G1").pk, reason="Sót", version=world.report("G1").version, by=head_of(world, "G1"), at=later(days=1))
    assert "Đã chấp nhận 1 CĐCS Một nộp 01/04, đúng hạn đang lập báo cáo bổ sung" in text_of(see(world).content)


def test_a_supplement_waits_like_any_other_report(world: World) -> None:
    accept(world, "G1")
    head = head_of(world, "G1")
    revise_report(world.obligation("G1").pk, reason="Sót", version=world.report("G1").version, by=head, at=later(days=1))
    submit(world, "G1", {**GOOD, "B02": 9}, at=later(days=1))
    page = text_of(see(world).content)
    assert "Đã nộp 1 CĐCS Một" in page
    assert "báo cáo bổ sung: số đã chấp nhận trước đây vẫn đang được tính" in page


@pytest.mark.parametrize(
    ("sent", "words"),
    [(later(days=36, minutes=14 * 60 + 59), "nộp 07/05, đúng hạn"), (later(days=37, minutes=15 * 60), "nộp 09/05, trễ 1 ngày")],
)
def test_late_is_what_comes_after_the_last_minute_of_the_due_day(world: World, sent: datetime, words: str) -> None:
    """8/5/2023 is the due day; 9/5 00:00 is the first instant that is late."""
    submit(world, "G1", at=sent)
    with day(later(days=40)):
        assert words in text_of(see(world).content)


def test_who_is_overdue_is_told_how_long(world: World) -> None:
    submit(world, "G1")
    with day(later(days=40)):
        words = text_of(see(world).content)
    assert "CĐCS Ba Quá hạn 3 ngày CĐCS Hai Quá hạn 3 ngày" in words


def test_the_oddest_stand_first_with_the_reason(world: World) -> None:
    """G2 answers a question of the campaign strangely, the others do not."""
    for code in ("G1", "G3"):
        submit(world, code)
    submit(world, "G2", {**GOOD, "B02": 1})
    page = see(world)
    words = text_of(page.content)
    assert "Số đang duy trì (1) ít hơn số đăng ký mới (3): có đúng không?" in words
    assert [words.index(name) for name in ("CĐCS Hai", "CĐCS Ba", "CĐCS Một")] == sorted(
        words.index(f"CĐCS {n}") for n in ("Hai", "Ba", "Một")
    )


def test_equally_odd_reports_stand_by_when_they_came(world: World) -> None:
    for minutes, code in enumerate(("G3", "G1", "G2")):
        submit(world, code, at=later(minutes=minutes))
    words = text_of(see(world).content)
    assert words.index("CĐCS Ba") < words.index("CĐCS Một") < words.index("CĐCS Hai")


@pytest.mark.parametrize("text", ["Một", "mot", "MỘT", "cơ sở một", "G1", "g1", "  mot  "])
def test_a_unit_is_found_by_name_or_code_however_it_is_spelt(world: World, text: str) -> None:
    assert names(see(world, tim=text)) == ["CĐCS Một"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"trang-thai": "submitted"}, ["CĐCS Một"]),
        ({"trang-thai": "not_started"}, ["CĐCS Ba"]),
        ({"han": "nop-tre"}, ["CĐCS Hai"]),
        ({"han": "qua-han"}, ["CĐCS Ba"]),
        ({"han": "dung-han"}, ["CĐCS Một"]),
        ({"trang-thai": "submitted", "han": "nop-tre"}, []),
        ({"tim": "khong-co"}, []),
    ],
)
def test_the_filters_narrow_the_list(world: World, query: dict[str, str], found: list[str]) -> None:
    submit(world, "G1")
    accept(world, "G2", at=later(days=39))
    with day(later(days=40)):
        page = see(world, **query)
    assert names(page) == found
    if not found:
        assert "Không có đơn vị nào như vậy" in text_of(page.content)


@pytest.mark.parametrize("query", [{"trang-thai": "drop table"}, {"han": "x"}, {"trang": "999"}, {"trang": "abc"}, {"tim": "%" * 500}])
def test_words_that_mean_nothing_do_no_harm(world: World, query: dict[str, str]) -> None:
    assert see(world, **query).status_code == 200


def test_a_long_list_is_paged_and_keeps_its_filter(world: World) -> None:
    found = board_of(world.cycle, world.units["D1"], Sieve(search="co so"), page=None, now=later(days=1))
    assert (len(found.rows), found.page.paginator.per_page) == (3, 50)


def test_those_who_may_only_look_see_no_boxes_and_reach_the_report_to_read(world: World) -> None:
    submit(world, "G1")
    for who, box, onward in (("binh", True, "review_report"), ("dung", False, "report"), ("kien", False, "report")):
        page = see(world, who).content.decode()
        assert ('name="pick"' in page, reverse(onward, args=[world.obligation("G1").pk]) in page) == (box, True)


def test_the_party_board_sees_the_federation(world: World) -> None:
    submit(world, "LDLD")
    page = text_of(see(world, "phuc", "BDV").content)
    assert "Ban Dân vận Thành ủy: 1 báo cáo đang chờ duyệt" in page
    assert "Đã nộp 1 LĐLĐ Thành phố" in page


@pytest.mark.parametrize("query", [{}, {"trang-thai": "submitted"}])
def test_the_number_of_queries_does_not_depend_on_the_reports(world: World, query: dict[str, str]) -> None:
    client = enter(world, "binh")
    submit(world, "G1")
    one = queries_of(client, address(world, **query))
    for code in ("G2", "G3"):
        submit(world, code, {**GOOD, "B02": 1})
    assert queries_of(client, address(world, **query)) == one


def test_the_board_tells_nothing_of_small_walled_counts(world: World) -> None:
    """Its readers are more than the reviewer. A count of 3 changes neither the order nor the words."""
    submit(world, "G1", {**GOOD, "C501": 3})
    submit(world, "G2", {**GOOD, "C501": 0}, at=later(minutes=1))
    page = see(world, "kien")
    assert "C501" not in page.content.decode()
