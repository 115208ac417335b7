"""What a register's file says of its fields together holds by whatever way an entry comes; a new register needs no code for it."""

import pytest
from django.urls import reverse

from kheo.journal.actions import SYSTEM
from kheo.registers.access import entry_to_read
from kheo.registers.actions import Made, Refused, act_on_entry, create_entry, edit_entry, publish_register
from kheo.registers.actions.acting import Move
from kheo.registers.actions.trying import try_on_many
from kheo.registers.queries.definitions import Book, book
from kheo.registers.queries.holding import texts_of, values_of
from tests.registers.books import did, recorded, said, shipped, tried
from tests.registers.entries import FILLED, made
from tests.registers.tables import at, edited, exported, of_rows, problems, rows_in, sent
from tests.web.visits import enter, text_of
from tests.world import FILES, OPENING, World, later

MORE = "Có 41 người, nhiều hơn 40 người được hỏi."


@pytest.fixture
def checked_book(world: World) -> Book:
    """The small register as a file declares it anew: one relation, one pattern, one choice offered no more."""
    text = (FILES / "so-nho.yaml").read_text(encoding="utf-8")
    for before, after in (
        ("register_code: so-nho", "register_code: so-moi"),
        ("prefix: SN", "prefix: SM"),
        ("to: so-nho", "to: so-moi"),
        ("{code: CT, name: Công trình}", "{code: CT, name: Công trình}\n    - {code: GP, name: Giải pháp, status: retired}"),
        (
            "frozen_from: xong, proposed: true}\n",
            "frozen_from: xong, proposed: true}\n"
            "  - {key: so_hieu, label: Số hiệu, type: text, pattern: '[0-9]+/KH', pattern_says: Viết như 12/KH.}\n",
        ),
        (
            "states:\n",
            'checks: [{left: ket_qua, operator: "<=", right: so_nguoi, message: "Có {left} người, nhiều hơn {right} người được hỏi."}]\n'
            "states:\n",
        ),
    ):
        assert before in text
        text = text.replace(before, after, 1)
    published = publish_register(text, "so-moi.yaml", by=SYSTEM, at=OPENING)
    assert published.problems == ()
    found = book("so-moi")
    assert found is not None
    return found


def test_a_form_tells_all_at_once_at_its_fields(world: World, checked_book: Book) -> None:
    """What cannot be read, what does not fit together, what is offered no more: one answer, and what was typed stays."""
    client = enter(world, "an")
    address = reverse("new_entry", args=["so-moi"])
    assert "Giải pháp" not in client.get(address).content.decode()
    wrong = {"ten": "Tổ", "loai": "GP", "linh_vuc": "KT", "so_nguoi": "40", "ket_qua": "41", "so_hieu": "12", "dien_tich": "nhiều"}
    answer = client.post(address, wrong)
    page = text_of(answer.content)
    assert answer.status_code == 409
    for told in (MORE, "Viết như 12/KH.", "“Giải pháp” đã thôi dùng; hãy chọn mục khác.", "nhiều"):
        assert told in page, told
    assert {part.split('"')[0] for part in answer.content.decode().split('<a href="#o-')[1:]} == {"loai", "ket_qua", "so_hieu", "dien_tich"}


def test_by_action_by_act_by_many_and_by_table_the_same_is_refused(world: World, checked_book: Book) -> None:
    an, binh = world.person("an"), world.person("binh")
    refused = create_entry(checked_book, world.units["G1"], {**FILLED, "ket_qua": 41}, by=an, at=OPENING)
    assert MORE in said(refused)
    entry = made(checked_book, world)
    held = values_of(checked_book.definition, entry, texts_of(entry))
    changed = edit_entry(entry.pk, {**held, "ket_qua": 40, "so_nguoi": 39}, version=entry.version, by=an, at=later())
    assert isinstance(changed, Refused)
    assert [each.key for each in changed.problems] == ["ket_qua"]
    file = edited(exported(checked_book, world), lambda sheet: setattr(at(sheet, "Kết quả", 2), "value", 41))
    assert any(MORE in str(each) for each in problems(sent(checked_book, world, file)))
    entry = did(entry, "gui", an, later())
    assert MORE in said(tried(entry, "duyet", binh, later(2), values={"ket_qua": 41}))
    (foreseen,) = try_on_many(
        [entry_to_read(binh, entry.pk)], {entry.pk: entry.version}, Move("duyet", entry.version, {"ket_qua": 41}), today=later(2).date()
    )
    assert MORE in foreseen.refused
    assert isinstance(act_on_entry(entry.pk, Move("duyet", entry.version, {"ket_qua": 40}), by=binh, at=later(2)), Made)


def test_what_is_missing_is_told_with_the_cells_that_cannot_be_read(world: World, small_book: Book) -> None:
    table = sent(
        small_book, world, of_rows([{"Tên": None, "Diện tích": "nhiều", "Loại": "Lạ", "Cách làm": "Trồng rau.", "Ngày ghi": "mai"}])
    )
    (row,) = rows_in(table)
    assert {each["label"] for each in row.detail["problems"]} == {"Tên", "Diện tích", "Loại", "Ngày ghi"}
    entry = made(small_book, world)

    def spoil(sheet: object) -> None:
        at(sheet, "Diện tích").value = "nhiều"
        at(sheet, "Tên").value = None

    (row,) = rows_in(sent(small_book, world, edited(exported(small_book, world), spoil)))
    assert row.entry_id == entry.pk
    assert {each["label"] for each in row.detail["problems"]} == {"Tên", "Diện tích"}


def test_who_has_a_choice_that_is_offered_no_more_sees_it_and_keeps_it(world: World, small_book: Book) -> None:
    entry = made(small_book, world)
    text = (FILES / "so-nho.yaml").read_text(encoding="utf-8")
    text = text.replace("{code: CT, name: Công trình}", "{code: CT, name: Công trình, status: retired}", 1)
    assert publish_register(text, "so-nho.yaml", by=SYSTEM, at=later()).problems == ()
    client = enter(world, "an")
    assert "Công trình" in text_of(client.get(reverse("entry", args=[entry.pk])).content)
    page = client.get(reverse("edit_entry", args=[entry.pk])).content.decode()
    assert 'value="CT" checked' in page
    answer = client.post(
        reverse("edit_entry", args=[entry.pk]), {"version": 1, "ten": "Tổ mới", "loai": "CT", "linh_vuc": "KT", "so_nguoi": "40"}
    )
    entry.refresh_from_db()
    assert (answer.status_code, entry.title) == (302, "Tổ mới")
    assert (
        "CT"
        not in client.get(reverse("new_entry", args=["so-nho"])).content.decode().partition('name="loai"')[2].partition("</fieldset>")[0]
    )


def test_a_dialogue_is_done_when_every_question_is_answered(world: World) -> None:
    meetings, hoa = shipped("doi-thoai"), world.person("hoa")
    entry = recorded(meetings, world, {"hinh_thuc": "DINHKY", "ngay": "2023-04-01"})
    met = {"chu_tri": "TRUONG", "so_du": 30, "so_y_kien": 6, "tra_loi_ngay": 7}
    assert "Trả lời ngay 7 kiến nghị, nhiều hơn 6" in said(tried(entry, "da_hop", hoa, later(1), values=met))
    entry = did(entry, "da_hop", hoa, later(1), values={**met, "tra_loi_ngay": 4})
    assert "31 người xác nhận biên bản, nhiều hơn 30 người dự" in said(tried(entry, "bien_ban", hoa, later(1), values={"so_xac_nhan": 31}))
    entry = did(did(entry, "bien_ban", hoa, later(1), values={"so_xac_nhan": 28}), "thong_bao", hoa, later(2))
    assert "Mới giải quyết 5 trong 6 kiến nghị" in said(tried(entry, "hoan_tat", hoa, later(2), values={"da_giai_quyet": 5}))
    assert did(entry, "hoan_tat", hoa, later(2), values={"da_giai_quyet": 6}).state == "hoan_tat"
