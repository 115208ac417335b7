"""An act happened on the day that it names, not on the one on which somebody wrote it down; corrected, all that hangs on it follows."""

from datetime import date, datetime
from typing import Any

import pytest
from django.urls import reverse

from kheo.core.definition.records import RecordRule
from kheo.core.registers.loading import load_register
from kheo.core.registers.values import Kept
from kheo.journal.actions import SYSTEM
from kheo.registers.access import entry_to_read
from kheo.registers.actions import Made, Move, Refused, act_on_many, edit_entry, publish_register, try_on_many
from kheo.registers.models import DeadlineRun, Deed, Entry, StateSpan
from kheo.registers.queries.definitions import Book, book
from kheo.registers.queries.faults import register_faults
from kheo.registers.queries.figures import Counted, Window
from kheo.registers.queries.holding import texts_of, values_of
from tests.api.asking import program
from tests.registers.books import CAMPAIGNS, completed, did, recorded, said, shipped, tried
from tests.registers.entries import made
from tests.registers.tables import of_rows, plans, problems, sent, written
from tests.web.visits import enter, text_of
from tests.world import FILES, OPENING, World, later

THIRD, TENTH = "2023-04-03", "2023-04-10"
WRITTEN = later(days=19)  # on the 20th
MET: dict[str, Kept] = {"chu_tri": "TRUONG", "so_du": 30, "so_y_kien": 6, "tra_loi_ngay": 4}
FIRST_WEEK = Window(date(2023, 4, 1), date(2023, 4, 8), date(2023, 4, 8))
HELD = RecordRule.model_validate({"register_code": "doi-thoai", "fact": "entered", "states": ["da_hop"], "once": True})


@pytest.fixture
def dialogues(world: World) -> Book:
    return shipped("doi-thoai")


@pytest.fixture
def ending_themselves(world: World, small_book: Book) -> Book:
    """The small register, whose writers may end an entry on a day of its own; the limit is met by it."""
    text = (FILES / "so-nho.yaml").read_text(encoding="utf-8")
    for before, after in (
        ("states:\n  - {code: nhap", "  - {key: ngay_xong, label: Ngày xong, type: day}\nstates:\n  - {code: nhap"),
        ("clocks:\n", "  - {code: tu_xong, name: Tự xong, states: [da_gui], to: xong, by: [{scope: own, roles: [officer]}],\n"
                      "     asks: [ngay_xong], needs: [ngay_xong], day: ngay_xong}\nclocks:\n"),
        ("met_by: [duyet, bac]", "met_by: [duyet, bac, tu_xong]"),
    ):  # fmt: skip
        assert text.count(before) == 1
        text = text.replace(before, after)
    assert publish_register(text, "so-nho.yaml", by=SYSTEM, at=OPENING).problems == ()
    found = book("so-nho")
    assert found is not None
    return found


def planned(dialogues: Book, world: World, day: str, at: datetime) -> Entry:
    return recorded(dialogues, world, {"hinh_thuc": "DINHKY", "ngay": day}, at=at)


def corrected(entry: Entry, found: Book, world: World, at: datetime, **values: Kept) -> Made | Refused:
    entry.refresh_from_db()
    held = values_of(found.definition, entry, texts_of(entry))
    return edit_entry(entry.pk, {**held, **values}, version=entry.version, by=world.person("an"), at=at)


def limit(entry: Entry) -> DeadlineRun:
    return DeadlineRun.objects.get(entry=entry, known_to__isnull=True)


def held(dialogues: Book, entry: Entry, **known: Any) -> int:
    return Counted(dialogues.register.pk, dialogues.definition, HELD, FIRST_WEEK, **known).numbers().get(entry.owner_id, {}).get(None, 0)


def spans(entry: Entry) -> list[tuple[str, date, date | None]]:
    return list(StateSpan.objects.filter(entry=entry, known_to__isnull=True).order_by("ordinal").values_list("state", "starts", "ends"))


def test_a_dialogue_written_down_late_has_the_limit_and_the_place_of_one_written_down_at_once(world: World, dialogues: Book) -> None:
    an = world.person("an")
    in_time = did(planned(dialogues, world, THIRD, OPENING), "da_hop", an, later(days=2), values=MET)
    late = did(planned(dialogues, world, THIRD, WRITTEN), "da_hop", an, WRITTEN, values=MET)
    assert (limit(late).started_on, limit(late).due_on) == (limit(in_time).started_on, limit(in_time).due_on)
    assert (late.in_state_since, late.registered_on, late.due_on) == (date(2023, 4, 3), date(2023, 4, 3), limit(in_time).due_on)
    assert spans(late) == [("ke_hoach", date(2023, 4, 3), date(2023, 4, 3)), ("da_hop", date(2023, 4, 3), None)]
    assert Deed.objects.get(entry=late, act="da_hop").on == date(2023, 4, 3)
    # Both are of the first week; on the 12th one was known.
    assert held(dialogues, late) == 2
    assert held(dialogues, late, known_at=later(days=11)) == 1
    assert list(register_faults()) == []


def test_a_day_to_come_or_another_day_beside_it_is_refused_at_its_field(world: World, dialogues: Book) -> None:
    entry = planned(dialogues, world, "2023-04-25", WRITTEN)
    refused = tried(entry, "da_hop", world.person("an"), WRITTEN, values=MET)
    assert isinstance(refused, Refused)
    assert [(each.key, each.message) for each in refused.problems] == [("ngay", "“Ngày” chưa tới.")]
    beside = tried(entry, "da_hop", world.person("an"), WRITTEN, values={**MET, "ngay": THIRD}, on=date(2023, 4, 4))
    assert isinstance(beside, Refused)
    assert [each.key for each in beside.problems] == ["on"]
    assert "Việc này tính từ “Ngày” (03/04/2023)" in said(beside)


def test_it_is_not_before_the_state_that_it_leaves_and_meets_the_limit_on_its_day(world: World, ending_themselves: Book) -> None:
    an = world.person("an")
    entry = did(made(ending_themselves, world), "gui", an, later(days=3))
    assert "Không thể trước ngày 04/04/2023" in said(tried(entry, "tu_xong", an, WRITTEN, values={"ngay_xong": THIRD}))
    entry = did(entry, "tu_xong", an, WRITTEN, values={"ngay_xong": "2023-04-12"})
    assert (limit(entry).met_on, entry.closed_on) == (date(2023, 4, 12), date(2023, 4, 12))
    assert "Không thể trước ngày 04/04/2023" in said(corrected(entry, ending_themselves, world, WRITTEN, ngay_xong=THIRD))
    assert isinstance(corrected(entry, ending_themselves, world, WRITTEN, ngay_xong="2023-04-06"), Made)
    entry.refresh_from_db()
    assert (limit(entry).met_on, entry.closed_on, entry.in_state_since) == (date(2023, 4, 6),) * 3
    assert spans(entry)[1:] == [("da_gui", date(2023, 4, 4), date(2023, 4, 6)), ("xong", date(2023, 4, 6), None)]
    assert list(register_faults()) == []


def test_corrected_it_takes_state_limit_and_figures_along_and_what_was_known_stays(world: World, dialogues: Book) -> None:
    an = world.person("an")
    entry = did(planned(dialogues, world, TENTH, later(days=9)), "da_hop", an, later(days=9), values=MET)
    in_time = did(planned(dialogues, world, THIRD, OPENING), "da_hop", an, later(days=2), values=MET)
    assert held(dialogues, entry) == 1
    assert isinstance(corrected(entry, dialogues, world, WRITTEN, ngay=THIRD), Made)
    entry.refresh_from_db()
    assert (entry.in_state_since, limit(entry).started_on, limit(entry).due_on) == (
        date(2023, 4, 3),
        date(2023, 4, 3),
        limit(in_time).due_on,
    )
    assert (held(dialogues, entry), held(dialogues, entry, known_at=later(days=18))) == (2, 1)
    rows = StateSpan.objects.filter(entry=entry, state="da_hop").order_by("pk").values_list("starts", "known_to")
    assert list(rows) == [(date(2023, 4, 10), WRITTEN), (date(2023, 4, 3), None)]
    assert list(register_faults()) == []
    completed(entry, world, later(days=20), answered=6)
    assert "“Ngày” không sửa được nữa: hồ sơ đã sang bước sau." in said(corrected(entry, dialogues, world, later(days=21), ngay=TENTH))


def test_a_day_that_was_only_planned_is_changed_freely(world: World, dialogues: Book) -> None:
    entry = planned(dialogues, world, TENTH, OPENING)
    assert isinstance(corrected(entry, dialogues, world, later(days=1), ngay="2023-05-30"), Made)
    assert spans(entry) == [("ke_hoach", OPENING.date(), None)]


def test_the_page_asks_the_day_of_the_act_and_no_second_one(world: World, dialogues: Book) -> None:
    entry = planned(dialogues, world, "2023-04-01", OPENING)
    address = reverse("act_on_entry", args=[entry.pk, "da_hop"])
    page = enter(world, "an").get(address).content.decode()
    assert 'name="ngay"' in page
    assert "Việc này làm hôm khác" not in page
    answer = enter(world, "an").post(address, {"version": 1, **MET, "ngay": "31/03/2023"})
    assert answer.status_code == 302
    entry.refresh_from_db()
    assert (entry.in_state_since, entry.occurred_on) == (date(2023, 3, 31), date(2023, 3, 31))


def test_for_many_at_once_each_has_its_own_day(world: World, dialogues: Book) -> None:
    an, both = world.person("an"), [planned(dialogues, world, day, WRITTEN) for day in (THIRD, "2023-05-02")]
    wanted = Move("da_hop", 0, MET)
    first, second = try_on_many([entry_to_read(an, each.pk) for each in both], {each.pk: 1 for each in both}, wanted, today=WRITTEN.date())
    assert (first.refused, second.refused) == ("", "“Ngày” chưa tới.")
    outcomes = act_on_many([(each.pk, 1) for each in both], wanted, by=an, at=WRITTEN)
    assert [type(each) for _, each in outcomes] == [Made, Refused]
    both[0].refresh_from_db()
    assert both[0].in_state_since == date(2023, 4, 3)


def test_a_table_brings_dialogues_of_their_days(world: World, dialogues: Book) -> None:
    row = {
        "Hình thức": "Đối thoại định kỳ", "Ngày": "03/04/2023", "Chủ trì": "Người đứng đầu", "Số người dự, lượt tiếp": 30,
        "Kiến nghị nêu ra": 6, "Trả lời ngay tại chỗ": 4, "Trạng thái": "Đã họp, còn việc",
    }  # fmt: skip
    wrong = sent(dialogues, world, of_rows([row | {"Ngày": "02/05/2023"}]), at=WRITTEN)
    assert any("“Ngày” chưa tới." in each for each in problems(wrong))
    table = sent(dialogues, world, of_rows([row]), at=WRITTEN)
    assert plans(table) == ["new"]
    written(table, world, at=WRITTEN)
    entry = Entry.objects.get()
    assert (entry.state, entry.in_state_since, limit(entry).started_on) == ("da_hop", date(2023, 4, 3), date(2023, 4, 3))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("day: ngay}", "day: ngy}", "Không có trường “ngy”"),
        ("day: ngay}", "day: so_du}", "phải là trường ngày"),
        ("asks: [ngay, chu_tri", "asks: [chu_tri", "phải hỏi “Ngày” (asks)"),
        ("asks: [da_giai_quyet]}", "asks: [da_giai_quyet, ngay]}", "không thao tác nào khác hỏi hay ghi"),
        ("required_from: ke_hoach, in_list: true, filter: true, sort: true", "in_list: true, filter: true, sort: true", "thêm vào needs"),
        ("states: [ke_hoach, cong_bo], to: da_hop", "states: [ke_hoach, cong_bo]", "phải chuyển sang trạng thái khác"),
        ("states: [ke_hoach, cong_bo], to: da_hop", "states: [ke_hoach, cong_bo], to: ke_hoach", "phải chuyển sang trạng thái khác"),
        (
            "states: [ke_hoach, cong_bo], to: da_hop",
            "effect: transfer, states: [ke_hoach, cong_bo], to: da_hop",
            "không kèm việc nào (effect)",
        ),
        ("walled: true\n", "walled: true\nbegins_on: ngay\n", "không là ngày hồ sơ bắt đầu"),
        ("met_by: [hoan_tat, tiep_xong]", "met_by: [hoan_tat, tiep_xong], paused_in: [ke_hoach]", "không dừng hay chạy lại thời hạn"),
    ],
)
def test_an_act_names_a_day_that_it_asks_and_nothing_else_writes(before: str, after: str, told: str) -> None:
    text = (CAMPAIGNS / "registers/doi-thoai.yaml").read_text(encoding="utf-8")
    assert text.count(before) == 1
    assert load_register(text, "doi-thoai.yaml").problems == ()
    assert any(told in str(each) for each in load_register(text.replace(before, after), "doi-thoai.yaml").problems)


SLOW = (
    "Đồng hồ máy chủ đang là ngày 31/03/2023, mà hồ sơ vào trạng thái hiện nay ngày 01/04/2023: đồng hồ đang sai. "
    "Hãy báo người giữ hệ thống."
)


def test_an_act_on_a_day_that_the_machine_has_wrong_is_refused_in_words(world: World, small_book: Book) -> None:
    """Its clock was set back by a day: the state that ends would end before it began, and the database would say no to everybody."""
    entry, an, slow = made(small_book, world), world.person("an"), later(days=-1)
    assert SLOW in said(tried(entry, "gui", an, slow))
    ((_, outcome),) = act_on_many([(entry.pk, entry.version)], Move("gui", 0), by=an, at=slow)
    assert isinstance(outcome, Refused)
    assert [each.message for each in outcome.problems] == [SLOW]
    sent_entry = did(entry, "gui", an, OPENING, on=OPENING.date())
    assert sent_entry.in_state_since == OPENING.date()
    assert did(sent_entry, "giao", world.person("binh"), slow, on=OPENING.date(), handler=world.units["G1"]).state == "da_gui"


def test_pages_and_programs_are_told_the_same_of_a_clock_that_runs_behind(
    world: World, small_book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry, slow, caller = made(small_book, world), later(days=-1), program(world, "an", later(days=-2))
    client = enter(world, "an")
    monkeypatch.setattr("kheo.config.clock.now", lambda: slow)
    page = client.post(reverse("act_on_entry", args=[entry.pk, "gui"]), {"version": str(entry.version)})
    assert (page.status_code, SLOW in text_of(page.content)) == (409, True)
    many = {"viec": "gui", "dong-y": "1", "pick": f"{entry.pk}.{entry.version}"}
    asked = client.post(reverse("act_on_many", args=["so-nho"]), many)
    assert SLOW in text_of(asked.content)
    back: Any = caller.send("POST", f"/entries/{entry.pk}/acts/gui", {"version": entry.version})
    assert (back.status_code, [each["message"] for each in back.json()["problems"]]) == (409, [SLOW])
    assert Entry.objects.get().state == "nhap"
