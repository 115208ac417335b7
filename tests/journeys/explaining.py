"""What stands between a draft and its signature where figures look odd: a line that says why they are right."""

from playwright.sync_api import expect

from tests.journeys.visitor import Visitor

WHY = "Đúng như sổ theo dõi của đơn vị."


def explain_what_is_asked(visitor: Visitor) -> None:
    """Answers every question "why" that the report asks; there may be none."""
    page = visitor.page
    asked = page.locator("input[id^='explain:']")
    for target in asked.evaluate_all("fields => fields.map((field) => field.id)"):
        page.locator(f"[id='{target}']").fill(WHY)
        page.keyboard.press("Tab")
    expect(page.locator("#can-xem")).not_to_contain_text("phải giải trình")


def explain_without_script(visitor: Visitor) -> None:
    """The same in plain forms: the page asks after it was saved, and is saved again."""
    page = visitor.page
    asked = page.locator("input[id^='explain:']")
    for place in range(asked.count()):
        asked.nth(place).fill(WHY)
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator("#can-xem")).not_to_contain_text("phải giải trình")
