"""The pages on which an office decides on many reports of ended units at once: what is listed, confirmed, done and refused."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from kheo.reports.actions import Done, close_report
from kheo.reports.models import Obligation, Transition
from kheo.web.ending import deciding, many
from tests.ended_district import AFTER, SMALL, ended_district
from tests.web.visits import day, enter, queries_of, text_of
from tests.world import World

pytestmark = pytest.mark.django_db
WHY = "Sáp nhập theo Quyết định 12."


@pytest.fixture
def world() -> World:
    return ended_district()


@pytest.fixture
def bich(world: World) -> Client:
    """Reviews at the federation, twenty days after the opening."""
    with day(AFTER):
        yield enter(world, "bich")


def where(world: World) -> str:
    return reverse("waiting_reports", args=[world.cycle.pk, world.units["LDLD"]])


def sends(client: Client, world: World, **form: object) -> HttpResponse:
    return client.post(reverse("decide_many", args=[world.cycle.pk, world.units["LDLD"]]), form)


def chosen_in(answer: HttpResponse) -> str:
    """What the confirming page carries on."""
    found = re.search(r'name="chon" value="([^"]*)"', answer.content.decode())
    return found[1] if found else ""


def results(answer: HttpResponse) -> list[str]:
    return [text_of(row.encode()) for row in re.findall(r"<tr><th scope=\"row\">.*?</tr>", answer.content.decode(), re.DOTALL)]


def test_the_home_page_has_one_line_that_leads_to_the_list(world: World, bich: Client) -> None:
    home = bich.get("/").content.decode()
    words = text_of(home.encode())
    assert "63 báo cáo vì 50 đơn vị kết thúc ngày 10/04/2023 Báo cáo 6 tháng đầu năm 2023, hạn sớm nhất 08/05/2023" in words
    assert home.count("Chờ anh/chị quyết định") == 1
    assert f"{where(world)}?ngay=2023-04-10" in home
    page = text_of(bich.get(f"{where(world)}?ngay=2023-04-10").content)
    assert "63 báo cáo chờ anh/chị quyết định Liên đoàn Lao động Thành phố · Báo cáo 6 tháng đầu năm 2023" in page
    assert (
        "Công đoàn cơ sở N02 Đã nộp hạn 08/05/2023 Đơn vị kết thúc từ 10/04/2023 Giao Công đoàn phường 1 nộp thay, gửi Liên đoàn Lao"
        in page
    )
    assert "Dòng 1–50 trong 63" in page


def test_all_of_it_is_decided_by_one_act_and_each_says_what_became_of_it(world: World, bich: Client) -> None:
    asked = sends(bich, world, ca="1", loc="", viec="de-xuat")
    words = text_of(asked.content)
    assert "Quyết định 57 báo cáo?" in words
    assert "6 báo cáo đã chọn sẽ để lại Có 2 đơn vị kế thừa: anh/chị chọn đơn vị nộp thay. 5 báo cáo : Công đoàn cơ sở N56" in words
    assert "Giao Công đoàn phường 2 nộp thay, gửi Liên đoàn Lao động Thành phố 20 báo cáo" in words
    assert "Gửi Công đoàn phường 3 13 báo cáo" in words
    assert Transition.objects.count() == 0
    form = {"viec": "de-xuat", "chon": chosen_in(asked), "dong-y": "1"}
    unsaid = sends(bich, world, **form, **{"ly-do": "  "})
    assert (unsaid.status_code, Transition.objects.count()) == (409, 0)
    assert "Hãy ghi lý do để mọi người liên quan biết." in text_of(unsaid.content)
    assert chosen_in(unsaid) == form["chon"]
    done = sends(bich, world, **form, **{"ly-do": WHY})
    assert "Đã quyết định 57 báo cáo" in text_of(done.content)
    assert len(results(done)) == 57
    assert all(row.endswith("Đã quyết định") for row in results(done))
    assert Obligation.objects.get(unit=world.units["N10"]).filler_id == world.units["P1"]
    again = sends(bich, world, **form, **{"ly-do": WHY})
    assert "Đã quyết định 0 trong 57 báo cáo" in text_of(again.content)
    assert all("Đã như vậy từ trước" in row for row in results(again))
    rest = text_of(bich.get(where(world)).content)
    assert "7 báo cáo chờ anh/chị quyết định" in rest
    assert "Đã nộp, không ai kế thừa: duyệt như thường. Duyệt" in rest  # N51
    history = text_of(bich.get(reverse("report_history", args=[world.obligation("N10").pk])).content)
    assert WHY in history


def test_what_must_be_chosen_is_given_to_the_unit_that_was_chosen_for_all(world: World, bich: Client) -> None:
    picks = [f"{world.obligation(code).pk}.0" for code in (*SMALL[55:], "N52", "N02")]
    asked = sends(bich, world, pick=picks, viec="giao")
    words = text_of(asked.content)
    assert "Đơn vị nào nộp thay?" in words
    assert "Không có đơn vị kế thừa nào đang hoạt động. 1 báo cáo : Công đoàn cơ sở N52" in words
    assert re.search(r"Công đoàn phường 1\s+Công đoàn phường 2 \(5 báo cáo\)", words)
    form = {"viec": "giao", "chon": chosen_in(asked), "dong-y": "1", "ly-do": WHY}
    assert "Hãy chọn đơn vị." in text_of(sends(bich, world, **form).content)
    done = sends(bich, world, **form, **{"don-vi": world.units["P2"]})
    told = results(done)
    assert "Đã quyết định 5 trong 6 báo cáo" in text_of(done.content)
    assert [row for row in told if "không kế thừa" in row] == [
        "Công đoàn cơ sở N02 Giao Công đoàn phường 2 nộp thay Đơn vị được chọn không kế thừa đơn vị này."
    ]
    assert Obligation.objects.filter(filler=world.units["P2"]).count() == 5
    words = text_of(bich.get(f"{where(world)}?de-xuat=chuyen").content)
    assert "Công đoàn cơ sở N56 Chưa bắt đầu hạn 08/05/2023 Nơi nhận Liên đoàn Lao động Quận 1 kết thúc từ 10/04/2023 Gửi" in words


def test_filters_by_name_and_by_what_is_suggested_hold_for_all_pages_and_for_deciding(world: World, bich: Client) -> None:
    assert "Quyết định cả 4 báo cáo qua bộ lọc…" in text_of(bich.get(f"{where(world)}?de-xuat=thoi").content)
    assert "Quyết định cả 20 báo cáo qua bộ lọc…" in text_of(bich.get(f"{where(world)}?tim=phuong+2&de-xuat=giao-chuyen").content)
    asked = sends(bich, world, ca="1", loc="de-xuat=thoi&", viec="de-xuat")
    assert "Thôi thu 4 báo cáo : Công đoàn cơ sở N52, Công đoàn cơ sở N53" in text_of(asked.content)
    sends(bich, world, viec="de-xuat", chon=chosen_in(asked), **{"dong-y": "1", "ly-do": WHY})
    closed = Obligation.objects.filter(closed_at__isnull=False).values_list("unit_id", flat=True)
    assert set(closed) == {world.units[code] for code in SMALL[51:55]}
    for query in ("?tim=khong+co", "?de-xuat=x&ngay=y", "?trang=99&tim=%00"):
        assert bich.get(where(world) + query).status_code == 200


def test_a_row_that_somebody_else_decided_is_refused_and_the_others_are_done(world: World, bich: Client) -> None:
    asked = sends(bich, world, ca="1", loc="de-xuat=thoi&", viec="de-xuat")
    other = world.obligation("N53")
    assert isinstance(close_report(other.pk, reason="Đã giải thể.", by=world.person("lan", AFTER), at=AFTER), Done)
    done = sends(bich, world, viec="de-xuat", chon=chosen_in(asked), **{"dong-y": "1", "ly-do": WHY})
    assert "Đã quyết định 3 trong 4 báo cáo" in text_of(done.content)
    assert [row.split(" (")[0] for row in results(done) if "từ trước" in row] == [
        "Công đoàn cơ sở N53 Thôi thu Đã như vậy từ trước thôi thu"
    ]
    assert Transition.objects.filter(obligation=other).count() == 1


def test_reports_out_of_reach_in_the_form_are_as_if_they_were_not_there(world: World, bich: Client) -> None:
    foreign = Obligation.objects.get(unit=world.units["LDLD"])  # owed to the Party board: Bích writes none of it, and decides not on it
    lines = [f"{number}.0.0.0.1" for number in (10**9, 10**17)]
    asked = sends(bich, world, viec="thoi", pick=[f"{foreign.pk}.0", "999999.0", "x", "1.2.3", "9" * 30])
    assert "Không có báo cáo nào làm được như vậy." in text_of(asked.content)
    done = sends(bich, world, viec="de-xuat", chon=" ".join(lines), **{"dong-y": "1", "ly-do": WHY})
    assert "Không có báo cáo nào được chọn." in text_of(done.content)
    for form in ({"viec": "de-xuat", "chon": "1.0 2.0"}, {"viec": "x"}, {}):
        assert sends(bich, world, **form, **{"dong-y": "1", "ly-do": WHY}).status_code == 200
    assert Transition.objects.count() == 0


def test_a_form_without_its_token_does_nothing(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.users["bich"])
    answer = sends(client, world, viec="de-xuat", chon=f"{world.obligation('N52').pk}.0.0.0.1", **{"dong-y": "1", "ly-do": WHY})
    assert (answer.status_code, Transition.objects.count()) == (403, 0)


def test_what_is_more_than_one_go_stays_chosen_and_is_done_by_the_next(world: World, bich: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "MOST", 3)
    asked = sends(bich, world, ca="1", loc="de-xuat=thoi&", viec="de-xuat")
    assert "Mỗi lượt quyết định 3 báo cáo" in text_of(asked.content)
    done = sends(bich, world, viec="de-xuat", chon=chosen_in(asked), **{"dong-y": "1", "ly-do": WHY})
    assert "còn 1 báo cáo chưa làm" in text_of(done.content)
    rest = sends(bich, world, viec="de-xuat", chon=chosen_in(done), **{"dong-y": "1", "ly-do": WHY})
    assert (len(results(rest)), Obligation.objects.filter(closed_at__isnull=False).count()) == (1, 4)


def test_the_pages_cost_as_many_queries_for_three_rows_as_for_sixty(world: World, bich: Client) -> None:
    many_rows = [queries_of(bich, "/"), queries_of(bich, where(world))]
    keep = Obligation.objects.filter(unit__in=[world.units[code] for code in ("N10", "N45", "N52")]).values("pk")
    Obligation.objects.exclude(pk__in=keep).update(closed_at=AFTER)
    assert [queries_of(bich, "/"), queries_of(bich, where(world))] == many_rows
    assert "Dòng" not in text_of(bich.get(where(world)).content)
    Obligation.objects.update(closed_at=AFTER)
    assert "Không còn gì phải quyết định" in text_of(bich.get(where(world)).content)
    assert many.PAGE == 50


def test_personal_data_in_the_reason_is_asked_about_before_it_goes_to_many(world: World, bich: Client) -> None:
    form = {"viec": "de-xuat", "chon": f"{world.obligation('N52').pk}.0.0.0.1", "dong-y": "1", "ly-do": "Ông Ba, điện thoại 0912345678."}
    asked = sends(bich, world, **form)
    assert (asked.status_code, "Tôi đã xem lại" in text_of(asked.content)) == (409, True)
    done = sends(bich, world, **form, **{"da-xem-lai": "1"})
    assert (done.status_code, Transition.objects.count()) == (200, 1)
