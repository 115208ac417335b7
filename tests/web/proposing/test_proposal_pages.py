"""Proposals on their pages: marked by the grassroots union, forwarded, answered above, seen by the asker."""

from datetime import date

from django.test import Client
from django.urls import reverse

from kheo.core.reorganising import Absorbed, Place, Transferred
from kheo.core.unit_kinds import Line
from kheo.journal.actions import SYSTEM
from kheo.org.actions import record_events
from kheo.people.models import User
from kheo.reports.actions import Change, save_draft
from kheo.reports.models import Proposal
from tests.web.visits import enter, queries_of, text_of
from tests.world import World, head_of, later, submit

DAY = date(2023, 4, 2)
ASK = "Đề nghị hướng dẫn mức chi cho tổ tự quản."


def mark(world: World, code: str = "G1", **more: object) -> Proposal:
    """Through the page, then sent with the report."""
    client = Client()
    client.force_login(User.objects.get(pk=head_of(world, code).user_id))
    answer = client.post(reverse("proposals_of_report", args=[world.obligation(code).pk]), {"muc": "II", "loi": ASK, "noi": "", **more})
    assert answer.status_code == 302
    submit(world, code)
    return Proposal.objects.get(obligation=world.obligation(code))


def do(client: Client, proposal: Proposal, what: str, words: str = "") -> int:
    fresh = Proposal.objects.get(pk=proposal.pk)
    root = Proposal.objects.get(pk=fresh.thread_id or fresh.pk)
    sent = {"viec": what, "loi": words, "version": root.version}
    return int(client.post(reverse("move_proposal", args=[proposal.pk]), sent).status_code)


def seen(client: Client, proposal: Proposal) -> str:
    answer = client.get(reverse("proposal", args=[proposal.pk]))
    assert answer.status_code == 200
    return text_of(answer.content)


def test_a_paragraph_that_was_written_is_marked_with_one_tick(world: World) -> None:
    text = f"Mở đầu.\n{ASK}"
    save_draft(world.obligation("G1").pk, cells={}, sections={"II": Change("", text)}, by=world.person("an"), at=later())
    an = enter(world, "an")
    address = reverse("proposals_of_report", args=[world.obligation("G1").pk])
    page = text_of(an.get(address).content)
    assert (ASK in page, "Kính chuyển Liên đoàn Lao động Thành phố" in page) == (True, True)
    assert an.post(address, {"muc": "II", "doan": "1", "noi": str(world.units["LDLD"])}).status_code == 302
    proposal = Proposal.objects.get()
    assert (proposal.text, proposal.wanted_id) == (ASK, world.units["LDLD"])
    assert an.post(address, {"muc": "II", "doan": "9"}).status_code == 409
    assert an.post(address, {"muc": "II", "chon": "1", "loi": "dở"}).status_code == 200
    assert Proposal.objects.count() == 1


def test_the_report_leads_there_while_it_is_open(world: World) -> None:
    address = reverse("proposals_of_report", args=[world.obligation("G1").pk])
    report = reverse("report", args=[world.obligation("G1").pk])
    an = enter(world, "an")
    assert f'<a href="{address}">Kiến nghị cần cấp trên trả lời</a>' in an.get(report).content.decode()
    submit(world, "G1")
    assert address not in an.get(report).content.decode()
    assert "Báo cáo đã nộp" in text_of(an.get(address).content)


def test_forwarded_answered_closed_and_seen_by_the_asker(world: World) -> None:
    proposal = mark(world)
    binh, lan, an = (enter(world, name) for name in ("binh", "lan", "an"))
    assert "1 chờ trả lời" in text_of(binh.get("/").content)
    assert ASK in text_of(binh.get(reverse("proposals", args=[world.cycle.pk, world.units["D1"]])).content)
    assert do(binh, proposal, "forward", "Vượt thẩm quyền.") == 302
    assert "chờ trả lời" not in text_of(binh.get("/").content)
    assert "1 chờ trả lời" in text_of(lan.get("/").content)
    assert do(lan, proposal, "answer", "Theo <b>Quyết định</b> 7.") == 302
    assert "1 đã có trả lời" in text_of(an.get("/").content)
    page = seen(an, proposal)
    assert "Công đoàn cơ sở Một → Liên đoàn Lao động Quận 1 → Liên đoàn Lao động Thành phố" in page
    assert "Theo <b>Quyết định</b> 7." in page
    assert do(an, proposal, "close") == 409
    assert do(lan, proposal, "close") == 302
    assert "Đã khép lại" in seen(an, proposal)


def test_many_are_merged_and_answered_at_once(world: World) -> None:
    first, second = mark(world, "G1"), mark(world, "G2")
    binh = enter(world, "binh")
    address = reverse("merge_proposals", args=[world.cycle.pk, world.units["D1"]])
    assert binh.post(address, {"pick": [str(first.pk)]}).status_code == 409
    assert binh.post(address, {"pick": ["x", "99999999999999999999"]}).status_code == 409
    assert binh.post(address, {"pick": [str(first.pk), str(second.pk)]}).status_code == 302
    listed = text_of(binh.get(reverse("proposals", args=[world.cycle.pk, world.units["D1"]])).content)
    assert "2 đơn vị cùng đề nghị" in listed
    assert "2 đơn vị và lời của từng đơn vị" in seen(binh, first)
    assert do(binh, first, "answer", "Có rồi.") == 302
    hoa = seen(enter(world, "hoa"), first)
    assert ("Có rồi." in hoa, "2 đơn vị cùng đề nghị" in hoa, "Công đoàn cơ sở Hai" in hoa) == (True, True, False)


def test_what_is_wrong_is_said_and_what_was_typed_stays(world: World) -> None:
    proposal = mark(world)
    binh = enter(world, "binh")
    assert do(binh, proposal, "answer") == 409
    assert do(binh, proposal, "merge") == 409
    answer = binh.post(reverse("move_proposal", args=[proposal.pk]), {"viec": "answer", "loi": "Có.", "version": "1"})
    assert (answer.status_code, "vừa có thay đổi" in text_of(answer.content), "Có." in text_of(answer.content)) == (409, True, True)
    kien = enter(world, "kien")
    assert ("Việc tiếp theo" in seen(kien, proposal), kien.post(reverse("move_proposal", args=[proposal.pk])).status_code) == (False, 404)


def test_the_list_costs_the_same_for_one_and_for_three(world: World) -> None:
    mark(world, "G1")
    binh = enter(world, "binh")
    lists = reverse("proposals", args=[world.cycle.pk, world.units["D1"]])
    before = (queries_of(binh, lists), queries_of(binh, "/"))
    mark(world, "G2")
    mark(world, "G3", noi=str(world.units["LDLD"]))
    assert (queries_of(binh, lists), queries_of(binh, "/")) == before
    assert "Xin kính chuyển Liên đoàn Lao động Thành phố" in text_of(binh.get(lists).content)
    for view in ("hoi", "chuyen", "xong", "la"):
        assert binh.get(f"{lists}?xem={view}&tim=muc+chi").status_code == 200


def test_withdrawn_before_it_was_sent(world: World) -> None:
    hoa = enter(world, "hoa")
    hoa.post(reverse("proposals_of_report", args=[world.obligation("G1").pk]), {"muc": "II", "loi": ASK})
    proposal = Proposal.objects.get()
    assert "Rút kiến nghị" in seen(hoa, proposal)
    assert do(hoa, proposal, "withdraw") == 302
    submit(world, "G1")
    assert Proposal.objects.get().stage == "withdrawn"
    assert enter(world, "binh").get(reverse("proposal", args=[proposal.pk])).status_code == 404


def test_the_office_above_sends_on_what_waits_at_a_unit_that_has_ended(world: World) -> None:
    proposal = mark(world)
    units, lan = world.units, enter(world, "lan")
    address = reverse("proposals_left", args=[world.cycle.pk, units["D1"]])
    assert lan.get(address).status_code == 404
    moved = [Transferred(day=DAY, unit=units[code], place=Place(Line.UNION, units["D2"])) for code in ("G1", "G2", "G3")]
    assert record_events([*moved, Absorbed(day=DAY, unit=units["D1"], into=units["D2"])], by=SYSTEM, at=later()).problems == ()
    home = lan.get("/").content.decode()
    assert address in home
    assert "Kiến nghị ở đơn vị cũ: Liên đoàn Lao động Quận 1" in text_of(home.encode())
    shown = text_of(lan.get(address).content)
    assert "1 kiến nghị đang ở Liên đoàn Lao động Quận 1." in shown
    assert (ASK in shown, "Liên đoàn Lao động Quận 2" in shown, "Công đoàn cơ sở Một" in shown) == (True, True, True)
    assert enter(world, "bich").get(address).status_code == 200
    assert enter(world, "minh").get(address).status_code == 404
    assert lan.post(address, {"don-vi": units["D2"], "ly-do": ""}).status_code == 409
    assert lan.post(address, {"don-vi": "x", "ly-do": "Sáp nhập."}).status_code == 409
    done = lan.post(address, {"don-vi": units["D2"], "ly-do": "Sáp nhập."})
    assert (done.status_code, Proposal.objects.get(pk=proposal.pk).holder_id) == (302, units["D2"])
    assert lan.get(address).status_code == 404
    assert "chuyển nơi trả lời sang Liên đoàn Lao động Quận 2" in seen(enter(world, "hoa"), proposal)
