"""Filing in the field at a telephone: what is kept, what is sent, what is refused, and whose it is."""

import io

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import FilePayload, Route, expect

from kheo.files.queries import content_of
from kheo.journal.actions import SYSTEM
from kheo.registers.actions import publish_register
from kheo.registers.models import Entry, EntryAttachment, EntrySending
from kheo.registers.queries.definitions import Book
from tests.registers.test_attachments import HERE, MORNING
from tests.web.desk import HOST, PHONE, Desk, Sit
from tests.web.registers.field import SPOT, away, fill, look, picture, rows, send, shoot, unanswered
from tests.world import FILES, World, later


@pytest.fixture
def an(sit: Sit, small_book: Book) -> Desk:
    """An at the page, on a telephone that tells where it is."""
    desk = sit("an", PHONE, geolocation=SPOT, permissions=["geolocation"], has_touch=True)
    desk.open(reverse("file_quickly", args=["so-nho"]))
    return desk


def test_a_point_is_filed_with_its_photograph_reduced_upright_and_without_its_owner(an: Desk) -> None:
    page = an.page
    look(page, "tai-cho-trong")
    shoot(page, picture(turned=6))
    fill(page)
    look(page, "tai-cho-dien")
    send(page)
    expect(rows(page)).to_contain_text("Đã gửi: SN-2023-0001")
    look(page, "tai-cho-da-gui")
    entry = Entry.objects.get()
    assert ((entry.latitude, entry.longitude), entry.title, entry.source) == (HERE, "Công trình, 12,50 m²", "phone")
    row = EntryAttachment.objects.get()
    assert row.taken_at is not None
    assert (row.taken_at.isoformat(), row.metres_off) == ("2023-04-01T01:00:00+00:00", 22)
    data = content_of(row.file)
    assert b"Nguyen" not in data
    drawn = Image.open(io.BytesIO(data))
    assert drawn.size == (1067, 1600)
    top, bottom = drawn.getpixel((500, 100)), drawn.getpixel((500, 1500))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert (top[0] > 150, bottom[2] > 120) == (True, True)  # red above: as it was held
    # The form is empty for the next one, the unit stays.
    assert page.locator("#i-dien_tich").input_value() == ""
    expect(page.locator(".shot")).to_be_hidden()


def test_a_photograph_taken_before_the_script_arrived_on_a_slow_line_is_sent_with_the_rest(sit: Sit, small_book: Book) -> None:
    desk = sit("an", PHONE, geolocation=SPOT, permissions=["geolocation"], has_touch=True)
    held: list[Route] = []
    desk.answers_before = lambda route: route.request.url.endswith("/quick/page.js") and not held and (held.append(route) or True)
    page = desk.page
    page.goto(HOST + reverse("file_quickly", args=["so-nho"]), wait_until="commit")
    page.locator("#i-anh-chup").set_input_files(FilePayload(name="IMG_0001.JPG", mimeType="image/jpeg", buffer=picture(300, 200)))
    page.locator("#i-dien_tich").fill("12,5")
    desk.serve(held[0])
    expect(page.get_by_text("Đã có ảnh")).to_be_visible()
    fill(page)
    send(page)
    expect(rows(page)).to_contain_text("Đã gửi: SN-2023-0001")
    assert EntryAttachment.objects.count() == 1


def test_what_the_browser_sends_is_small_and_tells_time_and_place_alone(an: Desk) -> None:
    bodies: list[bytes] = []

    def note(route: Route) -> bool:
        if route.request.method == "POST":
            bodies.append(route.request.post_data_buffer or b"")
        return False

    an.answers_before = note
    page = an.page
    original = picture()
    shoot(page, original)
    fill(page)
    send(page)
    expect(rows(page)).to_contain_text("Đã gửi")
    (body,) = bodies
    assert b"Nguyen" not in body
    assert MORNING.encode() in body
    assert b"IMG_0001.jpg" in body
    start = body.index(b"\xff\xd8\xff")
    exif = Image.open(io.BytesIO(body[start:])).getexif()
    assert set(exif) == {0x8769, 0x8825}
    assert dict(exif.get_ifd(0x8825)) == {1: "N", 2: (10.0, 46.0, 37.56), 3: "E", 4: (106.0, 42.0, 3.24)}


def test_a_press_without_a_place_is_told_at_once_while_the_place_is_still_in_sight(an: Desk) -> None:
    page = an.page
    page.get_by_label("Công trình").check()
    send(page)
    # Only the text that is put together is needed at once in this register, and that needs both of its parts: told by the server.
    expect(rows(page)).to_contain_text("Chưa nhận")
    expect(rows(page)).to_contain_text("Chưa điền “Tên”.")
    assert not Entry.objects.exists()


def test_without_a_network_everything_waits_survives_a_reload_and_is_sent_once(an: Desk) -> None:
    page = an.page
    an.answers_before = away
    shoot(page)
    fill(page)
    send(page)
    expect(rows(page)).to_contain_text("Chờ gửi")
    expect(rows(page)).to_contain_text("Công trình · Ngân sách · 12,5")
    expect(page.locator("[data-waiting-words]")).to_contain_text("tự")
    look(page, "tai-cho-cho-gui")
    page.reload()
    expect(rows(page)).to_contain_text("Chờ gửi")
    expect(page.locator("#cho-gui li img")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('kheo:so/so-nho.')).length") == 1
    an.answers_before = lambda route: False
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(rows(page)).to_contain_text("Đã gửi: SN-2023-0001")
    assert EntryAttachment.objects.count() == 1
    page.reload()
    expect(rows(page)).to_contain_text("Đã gửi: SN-2023-0001")  # the list still tells, and nothing is sent again
    assert Entry.objects.count() == 1
    assert page.evaluate("localStorage.length") == 0


def test_an_answer_that_is_lost_makes_no_second_entry(an: Desk) -> None:
    page = an.page
    an.answers_before = unanswered(an)
    shoot(page)
    fill(page)
    send(page)
    expect(page.locator("[data-waiting-words]")).to_contain_text("tự")
    expect(rows(page)).to_contain_text("Chờ gửi")
    assert Entry.objects.count() == 1
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(rows(page)).to_contain_text("Đã gửi: SN-2023-0001")
    assert (Entry.objects.count(), EntrySending.objects.count(), EntryAttachment.objects.count()) == (1, 1, 1)


def test_what_waits_is_opened_corrected_and_thrown_away(an: Desk) -> None:
    page = an.page
    an.answers_before = away
    shoot(page)
    fill(page)
    send(page)
    fill(page, "99")
    send(page)
    expect(rows(page)).to_have_count(2)
    page.get_by_role("button", name="Mở sửa").last.click()
    expect(page.locator("#i-dien_tich")).to_have_value("12,5")
    expect(page.locator("#i-vi_tri")).to_have_value("10.776900, 106.700900")
    expect(page.get_by_label("Công trình")).to_be_checked()
    expect(page.locator(".shot img")).to_be_visible()
    page.locator("#i-dien_tich").fill("13")
    send(page)
    expect(rows(page)).to_have_count(2)
    expect(rows(page).last).to_contain_text("Công trình · Ngân sách · 13")
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Bỏ", exact=True).first.click()
    expect(rows(page)).to_have_count(2)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Bỏ", exact=True).first.click()
    expect(rows(page)).to_have_count(1)
    an.answers_before = lambda route: False
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(rows(page)).to_contain_text("Đã gửi: SN-2023-0001")
    entry = Entry.objects.get()
    assert (entry.extra["dien_tich"], entry.attachments.count()) == (1300, 1)


def test_what_is_refused_stays_with_its_reasons_and_is_mended_in_place(an: Desk) -> None:
    page = an.page
    shoot(page)
    fill(page, "một")
    send(page)
    expect(rows(page)).to_contain_text("Chưa nhận")
    expect(page.locator("[data-waiting-words]")).to_have_text("Có mục chưa nhận: xem lý do, bấm “Mở sửa”, rồi gửi lại.")
    look(page, "tai-cho-chua-nhan")
    page.get_by_role("button", name="Mở sửa").click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator("#o-dien_tich.has-error .field-error")).to_be_visible()
    look(page, "tai-cho-mo-sua")
    page.locator("#i-dien_tich").fill("14")
    send(page)
    expect(rows(page)).to_have_count(1)
    expect(rows(page)).to_contain_text("Đã gửi: SN-2023-0001")
    assert EntryAttachment.objects.count() == 1


def test_what_was_mended_after_it_had_arrived_is_shown_until_it_is_dealt_with(an: Desk) -> None:
    page = an.page
    an.answers_before = unanswered(an)
    fill(page)
    send(page)
    expect(page.locator("[data-waiting-words]")).to_contain_text("tự")
    page.get_by_role("button", name="Mở sửa").click()
    expect(page.locator("#i-dien_tich")).to_have_value("12,5")
    page.locator("#i-dien_tich").fill("77")
    send(page)
    expect(rows(page)).to_contain_text("Hãy mở hồ sơ và sửa nốt ở đó.")
    expect(rows(page)).to_contain_text("Diện tích: 77")
    look(page, "tai-cho-sua-sau-khi-toi")
    assert Entry.objects.get().extra["dien_tich"] == 1250
    page.get_by_role("button", name="Đã sửa xong").click()
    expect(rows(page)).to_have_count(0)


def test_signed_out_meanwhile_everything_waits_and_somebody_else_neither_sees_nor_sends_it(an: Desk, world: World) -> None:
    page = an.page
    an.answers_before = away
    fill(page)
    send(page)
    expect(rows(page)).to_contain_text("Chờ gửi")
    an.answers_before = lambda route: False
    an.client.logout()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-waiting-words]")).to_contain_text("Đã hết phiên đăng nhập.")
    expect(page.locator("[data-waiting-words] a")).to_have_attribute("href", "/tai-khoan/dang-nhap/?next=/so/so-nho/ghi-tai-cho/")
    # Hoa signs in on the same telephone while An's page is still open: it sends nothing in her name.
    an.client.force_login(world.users["hoa"])
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-waiting-words]")).to_contain_text("tài khoản khác")
    an.open(reverse("file_quickly", args=["so-nho"]))
    expect(page.get_by_role("heading", level=1)).to_have_text("Ghi hồ sơ tại chỗ")
    expect(page.locator("#cho-gui")).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('online'))")
    an.client.force_login(world.users["an"])
    assert not Entry.objects.exists()
    an.open(reverse("file_quickly", args=["so-nho"]))
    expect(rows(page)).to_contain_text("Đã gửi: SN-2023-0001")
    assert Entry.objects.get().created_by_id == world.users["an"].pk


def test_an_item_from_before_another_edition_shows_what_is_asked_no_more(an: Desk) -> None:
    page = an.page
    an.answers_before = away
    shoot(page)
    fill(page)
    send(page)
    expect(rows(page)).to_contain_text("Chờ gửi")
    text = (FILES / "so-nho.yaml").read_text(encoding="utf-8").replace("fields: [loai, dip, dien_tich]", "fields: [loai, dien_tich]")
    an.here.run(lambda: publish_register(text, "so-nho.yaml", by=SYSTEM, at=later(days=1)))
    an.answers_before = lambda route: False
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(rows(page)).to_contain_text("Sổ không hỏi “Dịp” ở đây nữa.")
    page.reload()
    page.get_by_role("button", name="Mở sửa").click()
    expect(page.locator(".error-summary")).to_contain_text("Sổ không hỏi “Dịp” như cũ nữa; đã ghi: Ngân sách")
    expect(page.locator("#i-dien_tich")).to_have_value("12,5")
    send(page)
    expect(rows(page)).to_contain_text("Đã gửi: SN-2023-0001")
    assert EntryAttachment.objects.count() == 1


def test_a_file_that_is_no_picture_is_told_by_the_telephone_or_by_the_server(an: Desk) -> None:
    page = an.page
    page.locator("#i-anh-co-san").set_input_files(FilePayload(name="a.jpg", mimeType="image/jpeg", buffer=b""))
    expect(page.locator("[data-photo-words]")).to_have_text("Không đọc được ảnh này. Hãy chụp lại.")
    # What the browser cannot draw may be a kind that the server can: it goes as it is.
    page.locator("#i-anh-co-san").set_input_files(FilePayload(name="a.heic", mimeType="image/heic", buffer=b"no picture"))
    expect(page.locator("[data-photo-words]")).to_contain_text("Đã có ảnh")
    fill(page)
    send(page)
    expect(rows(page)).to_contain_text("“a.heic” không phải là ảnh")
    page.get_by_role("button", name="Mở sửa").click()
    expect(page.locator("#o-anh-chup .field-error")).to_be_visible()
    page.get_by_role("button", name="Bỏ ảnh").click()
    send(page)
    expect(rows(page)).to_contain_text("Đã gửi: SN-2023-0001")
    assert not EntryAttachment.objects.exists()


FULL = """
window.realPut = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function () { throw new DOMException("no room", "QuotaExceededError"); };
"""
SHUT = """Object.defineProperty(window, "indexedDB", { get() { throw new DOMException("shut", "SecurityError"); } });"""


@pytest.mark.parametrize(("trouble", "words"), [(FULL, "Máy đã hết chỗ"), (SHUT, "Trình duyệt không cho giữ trên máy")])
def test_a_machine_that_keeps_nothing_says_so_and_the_open_page_still_sends(an: Desk, trouble: str, words: str) -> None:
    page = an.page
    page.add_init_script(trouble)
    page.reload()
    an.answers_before = away
    shoot(page)
    fill(page)
    send(page)
    expect(rows(page)).to_contain_text(words)
    expect(rows(page)).to_contain_text("Đừng tắt trang")
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.evaluate("location.reload()")
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    if trouble == FULL:
        # Something was deleted meanwhile: there is room again, and the next try keeps it.
        page.evaluate("() => { IDBObjectStore.prototype.put = window.realPut; }")
        page.evaluate("dispatchEvent(new Event('online'))")
        expect(rows(page)).not_to_contain_text(words)
        expect(rows(page)).to_contain_text("Chờ gửi")
    an.answers_before = lambda route: False
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(rows(page)).to_contain_text("Đã gửi: SN-2023-0001")
    assert EntryAttachment.objects.count() == 1


def test_what_is_typed_is_there_again_when_the_camera_pushed_the_page_out_of_memory(an: Desk) -> None:
    page = an.page
    fill(page)
    page.reload()
    expect(page.locator("#i-dien_tich")).to_have_value("12,5")
    expect(page.get_by_label("Công trình")).to_be_checked()
    send(page)
    expect(rows(page)).to_contain_text("Đã gửi")
    page.reload()
    expect(page.locator("#i-dien_tich")).to_have_value("")


def test_a_busy_server_is_asked_again_by_itself(an: Desk) -> None:
    page, asked = an.page, list[str]()

    def busy(route: Route) -> bool:
        if route.request.method == "POST" and len(asked) < 2:
            asked.append(route.request.url)
            route.fulfill(status=503)
            return True
        return False

    page.clock.install()
    an.answers_before = busy
    fill(page)
    send(page)
    expect(page.locator("[data-waiting-words]")).to_have_text("Máy chủ đang bận; sẽ tự thử lại.")
    for _ in range(60):  # by the page's own clock; how long the answers take is the machine's
        page.clock.run_for(7_000)
        expect(rows(page)).not_to_contain_text("Đang gửi")
        if "Đã gửi" in rows(page).inner_text():
            break
    expect(rows(page)).to_contain_text("Đã gửi: SN-2023-0001")
    assert len(asked) == 2
