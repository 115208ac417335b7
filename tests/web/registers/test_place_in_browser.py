"""The place of an entry at a telephone: from the machine, which asks its owner first, or by a touch on the map; and the register's map."""

from django.urls import reverse
from playwright.sync_api import expect

from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book
from tests.registers.books import POINT, recorded, shipped
from tests.registers.entries import put
from tests.web.desk import HOST, PHONE, Sit
from tests.web.registers.test_map import placed, spots
from tests.web.visits import enter
from tests.world import World

# The dot of what is there already stands in the middle of the map.
MIDDLE = """() => {
  const middle = (each) => { const box = each.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; };
  const [map, dot] = [document.querySelector(".map"), document.querySelector(".map path")];
  return map && dot && middle(map).every((each, side) => Math.abs(each - middle(dot)[side]) < 3);
}"""


def test_the_place_comes_from_the_telephone_once_its_owner_allows_it(sit: Sit, world: World, small_book: Book) -> None:
    desk = sit("an", PHONE, geolocation={"latitude": 10.776889, "longitude": 106.700806, "accuracy": 12}, permissions=["geolocation"])
    page = desk.open(reverse("new_entry", args=["so-nho"]))
    page.get_by_role("button", name="Lấy vị trí điện thoại này").click()
    expect(page.locator("#i-vi_tri")).to_have_value("10.776889, 106.700806")
    expect(page.get_by_text("sai số khoảng 12 m")).to_be_visible()
    page.get_by_label("Tên", exact=False).first.fill("Hẻm 12")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hẻm 12")
    entry = Entry.objects.get()
    assert (entry.latitude, entry.longitude) == (10_776_889, 106_700_806)


def test_whoever_does_not_allow_it_is_told_what_to_do_and_touches_the_map(sit: Sit, world: World, small_book: Book) -> None:
    placed(small_book, world, 10_776_900, 106_700_900)
    page = sit("an", PHONE).open(reverse("new_entry", args=["so-nho"]))
    page.get_by_role("button", name="Lấy vị trí điện thoại này").click()
    expect(page.get_by_text("Điện thoại không cho dùng vị trí.")).to_be_visible()
    page.get_by_role("button", name="Chọn trên bản đồ").click()
    frame = page.get_by_role("application")
    page.wait_for_function(MIDDLE)  # what lies around is there, and the view has gone to it
    box = frame.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.get_by_text("Đã chọn 10.77")).to_be_visible()
    latitude, longitude = (float(each) for each in page.locator("#i-vi_tri").input_value().split(", "))
    assert abs(latitude - 10.7769) < 0.0002
    assert abs(longitude - 106.7009) < 0.0002


def test_a_place_is_taken_on_the_map_by_keys_alone(sit: Sit, world: World, small_book: Book) -> None:
    placed(small_book, world, 10_776_900, 106_700_900)
    page = sit("an").open(reverse("new_entry", args=["so-nho"]))
    page.get_by_role("button", name="Chọn trên bản đồ").press("Enter")
    page.wait_for_function(MIDDLE)
    page.keyboard.press("Tab")
    expect(page.get_by_role("application")).to_be_focused()
    expect(page.get_by_text("Enter lấy chỗ ở giữa")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã chọn 10.77")).to_be_visible()
    first = page.locator("#i-vi_tri").input_value()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".leaflet-pan-anim")).to_have_count(0)  # what is taken is in the middle when it stands still
    page.keyboard.press("Space")
    expect(page.locator("#i-vi_tri")).not_to_have_value(first)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ghi")  # Enter did not send the form


def test_a_dot_of_the_map_opens_its_entry_and_names_are_never_markup(sit: Sit, world: World, small_book: Book) -> None:
    entry = placed(small_book, world, 10_776_900, 106_700_900, ten="<img src=x onerror=alert(1)> Kênh")
    page = sit("an").open(reverse("entries_map", args=["so-nho"]))
    listed = page.locator("[data-map-list] a")
    expect(listed).to_have_text("<img src=x onerror=alert(1)> Kênh")
    expect(page.get_by_text("1 hồ sơ.")).to_be_visible()
    dot = page.locator(".map path.leaflet-interactive")
    dot.hover()
    expect(page.locator(".leaflet-tooltip")).to_have_text("<img src=x onerror=alert(1)> Kênh: Nháp")
    assert page.locator(".map img").count() == 0
    dot.click()
    expect(page).to_have_url(HOST + reverse("entry", args=[entry.pk]))


def test_the_map_calls_entries_as_their_register_does(sit: Sit, world: World) -> None:
    points = shipped("diem-o-nhiem")
    recorded(points, world, POINT)
    page = sit("an").open(reverse("entries_map", args=["diem-o-nhiem"]))
    expect(page.locator("[data-map-words]")).to_have_text("1 điểm ô nhiễm.")
    told = [{"at": [10_776_889, 106_700_806], "count": 3, "box": [10_776_000, 106_700_000, 10_777_000, 106_701_000]}]
    page.route(
        "**" + reverse("entries_spots", args=["diem-o-nhiem"]) + "*", lambda route: route.fulfill(json={"borders": [], "spots": told})
    )
    page.reload()
    expect(page.locator("[data-map-words]")).to_have_text(
        "3 điểm ô nhiễm. 3 điểm ô nhiễm đứng sát nhau: phóng to để xem từng điểm ô nhiễm."
    )
    page.locator(".map path.leaflet-interactive").hover()
    expect(page.locator(".leaflet-tooltip")).to_have_text("3 điểm ô nhiễm; bấm để xem gần")
    told.clear()
    page.reload()
    expect(page.locator("[data-map-words]")).to_have_text("Không có điểm ô nhiễm nào trong khung này.")


def square(name: str, south: int, west: int) -> dict[str, object]:
    """A border, a hundredth of a degree high and wide."""
    ring = [[west, south], [west + 10_000, south], [west + 10_000, south + 10_000], [west, south + 10_000]]
    return {"name": f"Liên đoàn Lao động {name}", "polygons": [[ring]]}


def test_names_on_the_map_are_short_stand_apart_and_lie_under_the_dots(sit: Sit, world: World, small_book: Book) -> None:
    placed(small_book, world, 10_776_900, 106_700_900)
    borders = [
        square("quận 1", 10_771_900, 106_695_900),
        square("quận 3", 10_772_000, 106_696_000),
        square("huyện Nhà Bè", 10_764_000, 106_705_900),
    ]
    page = sit("an").open("/")
    told = {"borders": borders, "spots": spots(enter(world, "an"))}
    page.route("**" + reverse("entries_spots", args=["so-nho"]) + "*", lambda route: route.fulfill(json=told))
    page.goto(HOST + reverse("entries_map", args=["so-nho"]))
    expect(page.locator(".border-name")).to_have_text(["Quận 1", "Quận 3", "Huyện Nhà Bè"])
    zoom_out = page.get_by_role("button", name="Thu nhỏ")
    for _ in range(3):
        zoom_out.click()
        expect(page.locator(".leaflet-zoom-anim")).to_have_count(0)
    expect(page.locator(".border-name:visible")).to_have_text(["Quận 1", "Huyện Nhà Bè"])  # the second stands where the first does
    heights = "all => all.map((each) => Number(getComputedStyle(each).zIndex))"
    (names,), (dots,) = (page.locator(f".leaflet-{pane}-pane").evaluate_all(heights) for pane in ("names", "overlay"))
    assert names < dots


def test_whoever_has_no_network_for_the_map_is_told_and_types_the_place(sit: Sit, world: World, small_book: Book) -> None:
    page = sit("an", PHONE).open(reverse("new_entry", args=["so-nho"]))
    page.route("**/leaflet.js*", lambda route: route.abort())  # a desk answers by itself, whether its machine is on a network or not
    page.get_by_role("button", name="Chọn trên bản đồ").click()
    expect(page.get_by_text("Chưa mở được bản đồ. Hãy kiểm tra mạng, hoặc gõ tọa độ.")).to_be_visible()
    expect(page.get_by_role("application")).to_be_hidden()
    page.unroute("**/leaflet.js*")
    page.get_by_role("button", name="Chọn trên bản đồ").click()
    expect(page.get_by_role("application")).to_be_visible()


def test_a_point_that_was_given_to_a_unit_lies_where_it_lies_and_nobody_is_offered_another_place(sit: Sit, world: World) -> None:
    points = shipped("diem-o-nhiem")
    entry = recorded(points, world, POINT)
    desk = sit("an", PHONE)
    address, wards = reverse("edit_entry", args=[entry.pk]), ("Lấy vị trí điện thoại này", "Chọn trên bản đồ")
    page = desk.open(address)
    for name in wards:
        expect(page.get_by_role("button", name=name)).to_be_visible()
    put(entry, points.definition, "da_giao")
    page = desk.open(address)
    expect(page.locator("#o-vi_tri .frozen-value")).to_have_text("10.776889, 106.700806")
    expect(page.get_by_role("textbox").first).to_be_visible()  # the form is there, with what can still be written
    page.wait_for_load_state("load")  # scripts have run: only they make these buttons
    for name in wards:
        expect(page.get_by_role("button", name=name)).to_have_count(0)
    assert "geolocation=()" in desk.client.get(address)["Permissions-Policy"]
