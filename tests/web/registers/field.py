"""What somebody does at the page for filing in the field, for tests at a desk and in a whole town."""

import io
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, Route, expect

from tests.registers.test_attachments import HERE, MORNING
from tests.web.desk import Desk

PICTURES = Path("/tmp/p-pictures")  # looked at by whoever changes these pages, where the folder is there
SPOT = {"latitude": HERE[0] / 1e6, "longitude": HERE[1] / 1e6, "accuracy": 9}


def picture(width: int = 3000, height: int = 2000, *, turned: int = 1, place: bool = True) -> bytes:
    """As a telephone writes it, big-endian: held upright it tells so beside the pixels (`turned` 6). The left half is red."""
    image = Image.new("RGB", (width, height), (20, 90, 160))
    image.paste((200, 20, 20), (0, 0, width // 2, height))
    out, exif = io.BytesIO(), Image.Exif()
    exif.endian = ">"
    exif[0x0112], exif[0x013B] = turned, "Nguyen Thi Lan"
    exif.get_ifd(0x8769)[0x9003], exif.get_ifd(0x8769)[0x9011] = MORNING, "+07:00"
    if place:
        gps = exif.get_ifd(0x8825)
        gps[1], gps[2], gps[3], gps[4] = "N", (10.0, 46.0, 37.56), "E", (106.0, 42.0, 3.24)  # 22 m to the north
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def shoot(page: Page, data: bytes | None = None, name: str = "IMG_0001.JPG") -> None:
    file = FilePayload(name=name, mimeType="image/jpeg", buffer=data or picture())
    page.locator("#i-anh-chup").set_input_files(file)
    expect(page.get_by_text("Đã có ảnh")).to_be_visible()


def fill(page: Page, size: str = "12,5") -> None:
    page.get_by_role("button", name="Lấy vị trí điện thoại này").click()
    expect(page.locator("#i-vi_tri")).not_to_have_value("")
    page.get_by_label("Công trình").check()
    page.get_by_label("Ngân sách").check()
    page.locator("#i-dien_tich").fill(size)


def send(page: Page) -> None:
    page.get_by_role("button", name="Gửi").click()


def rows(page: Page) -> Locator:
    return page.locator("#cho-gui li")


def away(route: Route) -> bool:
    """A network that is gone, for what is sent alone: the page itself is there."""
    if route.request.method == "POST":
        route.abort("internetdisconnected")
        return True
    return False


def unanswered(desk: Desk) -> Callable[[Route], bool]:
    """The first sending arrives and is taken; its answer is lost on the way."""
    lost = list[str]()

    def serves(route: Route) -> bool:
        if route.request.method != "POST" or lost:
            return False
        lost.append(route.request.url)
        assert desk.ask(route).status_code == 200
        route.abort("connectionreset")
        return True

    return serves


def look(page: Page, name: str) -> None:
    if PICTURES.is_dir():
        page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
