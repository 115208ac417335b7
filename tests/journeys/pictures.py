"""Takes the pictures of the README and the guides anew: `python -m tests.journeys.pictures docs/images [--address http://localhost:8000]`.

Not a test. The demo must be fresh (`make clean-data`, `make run`): the tour of the README is walked on the way.
"""

import argparse
import io
import re
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Locator, expect

from tests.browser import chromium
from tests.journeys.explaining import explain_what_is_asked
from tests.journeys.visitor import PHONE, WIDE, Visitor

COLOURS = 256  # enough for a page, and light
SEEN = {"width": WIDE["width"], "height": 800}
HAND = {"has_touch": True, "is_mobile": True}


class Album:
    """The folder of pictures, and the people who are photographed."""

    def __init__(self, browser: Browser, address: str, folder: Path) -> None:
        self.browser, self.address, self.folder = browser, address, folder

    def enter(self, name: str, size: dict[str, int] | None = None, **options: Any) -> Visitor:
        """Somebody signed in, in a window of that size."""
        return Visitor(self.browser, self.address, size or SEEN, **options).sign_in(name)

    def keep(self, name: str, picture: bytes) -> None:
        """Put a picture away, with few colours."""
        Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS).save(self.folder / f"{name}.png", optimize=True)

    def window(self, name: str, visitor: Visitor, height: int = 800) -> None:
        """The page from its top."""
        visitor.page.evaluate("scrollTo(0, 0)")
        visitor.page.set_viewport_size({"width": visitor.page.evaluate("innerWidth"), "height": height})
        self.keep(name, visitor.page.screenshot())

    def rows(self, name: str, visitor: Visitor, first: Locator, last: Locator) -> None:
        """The part of a table between two rows."""
        visitor.page.set_viewport_size({"width": SEEN["width"], "height": 1400})
        first.evaluate("row => row.scrollIntoView({block: 'center'})")
        top, bottom = first.bounding_box(), last.bounding_box()
        assert top
        assert bottom
        height = bottom["y"] + bottom["height"] - top["y"]
        self.keep(name, visitor.page.screenshot(clip={"x": top["x"], "y": top["y"], "width": top["width"], "height": height}))
        visitor.page.set_viewport_size(SEEN)


def officer(album: Album) -> Visitor:
    """An fills in; the grid, the four kinds of answers, the phone."""
    an = album.enter("an")
    an.page.get_by_role("link", name="Nhập tiếp").first.click()
    album.window("bao-cao", an)
    phone = album.enter("an", {**PHONE, "height": 800}, **HAND)
    phone.page.goto(f"{an.page.url}#N1")
    album.keep("dien-thoai", phone.page.screenshot())
    type_in(an, {"B05": "470", "D06": "4", "D06a": "0", "D07": "?", "D07a": "x"})
    album.rows("bon-loai-o", an, an.row("D06"), an.row("D07a"))
    for content in ("chung", "N5"):
        an.page.locator(f"section#{content}").get_by_role("button", name="Điền “không phát sinh”").click()
    an.page.get_by_label(re.compile(r"^III\. ")).fill("Một số tổ chưa ghi sổ đều.")
    an.page.keyboard.press("Tab")
    saved(an)
    explain_what_is_asked(an)
    saved(an)
    return an


def type_in(visitor: Visitor, answers: dict[str, str]) -> None:
    """Into cells, each left with Enter."""
    for key, text in answers.items():
        visitor.page.locator(f"[id='{key}']").fill(text)
        visitor.page.keyboard.press("Enter")
    saved(visitor)


def saved(visitor: Visitor) -> None:
    """Waits for the page's own saving."""
    expect(visitor.page.locator("#trang-thai-luu")).to_have_text(re.compile(r"^Đã lưu lúc"))


def signed(hoa: Visitor) -> None:
    """Hoa signs what waits for her."""
    hoa.page.goto("/")
    hoa.page.get_by_role("link", name="Ký và nộp").first.click()
    hoa.page.get_by_role("button", name="Ký và nộp").click()
    hoa.sees_heading("Biên nhận báo cáo năm 2023")


def reviewed(album: Album) -> None:
    """Bình looks at the board, remarks and returns."""
    binh = album.enter("binh")
    binh.goes_to("Duyệt báo cáo")
    album.window("duyet", binh)
    binh.page.locator("[data-state=submitted] .unit-card").filter(has_text="May Ngọc Thịnh").get_by_role("link", name="Xem báo cáo").click()
    row = binh.page.locator("tr#B05")
    row.get_by_text("Nhận xét", exact=True).click()
    row.get_by_role("textbox").fill("Có thừa một số 0 không?")
    row.get_by_role("button", name="Ghi").click()
    binh.page.get_by_role("link", name="Trả lại…").click()
    asked = binh.page.get_by_role("dialog")
    asked.get_by_role("textbox").fill("Xin xem lại số cá nhân đăng ký.")
    asked.get_by_role("button", name="Trả lại").click()
    binh.sees_heading("Duyệt báo cáo năm 2023")


def totals(album: Album) -> None:
    """Lan reads the totals, opens a number, looks at the progress."""
    lan = album.enter("lan")
    lan.goes_to("Tổng hợp")
    album.window("tong-hop", lan, 1080)
    lan.page.locator("tr.total a[href='o/B05/']").click()
    album.window("mo-con-so", lan)
    lan.goes_to("Tiến độ")
    album.window("tien-do", lan, 970)


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--address", default="http://localhost:8000")
    chosen = parser.parse_args()
    with chromium() as browser:
        album = Album(browser, chosen.address.rstrip("/"), chosen.folder)
        an, hoa = officer(album), album.enter("hoa")
        signed(hoa)
        album.keep("bien-nhan", hoa.page.locator("section.receipt").screenshot())
        reviewed(album)
        an.page.goto("/")
        an.page.get_by_role("link", name="Sửa theo nhận xét").first.click()
        album.rows("nhan-xet", an, an.row("B04"), an.row("B06"))
        totals(album)


if __name__ == "__main__":
    main()
