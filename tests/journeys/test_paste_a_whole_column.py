"""Sixty-six rows copied from somebody's own spreadsheet, pasted into the report in one go, taken back, and pasted again."""

import pytest
from playwright.sync_api import expect

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import definition_of
from kheo.reports.models import Report
from tests.journeys.conftest import Arrive
from tests.journeys.town import AN_UNIT, Town

pytestmark = pytest.mark.django_db
ROWS = 66
PASTE = """([key, text]) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text", text);
  document.getElementById(key).dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


def test_sixty_six_rows_find_their_cells_and_are_saved_in_one_message(arrive: Arrive, town: Town) -> None:
    an = arrive("an")
    page = an.page
    page.goto(town.page_of("report", AN_UNIT))
    definition = definition_of(Cycle.objects.get(pk=town.cycle).edition_id)
    keys = [cell.key for cell in definition.input_cells][20 : 20 + ROWS]
    typed = {key: 10_000 + place for place, key in enumerate(keys)}
    figures = {key: number * 10 ** definition.indicator(definition.cell(key).indicator).decimals for key, number in typed.items()}
    before = stored(town)
    saves: list[str] = []
    page.on("request", lambda request: saves.append(request.url) if request.url.endswith("/luu") else None)
    block = "\n".join(f"{key}\tmột chỉ tiêu\t{number:,}".replace(",", ".") for key, number in typed.items())
    with page.expect_response("**/luu"):
        page.evaluate(PASTE, [keys[0], f"Mã\tTên\tKỳ này\n{block}\n"])
    expect(page.locator("#lay-lai")).to_have_text(f"Đã dán {ROWS} ô.")
    expect(page.locator("#trang-thai-luu")).to_contain_text("Đã lưu lúc")
    assert {key: stored(town)[key] for key in keys} == figures
    assert len(saves) == 1
    with page.expect_response("**/luu"):
        page.get_by_role("button", name="Hoàn tác").click()
    assert stored(town) == before
    with page.expect_response("**/luu"):
        page.get_by_role("button", name="Làm lại").click()
    assert stored(town) == before | figures


def stored(town: Town) -> dict[str, object]:
    return dict(Report.objects.get(obligation=town.obligation(AN_UNIT)).figures)
