"""How many statements a record costs to write: each is half a millisecond of CPU here and in the database, with every click."""

from collections.abc import Callable
from typing import Any

from django.db import connection

from kheo.registers.actions import Made, Move, act_on_entry, create_entry, edit_entry
from kheo.registers.models import Entry
from kheo.registers.queries.holding import values_of
from tests.registers.books import WISH, recorded, shipped
from tests.world import OPENING, World

MODEL = {"ten": "Tổ tự quản khu phố Bốn", "loai": "MH"}


def told(work: Callable[[], Any]) -> list[str]:
    """The statements of something that must be possible, each by its first words and the table that it is about."""
    found: list[str] = []

    def noting(execute: Callable[..., Any], sql: str, *asked: Any) -> Any:
        found.append(_short(sql))
        return execute(sql, *asked)

    with connection.execute_wrapper(noting):
        assert isinstance(work(), Made)
    return found


def _short(sql: str) -> str:
    words = sql.replace('"', "").split()
    tables = [each.strip("(),") for each in words if each.startswith(("registers_", "org_", "campaigns_", "journal_"))]
    return " ".join((words[0], *([tables[0].partition(".")[0]] if tables else [])))


def test_a_new_entry_is_written_in_fourteen_statements_and_three_more_where_words_are_like_its(world: World) -> None:
    book, an = shipped("mo-hinh"), world.person("an")

    def filed() -> Any:
        return create_entry(book, world.units["G1"], MODEL, by=an, at=OPENING)

    assert told(filed) == [
        "SAVEPOINT",
        "SELECT registers_register",  # nobody publishes another edition meanwhile
        "SELECT registers_edition",  # the newest, and the campaign's
        "SELECT org_relation",  # the unit stands on the line of unions
        "INSERT registers_series",  # its number
        "INSERT registers_entry",
        "INSERT registers_state_span",
        "INSERT registers_likeness",
        "SELECT registers_likeness",  # whose words are like it
        "INSERT registers_deed",
        "SELECT registers_state_span",  # all that stands beside it, for the seals
        "SELECT journal_head",
        "WITH journal_entry",
        "RELEASE",
    ]
    again = told(filed)
    assert again[9:12] == ["SELECT registers_text", "SELECT registers_entry", "INSERT registers_like_pair"]
    assert len(again) == 17


def test_a_new_entry_with_a_limit_and_a_long_text_is_written_once_whole(world: World) -> None:
    book, an = shipped("phan-anh"), world.person("an")
    statements = told(lambda: create_entry(book, world.units["G1"], WISH, by=an, at=OPENING))
    assert [each for each in statements if each.startswith(("INSERT", "UPDATE"))] == [
        "INSERT registers_series",
        "INSERT registers_entry",  # with the day that ends first: it is not written again, nor are its thirty indexes
        "INSERT registers_text",
        "INSERT registers_state_span",
        "INSERT registers_deadline",
        "INSERT registers_likeness",
        "INSERT registers_deed",
    ]
    assert len(statements) == 16
    entry = Entry.objects.get()
    assert entry.due_on is not None
    assert entry.due_on == entry.deadlines.get().due_on


def test_a_correction_is_written_in_seventeen_statements(world: World) -> None:
    book, an = shipped("mo-hinh"), world.person("an")
    entry = recorded(book, world, MODEL)
    values = {**values_of(book.definition, entry), "ten": "Đội dọn kênh Hai Lăm"}
    assert told(lambda: edit_entry(entry.pk, values, version=1, by=an, at=OPENING)) == [
        "SAVEPOINT",
        "SELECT registers_entry",  # locked, and read for the last time
        "SELECT registers_edition",
        "SELECT org_unit_name",
        "WITH org_relation",  # from which side its author stands to it
        "SELECT registers_text",
        "INSERT registers_entry_version",
        "INSERT registers_likeness",
        "UPDATE registers_like_pair",
        "SELECT registers_likeness",
        "UPDATE registers_entry",
        "INSERT registers_deed",
        "UPDATE registers_answer_flag",
        "SELECT registers_state_span",
        "SELECT journal_head",
        "WITH journal_entry",
        "RELEASE",
    ]


def test_an_act_that_hands_an_entry_on_is_written_in_twenty_two_statements(world: World) -> None:
    entry, an = recorded(shipped("phan-anh"), world, WISH), world.person("an")
    wanted = Move("giao", 1, handler=world.units["G1"])
    assert told(lambda: act_on_entry(entry.pk, wanted, by=an, at=OPENING)) == [
        "SAVEPOINT",
        "SELECT registers_entry",
        "SELECT registers_edition",
        "SELECT org_unit_name",
        "WITH org_relation",
        "SELECT registers_text",
        "SELECT registers_deed",  # who has done what to it so far
        "SELECT org_relation",  # the unit it is given to
        "SELECT org_unit_name",  # whether it may be given it: from where it is handed
        "WITH org_relation",
        "WITH org_relation",
        "INSERT registers_entry_version",
        "UPDATE registers_state_span",
        "INSERT registers_state_span",
        "SELECT registers_deadline",
        "UPDATE registers_entry",
        "INSERT registers_deed",
        "UPDATE registers_answer_flag",
        "SELECT registers_state_span",
        "SELECT journal_head",
        "WITH journal_entry",
        "RELEASE",
    ]
