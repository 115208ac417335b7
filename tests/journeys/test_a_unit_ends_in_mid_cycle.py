"""A district ends in mid-cycle: previewed and recorded by the city's office, its reports and proposals sent on, and what taking it
back would do; axe on each of these pages, wide and narrow, light and dark.
"""

import pytest
from playwright.sync_api import Page, expect

from kheo.config.clock import now
from kheo.core.days import local_day
from kheo.org.models import SnapshotUnit
from tests.journeys.conftest import Arrive
from tests.journeys.looking import look
from tests.journeys.places import HEAD, sends
from tests.journeys.town import AN_DISTRICT, CHI_UNIT, Town

pytestmark = pytest.mark.django_db
MANY = "a.button[href^='/bao-cao/don-vi-cu/']"
OTHER = CHI_UNIT.replace("CS-", "LDLD-").rpartition("-")[0]


def ending(town: Town) -> str:
    """An's district goes up in Chi's today, and its unions with it."""
    day = local_day(now()).isoformat()
    below = SnapshotUnit.objects.filter(snapshot=town.snapshot, parent_id=town.unit(AN_DISTRICT)).order_by("position")
    moved = [f"{day},transferred,{code},,,{OTHER},,,,15/QĐ-LĐLĐ,,\n" for code in below.values_list("code", flat=True)]
    return f"{HEAD}{''.join(moved)}{day},absorbed,{AN_DISTRICT},,,,,,{OTHER},15/QĐ-LĐLĐ,,\n"


def is_fine(page: Page) -> None:
    assert {how: wrong for how, wrong in look(page) if wrong} == {}


def test_what_waits_at_a_district_that_ends_is_sent_on(town: Town, arrive: Arrive) -> None:
    lan = arrive("lan", reduced_motion="reduce")
    page = lan.page
    page.goto("/cay/su-kien/tu-tep/")
    sends(ending(town))(page)
    for told in ("cấp trên còn hoạt động chuyển nơi nhận", "Ở lại Liên đoàn Lao động"):
        page.get_by_text(told).first.wait_for()
    is_fine(page)
    page.get_by_role("button", name="Ghi ").click()
    lan.sees_heading("Sắp xếp đơn vị")
    page.goto("/")
    page.locator(MANY).first.click()
    page.get_by_role("heading", name="báo cáo chờ anh/chị quyết định").wait_for()
    is_fine(page)
    with page.expect_navigation():
        page.get_by_role("link", name="Mở riêng").first.click()
    is_fine(page)
    page.get_by_label("Chuyển cho nơi nhận khác").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Tiếp tục").click()
    is_fine(page)
    page.locator("input[name=don-vi]").first.check()
    page.get_by_label("Lý do").fill("Sáp nhập theo Quyết định số 15/QĐ-LĐLĐ.")
    page.get_by_role("button", name="Quyết định", exact=True).click()
    page.get_by_text("Đã chuyển nơi nhận").first.wait_for()
    is_fine(page)
    page.goto("/")
    page.get_by_role("link", name="Chuyển nơi trả lời").first.click()
    lan.sees_heading("Kiến nghị ở đơn vị cũ")
    is_fine(page)
    page.locator("input[name=don-vi]").first.check()
    page.get_by_label("Lý do").fill("Sáp nhập theo Quyết định số 15/QĐ-LĐLĐ.")
    page.get_by_role("button", name="Chuyển").click()
    lan.sees_heading("Việc của tôi")
    expect(page.get_by_role("link", name="Chuyển nơi trả lời")).to_have_count(0)
    page.goto("/cay/su-kien/")
    page.locator("a[href^='?dot=']").first.click()
    page.get_by_role("link", name="Huỷ cả đợt").click()
    page.get_by_text("lại nhận và duyệt").first.wait_for()
    is_fine(page)
    page.goto("/")
    page.locator(MANY).first.click()
    page.get_by_role("button", name="Quyết định cả").click()
    page.get_by_role("heading", name="Quyết định").first.wait_for()
    is_fine(page)
    page.get_by_label("Lý do").fill("Sáp nhập theo Quyết định số 15/QĐ-LĐLĐ.")
    page.get_by_role("button", name="Quyết định").click()
    page.get_by_role("heading", name="Đã quyết định").wait_for()
    page.locator("td .tag[data-state=accepted]").nth(1).wait_for()
    expect(page.locator("td .is-bad")).to_have_count(0)
    is_fine(page)
