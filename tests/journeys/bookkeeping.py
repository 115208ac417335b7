"""What people do at the pages of an entry, for the journeys: press what is there, answer what is asked, look at what came of it."""

import io

from PIL import Image, ImageDraw
from playwright.sync_api import expect

from tests.journeys.visitor import Visitor

_EXIF, _GPS, _TAKEN = 0x8769, 0x8825, 0x9003


def shot(number: int, taken: str = "", at: tuple[float, float] | None = None) -> dict[str, object]:
    """A photograph as a telephone gives it: small, each number another one; at which hour of the
    demo's day and where it was taken, if its camera tells."""
    image = Image.new("RGB", (320, 240), (40 * number % 256, 120, 200 - 30 * number % 200))
    ImageDraw.Draw(image).ellipse((20 * number, 60, 20 * number + 90, 150), fill="#7a5c2e")
    exif = Image.Exif()
    if taken:
        exif.get_ifd(_EXIF)[_TAKEN] = f"2023:11:09 {taken}:00"
    if at:
        exif.get_ifd(_GPS).update({1: "N", 2: (at[0] // 1, 0.0, at[0] % 1 * 3600), 3: "E", 4: (at[1] // 1, 0.0, at[1] % 1 * 3600)})
    written = io.BytesIO()
    image.save(written, "JPEG", exif=exif)
    return {"name": f"IMG_{number:04d}.jpg", "mimeType": "image/jpeg", "buffer": written.getvalue()}


def writes_down(visitor: Visitor, book: str, button: str, title: str, texts: dict[str, str], choices: dict[str, str]) -> str:
    """A new entry from the register's list: texts and choices by label. Gives the address of its page."""
    page = visitor.page
    page.goto(f"/so/{book}/")
    page.get_by_role("link", name=button).first.click()
    expect(page.get_by_role("button", name="Lưu", exact=True)).to_be_visible()  # the form is there before its folded parts are looked for
    for details in page.locator("details.later").all():
        if details.get_attribute("open") is None:
            details.locator("summary").click()
    for label, text in texts.items():
        page.get_by_label(label).first.fill(text)
    for label, choice in choices.items():
        _chooses(visitor, label, choice)
    page.get_by_role("button", name="Lưu", exact=True).click()
    visitor.sees_heading(title)
    return page.url


def _chooses(visitor: Visitor, label: str, choice: str) -> None:
    group = visitor.page.get_by_role("group", name=label)
    if group.count():
        group.get_by_label(choice, exact=True).check()
    else:
        visitor.page.get_by_label(label).first.select_option(label=choice)


def presses(visitor: Visitor, address: str, act: str, state: str, **typed: str) -> None:
    """An act of an entry's page, with what it asks (by the end of the field's name); then the entry stands in `state`."""
    page = visitor.page
    page.goto(address)
    plain = page.locator(".next-step").get_by_role("button", name=act, exact=True)
    if plain.count():
        plain.click()
    else:
        page.locator(".next-step").get_by_role("link", name=f"{act}…", exact=True).click()
        expect(page.get_by_role("button", name=act, exact=True)).to_be_visible()  # the next page: what it asks is looked up at once
        for key, text in typed.items():
            field = page.locator(f"#i-{key}")
            if page.locator(f"input[type=radio][name='{key}']").count():
                page.get_by_label(text, exact=True).check()
            elif field.evaluate("each => each.tagName") == "SELECT":
                field.select_option(label=text)
            else:
                field.fill(text)
        page.get_by_role("button", name=act, exact=True).click()
    expect(page.locator("main")).to_contain_text(f"{act}:")
    expect(page.locator(".facts .tag").first).to_have_text(state)


def adds_photographs(visitor: Visitor, address: str, kind: str, *files: dict[str, object]) -> None:
    """From the entry's page through the button of the kind, and back."""
    page = visitor.page
    page.goto(address)
    page.get_by_role("link", name=f"Thêm {kind.lower()}").click()
    page.locator("input[type=file]").set_input_files(list(files))  # type: ignore[arg-type]
    page.get_by_role("button", name="Thêm vào hồ sơ").click()


def counted(visitor: Visitor, address: str, cell: str) -> int:
    """What the report page says that the registers count for a cell; 0 where the unit keeps no such book yet."""
    visitor.page.goto(address)
    told = visitor.row(cell).locator("xpath=following-sibling::tr[1][contains(@class, 'counted')]").locator("b").first
    return int(told.inner_text().replace(".", "")) if told.count() else 0
