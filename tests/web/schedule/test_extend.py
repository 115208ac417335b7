"""The forms about more time: what is typed wrong is told, what is meant is done, nothing is lost."""

from datetime import date

import pytest
from django.http import HttpResponse
from django.urls import reverse

from kheo.core.days import due_instant
from kheo.journal.models import JournalEntry
from kheo.reports.actions import ask_extension
from kheo.reports.models import Extension, ExtensionAnswer, ExtensionRequest
from kheo.web.schedule import foreseeing
from tests.web.visits import enter, text_of
from tests.world import World, later, submit

GOOD = {"den": "2023-05-09", "ly-do": "Trụ sở bị ngập."}

TIER = {**GOOD, "cap": "co_so"}


def post(world: World, form: dict[str, object], who: str = "binh", code: str = "D1") -> HttpResponse:
    address = reverse("extend", args=[world.cycle.pk, world.units[code]])
    answer: HttpResponse = enter(world, who).post(address, form)
    return answer


def key(world: World, code: str = "G1") -> int:
    return world.obligation(code).pk


def test_a_whole_tier_is_extended_but_who_sent_in_time(world: World) -> None:
    submit(world, "G2")
    asked = post(world, TIER)
    words = "Gia hạn cả cấp Công đoàn cơ sở: 2 báo cáo dời hạn từ hết 08/05/2023 đến hết 09/05/2023; 1 báo cáo đã nộp trong hạn không đổi."
    text = text_of(asked.content)
    assert (asked.status_code, words in text, Extension.objects.count()) == (200, True, 0)
    assert "CĐCS Một 08/05/2023 09/05/2023 Chưa bắt đầu" in text
    assert "CĐCS Hai 08/05/2023 không đổi Đã nộp" in text
    assert post(world, {**TIER, "xac-nhan": words}).status_code == 302
    assert {each.detail.get("foreseen") for each in JournalEntry.objects.filter(act="extend_due")} == {words}
    assert set(Extension.objects.values_list("obligation_id", flat=True)) == {key(world), key(world, "G3")}


def test_a_tier_that_changed_since_it_was_looked_at_is_shown_anew(world: World) -> None:
    words = "Gia hạn cả cấp Công đoàn cơ sở: 3 báo cáo dời hạn từ hết 08/05/2023 đến hết 09/05/2023."
    assert words in text_of(post(world, TIER).content)
    submit(world, "G2")
    again = post(world, {**TIER, "xac-nhan": words})
    assert (again.status_code, "Có thay đổi từ lúc anh/chị xem" in text_of(again.content), Extension.objects.count()) == (200, True, 0)


def test_from_the_preview_one_goes_back_with_everything_typed(world: World) -> None:
    page = post(world, {**TIER, "sua-lai": "1"}).content.decode()
    assert 'value="co_so" checked' in page
    assert "Trụ sở bị ngập." in page
    assert Extension.objects.count() == 0


def test_a_long_tier_is_listed_page_by_page(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreseeing, "PER_PAGE", 2)
    first, second = (text_of(post(world, {**TIER, "trang": number}).content) for number in ("1", "2"))
    assert ("Dòng 1–2 trong 3" in first, "Trang sau" in first) == (True, True)
    assert ("Dòng 3–3 trong 3" in second, "Trang trước" in second, "Có thay đổi" in second) == (True, True, False)


@pytest.mark.parametrize(("form", "said"), [({"ly-do": " "}, "Hãy ghi lý do gia hạn"), ({"den": "2023-05-08"}, "Không có báo cáo nào")])
def test_what_cannot_be_done_to_a_tier_is_told_at_once(world: World, form: dict[str, str], said: str) -> None:
    answer = post(world, {**TIER, **form})
    assert (answer.status_code, said in text_of(answer.content)) == (409, True)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"den": "", "ly-do": "x"}, "Hãy ghi hạn mới theo dạng ngày/tháng/năm"),
        ({"den": "31/02/2023", "ly-do": "x"}, "Hãy ghi hạn mới theo dạng ngày/tháng/năm"),
        ({"den": "99999999999999999999", "ly-do": "x"}, "Hãy ghi hạn mới theo dạng ngày/tháng/năm"),
        ({"den": "2023-05-09", "ly-do": " "}, "Hãy ghi lý do gia hạn"),
        ({"den": "2023-05-08", "ly-do": "x"}, "chỉ gia hạn về sau, không rút ngắn"),
    ],
)
def test_what_cannot_be_done_is_told_and_what_was_typed_is_kept(world: World, form: dict[str, object], said: str) -> None:
    answer = post(world, {**form, "pick": [key(world)]})
    page = answer.content.decode()
    assert (answer.status_code, said in text_of(answer.content), Extension.objects.count()) == (409, True, 0)
    assert f'value="{key(world)}" checked' in page
    assert f'value="{form["den"]}"' in page


def test_people_may_write_the_day_as_they_do(world: World) -> None:
    assert post(world, {**GOOD, "den": "09/05/2023", "pick": [key(world)]}).status_code == 302
    assert world.obligation("G1").due_at == due_instant(date(2023, 5, 9))


def test_nobody_chosen_or_somebody_elses_unit_moves_nothing(world: World) -> None:
    assert "Chưa chọn đơn vị nào." in text_of(post(world, GOOD).content)
    assert "Chưa chọn đơn vị nào." in text_of(post(world, {**GOOD, "pick": [key(world, "G4"), "abc"]}).content)
    assert Extension.objects.count() == 0


def test_a_day_beyond_the_recipients_own_is_asked_once_more(world: World) -> None:
    beyond = {**GOOD, "den": "2023-05-12", "pick": [key(world)]}
    asked = post(world, beyond)
    assert asked.status_code == 409
    assert "sau hạn nộp của chính nơi nhận (10/05/2023)" in text_of(asked.content)
    assert Extension.objects.count() == 0
    assert post(world, {**beyond, "dong-y": "1"}).status_code == 302
    assert Extension.objects.count() == 1


def test_a_unit_asks_and_the_recipient_grants_another_day(world: World) -> None:
    address = reverse("ask_extension", args=[key(world)])
    assert enter(world, "an").post(address, {"den": "2023-05-10", "ly-do": "Kế toán ốm."}).status_code == 302
    assert "Đã xin gia hạn đến thứ Tư 10/05/2023" in text_of(enter(world, "an").get(address).content)
    assert "đang chờ trả lời" in text_of(enter(world, "hoa").get(reverse("report", args=[key(world)])).content)
    answering = reverse("answer_extension", args=[key(world)])
    assert 'value="10/05/2023"' in enter(world, "binh").get(answering).content.decode()
    granted = enter(world, "binh").post(answering, {"tra-loi": "co", "den": "2023-05-09", "ly-do": "Đến 9/5 thôi."})
    assert (granted.status_code, ExtensionAnswer.objects.get().is_granted) == (302, True)
    assert world.obligation("G1").due_at == due_instant(date(2023, 5, 9))
    assert "Không có đề nghị nào đang chờ" in text_of(enter(world, "binh").get(answering).content)


def test_a_refusal_is_read_by_the_unit(world: World) -> None:
    ask_extension(key(world), until=date(2023, 5, 10), reason="Kế toán ốm.", by=world.person("an"), at=later())
    answering = reverse("answer_extension", args=[key(world)])
    assert enter(world, "binh").post(answering, {"tra-loi": "khong", "ly-do": ""}).status_code == 409
    assert enter(world, "binh").post(answering, {"tra-loi": "khong", "ly-do": "Hạn Thành phố không đổi."}).status_code == 302
    page = text_of(enter(world, "an").get(reverse("report", args=[key(world)])).content)
    assert "Không được gia hạn. Lê Văn Bình trả lời, lý do: Hạn Thành phố không đổi." in page


def test_what_is_typed_wrong_in_a_request_is_told(world: World) -> None:
    answer = enter(world, "an").post(reverse("ask_extension", args=[key(world)]), {"den": "2023-05-08", "ly-do": "x"})
    assert (answer.status_code, ExtensionRequest.objects.count()) == (409, 0)
    assert "ngày xin phải sau đó" in text_of(answer.content)


def test_a_reason_is_shown_as_text(world: World) -> None:
    assert post(world, {**GOOD, "ly-do": "<b>Ngập</b>", "pick": [key(world)]}).status_code == 302
    page = enter(world, "binh").get(reverse("schedule", args=[world.cycle.pk, world.units["D1"]])).content.decode()
    assert "&lt;b&gt;Ngập&lt;/b&gt;" in page
