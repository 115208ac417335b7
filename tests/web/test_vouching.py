"""The warning about personal data on the pages: told with what was found, the text stays, one tick sends it all the same."""

from pathlib import Path

from django.test import Client
from django.urls import reverse

from kheo.reports.actions import remark, return_report
from kheo.reports.models import CellNote, Decision, ExtensionRequest, NoteAnswer
from kheo.web.vouching import VOUCH, WORDS
from tests.web.visits import enter, text_of
from tests.world import World, later, submit

PHONE = "Gọi chị Hoa 0903 123 456."
ASKED = "có số điện thoại (“0903 123 456”). Hãy bỏ dữ liệu cá nhân; nếu cần giữ, đánh dấu xác nhận rồi gửi lại."
TICK = f'name="{VOUCH}"'


def test_one_wording_on_all_pages() -> None:
    partial = (Path(__file__).parents[2] / "src/kheo/web/templates/_vouch.html").read_text(encoding="utf-8")
    assert f'{TICK} value="1">{WORDS}</label>' in partial


def test_a_unit_asks_for_time(world: World) -> None:
    client, address = enter(world, "an"), reverse("ask_extension", args=[world.obligation("G1").pk])
    sent = {"den": "9/5/2023", "ly-do": PHONE}
    answer = client.post(address, sent)
    page = answer.content.decode()
    assert (answer.status_code, f"Lý do {ASKED}" in text_of(answer.content), TICK in page, PHONE in page) == (409, True, True, True)
    assert ExtensionRequest.objects.count() == 0
    assert TICK not in client.get(address).content.decode()
    assert client.post(address, {**sent, VOUCH: "1"}).status_code == 302
    assert ExtensionRequest.objects.get().reason == PHONE


def test_a_reviewer_returns_a_report(world: World) -> None:
    submit(world, "G1")
    client, owed = enter(world, "binh"), world.obligation("G1").pk
    sent = {"ly-do": PHONE, "version": world.report("G1").version}
    answer = client.post(reverse("return_report", args=[owed]), sent)
    page = answer.content.decode()
    assert f"Lý do {ASKED}" in text_of(answer.content)
    step = page.split('id="buoc"')[1].split("</section>")[0]
    assert (TICK in step, PHONE in step, page.count(TICK)) == (True, True, 1)
    assert client.post(reverse("return_report", args=[owed]), {**sent, VOUCH: "1"}).status_code == 302
    assert Decision.objects.get().reason == PHONE


def test_a_reviewer_returns_many(world: World) -> None:
    for code in ("G1", "G2"):
        submit(world, code)
    client, address = enter(world, "binh"), reverse("return_many", args=[world.cycle.pk, world.units["D1"]])
    picks = " ".join(f"{world.obligation(code).pk}.{world.report(code).version}" for code in ("G1", "G2"))
    sent = {"chon": picks, "dong-y": "1", "ly-do": PHONE}
    answer = client.post(address, sent)
    assert f"Lý do {ASKED}" in text_of(answer.content)
    assert (TICK in answer.content.decode(), PHONE in answer.content.decode(), Decision.objects.count()) == (True, True, 0)
    client.post(address, {**sent, VOUCH: "1"})
    assert [each.reason for each in Decision.objects.all()] == [PHONE, PHONE]


def test_each_remark_of_a_page_has_its_own_tick(world: World) -> None:
    submit(world, "G1")
    client, address = enter(world, "binh"), reverse("remark", args=[world.obligation("G1").pk])
    sent = {"nx.B02": PHONE, "nx.C201": "Hay là 0987 654 321?", "nx.C202": "Vì sao?", "version": world.report("G1").version}
    answer = client.post(address, {**sent, f"{VOUCH}.B02": "1"})
    page = answer.content.decode()
    assert (f'name="{VOUCH}.C201" value="1" form="nhan-xet"' in page, f"{VOUCH}.C202" in page, TICK in page) == (True, False, False)
    assert list(CellNote.objects.values_list("target", "text")) == [("B02", PHONE)]
    client.post(address, {**sent, "truoc.B02": PHONE, f"{VOUCH}.C201": "1"})
    assert set(CellNote.objects.values_list("target", flat=True)) == {"B02", "C201", "C202"}


def _returned(world: World) -> tuple[Client, str]:
    submit(world, "G1")
    owed, version, binh = world.obligation("G1").pk, world.report("G1").version, world.person("binh")
    remark(owed, target="B02", text="Đúng không?", version=version, by=binh, at=later(minutes=1))
    return_report(owed, reason="Xem lại.", version=version, by=binh, at=later(minutes=2))
    return enter(world, "an"), reverse("report", args=[owed])


def test_a_unit_answers_a_remark(world: World) -> None:
    client, address = _returned(world)
    sent = {"tra-loi": "B02=kept", "vi-sao.B02": PHONE}
    answer = client.post(address, sent)
    page = answer.content.decode()
    assert (f"Câu trả lời {ASKED}" in text_of(answer.content), f'name="{VOUCH}.B02"' in page, PHONE in page) == (True, True, True)
    assert NoteAnswer.objects.count() == 0
    client.post(address, {**sent, f"{VOUCH}.B02": "1"})
    assert NoteAnswer.objects.get().text == PHONE
    assert VOUCH not in client.get(address).content.decode()
