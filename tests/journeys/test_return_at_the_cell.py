"""A reviewer marks three places; the unit sees exactly those and answers each; a second round; the report is accepted."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Arrive
from tests.journeys.explaining import explain_what_is_asked
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.django_db

UNIT = "CĐCS Công ty TNHH May Ngọc Thịnh (mẫu)"
PHRASE = "Có thừa một số 0 không?"
WHY = "Đã đối chiếu sổ đăng ký, đúng là 412 người."
BETTER = "Đã có kế hoạch phát động và sáu buổi phổ biến đến từng tổ may."
SAVED = re.compile(r"^Đã lưu lúc")


def test_marked_places_are_answered_over_two_rounds(arrive: Arrive) -> None:
    an, hoa, binh = (arrive(name) for name in ("an", "hoa", "binh"))
    an_fills_in(an)
    hoa_signs(hoa)
    binh_keeps_a_phrase(binh)
    binh_marks_three_places(binh)
    an_sees_exactly_those(an)
    hoa_is_told_what_is_missing(hoa)
    an_answers_each(an)
    hoa_signs(hoa)
    binh_sees_the_difference_and_asks_once_more(binh)
    an_answers_again_with_the_thread_before(an)
    hoa_signs(hoa)
    binh_accepts(binh)
    both_can_compare(an, binh)
    assert address_of_report(an) == address_of_report(binh)


def own_task(visitor: Visitor) -> Locator:
    visitor.page.goto("/")
    return visitor.page.get_by_role("listitem").filter(has_text="Báo cáo năm 2023")


def an_fills_in(an: Visitor) -> None:
    page = an.page
    own_task(an).get_by_role("link", name="Nhập tiếp").click()
    for key, text in {"B04": "370", "B05": "412"}.items():
        page.locator(f"#{key}").fill(text)
        page.keyboard.press("Enter")
    for content in ("chung", "N5"):
        page.locator(f"section#{content}").get_by_role("button", name="Điền “không phát sinh”").click()
    for section in ("I", "III"):
        page.get_by_label(re.compile(rf"^{section}\. ")).fill("Đã có kế hoạch và sáu buổi phổ biến.")
    page.locator("#xem-lai").focus()
    expect(page.locator("#trang-thai-luu")).to_have_text(SAVED)
    expect(page.locator("#da-nhap")).to_have_text(re.compile(r"^Đã nhập (\d+)/\1 ô$"))
    explain_what_is_asked(an)


def hoa_signs(hoa: Visitor) -> None:
    own_task(hoa).get_by_role("link", name="Ký và nộp").click()
    hoa.page.get_by_role("button", name="Ký và nộp").click()
    hoa.sees_heading("Biên nhận báo cáo năm 2023")


def binh_opens(binh: Visitor) -> None:
    binh.page.goto("/")
    binh.goes_to("Duyệt báo cáo")
    card = binh.page.locator("[data-state=submitted] .unit-card").filter(has_text="May Ngọc Thịnh")
    card.get_by_role("link", name="Xem báo cáo").click()
    binh.sees_heading(UNIT)


def binh_keeps_a_phrase(binh: Visitor) -> None:
    page = binh.page
    binh_opens(binh)
    page.get_by_role("link", name="Câu hay dùng").click()
    page.get_by_label("Câu mới: trong nhận xét").fill(PHRASE)
    page.get_by_role("button", name="Thêm câu").first.click()
    expect(page.locator(f"input[value='{PHRASE}']")).to_be_visible()


def binh_marks_three_places(binh: Visitor) -> None:
    page = binh.page
    binh_opens(binh)
    row = page.locator("tr#B04")
    row.get_by_text("Nhận xét", exact=True).click()
    row.get_by_role("button", name=PHRASE).click()
    row.get_by_role("button", name="Ghi").click()
    expect(page.get_by_text("Đã ghi nhận xét.")).to_be_visible()
    for place, text in (("B05", "Tăng gấp nhiều lần, vì sao?"), ("section:I", "Viết rõ kết quả hơn.")):
        spot = page.locator(f"[id='{place}']")
        spot.get_by_text("Nhận xét", exact=True).click()
        spot.locator("textarea").fill(text)
        spot.get_by_role("button", name="Ghi").click()
        expect(page.locator(".remark").filter(has_text=text)).to_be_visible()
    returns(binh, "Xin xem lại ba chỗ.")


def returns(binh: Visitor, reason: str) -> None:
    binh.page.get_by_role("link", name="Trả lại…").click()
    asked = binh.page.get_by_role("dialog", name="Trả lại báo cáo này?")
    asked.get_by_label("Đơn vị cần sửa gì?").fill(reason)
    asked.get_by_role("button", name="Trả lại").click()
    expect(binh.page.get_by_text(f"Đã trả lại báo cáo của {UNIT}.")).to_be_visible()


def an_sees_exactly_those(an: Visitor) -> None:
    page = an.page
    own_task(an).get_by_role("link", name="Sửa theo nhận xét").click()
    expect(page.get_by_role("heading", name="3 chỗ cần trả lời")).to_be_visible()
    page.get_by_role("link", name="Chỉ hiện chỗ cần sửa").click()
    expect(page.locator(".entry input:visible")).to_have_count(2)
    expect(page.locator(".words textarea:visible")).to_have_count(1)
    expect(page.locator(".remark")).to_have_count(3)
    expect(page.locator(".remark").first).to_contain_text(PHRASE)


def hoa_is_told_what_is_missing(hoa: Visitor) -> None:
    line = own_task(hoa)
    expect(line).to_contain_text("Còn 3 nhận xét chưa trả lời.")
    expect(line.get_by_role("link", name="Ký và nộp")).to_have_count(0)


def an_answers_each(an: Visitor) -> None:
    """A corrected cell needs no press of its own; the others say why they stay."""
    page = an.page
    page.locator("#B04").fill("37")
    page.keyboard.press("Enter")
    expect(page.locator("[data-replied=B04]")).to_contain_text("Đã sửa 370 → 37 Nguyễn Thị An")
    expect(page.get_by_role("heading", name="2 chỗ cần trả lời")).to_be_visible()
    page.locator("button[value='B05=corrected']").click()
    expect(page.locator(".error-summary")).to_contain_text("chỗ này vẫn như lần nộp trước")
    page.get_by_label(re.compile("^Vì sao, B05")).fill(WHY)
    page.locator("button[value='B05=kept']").click()
    expect(page.locator("[data-replied=B05]")).to_contain_text(f"Giữ nguyên {WHY}")
    page.get_by_label(re.compile("^Vì sao, Mục I")).fill("Mục II đã nói rõ.")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Đã trả lời hết các nhận xét")).to_be_visible()


def binh_sees_the_difference_and_asks_once_more(binh: Visitor) -> None:
    page = binh.page
    binh_opens(binh)
    answers = page.locator("#tra-loi")
    expect(answers.get_by_role("listitem")).to_have_count(3)
    expect(answers.get_by_role("listitem").filter(has_text="B04")).to_contain_text("370 → 37")
    expect(answers.get_by_role("listitem").filter(has_text="B05")).to_contain_text(f"Giữ nguyên {WHY}")
    answers.get_by_role("listitem").filter(has_text="B04").get_by_role("button", name="Cho qua").click()
    expect(page.locator("#tra-loi h2")).to_contain_text("2 câu chờ xem")
    answers.get_by_role("listitem").filter(has_text="Mục I.").get_by_role("link", name="Hỏi lại").click()
    page.keyboard.type("Mục II không nói việc này.")
    page.locator("[id='section:I']").get_by_role("button", name="Ghi").click()
    expect(page.locator("#tra-loi")).to_contain_text("Đã hỏi lại: Mục II không nói việc này.")
    returns(binh, "Còn mục I.")


def an_answers_again_with_the_thread_before(an: Visitor) -> None:
    page = an.page
    own_task(an).get_by_role("link", name="Sửa theo nhận xét").click()
    expect(page.get_by_role("heading", name="1 chỗ cần trả lời")).to_be_visible()
    remark = page.locator(".remark")
    expect(remark).to_have_count(1)
    remark.get_by_text("1 lần hỏi trước").click()
    expect(remark.locator(".earlier")).to_contain_text("Giữ nguyên Mục II đã nói rõ.")
    page.get_by_label(re.compile(r"^I\. ")).fill(BETTER)
    page.locator("#xem-lai").focus()
    expect(page.get_by_role("heading", name="Đã trả lời hết các nhận xét")).to_be_visible()


def binh_accepts(binh: Visitor) -> None:
    page = binh.page
    binh_opens(binh)
    expect(page.get_by_text(re.compile("^3 lần nộp, 2 lần trả lại"))).to_be_visible()
    expect(page.locator("#tra-loi ins")).to_contain_text(["phát động", "đến từng tổ may"])
    page.keyboard.press("n")
    assert page.evaluate("location.hash") != ""
    page.get_by_role("link", name="Chấp nhận…").click()
    page.get_by_role("dialog").get_by_role("button", name="Chấp nhận", exact=True).click()
    expect(page.get_by_text(f"Đã chấp nhận báo cáo của {UNIT}.")).to_be_visible()


def both_can_compare(*visitors: Visitor) -> None:
    for visitor in visitors:
        page = visitor.page
        page.goto(f"{address_of_report(visitor)}so-sanh/?tu=1&den=3")
        expect(page.get_by_role("row", name=re.compile("^B04 "))).to_contain_text("370")
        expect(page.locator("ins").filter(has_text="phát động")).to_be_visible()


def address_of_report(visitor: Visitor) -> str:
    """Of the unit's report, wherever the visitor stands about it."""
    found = [re.search(r"/bao-cao/(\d+)/", path) for _, path in visitor.visited]
    number = next(match[1] for match in reversed(found) if match)
    return f"/bao-cao/{number}/"
