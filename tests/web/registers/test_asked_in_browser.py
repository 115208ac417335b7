"""The page of an act asks what such an entry is asked, as the form does: what is hidden is not sent."""

from django.urls import reverse
from playwright.sync_api import expect

from tests.registers.books import shipped
from tests.registers.test_asked_no_more import GONE, now, street
from tests.web.desk import PHONE, Sit
from tests.world import World


def test_a_length_is_asked_of_a_street_and_goes_with_it(sit: Sit, world: World) -> None:
    book = shipped("tuyen-duong")
    entry = street(book, world)
    page = sit("binh", PHONE).open(reverse("act_on_entry", args=[entry.pk, "dinh_chinh"]))
    length = page.get_by_label("Chiều dài")
    expect(length).to_have_value("500")
    page.get_by_label("Loại").select_option("TRUONG")
    expect(length).to_be_hidden()
    page.get_by_label("Loại").select_option("HEM")
    expect(length).to_have_value("500")
    page.get_by_label("Loại").select_option("TRUONG")
    page.get_by_label("Lý do").fill("Là cổng trường")
    page.locator("main form .form-actions button").click()
    expect(page.locator("main")).to_contain_text(GONE)
    assert (now(book, entry)["loai"], now(book, entry).get("chieu_dai")) == ("TRUONG", None)
