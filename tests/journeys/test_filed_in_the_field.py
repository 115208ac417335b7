"""At a canal without a network: a point of dirt is filed with its photograph and its place, survives a reload, and is sent once.

The worker, the browser's store and its network switch are real; the place is what the browser is given.
"""

import io
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, Request, expect

from kheo.journal.models import JournalEntry
from kheo.registers.models import Entry, EntryAttachment, EntrySending
from tests.journeys.axe import EVERYTHING, violations
from tests.journeys.conftest import Arrive
from tests.journeys.test_without_network import OFFLINE_WORDS, until
from tests.journeys.town import AN_UNIT, Town
from tests.journeys.visitor import PHONE, Visitor
from tests.web.registers.field import SPOT, picture, rows

pytestmark = pytest.mark.django_db

PAGE = "/so/diem-o-nhiem/ghi-tai-cho/"
PARTS = (
    "form.js", "place.js", "ground.js", "known.js", "page.js", "items.js", "camera.js", "sending.js", "at-hand.js", "quick.css", "map.css",
    "leaflet.js", "leaflet.css",
)  # fmt: skip


@pytest.fixture
def an(arrive: Arrive) -> Iterator[Visitor]:
    """An at the page, once with a network; the worker has its copy."""
    visitor = arrive("an", size=PHONE, geolocation=SPOT, permissions=["geolocation"], has_touch=True)
    page = visitor.page
    page.get_by_role("link", name="Khéo").first.wait_for()
    opens(visitor, "điểm ô nhiễm")
    yield visitor
    visitor.faults[:] = [fault for fault in visitor.faults if not any(word in fault for word in OFFLINE_WORDS)]


def opens(visitor: Visitor, what: str) -> None:
    """The page for filing one, from the registers, with a network; until the worker has it."""
    visitor.page.goto("/so/")
    visitor.page.get_by_role("link", name=f"Ghi tại chỗ: {what}").click()
    visitor.sees_heading(f"Ghi {what} tại chỗ")
    kept(visitor.page)


def kept(page: Page) -> None:
    until(page, 'await (await caches.open("kheo-pages")).match(location.pathname)')
    names = "[" + ", ".join(f'"{name}"' for name in PARTS) + "]"
    until(
        page, f'await (async () => {{ const kept = (await (await caches.open("kheo-parts")).keys()).map((each) => each.url); '
        f"return {names}.every((name) => kept.some((url) => url.endsWith(name))); }})()",
    )  # fmt: skip


class Thumb:
    """Counts what somebody does with it: a touch, and letters typed."""

    def __init__(self) -> None:
        self.touches = self.letters = 0

    def on(self, place: Locator) -> None:
        place.tap()
        self.touches += 1

    def types(self, place: Locator, text: str) -> None:
        self.on(place)
        place.press_sequentially(text)
        self.letters += len(text)


def shoots_and_stands(page: Page) -> Thumb:
    """A photograph, and the place of the telephone."""
    thumb = Thumb()
    with page.expect_file_chooser() as opened:
        thumb.on(page.get_by_text("Chụp ảnh", exact=True))
    opened.value.set_files(FilePayload(name="IMG_0001.JPG", mimeType="image/jpeg", buffer=picture()))
    expect(page.get_by_text("Đã có ảnh")).to_be_visible()
    thumb.on(page.get_by_role("button", name="Lấy vị trí điện thoại này"))
    expect(page.get_by_role("textbox", name="Vị trí")).to_have_value("10.776900, 106.700900")
    return thumb


def files_a_point(page: Page, where: str) -> Thumb:
    thumb = shoots_and_stands(page)
    thumb.on(page.get_by_text("Rác trên kênh, rạch", exact=True))
    thumb.on(page.get_by_text("Vừa, cần vài người, một xe", exact=True))
    thumb.types(page.get_by_label("Địa chỉ, khu phố"), where)
    thumb.on(page.get_by_role("button", name="Gửi"))
    return thumb


def kept_photo(page: Page) -> bytes:
    """As it lies in the browser's store."""
    return bytes(
        page.evaluate(
            """() => new Promise((tell) => {
              indexedDB.open("kheo-so").addEventListener("success", ({ target }) => {
                target.result.transaction("items").objectStore("items").getAll().addEventListener("success", ({ target }) => {
                  tell([...new Uint8Array(target.result.find((each) => each.photo).photo.bytes)]);
                });
              });
            })"""
        )
    )


def made_by(key: str) -> int:
    return JournalEntry.objects.filter(act=key, object_type="entry").count()


def test_a_point_filed_without_a_network_waits_through_a_reload_and_is_sent_once(an: Visitor, town: Town) -> None:
    page, sent = an.page, list[Request]()
    before, created = set(Entry.objects.values_list("pk", flat=True)), made_by("entry_create")
    page.on("request", lambda request: sent.append(request) if request.url.endswith("/ghi-tai-cho/gui") else None)
    an.context.set_offline(True)
    thumb = files_a_point(page, "chân cầu Số 3")
    # Under a minute: six touches of ours (the camera and the leave to ask for the place are the telephone's own) and one short text.
    assert (thumb.touches, thumb.letters) == (6, 13)
    expect(rows(page)).to_contain_text("Chờ gửi")
    expect(rows(page)).to_contain_text("Rác trên kênh, rạch · Vừa, cần vài người, một xe · chân cầu Số 3")
    expect(page.locator("[data-waiting-words]")).to_have_text("Đang không có mạng; có mạng sẽ tự gửi.")
    assert set(Entry.objects.values_list("pk", flat=True)) == before
    photo_here = kept_photo(page)
    assert Image.open(io.BytesIO(photo_here)).size == (1600, 1067)
    assert len(photo_here) < 100_000
    assert b"Nguyen" not in photo_here  # whoever owns the camera

    page.reload()
    an.sees_heading("Ghi điểm ô nhiễm tại chỗ")
    expect(page.locator("[data-absent]")).to_contain_text("Đang không có mạng. Anh/chị cứ ghi")
    expect(rows(page)).to_contain_text("Chờ gửi")
    expect(rows(page).locator("img")).to_be_visible()
    assert violations(page, EVERYTHING) == {}

    sent.clear()
    an.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(rows(page)).to_contain_text("Đã gửi: DO-2023-")
    assert len(sent) == 1
    entry = Entry.objects.exclude(pk__in=before).get()
    assert (entry.title, entry.address) == ("Rác trên kênh, rạch: chân cầu Số 3", "chân cầu Số 3")
    assert (entry.latitude, entry.longitude, entry.owner_id, entry.source) == (10_776_900, 106_700_900, town.unit(AN_UNIT), "phone")
    assert entry.place_id is not None
    photo = EntryAttachment.objects.get(entry=entry)
    assert (photo.role, photo.metres_off, photo.taken_at is not None) == ("before", 22, True)
    filing = EntrySending.objects.get(entry=entry)
    assert filing.said_at is not None
    assert entry.occurred_on == entry.registered_on
    assert made_by("entry_create") == created + 1

    rows(page).get_by_role("link", name="Mở hồ sơ").tap()
    an.sees_heading("Rác trên kênh, rạch: chân cầu Số 3")
    expect(page.get_by_text("Ghi tại chỗ bằng điện thoại lúc")).to_be_visible()
    shown = page.get_by_role("img", name="Ảnh trước")
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("complete", True)
    assert shown.evaluate("(picture) => picture.naturalWidth > 0")
    page.goto("/so/diem-o-nhiem/?tim=chan+cau+so+3")
    expect(page.get_by_role("link", name="Rác trên kênh, rạch: chân cầu Số 3")).to_be_visible()
    page.goto(PAGE)  # opened again, nothing is sent again
    expect(rows(page)).to_contain_text("Đã gửi: DO-2023-")
    assert made_by("entry_create") == created + 1


def test_a_model_filed_without_a_network_is_sent_when_there_is_one_and_waits_as_a_draft_for_what_is_still_asked(
    an: Visitor, town: Town
) -> None:
    page, before = an.page, set(Entry.objects.values_list("pk", flat=True))
    opens(an, "mô hình")
    an.context.set_offline(True)
    thumb = shoots_and_stands(page)
    thumb.types(page.get_by_label("Tên mô hình"), "Vườn rau sân thượng")
    thumb.on(page.get_by_text("Công trình", exact=True))
    thumb.on(page.get_by_role("group", name="Lĩnh vực").get_by_text("Văn hóa – xã hội", exact=True))
    thumb.on(page.get_by_role("button", name="Gửi"))
    # A photograph, the place, a name, two choices, send.
    assert (thumb.touches, thumb.letters) == (6, 19)
    expect(rows(page)).to_contain_text("Chờ gửi")
    expect(rows(page)).to_contain_text("Vườn rau sân thượng")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.reload()
    expect(rows(page)).to_contain_text("Chờ gửi")
    assert set(Entry.objects.values_list("pk", flat=True)) == before

    an.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(rows(page)).to_contain_text("Đã gửi: MH-2023-")
    entry = Entry.objects.exclude(pk__in=before).get()
    assert (entry.register.code, entry.title, entry.state) == ("mo-hinh", "Vườn rau sân thượng", "nhap")
    assert (entry.area, entry.extra["loai"], entry.owner_id, entry.source) == ("VHXH", "CT", town.unit(AN_UNIT), "phone")
    assert (entry.latitude, entry.longitude) == (10_776_900, 106_700_900)
    assert list(EntryAttachment.objects.filter(entry=entry).values_list("role", flat=True)) == ["before"]
    assert EntrySending.objects.get(entry=entry).said_at is not None
    rows(page).get_by_role("link", name="Mở hồ sơ").tap()
    an.sees_heading("Vườn rau sân thượng")
    expect(page.get_by_text("Để “Đăng ký” còn thiếu")).to_be_visible()  # three fields in the field, the rest at a desk


def test_a_closed_page_is_found_again_without_a_network_and_from_home(an: Visitor) -> None:
    page, created = an.page, made_by("entry_create")
    an.context.set_offline(True)
    files_a_point(page, "hẻm 12 Trần Phú")
    expect(rows(page)).to_contain_text("Chờ gửi")
    page.close()
    again = an.page = an.context.new_page()
    again.goto("/")
    expect(again.get_by_role("heading", level=1)).to_have_text("Không có mạng")
    again.get_by_role("link", name="Ghi điểm ô nhiễm tại chỗ").tap()
    expect(rows(again)).to_contain_text("hẻm 12 Trần Phú")
    again.close()
    an.context.set_offline(False)
    again = an.page = an.context.new_page()
    again.goto("/")
    expect(again.locator("[data-unsent]")).to_contain_text("1 mục ghi tại chỗ chưa gửi")
    again.locator("[data-unsent] a").tap()
    expect(rows(again)).to_contain_text("Đã gửi: DO-2023-")
    assert made_by("entry_create") == created + 1


# The ground that this machine has seen, beside the page; and how many such, wherever a browser keeps answers.
SEEN = "await (await caches.open('kheo-pages')).match(location.pathname + 'xung-quanh')"
GROUNDS = """async () => {
  const kept = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
  return kept.flat().filter((each) => each.url.endsWith("xung-quanh")).length;
}"""

# Another tab that sends and never ends: it has the lock before anything else is done, and keeps it when this tab goes to another page.
IS_AT_IT = """() => new Promise((held) => {
  navigator.locks.request("kheo-so", () => { held(); return new Promise(() => {}); });
})"""


def test_signing_out_asks_first_and_whoever_comes_next_finds_nothing(an: Visitor) -> None:
    page, created, other = an.page, made_by("entry_create"), an.context.new_page()
    until(page, SEEN)
    assert page.evaluate(GROUNDS) == 1
    other.goto("/healthz")
    other.evaluate(IS_AT_IT)
    an.context.set_offline(True)
    files_a_point(page, "sau chợ")
    expect(rows(page)).to_contain_text("Chờ gửi")
    an.context.set_offline(False)
    asked = list[str]()
    page.goto("/tai-khoan/dang-xuat/")
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    page.get_by_role("main").get_by_role("button", name="Đăng xuất").tap()
    expect(page.get_by_label("Tên đăng nhập")).to_be_visible()
    assert "còn chỗ chưa gửi" in asked[0]
    until(page, "!(await caches.has('kheo-pages'))")
    assert page.evaluate(GROUNDS) == 0
    an.sign_in("hoa")
    expect(page.locator("[data-unsent]")).to_be_hidden()
    page.goto(PAGE)
    an.sees_heading("Ghi điểm ô nhiễm tại chỗ")
    expect(page.locator("#cho-gui")).to_be_hidden()
    page.goto("/tai-khoan/dang-xuat/")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("main").get_by_role("button", name="Đăng xuất").tap()
    expect(page.get_by_label("Tên đăng nhập")).to_be_visible()
    assert made_by("entry_create") == created
    other.close()
    an.sign_in("an")
    page.locator("[data-unsent] a").tap()
    expect(rows(page)).to_contain_text("Đã gửi: DO-2023-")
    assert Entry.objects.order_by("-pk")[0].address == "sau chợ"


def loses_the_network(page: Page) -> None:
    """The page stands again as it was kept, and nothing more is fetched."""
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("[data-absent]")).to_be_visible()


def opens_the_map(page: Page) -> Locator:
    """Without a network; gives the drawing."""
    page.get_by_role("button", name="Chọn trên bản đồ").tap()
    drawing = page.locator(".map.picks")
    expect(drawing).to_be_visible()
    return drawing


def test_without_a_network_the_map_shows_what_was_seen_and_takes_the_pin(an: Visitor) -> None:
    page = an.page
    until(page, SEEN)
    words, place = page.locator("[data-type=place] [role=status]"), page.get_by_role("textbox", name="Vị trí")
    loses_the_network(page)
    drawing = opens_the_map(page)
    expect(words).to_contain_text("Không có mạng: ranh giới và các điểm là của lần tải")
    known = page.evaluate(f"(async () => {{ const kept = await ({SEEN}).json(); return [kept.borders.length, kept.spots.length]; }})()")
    assert min(known) > 0
    # Every point and border of then, and the lines of the grid.
    assert drawing.locator("svg path").count() > sum(known)
    drawing.tap(position={"x": 120, "y": 140})
    expect(words).to_contain_text("Đã chọn 10.")
    chosen = place.input_value()
    page.get_by_role("button", name="Lấy vị trí điện thoại này").tap()
    expect(place).to_have_value("10.776900, 106.700900")
    assert chosen != place.input_value()
    # What is kept of others' entries is where they lie, and no word more.
    assert page.evaluate(f"(async () => Object.keys(await ({SEEN}).json()).sort().join())()") == "at,borders,spots"
    assert page.evaluate(f"(async () => (await ({SEEN}).json()).spots.every((each) => each.length === 2))()")


def pin(place: Locator) -> tuple[float, float]:
    """The latitude and longitude that the field holds."""
    latitude, longitude = (float(each) for each in place.input_value().split(", "))
    return latitude, longitude


def test_a_telephone_that_has_seen_no_map_has_a_grid_and_takes_the_pin_by_it(an: Visitor) -> None:
    page = an.page
    until(page, SEEN)
    # The page with a network keeps looking closer after its first look: what it has seen is taken away when it can see no more.
    loses_the_network(page)
    assert page.evaluate("(async () => (await caches.open('kheo-pages')).delete(location.pathname + 'xung-quanh'))()")
    drawing = opens_the_map(page)
    words, place = page.locator("[data-type=place] [role=status]"), page.get_by_role("textbox", name="Vị trí")
    expect(words).to_contain_text("máy này chưa tải bản đồ: chỉ có lưới ô")
    scale = drawing.locator(".leaflet-control-scale-line")
    drawing.tap(position={"x": 120, "y": 140})
    expect(words).to_contain_text("Đã chọn")
    expect(scale).to_contain_text(" km")  # a touch never takes from under the finger what it was put on
    page.get_by_role("button", name="Lấy vị trí điện thoại này").tap()
    expect(place).to_have_value("10.776900, 106.700900")
    expect(scale).to_contain_text(" m")
    assert drawing.locator("svg path").count() > 12  # six squares and more each way, and the pin
    drawing.tap(position={"x": 100, "y": 200})
    expect(words).to_contain_text("Đã chọn 10.77")
    # The map stays where the touch was: another one, to the right and lower down, is farther east and south.
    first = pin(place)
    drawing.tap(position={"x": 140, "y": 220})
    expect(place).not_to_have_value(f"{first[0]:.6f}, {first[1]:.6f}")
    assert pin(place)[0] < first[0]
    assert pin(place)[1] > first[1]
