"""The report page without its script: one form, one button, nothing lost."""

import re
from html import unescape
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from kheo.journal.models import JournalEntry
from kheo.reports.models import Report
from kheo.web.filling.intake import STANDING
from tests.web.visits import enter, text_of
from tests.world import World, fill, submit


class Form:
    """The page's form as a browser without a script holds it: open it, type, press a button."""

    def __init__(self, world: World, who: str = "an") -> None:
        self.client: Client = enter(world, who)
        self.address = reverse("report", args=[world.obligation("G1").pk])
        self.take(self.client.get(self.address))

    def take(self, answer: HttpResponse) -> HttpResponse:
        self.page = answer.content.decode()
        fields = re.findall(r'<input id="[^"]*" name="([^"]+)" value="([^"]*)"', self.page)
        fields += re.findall(r'<textarea id="[^"]*" name="([^"]+)"[^>]*>\n(.*?)</textarea>', self.page, re.DOTALL)
        fields += re.findall(rf'<input type="hidden" name="({STANDING})" value="([^"]*)"', self.page)
        self.fields = {name: unescape(text) for name, text in fields}
        return answer

    def type(self, **texts: str) -> "Form":
        for name, text in texts.items():
            self.fields[name.replace("__", ":").replace("_", ".")] = text
        return self

    def press(self, **button: str) -> HttpResponse:
        """Sends the form; follows where a success leads and takes the page that comes back."""
        answer: Any = self.client.post(self.address, {**self.fields, **(button or {"save": "1"})}, follow=True)
        return self.take(answer)


@pytest.fixture
def form(world: World) -> Form:
    return Form(world)


def test_saves_everything_and_says_so(world: World, form: Form) -> None:
    answer = form.type(B01_KT="1.000", B02="?", section__I="Tốt.\r\nRất tốt.").press()
    assert answer.redirect_chain  # type: ignore[attr-defined]  # the test client's own
    assert "Đã lưu lúc 09:00 02/04/2023." in text_of(answer.content)
    assert world.report("G1").figures == {"B01.KT": 1000, "B02": None}
    assert world.report("G1").narrative == {"I": "Tốt.\nRất tốt."}


def test_pressing_again_changes_nothing_more(world: World, form: Form) -> None:
    form.type(B02="5", section__I="a\r\nb").press()
    form.press()
    assert world.report("G1").version == 1
    assert JournalEntry.objects.filter(act="save_draft").count() == 1


def test_what_could_not_be_read_stays_in_its_field_with_the_reason(world: World, form: Form) -> None:
    answer = form.type(B02="năm", C201="4").press()
    assert answer.status_code == 200
    words = text_of(answer.content)
    assert "Có ô chưa lưu được; các ô khác đã lưu “năm” không phải là một con số" in words
    assert form.fields["B02"] == "năm"
    assert 'href="#B02"' in form.page
    assert 'id="p-B02"' in form.page
    assert world.report("G1").figures == {"C201": 4}
    form.type(B02="5").press()
    assert world.report("G1").figures == {"B02": 5, "C201": 4}


def test_a_cell_that_somebody_else_filled_meanwhile_is_not_overwritten_unasked(world: World, form: Form) -> None:
    fill(world, "G1", {"B02": 5}, by=world.person("hoa"))
    words = text_of(form.type(B02="6", section__I="Của An.").press().content)
    assert "Trần Thị Hoa vừa ghi “5” vào ô này." in words
    assert "Trần Thị Hoa vừa sửa đoạn này." in words
    assert (world.report("G1").figures, world.report("G1").narrative) == ({"B02": 5}, {"I": "Đã triển khai tốt."})
    assert (form.fields["B02"], form.fields["section:I"]) == ("6", "Của An.")
    form.press()
    assert (world.report("G1").figures, world.report("G1").narrative) == ({"B02": 6}, {"I": "Của An."})


def test_one_button_answers_the_open_cells_of_a_content_and_another_takes_it_back(world: World, form: Form) -> None:
    fill(world, "G1", {"B02": 5, "C501": None}, by=world.person("hoa"))
    form.take(form.client.get(form.address))
    answer = form.type(C201="7").press(fill="chung")
    assert world.report("G1").figures == {"B01.KT": 0, "B01.VH": 0, "B02": 5, "C201": 7, "C202": 0, "C501": None}
    assert "Đã điền “không phát sinh” (0) vào các ô còn trống của nội dung này." in text_of(answer.content)
    keys = re.findall(r'name="unfill" value="([^"]*)"', form.page)
    form.client.post(form.address, {"unfill": keys[0]})
    assert world.report("G1").figures == {"B02": 5, "C201": 7, "C501": None}


@pytest.mark.parametrize("keys", ["", "C501", "B99 __class__", "x" * 5000])
def test_taking_zeros_back_touches_only_zeros(world: World, form: Form, keys: str) -> None:
    fill(world, "G1", {"B02": 5, "C501": None}, by=world.person("an"))
    assert form.client.post(form.address, {"unfill": keys}).status_code in (200, 302)
    assert world.report("G1").figures == {"B02": 5, "C501": None}


@pytest.mark.parametrize("sent", ["{", "[]", "7", '{"B02": 5}', "[" * 50_000])
def test_a_page_that_comes_back_damaged_is_refused_with_a_reason(world: World, form: Form, sent: str) -> None:
    answer = form.client.post(form.address, {STANDING: sent, "B02": "5"})
    assert answer.status_code == 409
    assert "Trang gửi lên bị thiếu." in text_of(answer.content)
    assert not Report.objects.exists()


def test_unknown_fields_are_not_looked_at(world: World, form: Form) -> None:
    form.client.post(form.address, {STANDING: "{}", "state": "accepted", "B01": "9", "A06": "9", "B02": "5", "section:IX": "x"})
    assert world.report("G1").figures == {"B02": 5}
    assert (world.report("G1").state, world.report("G1").narrative) == ("draft", {})


def test_a_report_sent_meanwhile_keeps_what_was_typed_on_the_page(world: World, form: Form) -> None:
    submit(world, "G1")
    answer = form.type(B02="6").press()
    assert answer.status_code == 409
    words = text_of(answer.content)
    assert "Không lưu được: báo cáo đang ở trạng thái “Đã nộp”." in words
    assert "Những gì anh/chị vừa ghi và chưa lưu: B02 Mô hình đang duy trì: 6" in words
    assert world.report("G1").figures["B02"] == 5


def test_readers_cannot_save(world: World) -> None:
    address = reverse("report", args=[world.obligation("G1").pk])
    for who in ("binh", "kien", "dung", "chi"):
        assert enter(world, who).post(address, {STANDING: "{}", "B02": "5"}).status_code == 404
    assert not Report.objects.exists()
