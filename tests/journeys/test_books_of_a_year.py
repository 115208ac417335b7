"""Standing books as people keep them: a model that spreads, a petition that is asked about twice, a place that is dirty again.

Each step presses what a person would press, and each figure of the report that such an entry feeds is seen to move on the report's page.
"""

import pytest
from playwright.sync_api import expect

from kheo.demo.plan.cast import BOOKS_UNIT
from kheo.org.models import SnapshotUnit
from tests.journeys.bookkeeping import adds_photographs, counted, presses, shot, writes_down
from tests.journeys.conftest import Arrive
from tests.journeys.town import AN_UNIT, Town
from tests.journeys.visitor import PHONE, Visitor

pytestmark = pytest.mark.django_db

MODEL = "Góc đọc sách giờ nghỉ trưa"
COPY = "Góc đọc sách của cô và trò"
BINHS_UNIT = "Liên đoàn Lao động quận 1"
HERE = (10.776889, 106.700806)


def model(title: str, who: str) -> dict[str, str]:
    """What an officer writes about a model."""
    return {
        "Tên mô hình": title, "Tên tập thể, cá nhân, gia đình": who, "Nội dung, cách làm": "Hai kệ sách, ai đọc xong để lại chỗ cũ.",
        "Nơi thực hiện": "Nhà ăn tầng trệt", "Bắt đầu": "01/02/2023", "Dự kiến hoàn thành": "30/11/2023", "Mục tiêu: con số": "60",
        "Chức vụ, bộ phận phụ trách": "Tổ trưởng công đoàn",
    }  # fmt: skip


OF_A_MODEL = {
    "Loại": "Mô hình", "Lĩnh vực": "Văn hóa – xã hội", "Nội dung “5 không”": "Không để ai bị bỏ lại", "Ai đăng ký": "Tập thể",
    "Đối tượng phục vụ": "Đoàn viên, người lao động", "Mục tiêu: đơn vị": "người",
}  # fmt: skip


def test_a_model_is_seen_by_another_unit_recognised_above_and_repeated_elsewhere(arrive: Arrive, town: Town) -> None:
    an, binh, lan, nga = (arrive(name) for name in ("an", "binh", "lan", "nga"))
    report, its_report = town.page_of("report", AN_UNIT), town.page_of("report", BOOKS_UNIT)
    assert [counted(an, report, cell) for cell in ("B01.VHXH", "B03")] == [0, 0]
    address = writes_down(an, "mo-hinh", "Ghi mô hình", MODEL, model(MODEL, "Tổ công đoàn may 2"), OF_A_MODEL)
    presses(an, address, "Đăng ký", "Đã đăng ký")
    assert counted(an, report, "B01.VHXH") == 0, "what nobody has accepted counts nothing"
    binh.page.goto("/so/viec/")
    binh.page.get_by_role("link", name=MODEL).click()
    presses(binh, binh.page.url, "Tiếp nhận", "Đang thực hiện")
    assert counted(an, report, "B01.VHXH") == 1
    adds_photographs(an, address, "Ảnh sau", shot(1), shot(2))
    done = {"ket_qua": "64", "nguoi_huong_loi": "180", "san_pham": "Sáu mươi tư người mượn, không mất cuốn nào."}
    presses(an, address, "Báo hoàn thành", "Tự báo hoàn thành", **done)
    expect(an.page.locator(".next-step")).not_to_contain_text("Công nhận…")  # who registered it does not recognise it
    presses(nga, address, "Xác minh tại chỗ", "Tự báo hoàn thành", ngay_xac_minh="08/11/2023")  # a unit beside it goes and sees
    expect(nga.page.get_by_role("link", name="Công nhận…", exact=True)).to_have_count(0)
    its_superior_recognises_it(binh, address)
    assert counted(an, report, "B03") == 1
    presses(lan, address, "Chọn điển hình", "Điển hình", reason="Dễ làm, không tốn tiền.")
    before = counted(nga, its_report, "B06")
    it_is_repeated(nga, binh, address)
    assert counted(nga, its_report, "B06") == before + 1
    binh.page.goto(address)  # who works above both sees where it went; its own unit, that it did
    spread = binh.page.locator("section", has=binh.page.get_by_role("heading", name="Được nhân rộng tại"))
    expect(spread).to_contain_text(COPY)
    expect(spread).to_contain_text("đã xác minh")


def its_superior_recognises_it(binh: Visitor, address: str) -> None:
    """On what the other unit saw, and with a decision: without one it is not recognised."""
    page = binh.page
    page.goto(address)
    page.get_by_role("link", name="Công nhận…", exact=True).click()
    expect(page.locator("#i-ngay_xac_minh")).to_have_value("08/11/2023")
    page.get_by_role("button", name="Công nhận", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("quyết định")
    page.locator("#i-quyet_dinh").fill("61/QĐ-LĐLĐ")
    page.get_by_role("button", name="Công nhận", exact=True).click()
    binh.faults.clear()  # the browser itself reports the 409
    expect(page.locator("main")).to_contain_text("Được công nhận")


def it_is_repeated(nga: Visitor, binh: Visitor, address: str) -> None:
    nga.page.goto("/so/mo-hinh/")
    own = writes_down(nga, "mo-hinh", "Ghi mô hình", COPY, model(COPY, "Tổ Lá"), OF_A_MODEL)
    presses(nga, own, "Đăng ký", "Đã đăng ký")
    presses(binh, own, "Tiếp nhận", "Đang thực hiện")
    binh.page.goto(address)
    code = binh.page.locator(".lead").inner_text().partition(" ")[0]
    nga.page.goto(own)
    nga.page.locator("section", has_text="Nối với hồ sơ khác").get_by_role("link", name="Nhân rộng từ…").click()
    nga.page.get_by_label("Mã hồ sơ kia").fill(code.lower())
    nga.page.get_by_role("button", name="Ghi liên kết").click()
    expect(nga.page.locator("main")).to_contain_text(code)
    expect(nga.page.get_by_role("button", name="Xác minh")).to_have_count(0)  # who wrote it does not verify it
    binh.page.goto(own)
    binh.page.get_by_role("button", name="Xác minh").click()
    expect(binh.page.locator("main")).to_contain_text("Đã xác minh")


def test_a_petition_waits_is_extended_answered_twice_and_closed(arrive: Arrive, town: Town) -> None:
    an, binh, nga = arrive("an", size=PHONE), arrive("binh"), arrive("nga")
    report, title = town.page_of("report", AN_UNIT), "Quạt thông gió chuyền 4 kêu to"
    texts = {"Tóm tắt": title, "Nội dung, mong muốn": "Kêu cả ca, mong sửa trong tuần.", "Ngày nhận": "06/11/2023"}
    choices = {"Lĩnh vực": "Lao động, tiền lương", "Người gửi là": "Người dân", "Kênh nhận": "Qua công đoàn cơ sở"}
    address = writes_down(an, "phan-anh", "Ghi phản ánh", title, texts, choices)
    assert [counted(an, report, cell) for cell in ("C205", "C206")] == [1, 0]
    unit = SnapshotUnit.objects.get(snapshot=town.snapshot, code=BOOKS_UNIT).name
    presses(binh, address, "Giao giải quyết", "Đang giải quyết", handler=unit)
    presses(nga, address, "Hỏi thêm người gửi", "Chờ người gửi bổ sung", reason="Chuyền 4 của xưởng nào?")
    expect(nga.page.locator("main")).to_contain_text("Tạm dừng từ")
    presses(an, address, "Người gửi đã bổ sung", "Đang giải quyết")
    due = an.page.locator("section", has=an.page.get_by_role("heading", name="Thời hạn")).locator(".due").first
    first = due.inner_text()
    presses(nga, address, "Gia hạn trả lời", "Đang giải quyết", reason="Chờ thợ điện tới xem.", tien_do="Đã tháo quạt.")
    an.page.reload()
    expect(due).not_to_have_text(first)
    expect(nga.page.locator(".next-step")).not_to_contain_text("Gia hạn trả lời")  # once, with a reason
    signed = {"chuc_vu_ky": "Chủ tịch công đoàn cơ sở", "reply": "Đã thay vòng bi hôm nay."}
    presses(nga, address, "Trả lời", "Đã trả lời, chờ ý kiến", **signed)
    assert counted(an, report, "C206") == 1
    presses(an, address, "Ghi người gửi chưa hài lòng", "Giải quyết lại", reason="Quạt bên cạnh vẫn kêu.")
    presses(nga, address, "Trả lời lần hai", "Đã trả lời lần hai, chờ ý kiến", **{**signed, "reply": "Đã thay cả hai quạt."})
    presses(an, address, "Ghi người gửi hài lòng", "Đóng, người gửi hài lòng")
    told = an.page.get_by_role("region", name="Diễn biến")
    for words in ("Chuyền 4 của xưởng nào?", "Chờ thợ điện tới xem.", "Quạt bên cạnh vẫn kêu.", "Đã thay cả hai quạt."):
        expect(told).to_contain_text(words)
    assert [counted(an, report, cell) for cell in ("C205", "C206")] == [1, 1]
    assert an.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_petition_that_is_still_unsatisfied_goes_up_once_and_the_superior_has_the_last_word(arrive: Arrive, town: Town) -> None:
    an, binh, nga = arrive("an", size=PHONE), arrive("binh"), arrive("nga")
    title = "Đèn hành lang khu B chập chờn"
    texts = {"Tóm tắt": title, "Nội dung, mong muốn": "Tối, công nhân ca đêm dễ vấp.", "Ngày nhận": "06/11/2023"}
    choices = {"Lĩnh vực": "Lao động, tiền lương", "Người gửi là": "Người dân", "Kênh nhận": "Qua công đoàn cơ sở"}
    address = writes_down(an, "phan-anh", "Ghi phản ánh", title, texts, choices)
    unit = SnapshotUnit.objects.get(snapshot=town.snapshot, code=BOOKS_UNIT).name
    presses(binh, address, "Giao giải quyết", "Đang giải quyết", handler=unit)
    signed = {"chuc_vu_ky": "Chủ tịch công đoàn cơ sở", "reply": "Đã thay bóng."}
    presses(nga, address, "Trả lời", "Đã trả lời, chờ ý kiến", **signed)
    presses(an, address, "Ghi người gửi chưa hài lòng", "Giải quyết lại", reason="Vẫn chập chờn.")
    presses(nga, address, "Trả lời lần hai", "Đã trả lời lần hai, chờ ý kiến", **{**signed, "reply": "Đã thay cả máng đèn."})
    an.page.goto(address)
    an.page.locator(".next-step").get_by_role("link", name="Đưa lên cấp trên…", exact=True).click()
    expect(an.page.locator("main")).to_contain_text(BINHS_UNIT)  # where it goes is not to be chosen
    presses(an, address, "Đưa lên cấp trên", "Đã đưa lên cấp trên", reason="Dây trong tường hỏng, công ty chưa chịu sửa.")
    expect(an.page.locator(".lead")).to_contain_text(f"giao {BINHS_UNIT}")
    expect(an.page.locator("section", has=an.page.get_by_role("heading", name="Thời hạn"))).to_contain_text("Cấp trên trả lời: Còn 10 ngày")
    binh.page.goto("/so/viec/")
    binh.page.get_by_role("link", name=title).click()
    last = {"chuc_vu_ky": "Phó Chủ tịch", "reply": "Công ty đi lại dây, xong trước 20/11."}
    presses(binh, binh.page.url, "Cấp trên trả lời", "Đóng, cấp trên đã kết luận", **last)
    binh.page.goto("/so/viec/")
    expect(binh.page.get_by_role("link", name=title)).to_have_count(0)
    an.page.reload()
    told = an.page.get_by_role("region", name="Diễn biến")
    for words in ("Dây trong tường hỏng, công ty chưa chịu sửa.", "Công ty đi lại dây, xong trước 20/11."):
        expect(told).to_contain_text(words)
    expect(an.page.locator(".next-step")).to_contain_text("Không còn bước nào nữa")
    assert an.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_point_is_cleared_comes_back_and_becomes_something_else(arrive: Arrive, town: Town) -> None:
    an, hoa, binh, nga = arrive("an"), arrive("hoa"), arrive("binh"), arrive("nga")
    report, title = town.page_of("report", AN_UNIT), "Góc tường sau cổng số 2"
    texts = {"Tên điểm": title, "Vị trí": f"{HERE[0]}, {HERE[1]}", "Địa chỉ, khu phố": "Khu phố 2", "Ngày phát hiện": "09/11/2023"}
    address = writes_down(an, "diem-o-nhiem", "Ghi điểm ô nhiễm", title, texts, {"Loại rác": "Rác sinh hoạt"})
    points = ("C302", "C303", "C304")
    assert [counted(an, report, cell) for cell in points] == [1, 0, 0]
    presses(binh, address, "Xác minh", "Đã xác minh", muc_do="Vừa, cần vài người, một xe", nguoi_bao="Người dân")
    unit = SnapshotUnit.objects.get(snapshot=town.snapshot, code=BOOKS_UNIT).name
    presses(binh, address, "Giao xử lý", "Đã giao xử lý", handler=unit)
    presses(nga, address, "Bắt đầu xử lý", "Đang xử lý")
    it_is_cleared(an, nga, address)
    assert [counted(an, report, cell) for cell in points] == [1, 0, 1]
    presses(hoa, address, "Ghi tái phát", "Đã tái phát, sang đợt mới", reason="Sáng nay lại có ba bao.")
    hoa.page.locator("section", has=hoa.page.get_by_role("heading", name="Đã tái phát thành")).get_by_role("link").first.click()
    expect(hoa.page.locator(".facts .tag").first).to_have_text("Mới phát hiện")
    again = hoa.page.url
    assert again != address
    assert [counted(an, report, cell) for cell in points] == [1, 1, 1]
    presses(binh, again, "Xác minh", "Đã xác minh", muc_do="Nhỏ, dọn trong một buổi", nguoi_bao="Người dân")
    adds_photographs(an, again, "Ảnh trước", shot(5, "06:00", HERE))
    adds_photographs(an, again, "Ảnh sau", shot(6, "07:00", HERE))
    cleared = {"cach_xu_ly": "Hốt, rửa nền.", "nguoi_tham_gia": "6"}
    presses(an, again, "Ghi đã giải tỏa", "Đã giải tỏa", **cleared)
    before = counted(an, report, "C306")
    changed = {"cong_dung_moi": "Vườn thuốc nam", "dien_tich": "24", "cham_soc": "Tổ may 3"}
    presses(an, again, "Ghi đã chuyển hóa", "Đã chuyển hóa", **changed)
    assert [counted(an, report, cell) for cell in points] == [1, 1, 2]
    assert counted(an, report, "C306") == before + 1


def it_is_cleared(an: Visitor, nga: Visitor, address: str) -> None:
    """A photograph that was taken elsewhere, and one from before, prove nothing: both are told, and the right one stays."""
    adds_photographs(an, address, "Ảnh trước", shot(1, "05:00", HERE))
    far, early = shot(2, "08:00", (HERE[0] + 0.01, HERE[1])), shot(3, "04:00", HERE)
    adds_photographs(nga, address, "Ảnh sau", far, early, shot(4, "07:30", HERE))
    expect(nga.page.get_by_role("alert")).to_contain_text("chỉ nhận trong vòng 50 m")
    expect(nga.page.get_by_role("alert")).to_contain_text("không sau “Ảnh trước”")
    nga.faults.clear()  # the browser itself reports the 409
    presses(nga, address, "Ghi đã giải tỏa", "Đã giải tỏa", cach_xu_ly="Hốt sạch, rải đá.", nguoi_tham_gia="12")
    expect(nga.page.locator("main")).to_contain_text("cách vị trí 0 m")


def test_who_did_not_clear_a_place_looks_again_when_its_time_has_come(arrive: Arrive) -> None:
    """From the list of those whose time has come; until then it is not offered, and the day is said."""
    binh = arrive("binh")
    binh.page.goto("/so/diem-o-nhiem/")
    ready = binh.page.get_by_role("navigation", name="Danh sách có sẵn").get_by_role("link", name="Đến lượt mà chưa kiểm lại")
    with binh.page.expect_navigation():  # the rows are counted at once, and those of the page before are not meant
        ready.click()
    rows = binh.page.locator("table tbody tr")
    many = rows.count()
    assert many
    rows.first.get_by_role("link").first.click()
    address = binh.page.url
    presses(binh, address, "Kiểm lại: vẫn sạch", "Đang theo dõi")
    expect(binh.page.get_by_text("“Kiểm lại: vẫn sạch”: Chưa tới lần “Kiểm lại”")).to_be_visible()
    expect(binh.page.get_by_role("link", name="Kiểm lại: vẫn sạch…")).to_have_count(0)
    binh.page.goto("/so/diem-o-nhiem/")
    left = binh.page.get_by_role("navigation", name="Danh sách có sẵn").get_by_role("link", name="Đến lượt mà chưa kiểm lại")
    expect(left.locator("b")).to_have_text(str(many - 1))
