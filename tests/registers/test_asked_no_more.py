"""What such an entry is not asked any more is neither counted nor lost: page, batch and program say the same of it."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from kheo.core.registers.values import Kept
from kheo.journal.actions import SYSTEM
from kheo.registers.access import figures_to_read
from kheo.registers.actions import Made, Move, Refused, act_on_many, edit_entry, publish_register
from kheo.registers.actions.keeping import Doing, lock_entry, move
from kheo.registers.models import Deed, Entry, EntryVersion
from kheo.registers.queries.book_figures import Told
from kheo.registers.queries.definitions import Book, book
from kheo.registers.queries.holding import texts_of, values_of
from tests.api.asking import program
from tests.registers.books import did, recorded, shipped, tried
from tests.registers.conftest import SMALL_REGISTER
from tests.registers.entries import put
from tests.registers.tables import Sheet, at, edited, exported, problems, sent, written
from tests.registers.test_supervision import session
from tests.web.visits import day, enter, text_of
from tests.world import OPENING, World, later

STREET: Mapping[str, Kept] = {
    "ten": "Đường số 9", "loai": "TUYEN", "dia_chi": "Khu phố 2", "vi_tri": (10_776_889, 106_700_806), "chieu_dai": 500,
    "ngay_khao_sat": "2023-04-01", "vi_pham_truoc": 3, "un_tac_truoc": 1, "bo_tieu_chi": "12/KH", "ben_cham": ["PHUONG"],
}  # fmt: skip
GONE = "Hồ sơ như thế này không hỏi “Chiều dài”: đã bỏ, không đếm nữa; diễn biến ghi lại việc ấy."
IN_VAIN = "“Chiều dài” chỉ điền khi Loại là một trong Tuyến đường hoặc Hẻm; hãy để trống ô này."
SLIP = "Là cổng trường, ghi nhầm"


@pytest.fixture
def streets(world: World) -> Book:
    return shipped("tuyen-duong")


def street(book: Book, world: World, **further: Kept) -> Entry:
    """One with its title, as if it had come to it."""
    entry = recorded(book, world, {**STREET, **further})
    with transaction.atomic():
        entry = lock_entry(entry.pk)
        move(entry, book.definition, "cong_nhan", Doing("cong_nhan", world.person("binh"), OPENING.date(), OPENING))
        entry.score, entry.extra = 90, {**entry.extra, "quyet_dinh": "5/QĐ"}
        entry.save()
    return entry


def now(book: Book, entry: Entry) -> dict[str, Kept]:
    entry.refresh_from_db()
    return values_of(book.definition, entry, texts_of(entry))


def metres(book: Book, world: World) -> int | None:
    """What the register tells of all that has its title."""
    reached = figures_to_read(world.person("binh", later(days=10)), book, world.units["G1"], 2023)
    (figure,) = [each for each in book.definition.figures if each.code == "chieu_dai"]
    return reached.figures.lines([figure])[0].get(None, Told(0, 0)).number


def test_a_street_corrected_to_a_gate_has_no_length_that_counts_and_its_history_keeps_it(streets: Book, world: World) -> None:
    entry = street(streets, world)
    assert metres(streets, world) == 500
    done = tried(entry, "dinh_chinh", world.person("binh"), later(1), values={"loai": "TRUONG"}, reason=SLIP)
    assert isinstance(done, Made)
    assert (done.told, now(streets, entry).get("chieu_dai")) == (GONE, None)
    assert Deed.objects.filter(entry=entry).latest("pk").changes == {"loai": ["TUYEN", "TRUONG"], "chieu_dai": [500, None]}
    assert metres(streets, world) == 0
    assert EntryVersion.objects.get(entry=entry).extra["chieu_dai"] == 500


def test_what_the_page_sends_with_it_or_a_program_names_is_refused_and_not_dropped(streets: Book, world: World) -> None:
    """A page without a script has the old number in its box; whoever sends it is told that it must be emptied."""
    entry = street(streets, world)
    sent = {"loai": "TRUONG", "chieu_dai": "500", "reason": SLIP, "version": str(Entry.objects.get(pk=entry.pk).version)}
    with day(later(1)):
        page = enter(world, "binh").post(reverse("act_on_entry", args=[entry.pk, "dinh_chinh"]), sent)
        assert (page.status_code, IN_VAIN in text_of(page.content)) == (409, True)
        assert 'value="500"' in page.content.decode(), "what was typed stays"
        version, values = Entry.objects.get(pk=entry.pk).version, {"loai": "TRUONG", "chieu_dai": 500}
        body = {"version": version, "values": values, "reason": SLIP}
        back: Any = program(world, "binh", later(1)).send("POST", f"/entries/{entry.pk}/acts/dinh_chinh", body)
        assert (back.status_code, [each["message"] for each in back.json()["problems"]]) == (409, [IN_VAIN])
    meant: Mapping[str, Kept | None] = {"loai": "TRUONG", "chieu_dai": 500}
    many = act_on_many([(entry.pk, version)], Move("dinh_chinh", 0, meant, reason=SLIP), by=world.person("binh"), at=later(1))
    assert [[each.message for each in outcome.problems] for _, outcome in many if isinstance(outcome, Refused)] == [[IN_VAIN]]
    assert now(streets, entry)["loai"] == "TUYEN"


def test_page_batch_and_program_leave_it_out_alike_and_say_so(streets: Book, world: World) -> None:
    one, two, three = (street(streets, world, ten=f"Đường {name}") for name in ("A", "B", "C"))
    binh, wrote = world.person("binh"), {"loai": "TRUONG"}
    with day(later(1)):
        sent = {**wrote, "reason": SLIP, "version": str(Entry.objects.get(pk=one.pk).version)}
        page = enter(world, "binh").post(reverse("act_on_entry", args=[one.pk, "dinh_chinh"]), sent, follow=True)
        assert GONE in text_of(page.content)
        assert "Chiều dài (m): 500 → trống" in text_of(page.content)
        body = {"version": Entry.objects.get(pk=two.pk).version, "values": wrote, "reason": SLIP}
        back: Any = program(world, "binh", later(1)).send("POST", f"/entries/{two.pk}/acts/dinh_chinh", body)
        assert back.json()["told"] == GONE
    version = Entry.objects.get(pk=three.pk).version
    ((_, outcome),) = act_on_many([(three.pk, version)], Move("dinh_chinh", 0, {**wrote}, reason=SLIP), by=binh, at=later(1))
    assert isinstance(outcome, Made)
    assert outcome.told == GONE
    assert ["chieu_dai" in now(streets, each) for each in (one, two, three)] == [False] * 3


def test_a_gate_that_holds_a_length_from_before_is_mended_by_any_correction_and_by_an_edit(streets: Book, world: World) -> None:
    """Left by a correction of before there was the rule; frozen, and asked by no form."""
    one, two = street(streets, world), street(streets, world, ten="Đường khác")
    for each in (one, two):
        Entry.objects.filter(pk=each.pk).update(extra={**each.extra, "loai": "TRUONG"})
    done = tried(one, "dinh_chinh", world.person("binh"), later(1), values={"loai": "BENHVIEN"}, reason=SLIP)
    assert isinstance(done, Made)
    left = {key: value for key, value in now(streets, two).items() if key != "chieu_dai"}
    assert isinstance(edit_entry(two.pk, left, version=two.version, by=world.person("an"), at=later(1)), Made)
    assert ["chieu_dai" in now(streets, each) for each in (one, two)] == [False, False]


def test_what_an_edit_leaves_out_because_it_is_asked_no_more_is_told_too(streets: Book, world: World) -> None:
    entry = recorded(streets, world, {"ten": "Cổng trường", "loai": "TUYEN", "dia_chi": "Khu phố 2", "chieu_dai": 40})
    with day(later(1)):
        sent = {"ten": "Cổng trường", "loai": "TRUONG", "dia_chi": "Khu phố 2", "version": str(entry.version)}
        page = enter(world, "an").post(reverse("edit_entry", args=[entry.pk]), sent, follow=True)
    assert GONE in text_of(page.content)


def test_the_page_of_an_act_asks_nothing_that_the_entry_is_not_asked(world: World) -> None:
    """The form stands fixed here, so the page leaves out what hangs on it; where the page asks the form, its script decides."""
    supervision = session(world, "GS")
    put(supervision, shipped("giam-sat").definition, "ket_luan")
    with day(later(1)):
        hoa = enter(world, "hoa")
        page = hoa.get(reverse("act_on_entry", args=[supervision.pk, "dinh_chinh"])).content.decode()
        assert ('id="o-ten"' in page or 'id="o-linh_vuc"' in page, 'id="o-van_ban"' in page) == (True, False)
        assert "registers/form.js" in page
        assert "data-shown-if" not in page


SMALL = SMALL_REGISTER.read_text(encoding="utf-8")
# The head of the reviewers puts a level to works only; the unit writes what it is, and no state freezes either.
GRADED = (
    SMALL.replace(
        "states:\n", "  - {key: muc, label: Mức, type: integer, shown_if: [{field: loai, equals: CT}], counted_open: Sổ thử.}\nstates:\n", 1
    )
    .replace("office]}], reason: required}", "office]}], reason: required, asks: [muc]}", 1)
    .replace("figures:\n", "figures:\n  - {code: muc, name: Mức, counts: {fact: in_state, states: [cho], measure: sum, of: muc}}\n", 1)
)
LEVEL_GONE = "Hồ sơ như thế này không hỏi “Mức”: đã bỏ, không đếm nữa; diễn biến ghi lại việc ấy."
ASKED_BACK: Mapping[str, Kept] = {"ten": "Tổ tự quản", "loai": "CT", "linh_vuc": "KT", "so_nguoi": 40}


@pytest.fixture
def graded(world: World) -> Book:
    assert publish_register(GRADED, "so-nho.yaml", by=SYSTEM, at=OPENING).problems == ()
    found = book("so-nho")
    assert found is not None
    return found


def levels(found: Book, world: World) -> int | None:
    reached = figures_to_read(world.person("binh", later(days=10)), found, world.units["G1"], 2023)
    (figure,) = [each for each in found.definition.figures if each.code == "muc"]
    return reached.figures.lines([figure])[0].get(None, Told(0, 0)).number


def asked_back(found: Book, world: World) -> Entry:
    entry = recorded(found, world, ASKED_BACK)
    did(entry, "gui", world.person("an"), later(1))
    return did(entry, "hoi_lai", world.person("binh"), later(2), values={"muc": 7}, reason="Thiếu ảnh")


def test_what_an_act_wrote_goes_with_an_edit_that_makes_of_the_entry_one_that_has_no_such_thing(graded: Book, world: World) -> None:
    """No form asks it, and nobody could empty it: a model of a level that only works have was counted for ever."""
    entry = asked_back(graded, world)
    assert levels(graded, world) == 7
    with day(later(3)):
        form = {"ten": "Tổ tự quản", "loai": "MH", "cach_lam": "Cách", "linh_vuc": "KT", "so_nguoi": "40", "version": str(entry.version)}
        page = enter(world, "an").post(reverse("edit_entry", args=[entry.pk]), form, follow=True)
    assert LEVEL_GONE in text_of(page.content)
    assert ("muc" in now(graded, entry), levels(graded, world)) == (False, 0)
    assert Deed.objects.filter(entry=entry).latest("pk").changes["muc"] == [7, None]
    assert EntryVersion.objects.filter(entry=entry).latest("version").extra["muc"] == 7


def test_a_program_and_a_table_leave_it_out_alike_and_nobody_else_empties_it(graded: Book, world: World) -> None:
    one, two, three, four = (asked_back(graded, world) for _ in range(4))
    values = {"loai": "MH", "cach_lam": "Cách"}
    with day(later(3)):
        body = {"version": one.version, "values": values}
        back: Any = program(world, "an", later(3)).send("PATCH", f"/entries/{one.pk}", body)
        assert (back.status_code, "muc" in now(graded, one)) == (200, False)
        body = {"version": two.version, "values": {**values, "muc": 7}}
        back = program(world, "an", later(3)).send("PATCH", f"/entries/{two.pk}", body)
        assert (back.status_code, now(graded, two)["muc"]) == (422, 7)

    def as_model(sheet: Sheet) -> None:
        (row,) = (row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value == four.code)
        at(sheet, "Loại", row).value, at(sheet, "Cách làm", row).value = "Mô hình", "Cách"

    table = sent(graded, world, edited(exported(graded, world), as_model))
    assert problems(table) == []
    written(table, world)
    assert ("muc" in now(graded, four), now(graded, four)["loai"]) == (False, "MH")
    held = {key: value for key, value in now(graded, three).items() if key != "muc"}
    assert isinstance(edit_entry(three.pk, {**held, "so_nguoi": 41}, version=three.version, by=world.person("an"), at=later(3)), Made)
    assert now(graded, three)["muc"] == 7, "what an act wrote stays where it is asked"


def test_what_hangs_on_what_an_act_wrote_is_asked_by_the_form_once_it_was_written(world: World) -> None:
    """The form does not ask the level, so its script took it for empty, and the words that explain it were hidden for ever."""
    hangs = "  - {key: vi_sao, label: Vì sao, type: text, shown_if: [{field: muc, at_least: 5}]}\nstates:\n"
    assert publish_register(GRADED.replace("states:\n", hangs, 1), "so-nho.yaml", by=SYSTEM, at=OPENING).problems == ()
    found = book("so-nho")
    assert found is not None
    written_down, plain = asked_back(found, world), recorded(found, world, ASKED_BACK)
    with day(later(3)):
        client = enter(world, "an")
        page, other = (client.get(reverse("edit_entry", args=[each.pk])).content.decode() for each in (written_down, plain))
    assert ('id="o-vi_sao"' in page, 'id="o-vi_sao"' in other) == (True, False)
    decided = page.split('id="o-vi_sao"')[1].split(">")[0]
    assert "&quot;when&quot;: [{&quot;field&quot;: &quot;loai&quot;, &quot;equals&quot;: &quot;CT&quot;}], &quot;met&quot;: true" in decided
