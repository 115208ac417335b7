"""Nothing but the keyboard: an officer files a place that is dirty, a reviewer finds it among what waits and verifies it.

Whatever is in hand on the way stands in the window, is covered by nothing and shows that it is in hand.
"""

import re
from datetime import date

from django.urls import reverse
from playwright.sync_api import Page, expect

from kheo.registers.models import Entry, EntryLink
from tests.registers.books import photographed, recorded, shipped
from tests.web.desk import Sit
from tests.world import OPENING, World, later

IN_HAND = """() => {
  const it = document.activeElement, box = it.getBoundingClientRect(), style = getComputedStyle(it);
  const above = document.elementFromPoint(box.left + Math.min(box.width / 2, 40), box.top + box.height / 2);
  const mine = [it, ...(it.labels ?? [])];
  const seen = above && mine.some((each) => each.contains(above) || above.contains(each));
  const outlined = style.outlineStyle !== "none" && style.outlineWidth !== "0px";
  const shown = it.matches(":focus-visible") && (outlined || style.boxShadow !== "none");
  const words = [it.getAttribute("aria-label"), it.labels?.[0]?.innerText, it.innerText].find(Boolean) ?? "";
  return [words.replace(/\\s+/g, " ").trim(), it === document.body || (seen && shown)];
}"""


def goes_to(page: Page, words: str, most: int = 40) -> None:
    """By Tab alone to what is called so."""
    passed: list[str] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        name, is_seen = page.evaluate(IN_HAND)
        assert is_seen, f"“{name}” is in hand and cannot be seen"
        if name.startswith(words):
            return
        passed.append(name)
    raise AssertionError(f"“{words}” is not reached by Tab: {passed}")


def presses(page: Page, words: str, heading: str) -> None:
    """Tab to it, Enter, and the next page is there."""
    goes_to(page, words)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def test_a_place_is_filed_and_verified_by_keys_alone(sit: Sit, world: World) -> None:
    shipped("diem-o-nhiem")
    an, binh = sit("an"), sit("binh")
    page = an.open(reverse("entries", args=["diem-o-nhiem"]))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the way past the frame of the page
    expect(page.locator("main")).to_be_focused()
    presses(page, "Ghi điểm ô nhiễm", "Ghi điểm ô nhiễm")
    typed = {"Tên điểm": "Sau chợ", "Vị trí": "10.776889, 106.700806", "Địa chỉ": "Tổ 7"}
    for label, text in typed.items():
        goes_to(page, label)
        page.keyboard.type(text)
    goes_to(page, "Loại rác")
    page.keyboard.press("ArrowDown")
    goes_to(page, "Nhỏ, dọn")
    page.keyboard.press("Space")
    goes_to(page, "Ngày phát hiện")
    page.keyboard.type("30/02/2023")
    page.keyboard.press("Enter")
    expect(page.locator(".error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # what is wrong leads to its field
    expect(page.get_by_label("Ngày phát hiện")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type(later(days=1).strftime("%d/%m/%Y"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sau chợ")

    queue = binh.open(reverse("register_queue"))
    presses(queue, "Sau chợ", "Sau chợ")
    presses(queue, "Xác minh", "Xác minh")
    goes_to(queue, "Nhỏ, dọn")
    queue.keyboard.press("ArrowDown")
    goes_to(queue, "Người dân")
    queue.keyboard.press("Space")
    presses(queue, "Xác minh", "Sau chợ")
    expect(queue.get_by_text("Vừa, cần vài người, một xe", exact=True)).to_be_visible()
    entry = Entry.objects.get()
    assert (entry.state, entry.occurred_on) == ("da_xac_minh", date(2023, 4, 2))


MODEL = {
    "ten": "Đổi vỏ hộp lấy cây", "loai": "MH", "linh_vuc": "KT", "noi_dung": ["N3"], "chu_the": "collective", "ten_chu_the": "Tổ 2",
    "doi_tuong": ["DAN"], "cach_lam": "Mười vỏ hộp đổi một chậu.", "dia_diem": "Khu phố 3", "bat_dau": "2023-04-01",
    "du_kien_xong": "2023-05-10", "muc_tieu": 80, "muc_tieu_don_vi": "HO", "phu_trach": "Tổ trưởng", "ket_qua": 96,
    "nguoi_huong_loi": 120, "san_pham": "Ba trăm chậu.",
}  # fmt: skip


def test_a_model_is_recognised_copied_elsewhere_and_found_in_its_month_by_keys_alone(sit: Sit, world: World) -> None:
    models = shipped("mo-hinh")
    first, copy = recorded(models, world, MODEL), recorded(models, world, {**MODEL, "ten": "Đổi chai lấy rau"}, "chi", "G4")
    for taken in (1, 2):
        photographed(first, "after", OPENING, taken=later(days=taken))
    Entry.objects.filter(pk=first.pk).update(state="tu_bao_xong", meaning="waiting_on_us")
    page = sit("binh").open(reverse("register_work", args=[models.register.pk]))
    presses(page, "Đổi vỏ hộp", "Đổi vỏ hộp lấy cây")
    presses(page, "Công nhận", "Công nhận")
    for label, text in (("Ngày xác minh", "02/04/2023"), ("Số, ký hiệu", "12/QĐ")):
        goes_to(page, label)
        page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đổi vỏ hộp lấy cây")
    assert Entry.objects.get(pk=first.pk).state == "cong_nhan"

    page = sit("chi").open(reverse("entry", args=[copy.pk]))
    presses(page, "Nhân rộng từ", "Nhân rộng từ")
    goes_to(page, "Mã hồ sơ kia")
    page.keyboard.type(first.code.lower())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đổi chai lấy rau")
    page = sit("bich").open(reverse("entry", args=[copy.pk]))
    goes_to(page, "Xác minh", most=60)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Đã xác minh")
    assert EntryLink.objects.get(entry=copy, known_to=None).other_id == first.pk

    page = sit("an").open(reverse("entries_calendar", args=["mo-hinh"]) + "?thang=2023-04")
    goes_to(page, "Tháng 5")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("tháng 5"))
    presses(page, "Đổi vỏ hộp", "Đổi vỏ hộp lấy cây")
