"""The story of a report: who did what, told once per sitting, and what each submission changed."""

import re
from dataclasses import replace

from django.urls import reverse

from kheo.journal.models import JournalEntry
from kheo.org.models import SnapshotUnit
from kheo.reports.actions import Receipt, accept_report, remark, return_report, revise_report, submit_report
from kheo.reports.models import Report
from kheo.reports.queries.evidence import Proof
from kheo.reports.queries.filling import _behind_the_wall, sheet, view_from
from kheo.reports.queries.story import _changes, submissions
from tests.web.visits import enter, queries_of, text_of
from tests.world import GOOD, World, fill, later, submit


def read(world: World, who: str = "hoa", code: str = "G1") -> str:
    answer = enter(world, who).get(reverse("report_history", args=[world.obligation(code).pk]))
    assert answer.status_code == 200
    page: str = answer.content.decode()
    return page


def acts(page: str) -> list[str]:
    """What is told, newest first: the sentences of the timeline."""
    timeline = page.split('<ol class="timeline">')[1]
    return [text_of(sentence.encode()) for sentence in re.findall(r"</time><p>(.*?)</p>", timeline)]


def through_two_submissions(world: World) -> None:
    """An fills in, Hoa sends, Bình returns with a remark, An corrects, Hoa sends again, Bình accepts."""
    an, hoa, binh, owed = world.person("an"), world.person("hoa"), world.person("binh"), world.obligation("G1").pk
    fill(world, "G1", {"B02": 1}, by=an)
    fill(world, "G1", {"B02": 7}, by=an, at=later(minutes=5))
    fill(world, "G1", {**GOOD, "B02": 5, "C501": 3}, by=an, at=later(minutes=9))
    _send(world, 20)
    remark(owed, target="C501", text="Chỉ có 3 cuộc?", version=world.report("G1").version, by=binh, at=later(minutes=30))
    return_report(owed, reason="Xem lại số cuộc đối thoại.", version=world.report("G1").version, by=binh, at=later(minutes=31))
    fill(world, "G1", {"C501": 4, "B01.VH": None}, by=an, at=later(minutes=40))
    _send(world, 50)
    accept_report(owed, version=world.report("G1").version, by=binh, at=later(minutes=60))
    revise_report(owed, reason="Sót một tổ.", version=world.report("G1").version, by=hoa, at=later(minutes=70))


def _send(world: World, minute: int) -> None:
    sent = submit_report(world.obligation("G1").pk, version=world.report("G1").version, by=world.person("hoa"), at=later(minutes=minute))
    assert isinstance(sent, Receipt)


def test_tells_every_act_newest_first(world: World) -> None:
    through_two_submissions(world)
    unit, recipient = "Công đoàn cơ sở Một", "Liên đoàn Lao động Quận 1"
    assert acts(read(world)) == [
        f"Trần Thị Hoa lập báo cáo bổ sung (Thủ trưởng đơn vị, {unit})",
        f"Lê Văn Bình chấp nhận (Cán bộ tổng hợp, {recipient})",
        f"Trần Thị Hoa ký và nộp lần 2 (Thủ trưởng đơn vị, {unit})",
        f"Nguyễn Thị An nhập số liệu (Cán bộ nhập liệu, {unit})",
        f"Lê Văn Bình trả lại (Cán bộ tổng hợp, {recipient})",
        f"Lê Văn Bình ghi nhận xét ở C501 Cuộc đối thoại (Cán bộ tổng hợp, {recipient})",
        f"Trần Thị Hoa ký và nộp lần 1 (Thủ trưởng đơn vị, {unit})",
        f"Nguyễn Thị An nhập số liệu (Cán bộ nhập liệu, {unit})",
    ]
    words = text_of(read(world).encode())
    for quoted in ("Sót một tổ.", "Xem lại số cuộc đối thoại.", "Chỉ có 3 cuộc?"):
        assert quoted in words


def test_a_sitting_is_told_once_with_what_came_of_it(world: World) -> None:
    through_two_submissions(world)
    words = text_of(read(world).encode())
    assert "09:00–09:09 01/04/2023" in words
    assert "B02 Mô hình đang duy trì: chưa nhập → 5" in words
    assert "B02 Mô hình đang duy trì: 1 → 7" not in words


def test_says_what_each_submission_changed(world: World) -> None:
    through_two_submissions(world)
    words = text_of(read(world).encode())
    assert "Lần 2 Trần Thị Hoa ký nộp lúc 09:50 01/04/2023. Tải báo cáo (Word) Đổi 3 chỗ so với lần 1:" in words
    changes = words.split("Đổi 3 chỗ so với lần 1:")[1].split("Lần 1 ")[0]
    assert "B01 Mô hình đăng ký: 3 → 2" in changes
    assert "B01 Mô hình đăng ký – Văn hóa: 1 → chưa có số liệu" in changes
    assert "C501 Cuộc đối thoại: 3 → 4" in changes
    assert "Lần nộp đầu tiên." in words


def test_an_auditor_reads_it_without_the_numbers_behind_the_wall(world: World) -> None:
    through_two_submissions(world)
    words = text_of(read(world, "kien").encode())
    assert "C501 Cuộc đối thoại: được che → được che" in words
    assert "ghi nhận xét ở C501 Cuộc đối thoại (Cán bộ tổng hợp, Liên đoàn Lao động Quận 1) (được che)" in words
    assert not re.search(r"C501 Cuộc đối thoại: [0-9]", words)
    assert "Chỉ có 3 cuộc?" not in words
    assert "B02 Mô hình đang duy trì: chưa nhập → 5" in words
    assert re.search(r"C501 Cuộc đối thoại: 3 → 4", text_of(read(world, "binh").encode()))


def test_words_about_a_hidden_figure_are_told_no_further_than_the_figure(world: World) -> None:
    """No page asks for an explanation there; should one get in, it stays with the unit and its recipient."""
    submit(world, "G1")
    return_report(
        world.obligation("G1").pk, reason="Sửa.", version=world.report("G1").version, by=world.person("binh"), at=later(minutes=1)
    )
    Report.objects.update(explanations={"C501": "Một hộ duy nhất.", "B02": "Do mở rộng."})
    submit(world, "G1", {**GOOD, "B02": 6}, at=later(minutes=5))
    walled = frozenset({"C501"})
    told = {each.target: (each.before, each.after) for each in submissions(world.report("G1"), world.definition, walled)[0].changes or ()}
    assert told["explain:C501"] == ("chưa có", "được che")
    assert told["explain:B02"] == ("chưa có", "Do mở rộng.")
    row = JournalEntry(act="save_draft", at=later(), detail={"explanations": {"C501": ["", "Một hộ duy nhất."], "B02": ["Cũ.", "Mới."]}})
    assert [(each.target, each.before, each.after) for each in _changes([row], world.definition, walled)] == [
        ("explain:C501", "chưa có", "được che"),
        ("explain:B02", "Cũ.", "Mới."),
    ]


def test_the_report_shows_words_about_hidden_figures_to_nobody_above(world: World) -> None:
    submit(world, "G1")
    Report.objects.update(explanations={"C501": "Một hộ duy nhất.", "B02": "Do mở rộng."})
    owed, report = world.obligation("G1"), world.report("G1")
    unit = SnapshotUnit.objects.get(snapshot=world.cycle.snapshot_id, unit=owed.unit_id)
    above = view_from(owed, unit, world.person("kien").reading_units)
    assert above is not None
    assert sheet(owed, report, above).explanations == {"B02": "Do mở rộng."}
    proofs = tuple(Proof(number, content, True, "a.jpg", 9, "") for number, content in enumerate(("chung", "N5")))
    assert [each.content for each in _behind_the_wall(replace(sheet(owed, report), evidence=proofs), owed, report, above).evidence] == [
        "chung"
    ]
    assert sheet(owed, report).explanations == {"C501": "Một hộ duy nhất.", "B02": "Do mở rộng."}


def test_nothing_happened_yet(world: World) -> None:
    assert "Chưa có ai làm gì với báo cáo này." in text_of(read(world).encode())


def test_queries_do_not_grow_with_the_story(world: World) -> None:
    submit(world, "G1")
    client, address = enter(world, "kien"), reverse("report_history", args=[world.obligation("G1").pk])
    few = queries_of(client, address)
    for minute in (2, 12, 22):
        version = world.report("G1").version
        return_report(world.obligation("G1").pk, reason="Sửa.", version=version, by=world.person("binh"), at=later(minutes=minute))
        submit(world, "G1", {**GOOD, "B02": minute}, at=later(minutes=minute + 5))
    assert queries_of(client, address) == few <= 15
