"""A recipient's reviewers are offered the sentences they have used before, and keep that list in order."""

import pytest

from kheo.journal.models import JournalEntry
from kheo.reports.actions import Done, Refusal, remark, return_report, write_phrase
from kheo.reports.models import Phrase
from kheo.reports.queries.phrases import MOST, REMARK, RETURN, offered, phrases
from tests.world import World, later, submit

ZERO = "Có thừa một số 0 không?"


def say(world: World, code: str, target: str, text: str) -> None:
    done = remark(
        world.obligation(code).pk, target=target, text=text, version=world.report(code).version, by=world.person("binh"), at=later(days=1)
    )
    assert isinstance(done, Done)


def put(world: World, text: str, phrase: int | None = None, who: str = "binh", kind: str = REMARK) -> Done | Refusal:
    return write_phrase(world.units["D1"], kind=kind, text=text, phrase=phrase, by=world.person(who), at=later(days=1))


def listed(world: World, kind: str = REMARK) -> list[tuple[str, int]]:
    return [(each.text, each.uses) for each in phrases(world.units["D1"]) if each.kind == kind]


def test_remarks_and_reasons_are_remembered_apart_the_most_used_first(world: World) -> None:
    for code in ("G1", "G2"):
        submit(world, code)
    say(world, "G1", "C201", "Vì sao tăng?")
    say(world, "G1", "B02", ZERO)
    say(world, "G2", "B02", f"  {ZERO}\n")
    owed = world.obligation("G1").pk
    return_report(owed, reason="Xem lại số liệu.", version=world.report("G1").version, by=world.person("binh"), at=later(days=1))
    assert listed(world) == [(ZERO, 2), ("Vì sao tăng?", 1)]
    assert listed(world, RETURN) == [("Xem lại số liệu.", 1)]
    assert offered(phrases(world.units["D1"]), REMARK) == (ZERO, "Vì sao tăng?")
    assert phrases(world.units["D2"]) == []


def test_a_long_remark_is_no_phrase(world: World) -> None:
    submit(world, "G1")
    say(world, "G1", "B02", "a" * 201)
    assert listed(world) == []


def test_a_phrase_is_added_changed_and_forgotten_and_the_journal_says_so(world: World) -> None:
    assert isinstance(put(world, ZERO), Done)
    (kept,) = phrases(world.units["D1"])
    assert isinstance(put(world, "Thừa số 0?", kept.id), Done)
    assert listed(world) == [("Thừa số 0?", 0)]
    assert isinstance(put(world, "", kept.id), Done)
    assert listed(world) == []
    rows = JournalEntry.objects.filter(act="write_phrase").order_by("number")
    assert [(row.detail["before"], row.detail["after"], row.actor_name) for row in rows] == [
        ("", ZERO, "Lê Văn Bình"),
        (ZERO, "Thừa số 0?", "Lê Văn Bình"),
        ("Thừa số 0?", "", "Lê Văn Bình"),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Hãy viết câu muốn thêm."),
        (ZERO, "Câu này đã có trong danh sách."),
        ("a" * 201, "Câu hay dùng dài 201 ký tự, tối đa 200."),
    ],
)
def test_what_is_no_new_phrase_is_refused(world: World, text: str, message: str) -> None:
    put(world, ZERO)
    assert put(world, text) == Refusal(message)
    assert listed(world) == [(ZERO, 0)]


def test_only_the_units_own_reviewers_keep_its_list(world: World) -> None:
    for who in ("an", "dung", "bich", "lan", "kien", "chi"):
        assert isinstance(put(world, ZERO, who=who), Refusal)
    assert listed(world) == []


def test_a_phrase_of_another_unit_is_not_reached_through_ones_own(world: World) -> None:
    other = Phrase.objects.create(unit_id=world.units["LDLD"], kind=REMARK, text=ZERO, used_at=later())
    assert put(world, "Sửa", other.pk) == Refusal("Câu này vừa được bỏ khỏi danh sách.")
    assert Phrase.objects.get().text == ZERO


def test_a_full_list_takes_no_more_but_counts_on(world: World) -> None:
    unit = world.units["D1"]
    Phrase.objects.bulk_create([Phrase(unit_id=unit, kind=REMARK, text=f"Câu {n}", used_at=later()) for n in range(MOST)])
    submit(world, "G1")
    say(world, "G1", "B02", "Câu mới")
    say(world, "G1", "C201", "Câu 7")
    assert len(listed(world)) == MOST
    assert listed(world)[0] == ("Câu 7", 1)
    assert isinstance(put(world, "Câu mới"), Refusal)
