"""A table's new rows beside what the register holds in other words: pointed out before anything is written, written only when meant."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kheo.registers.actions.importing import beside
from kheo.registers.models import EntryImport
from kheo.registers.queries.definitions import Book
from tests.registers.books import did, recorded, shipped
from tests.registers.tables import of_rows, plans, rows_in, sent, written
from tests.registers.test_likenesses import COPIED, OTHER, WAY
from tests.world import World, later


@pytest.fixture
def models(world: World) -> Book:
    return shipped("mo-hinh")


def row(name: str, way: str) -> dict[str, Any]:
    return {"Tên mô hình": name, "Nội dung, cách làm": way}


def doubts(table: EntryImport) -> list[list[str]]:
    return [each.detail["doubts"] for each in rows_in(table)]


def test_words_like_those_of_an_entry_or_of_a_row_above_are_pointed_out(world: World, models: Book) -> None:
    kept = recorded(models, world, {"ten": "Mô hình của G1", "cach_lam": WAY})
    file = of_rows([row("Hẻm xanh", COPIED), row("Một cửa thân thiện", OTHER), row("Một cửa gần dân", OTHER.replace("một ngày", "1 ngày"))])
    table = sent(models, world, file)
    (first, second, third) = doubts(table)
    assert (len(first), first[0].startswith(f"Chữ gần giống {kept.code}, giống ")) == (1, True)
    assert (second, third) == ([], ["Chữ gần giống dòng 3."])
    assert [each.result for each in written(table, world)] == ["left", "written", "left"]


def test_what_does_not_count_any_more_and_names_of_other_units_are_not_pointed_out(world: World, models: Book) -> None:
    gone = recorded(models, world, {"ten": "Mô hình của G1", "cach_lam": WAY})
    did(gone, "huy", world.person("hoa"), later(1), reason="Ghi nhầm")
    recorded(models, world, {"ten": "Hẻm không rác số 12 Lê Lợi"}, "chi", "G4")
    assert doubts(sent(models, world, of_rows([row("Hẻm xanh", COPIED), row("Hẻm không rác số 12, Lê Lợi", "")]))) == [[], []]
    recorded(models, world, {"ten": "Hẻm không rác số 12 Lê Lợi"})
    assert len(doubts(sent(models, world, of_rows([row("Hẻm không rác số 12, Lê Lợi", "")])))[0]) == 1


def test_of_an_entry_that_its_sender_does_not_read_only_that_there_is_one(world: World, models: Book) -> None:
    kept = recorded(models, world, {"ten": "Mô hình của G4", "cach_lam": WAY}, "chi", "G4")
    (told,) = doubts(sent(models, world, of_rows([row("Hẻm xanh", COPIED)])))
    assert told == ["Chữ gần giống một hồ sơ ở đơn vị khác, anh/chị không mở được."]
    assert kept.code not in str(told)


def test_as_many_queries_for_one_row_as_for_many_and_beyond_a_number_it_is_said(
    world: World, models: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        recorded(models, world, {"ten": f"Mô hình {number}", "cach_lam": f"{WAY} Lần {number}."})
    counts = []
    for many in (1, 4):
        file = of_rows([row(f"Hẻm {each}", f"{COPIED} Bản {each}") for each in range(many)])
        sent(models, world, file)
        with CaptureQueriesContext(connection) as captured:
            sent(models, world, file)
        counts.append(len(captured))
    assert counts[0] == counts[1]
    monkeypatch.setattr(beside, "MOST_LIKENED", 1)
    table = sent(models, world, of_rows([row("Một", OTHER), row("Hai", WAY)]))
    assert [each.detail["remarks"] for each in rows_in(table)] == [[], ["Chưa so chữ với sổ: mỗi tệp chỉ so 1 dòng mới đầu tiên."]]
    assert plans(table) == ["new", "new"]
