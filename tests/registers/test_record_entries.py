"""Making entries, changing them, acting on them."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from kheo.core.days import WorkingCalendar
from kheo.core.reorganising import Absorbed
from kheo.core.workflow import Role
from kheo.journal.actions import SYSTEM
from kheo.journal.queries import broken_link
from kheo.org.access import Person, Unreachable, person
from kheo.org.actions import appoint, record_events
from kheo.people.models import User
from kheo.registers.access import entry_to_read
from kheo.registers.actions import (
    Line,
    Made,
    Move,
    Refused,
    act_on_entry,
    create_entry,
    edit_entry,
    keeping,
    link_entries,
    publish_register,
    write_line,
)
from kheo.registers.models import DeadlineRun, Deed, Entry, EntryText, EntryVersion, StateSpan
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.holding import texts_of, values_of
from tests.registers.conftest import SMALL_REGISTER
from tests.registers.entries import FILLED, done, made
from tests.world import FIRST_DAY, OPENING, World, head_of, later


def test_an_entry_gets_a_code_of_its_year_and_holds_what_was_written(world: World, small_book: Book) -> None:
    first, second = made(small_book, world), made(small_book, world, dien_tich=1250, dip=["NS", "XHH"], vi_tri=(10776889, 106700806))
    assert (first.code, second.code) == ("SN-2023-0001", "SN-2023-0002")
    kept = Entry.objects.get(pk=second.pk)
    expected = {**FILLED, "dien_tich": 1250, "dip": ["NS", "XHH"], "vi_tri": (10776889, 106700806)}
    assert values_of(small_book.definition, kept) == expected
    assert kept.extra == {"loai": "CT", "dien_tich": 1250, "dip": ["NS", "XHH"]}
    assert (kept.state, kept.meaning, kept.people_count) == ("nhap", "draft", 40)


def test_refuses_every_missing_field_at_once_and_keeps_nothing(world: World, small_book: Book) -> None:
    entry = made(small_book, world, loai="MH")
    refused = act_on_entry(entry.pk, Move("gui", 1), by=world.person("an"), at=OPENING)
    assert isinstance(refused, Refused)
    assert [(each.key, each.message) for each in refused.problems] == [("cach_lam", "Chưa điền “Cách làm”.")]
    entry.refresh_from_db()
    assert (entry.state, entry.version, Deed.objects.filter(entry=entry).count()) == ("nhap", 1, 1)


def test_a_field_that_is_not_asked_is_not_missing(world: World, small_book: Book) -> None:
    """Control of the test above: how it is done is asked of models alone."""
    assert done(made(small_book, world, loai="CT"), "gui", world.person("an"), OPENING).state == "da_gui"


def test_an_edit_puts_the_old_row_beside_the_new_one(world: World, small_book: Book) -> None:
    entry = made(small_book, world, loai="MH", cach_lam="Cách cũ")
    changed = edit_entry(
        entry.pk, {**FILLED, "loai": "MH", "so_nguoi": 55, "cach_lam": "Cách mới"}, version=1, by=world.person("hoa"), at=later(5)
    )
    assert isinstance(changed, Made)
    (old,) = EntryVersion.objects.filter(entry=entry)
    assert (old.people_count, old.version, old.known_from, old.known_to) == (40, 1, OPENING, later(5))
    assert texts_of(changed.entry) == {"cach_lam": "Cách mới"}
    assert EntryText.objects.filter(entry=entry).count() == 2
    deed = Deed.objects.filter(entry=entry).latest("pk")
    assert deed.changes == {"so_nguoi": [40, 55], "cach_lam": []}


def test_an_edit_of_what_somebody_else_changed_meanwhile_is_refused(world: World, small_book: Book) -> None:
    entry = made(small_book, world)
    assert isinstance(edit_entry(entry.pk, {**FILLED, "so_nguoi": 1}, version=1, by=world.person("an"), at=later(1)), Made)
    lost = edit_entry(entry.pk, {**FILLED, "so_nguoi": 2}, version=1, by=world.person("hoa"), at=later(2))
    assert isinstance(lost, Refused)
    entry.refresh_from_db()
    assert entry.people_count == 1


def test_an_act_on_what_somebody_else_changed_meanwhile_is_refused(world: World, small_book: Book) -> None:
    entry = made(small_book, world)
    assert isinstance(edit_entry(entry.pk, {**FILLED, "so_nguoi": 1}, version=1, by=world.person("an"), at=later(1)), Made)
    refused = act_on_entry(entry.pk, Move("gui", 1), by=world.person("hoa"), at=later(2))
    assert isinstance(refused, Refused)
    entry.refresh_from_db()
    assert entry.state == "nhap"


def test_what_a_unit_was_given_goes_on_with_its_heir(world: World, small_book: Book) -> None:
    """G2 is given an entry of G1 and then absorbed by G3, whose head goes on with it."""
    entry = done(made(small_book, world), "gui", world.person("an"), later(1))
    given = act_on_entry(entry.pk, Move("giao", entry.version, handler=world.units["G2"]), by=world.person("binh"), at=later(2))
    assert isinstance(given, Made)
    assert Deed.objects.filter(entry=entry).latest("pk").changes == {"handler": [None, world.units["G2"]]}
    absorbed = Absorbed(day=date(2023, 4, 3), unit=world.units["G2"], into=world.units["G3"])
    assert not record_events([absorbed], by=SYSTEM, at=later(3)).problems
    heir = head_on(world, "G3", later(days=5))
    assert done(entry, "lam", heir, later(days=5)).handler_id == world.units["G2"]


def head_on(world: World, code: str, at: datetime) -> Person:
    """The head of a unit, with the posts of an instant."""
    return person(User.objects.get(pk=head_of(world, code).user_id), at)


def test_whoever_wrote_it_does_not_approve_it(world: World, small_book: Book) -> None:
    """Hoa reviews at D1 as well: nothing but having sent it keeps her from it."""
    appoint(world.users["hoa"], world.units["D1"], Role.REVIEWER, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    entry = done(made(small_book, world), "gui", world.person("hoa"), later(1))
    own = act_on_entry(entry.pk, Move("duyet", entry.version, {"ket_qua": 3}), by=world.person("hoa"), at=later(2))
    assert isinstance(own, Refused)
    assert "cần một người khác" in own.message
    approved = done(entry, "duyet", world.person("binh"), later(3), ket_qua=3)
    assert (approved.state, approved.closed_on) == ("xong", date(2023, 4, 1))


def test_a_refusal_says_why(world: World, small_book: Book) -> None:
    entry = done(made(small_book, world), "gui", world.person("an"), later(1))
    silent = act_on_entry(entry.pk, Move("bac", entry.version), by=world.person("binh"), at=later(2))
    assert isinstance(silent, Refused)
    assert [each.key for each in silent.problems] == ["reason"]
    assert done(entry, "bac", world.person("binh"), later(2), reason="Chưa rõ kết quả").state == "khong_dat"


def test_what_is_frozen_stays_as_it_was(world: World, small_book: Book) -> None:
    entry = done(made(small_book, world), "gui", world.person("an"), later(1))
    entry = done(entry, "duyet", world.person("binh"), later(2), ket_qua=3)
    refused = edit_entry(entry.pk, {**FILLED, "ket_qua": 9}, version=entry.version, by=world.person("an"), at=later(3))
    assert isinstance(refused, Refused)
    assert [each.key for each in refused.problems] == ["ket_qua"]


def test_an_outsider_finds_nothing(world: World, small_book: Book) -> None:
    entry = made(small_book, world)
    for act in ("gui", "huy"):
        with pytest.raises(Unreachable):
            act_on_entry(entry.pk, Move(act, 1, reason="x"), by=world.person("chi"), at=later(1))
    assert isinstance(create_entry(small_book, world.units["G1"], FILLED, by=world.person("chi"), at=OPENING), Refused)
    with pytest.raises(Unreachable):
        edit_entry(entry.pk, FILLED, version=1, by=world.person("quan"), at=later(1))


def test_what_is_not_there_and_what_is_not_yours_look_alike(world: World, small_book: Book) -> None:
    for entry in (made(small_book, world).pk, 10**9):
        with pytest.raises(Unreachable):
            edit_entry(entry, FILLED, version=1, by=world.person("chi"), at=later(1))


def test_another_units_eyes_are_near_have_no_part_in_the_entry_and_see_nothing_personal(world: World, small_book: Book) -> None:
    entry = done(made(small_book, world, chu_the="individual", ten_chu_the="Một người"), "gui", world.person("an"), later(1))
    assert [act.code for act in entry_to_read(head_of(world, "G2"), entry.pk).acts] == ["duyet"]
    assert not entry_to_read(head_of(world, "G2"), entry.pk).sees_personal
    with pytest.raises(Unreachable):  # under another district: as if there were no such entry
        entry_to_read(world.person("chi"), entry.pk)
    assert entry_to_read(world.person("binh"), entry.pk).sees_personal
    assert not entry_to_read(world.person("kien"), entry.pk).sees_personal
    appoint(world.users["hoa"], world.units["G2"], Role.HEAD, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    own = act_on_entry(entry.pk, Move("duyet", entry.version, {"ket_qua": 1}), by=world.person("dung"), at=later(2))
    assert isinstance(own, Refused)
    assert "duyet" not in {act.code for act in entry_to_read(world.person("hoa"), entry.pk).acts}


def test_nothing_is_made_for_a_day_to_come(world: World, small_book: Book) -> None:
    refused = create_entry(small_book, world.units["G1"], FILLED, by=world.person("an"), at=OPENING, on=date(2099, 1, 1))
    assert isinstance(refused, Refused)
    assert [each.key for each in refused.problems] == ["on"]


def test_what_a_retired_field_holds_stays_and_a_new_entry_is_of_the_newest_edition(world: World, small_book: Book) -> None:
    entry = made(small_book, world, dien_tich=1234)
    text = SMALL_REGISTER.read_text(encoding="utf-8").replace("sort: true, at_least: 0}", "sort: true, at_least: 0, status: retired}")
    # What is filed in the field names fields that are asked.
    text = text.replace('[loai, dip, dien_tich], fills: {ten: "{loai}, {dien_tich} m²"}', '[loai, dip, linh_vuc], fills: {ten: "{loai}"}')
    assert not publish_register(text, "so-nho.yaml", by=SYSTEM, at=later(1)).problems
    changed = edit_entry(entry.pk, {**FILLED, "so_nguoi": 3}, version=1, by=world.person("an"), at=later(2))
    assert isinstance(changed, Made)
    assert changed.entry.extra["dien_tich"] == 1234
    assert made(small_book, world).edition_id != small_book.edition_id


def test_a_search_forgets_what_has_become_personal(world: World, small_book: Book) -> None:
    text = SMALL_REGISTER.read_text(encoding="utf-8").replace(
        "{key: tu_ngay,", "{key: cho_o, label: Nơi, type: text, column: address}\n  - {key: tu_ngay,"
    )
    assert not publish_register(text, "so-nho.yaml", by=SYSTEM, at=OPENING).problems
    entry = made(small_book, world, cho_o="Hẻm bà Kín")
    assert "kin" in entry.search
    now = text.replace("type: text, column: address}", "type: text, column: address, personal: true}")
    assert not publish_register(now, "so-nho.yaml", by=SYSTEM, at=later(1)).problems
    entry.refresh_from_db()
    assert "kin" not in entry.search


def test_nor_does_a_closed_entry_bring_it_back_when_it_is_changed(world: World, small_book: Book) -> None:
    """It answers the edition by which it was decided, where the field was nobody's secret."""
    text = SMALL_REGISTER.read_text(encoding="utf-8").replace(
        "{key: tu_ngay,", "{key: cho_o, label: Nơi, type: text, column: address}\n  - {key: tu_ngay,"
    )
    assert not publish_register(text, "so-nho.yaml", by=SYSTEM, at=OPENING).problems
    entry = done(made(small_book, world, cho_o="Hẻm bà Kín"), "gui", world.person("an"), later(1))
    entry = done(entry, "duyet", world.person("binh"), later(2), ket_qua=3)
    now = text.replace("type: text, column: address}", "type: text, column: address, personal: true}")
    assert not publish_register(now, "so-nho.yaml", by=SYSTEM, at=later(3)).problems
    held = {**FILLED, "cho_o": "Ngõ bà Kín", "ket_qua": 3}
    changed = edit_entry(entry.pk, held, version=entry.version, by=world.person("an"), at=later(4))
    assert isinstance(changed, Made)
    assert "kin" not in changed.entry.search


@pytest.mark.parametrize(
    "wrong",
    [{"ten": None}, {"ten": ""}, {"loai": "XX"}, {"linh_vuc": "N5"}, {"dip": ["NS", "YY"]}, {"so_nguoi": True}, {"so_nguoi": -1},
     {"tu_ngay": "2023-02-31"}, {"vi_tri": (1, 2, 3)}, {"co_anh": "có"}, {"khong_co": 1}],
)  # fmt: skip
def test_a_value_that_no_form_would_give_is_refused(world: World, small_book: Book, wrong: dict[str, object]) -> None:
    values = {**FILLED, **wrong}
    refused = create_entry(small_book, world.units["G1"], values, by=world.person("an"), at=OPENING)  # type: ignore[arg-type]
    assert isinstance(refused, Refused)
    assert [each.key for each in refused.problems] == list(wrong)


def test_an_open_register_offers_no_content_behind_the_wall(small_book: Book) -> None:
    assert small_book.options.names["(contents)"] == {"chung": "Chung"}


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1989, 12, 31)])
def test_nothing_is_dated_before_there_were_registers(world: World, small_book: Book, day: date) -> None:
    """A year that was typed wrong would number an entry SN-1-0001 for ever."""
    an, entry, other = world.person("an"), made(small_book, world), made(small_book, world, "chi", "G4")
    refused = create_entry(small_book, world.units["G1"], FILLED, by=an, at=OPENING, on=day)
    assert isinstance(refused, Refused)
    assert "có lẽ là viết nhầm" in refused.problems[0].message
    line = write_line(entry.pk, Line("chi", day, source="NS", amount_vnd=1), by=an, at=later(1))
    assert isinstance(line, Refused)
    assert [each.key for each in line.problems] == ["on"]
    assert isinstance(link_entries(entry.pk, "hoc_theo", other.code, on=day, by=an, at=later(1)), Refused)


def test_a_limit_in_a_year_without_a_calendar_is_a_refusal_and_nothing_is_kept(
    world: World, small_book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The holidays of a year are announced late in the year before: whoever works then is told, not shown an error."""
    entry = made(small_book, world)
    monkeypatch.setattr(keeping, "working_calendar", lambda _: WorkingCalendar(frozenset({2022}), frozenset(), frozenset()))
    refused = act_on_entry(entry.pk, Move("gui", 1), by=world.person("an"), at=later(1))
    assert isinstance(refused, Refused)
    assert refused.message.startswith("Lịch nghỉ lễ chưa có dữ liệu năm 2023. Chưa tính được thời hạn nên chưa ghi gì")
    entry.refresh_from_db()
    assert (entry.state, entry.version) == ("nhap", 1)


def test_the_clock_stands_still_while_the_unit_is_awaited(world: World, small_book: Book) -> None:
    """Sent on Monday 3 April, due on the 10th; asked back on the 5th with three days left; answered on the 19th: due on the 24th."""
    monday = later(days=2)
    entry = done(made(small_book, world), "gui", world.person("an"), monday)
    assert entry.due_on == date(2023, 4, 10)
    entry = done(entry, "hoi_lai", world.person("binh"), later(days=4), reason="Thiếu ảnh")
    assert entry.due_on is None
    entry = done(entry, "bo_sung", world.person("an"), later(days=18))
    assert entry.due_on == date(2023, 4, 24)
    entry = done(entry, "gia_han", world.person("binh"), later(days=20), reason="Việc khó")
    assert entry.due_on == date(2023, 5, 4)  # 30 April and 1 May, with the days given for them, are days off
    again = act_on_entry(entry.pk, Move("gia_han", entry.version, reason="Nữa"), by=world.person("binh"), at=later(days=21))
    assert isinstance(again, Refused)
    entry = done(entry, "duyet", world.person("binh"), later(days=22), ket_qua=1)
    (run,) = DeadlineRun.objects.filter(entry=entry, known_to__isnull=True)
    assert (run.met_on, run.extended, entry.due_on) == (date(2023, 4, 23), True, None)


def test_states_follow_each_other_without_a_gap(world: World, small_book: Book) -> None:
    entry = done(made(small_book, world), "gui", world.person("an"), later(days=1))
    done(entry, "duyet", world.person("binh"), later(days=9), ket_qua=1, on=date(2023, 4, 7))
    spans = list(StateSpan.objects.filter(entry=entry).order_by("ordinal").values_list("state", "came_from", "starts", "ends"))
    assert spans == [
        ("nhap", "", date(2023, 4, 1), date(2023, 4, 2)),
        ("da_gui", "nhap", date(2023, 4, 2), date(2023, 4, 7)),
        ("xong", "da_gui", date(2023, 4, 7), None),
    ]


@pytest.mark.parametrize("on", [date(2023, 4, 1), date(2024, 1, 1)])
def test_an_act_lies_between_the_last_one_and_today(world: World, small_book: Book, on: date) -> None:
    entry = done(made(small_book, world), "gui", world.person("an"), later(days=1))
    wrong = act_on_entry(entry.pk, Move("duyet", entry.version, {"ket_qua": 1}, on=on), by=world.person("binh"), at=later(days=3))
    assert isinstance(wrong, Refused)
    assert [each.key for each in wrong.problems] == ["on"]


@pytest.mark.parametrize(
    "table", ["registers_deed", "registers_entry_version", "registers_edition", "registers_state_span", "registers_text"]
)
def test_the_database_refuses_to_rewrite_what_was_known(world: World, small_book: Book, table: str) -> None:
    entry = made(small_book, world, loai="MH", cach_lam="Cách")
    edit_entry(entry.pk, {**FILLED, "so_nguoi": 1}, version=1, by=world.person("an"), at=later(1))
    column = {"registers_edition": "number = 7", "registers_state_span": "state = 'xong'"}.get(table, "entry_id = entry_id")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column}")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")


def test_the_journal_tells_every_act(world: World, small_book: Book) -> None:
    entry = done(made(small_book, world), "gui", world.person("an"), later(1))
    done(entry, "duyet", world.person("binh"), later(2), ket_qua=1)
    assert list(Deed.objects.order_by("pk").values_list("act", flat=True)) == ["create", "gui", "duyet"]
    assert broken_link() is None
