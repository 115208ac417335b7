"""A register gets another edition: open entries go over to it, answers that it makes something else of are flagged, closed ones stay."""

import re
from collections.abc import Mapping

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kheo.core.registers.values import Kept
from kheo.journal.actions import SYSTEM
from kheo.journal.models import JournalEntry
from kheo.org.access import Unreachable
from kheo.registers.access import figures_to_read
from kheo.registers.actions import Made, Refused, confirm_answers, edit_entry, publish_register, rebase_entries
from kheo.registers.actions.rebasing import rebase_batch
from kheo.registers.models import AnswerFlag, Deed, Entry, EntryVersion, RegisterEdition
from kheo.registers.queries.book_figures import Told
from kheo.registers.queries.definitions import Book, book
from kheo.registers.queries.faults import register_faults
from kheo.registers.queries.flags import flags_of
from kheo.registers.queries.holding import texts_of, values_of
from tests.registers.books import CAMPAIGNS, did, recorded, said, shipped_as, tried
from tests.registers.conftest import SMALL_REGISTER
from tests.registers.entries import FILLED, done, made, put
from tests.web.visits import enter, text_of
from tests.world import World, later

TEXT = SMALL_REGISTER.read_text(encoding="utf-8")
STRICTER = (
    TEXT.replace("at_most: 100000}", "at_most: 30, unit: người}")
    .replace("label: Có ảnh, type: yes_no}", "label: Có ảnh, type: yes_no, required_from: nhap}")
    .replace("name: Xã hội hóa}", "name: Nguồn vận động}")
    .replace("label: Diện tích, type: decimal", "label: Diện tích, type: decimal, unit: ha")
    .replace("sort: true, at_least: 0}", "sort: true, at_least: 0, shown_if: [{field: loai, equals: CT}]}")
    .replace("fields: [loai, dip, dien_tich],", "fields: [loai, co_anh, dien_tich],")
)


NO_MORE = "bản mới của sổ không hỏi ở hồ sơ như thế này nữa: đã bỏ, không đếm nữa; diễn biến ghi lại việc ấy."


def publish(text: str, minutes: int) -> RegisterEdition:
    published = publish_register(text, "so-nho.yaml", by=SYSTEM, at=later(minutes))
    assert published.problems == ()
    assert published.edition is not None
    return published.edition


def flagged(entry: Entry) -> dict[str, tuple[str, str]]:
    return {each.key: (each.why, each.message) for each in flags_of(entry)}


def test_answers_that_the_new_edition_makes_something_else_of_are_flagged_and_kept(world: World, small_book: Book) -> None:
    entry = made(small_book, world, loai="MH", cach_lam="Cách", dip=["XHH"], dien_tich=1250)
    before = values_of(small_book.definition, entry, texts_of(entry))
    edition = publish(STRICTER, 5)
    entry.refresh_from_db()
    now = book("so-nho")
    assert now is not None
    assert (entry.edition_id, entry.version) == (edition.pk, 2)
    assert values_of(now.definition, entry, texts_of(entry)) == {key: each for key, each in before.items() if key != "dien_tich"}
    assert flagged(entry) == {
        "so_nguoi": ("misfit", "“Số người”: bản mới của sổ không nhận giá trị đang ghi."),
        "dien_tich": ("hidden", f"“Diện tích”: {NO_MORE}"),
        "co_anh": ("missing", "“Có ảnh”: bản mới của sổ cần điền."),
        "dip": ("reads", "“Dịp”: đang ghi “Xã hội hóa”, theo bản mới đọc là “Nguồn vận động”."),
    }
    assert list(flagged(entry)) == ["so_nguoi", "dien_tich", "co_anh", "dip"]
    told = JournalEntry.objects.filter(act="rebase_entries").latest("pk").detail
    assert {key: told[key] for key in ("register", "number", "entries", "flagged")} == {
        "register": "so-nho", "number": 2, "entries": 1, "flagged": 1
    }  # fmt: skip


SUMMED = TEXT.replace(
    "figures:\n", "figures:\n  - {code: dt, name: Diện tích, counts: {fact: in_state, states: [da_gui], measure: sum, of: dien_tich}}\n"
)
SUMMED = SUMMED.replace("sort: true, at_least: 0}", "sort: true, at_least: 0, counted_open: Sổ thử.}")
OF_WORKS = SUMMED.replace("at_least: 0, counted_open", "at_least: 0, shown_if: [{field: loai, equals: CT}], counted_open")
OF_NEW_ONES = SUMMED.replace("  - {key: dien_tich", "  - {key: moi, label: Làm mới, type: yes_no}\n  - {key: dien_tich").replace(
    "at_least: 0, counted_open", "at_least: 0, shown_if: [{field: moi, equals: true}], counted_open"
)


def square_metres(world: World) -> int | None:
    found = book("so-nho")
    assert found is not None
    reached = figures_to_read(world.person("binh", later(days=10)), found, world.units["G1"], 2023)
    (figure,) = [each for each in found.definition.figures if each.code == "dt"]
    return reached.figures.lines([figure])[0].get(None, Told(0, 0)).number


def counted_area(world: World) -> Entry:
    """A model with an area that counts."""
    publish(SUMMED, 1)
    found = book("so-nho")
    assert found is not None
    entry = done(made(found, world, loai="MH", cach_lam="Cách", dien_tich=1250), "gui", world.person("an"), later(2))
    assert square_metres(world) == 1250
    return entry


def test_what_a_new_edition_asks_no_more_of_such_an_entry_is_counted_no_more_and_its_history_keeps_it(world: World) -> None:
    """A flag alone left it counted for as long as nobody edited the entry, where no page asked it."""
    entry = counted_area(world)
    publish(OF_WORKS, 5)
    assert square_metres(world) == 0
    assert flagged(entry) == {"dien_tich": ("hidden", f"“Diện tích”: {NO_MORE}")}
    deed = Deed.objects.filter(entry=entry).latest("pk")
    assert (deed.act, deed.who, deed.changes) == ("edition", SYSTEM.name, {"dien_tich": [1250, None]})
    assert EntryVersion.objects.filter(entry=entry).latest("version").extra["dien_tich"] == 1250
    page = text_of(enter(world, "hoa").get(f"/so/ho-so/{entry.pk}/").content)
    assert "Sổ có bản mới" in page
    assert "Diện tích: 12,50 → trống" in page
    assert list(register_faults()) == []
    assert isinstance(confirm_answers(entry.pk, [each.pk for each in flags_of(entry)], by=world.person("hoa"), at=later(6)), Made)
    assert flagged(entry) == {}


def test_what_hangs_on_a_question_that_nobody_was_asked_yet_stays_until_it_is_answered(world: World) -> None:
    """Else an edition that asks one thing more would empty another in every entry, and each would have to be found out again."""
    entry, hoa = counted_area(world), world.person("hoa")
    publish(OF_NEW_ONES, 5)
    told = "bản mới của sổ chỉ hỏi khi Làm mới là có. Hãy trả lời câu ấy; đến lúc đó vẫn giữ và đếm."
    assert (flagged(entry), square_metres(world)) == ({"dien_tich": ("hidden", f"“Diện tích”: {told}")}, 1250)
    unanswered = confirm_answers(entry.pk, [each.pk for each in flags_of(entry)], by=hoa, at=later(6))
    assert "chỉ điền khi Làm mới là có" in said(unanswered)
    now = book("so-nho")
    assert now is not None
    entry.refresh_from_db()
    held = values_of(now.definition, entry, texts_of(entry))
    assert isinstance(edit_entry(entry.pk, {**held, "moi": True}, version=entry.version, by=hoa, at=later(7)), Made)
    assert square_metres(world) == 1250
    publish(OF_NEW_ONES.replace("equals: true", "equals: false"), 8)
    assert square_metres(world) == 0, "answered, and the answer rules it out"


def test_another_unit_of_measure_is_flagged(world: World, small_book: Book) -> None:
    entry = made(small_book, world, loai="CT", dien_tich=1250, co_anh=True, so_nguoi=3)
    publish(STRICTER, 5)
    assert flagged(entry) == {
        "so_nguoi": ("reads", "“Số người”: đơn vị tính đổi từ “” thành “người”."),
        "dien_tich": ("reads", "“Diện tích”: đơn vị tính đổi từ “” thành “ha”."),
    }


def test_what_is_decided_keeps_its_edition_and_what_a_new_edition_leaves_alone_is_not_flagged(world: World, small_book: Book) -> None:
    closed = done(done(made(small_book, world), "gui", world.person("an"), later(1)), "duyet", world.person("binh"), later(2), ket_qua=1)
    alike = made(small_book, world, co_anh=True)
    edition = publish(TEXT.replace("label: Kết quả", "label: Kết quả đạt được"), 5)
    closed.refresh_from_db()
    alike.refresh_from_db()
    assert (closed.edition_id, alike.edition_id) == (small_book.edition_id, edition.pk)
    assert AnswerFlag.objects.count() == 0


def test_a_changed_answer_is_looked_at_and_the_others_are_confirmed(world: World, small_book: Book) -> None:
    entry, hoa = made(small_book, world, dip=["XHH"]), world.person("hoa")
    publish(STRICTER, 5)
    assert set(flagged(entry)) == {"so_nguoi", "co_anh", "dip"}
    ids = {each.key: each.pk for each in flags_of(entry)}
    unseen = confirm_answers(entry.pk, ids.values(), by=hoa, at=later(6))
    assert isinstance(unseen, Refused)
    assert {each.key for each in unseen.problems} == {"so_nguoi", "co_anh"}
    assert len(flags_of(entry)) == 3
    changed = edit_entry(entry.pk, {**FILLED, "dip": ["XHH"], "so_nguoi": 20, "co_anh": True}, version=1, by=hoa, at=later(7))
    assert isinstance(changed, Made)
    assert set(flagged(entry)) == {"dip"}
    assert isinstance(confirm_answers(entry.pk, [ids["dip"]], by=world.person("binh"), at=later(8)), Refused)
    with pytest.raises(Unreachable):
        confirm_answers(entry.pk, [ids["dip"]], by=world.person("chi"), at=later(8))
    assert isinstance(confirm_answers(entry.pk, [ids["dip"]], by=hoa, at=later(8)), Made)
    assert flags_of(entry) == []
    assert JournalEntry.objects.latest("pk").detail["fields"] == ["dip"]


def test_what_was_broken_off_goes_on_where_it_was(world: World, small_book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two by two: after the first two the machine stopped; publishing the same again brings over the rest."""
    monkeypatch.setattr("kheo.registers.actions.rebasing.BATCH", 2)
    entries = [made(small_book, world) for _ in range(5)]
    edition = publish(STRICTER, 5)
    assert set(Entry.objects.values_list("edition", flat=True)) == {edition.pk}
    Entry.objects.filter(pk__in=[each.pk for each in entries]).update(edition=small_book.edition_id)
    assert rebase_batch("so-nho", at=later(6))[0] == 2
    assert Entry.objects.filter(edition=edition).count() == 2
    again = publish(STRICTER, 7)
    assert (again, Entry.objects.filter(edition=edition).count()) == (edition, 5)
    assert rebase_entries("so-nho", at=later(8)) == (0, 0)
    assert AnswerFlag.objects.filter(settled_at__isnull=True).count() == 10


def test_a_batch_asks_as_many_questions_for_five_entries_as_for_one(world: World, small_book: Book) -> None:
    entries = [made(small_book, world, dip=["XHH"]) for _ in range(6)]
    publish(STRICTER, 5)
    asked = []
    for behind in (entries[:1], entries[1:]):
        Entry.objects.filter(pk__in=[each.pk for each in behind]).update(edition=small_book.edition_id)
        with CaptureQueriesContext(connection) as captured:
            assert rebase_batch("so-nho", at=later(6)) == (len(behind), len(behind))
        asked.append(len(captured))
    assert asked[0] == asked[1] <= 20


ROAD: Mapping[str, Kept] = {
    "ten": "Hẻm 12", "loai": "HEM", "dia_chi": "Khu phố 2", "vi_tri": (10_776_889, 106_700_806), "chieu_dai": 120,
    "ngay_khao_sat": "2023-04-01", "vi_pham_truoc": 4, "bo_tieu_chi": "12/KH",
}  # fmt: skip
SINCE_THEN: Mapping[str, Kept] = {"un_tac_truoc": 2, "ben_cham": ["CONGAN", "PHUONG"]}


def before_these(text: str) -> str:
    """The book as it was before it asked what is in `SINCE_THEN`."""
    for key in SINCE_THEN:
        text = re.sub(rf"  - {{key: {key},[^\n]*\n[^\n]*\n", "", text)
        text = text.replace(f", {key}", "").replace(f"{key}, ", "")
    assert not any(key in text for key in SINCE_THEN)
    return text


def test_what_a_new_edition_wants_and_freezes_is_given_in_the_form_and_the_entry_goes_on(world: World) -> None:
    """Scored before the book asked how many jams there were and who scored: neither forwards nor back would be open to it."""
    text = (CAMPAIGNS / "registers" / "tuyen-duong.yaml").read_text(encoding="utf-8")
    found = shipped_as("tuyen-duong", before_these(text))
    entry = recorded(found, world, ROAD)
    put(entry, found.definition, "cho_cong_nhan")
    Entry.objects.filter(pk=entry.pk).update(score=80)
    assert publish_register(text, "tuyen-duong.yaml", by=SYSTEM, at=later(5)).problems == ()
    assert {key: why for key, (why, _) in flagged(entry).items()} == dict.fromkeys(SINCE_THEN, "missing")
    binh, decision = world.person("binh"), {"quyet_dinh": "7/QĐ"}
    assert "Chưa điền “Các bên cùng chấm”" in said(tried(entry, "cong_nhan", binh, later(6), values=decision))
    assert "Chưa điền “Lần ùn tắc" in said(tried(entry, "tra_lai", binh, later(6), reason="Thiếu"))
    given = edit_entry(entry.pk, {**ROAD, **SINCE_THEN}, version=1, by=world.person("an"), at=later(7))
    assert isinstance(given, Made), given
    again = edit_entry(entry.pk, {**ROAD, **SINCE_THEN, "un_tac_truoc": 9}, version=2, by=world.person("an"), at=later(8))
    assert "“Lần ùn tắc đếm được lúc khảo sát” không sửa được nữa" in said(again), "what was given is frozen as ever"
    assert did(entry, "cong_nhan", binh, later(9), values=decision).meaning == "done_good"


CLOSED = TEXT.replace("clocks:", "  - {code: dong, name: Đóng, states: [cho], to: xong, by: [{scope: own, roles: [head]}]}\nclocks:", 1)
GRADED = CLOSED.replace("states:\n", "  - {key: muc, label: Mức, type: integer, required_from: cho}\nstates:\n", 1).replace(
    "office]}], reason: required}", "office]}], reason: required, asks: [muc]}", 1
)


def test_what_only_an_act_asks_that_lies_behind_the_entry_is_wanted_of_later_ones_alone(world: World) -> None:
    """Nobody could give it any more: the unit may not write what a reviewer judges, and the reviewer has asked already."""
    publish(CLOSED, 1)
    found = book("so-nho")
    assert found is not None
    old, an, hoa = made(found, world), world.person("an"), world.person("hoa")
    old = done(done(old, "gui", an, later(2)), "hoi_lai", world.person("binh"), later(3), reason="Thiếu ảnh")
    publish(GRADED, 5)
    assert flagged(old) == {}
    now = values_of(found.definition, old, texts_of(old))
    assert isinstance(edit_entry(old.pk, {**now, "so_nguoi": 41}, version=old.version, by=an, at=later(6)), Made)
    assert "Cần điền" not in enter(world, "hoa").get(f"/so/ho-so/{old.pk}/").content.decode()
    assert done(old, "dong", hoa, later(7)).state == "xong"
    now_book = book("so-nho")
    assert now_book is not None
    new = done(made(now_book, world), "gui", an, later(8))
    assert "Chưa điền “Mức”" in said(tried(new, "hoi_lai", world.person("binh"), later(9), reason="Thiếu ảnh"))
    asked = tried(new, "hoi_lai", world.person("binh"), later(9), reason="Thiếu ảnh", values={"muc": 3})
    assert isinstance(asked, Made)
    assert done(new, "dong", hoa, later(10)).state == "xong"
