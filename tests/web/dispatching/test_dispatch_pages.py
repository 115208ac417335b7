"""Sending one report to a second recipient, from both sides of it."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from kheo.core.days import format_day
from tests.standing import standing
from tests.two_recipients import dispatch_of, two_recipients
from tests.web.visits import day, enter, queries_of, text_of
from tests.world import World, later, submit


@standing
def sent_upwards() -> World:
    """D1 has sent its report to the federation, and nothing yet to the Party board."""
    made = two_recipients()
    submit(made, "D1")
    return made


@pytest.fixture
def world(db: None) -> Iterator[World]:
    made = sent_upwards()
    with day(later(days=1)):
        yield made


def page(client: Client, world: World, query: str = "") -> str:
    answer = client.get(reverse("dispatch", args=[dispatch_of(world).pk]) + query)
    assert answer.status_code == 200
    return text_of(answer.content)


def post(client: Client, world: World, name: str, **sent: object) -> int:
    return client.post(reverse(name, args=[dispatch_of(world).pk]), sent).status_code


def send(world: World) -> None:
    assert post(enter(world, "dung"), world, "send_dispatch", version=world.report("D1").version) == 302


def test_the_report_says_where_else_it_goes_and_by_when(world: World) -> None:
    seen = text_of(enter(world, "dung").get(reverse("report", args=[world.obligation("D1").pk])).content)
    assert "Báo cáo này còn gửi nơi khác, không phải nhập lại: Ban Dân vận Quận ủy Quận 1 Chưa gửi hạn gửi 15/05/2023" in seen
    assert "còn gửi nơi khác" not in text_of(enter(world, "chi").get(reverse("report", args=[world.obligation("G4").pk])).content)


def test_the_first_page_leads_the_head_to_sending_and_the_recipient_to_taking_in(world: World) -> None:
    dung, phuong = enter(world, "dung"), enter(world, "phuong")
    assert "Gửi báo cáo 6 tháng đầu năm 2023 cho Ban Dân vận Quận ủy Quận 1" in text_of(dung.get("/").content)
    assert "Chưa có bản nào chờ tiếp nhận." in text_of(phuong.get("/").content)
    send(world)
    assert "cho Ban Dân vận Quận ủy Quận 1" not in text_of(dung.get("/").content)
    assert "Báo cáo 6 tháng đầu năm 2023: các đơn vị gửi đến Nơi nhận: Ban Dân vận Quận ủy Quận 1 1 chờ tiếp nhận" in text_of(
        phuong.get("/").content
    )


def test_the_unit_sees_what_will_be_read_there_and_the_recipient_nothing_before(world: World) -> None:
    own, theirs = page(enter(world, "dung"), world), page(enter(world, "phuong"), world)
    assert "Nơi nhận sẽ đọc" in own
    assert "B. Kết quả nổi bật Đã triển khai tốt." in own
    assert "Đơn vị chưa gửi bản nào" in theirs
    assert "Đã triển khai tốt." not in theirs


def test_sent_taken_in_asked_and_answered(world: World) -> None:
    dung, phuong = enter(world, "dung"), enter(world, "phuong")
    send(world)
    assert "Máy chủ nhận lúc 09:00:0" in page(phuong, world)
    assert post(phuong, world, "acknowledge_dispatch", lan=1) == 302
    assert "Lý Thị Phượng tiếp nhận lúc 09:00" in page(dung, world)
    assert post(phuong, world, "write_about_dispatch", loi="Số B02 <b>gồm</b> gì?") == 302
    assert "Nơi nhận hỏi lại “Số B02 <b>gồm</b> gì?”" in text_of(dung.get("/").content)
    assert post(dung, world, "write_about_dispatch", loi="Cả mô hình cũ.") == 302
    assert "Phạm Văn Dũng trả lời Cả mô hình cũ." in page(phuong, world)


def test_a_refusal_keeps_what_was_typed(world: World) -> None:
    dung = enter(world, "dung")
    assert post(dung, world, "send_dispatch", version=77) == 409
    assert post(dung, world, "send_dispatch", version="²") == 409
    answer = dung.post(reverse("write_about_dispatch", args=[dispatch_of(world).pk]), {"loi": "x"})
    assert (answer.status_code, "Không trả lời được: chưa gửi." in text_of(answer.content)) == (409, True)
    send(world)
    phuong = enter(world, "phuong")
    long = "dài " * 600
    answer = phuong.post(reverse("write_about_dispatch", args=[dispatch_of(world).pk]), {"loi": long})
    assert (answer.status_code, long.strip() in text_of(answer.content)) == (409, True)


def test_a_sending_that_never_was_is_not_found(world: World) -> None:
    send(world)
    phuong = enter(world, "phuong")
    for number in ("2", "x", "0"):
        assert phuong.get(reverse("dispatch", args=[dispatch_of(world).pk]) + f"?lan={number}").status_code == 404
    assert phuong.get(reverse("dispatch_paper", args=[dispatch_of(world).pk, 2])).status_code == 404
    assert "Bản gửi" in page(phuong, world, "?lan=1")


def test_the_recipient_takes_the_word_file_home(world: World) -> None:
    send(world)
    answer = enter(world, "phuong").get(reverse("dispatch_paper", args=[dispatch_of(world).pk, 1]))
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="bao-cao-2023-6t')
    assert "KẾT QUẢ NỔI BẬT" in "\n".join(each.text for each in Document(BytesIO(answer.content)).paragraphs)


def test_the_list_filters_and_costs_the_same_whatever_was_sent(world: World) -> None:
    phuong = enter(world, "phuong")
    address = reverse("dispatches_received", args=[world.cycle.pk, world.units["BD1"]])
    before = queries_of(phuong, address)
    send(world)
    assert queries_of(phuong, address) == before
    assert "1 bản chờ tiếp nhận, 0/1 đã tiếp nhận" in text_of(phuong.get(address).content)
    assert "Không có đơn vị nào như vậy" in text_of(phuong.get(f"{address}?tim=quan+9").content)
    assert "Không có đơn vị nào như vậy" in text_of(phuong.get(f"{address}?trang-thai=received").content)
    assert "Liên đoàn Lao động Quận 1" in text_of(phuong.get(f"{address}?trang-thai=la").content)


def test_an_unsent_one_is_overdue_by_its_own_date(world: World) -> None:
    due = dispatch_of(world).due_at
    with day(due):
        seen = text_of(enter(world, "phuong").get(reverse("dispatches_received", args=[world.cycle.pk, world.units["BD1"]])).content)
    assert "Quá hạn chưa gửi" in seen
    assert format_day(later(days=44).date()) in seen
