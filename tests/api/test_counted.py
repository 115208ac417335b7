"""Numbers from registers over the API: as the page shows them, as far as the page shows them; another number needs a reason."""

from collections.abc import Iterator

import pytest

from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book
from tests.api.asking import Program, program
from tests.api.registers.words import got
from tests.counted import COUNTED, FOLLOWED, counting_world, sent_entry, three_sent, walled_entry, walled_world
from tests.web.visits import day
from tests.world import GOOD, World, fill, later


@pytest.fixture
def counting(db: None) -> Iterator[tuple[World, Book]]:
    made = counting_world()
    with day(later(days=1)):
        yield made


@pytest.fixture
def world(counting: tuple[World, Book]) -> World:
    three_sent(*counting)
    return counting[0]


def address(world: World) -> str:
    return f"/reports/{world.obligation('G1').pk}"


def test_every_counted_cell_with_its_number_and_rule(world: World) -> None:
    found = got(program(world, "an"), f"{address(world)}/counted")
    assert {each["cell"]: each["number"] for each in found} == COUNTED
    assert {each["register_code"] for each in found} == {"so-nho"}
    assert found[0]["rule"] == "Số hồ sơ bắt đầu ở “Đã gửi”, “Chờ bổ sung” trong kỳ"


def test_the_number_is_the_length_of_its_list(world: World) -> None:
    an = program(world, "an")
    for cell, number in COUNTED.items():
        listed = got(an, f"{address(world)}/counted/{cell}")
        assert listed["number"] == number == len(listed["facts"]) == listed["entries"]
    facts = got(an, f"{address(world)}/counted/B01.KT")["facts"]
    assert {each["code"] for each in facts} == set(Entry.objects.filter(area="KT").values_list("code", flat=True))
    assert {(each["state"], each["amount"]) for each in facts} == {("da_gui", 1)}


@pytest.mark.parametrize(("who", "is_told"), [("an", True), ("binh", True), ("kien", False)])
def test_a_title_that_may_name_a_person_is_told_to_those_near_alone(db: None, who: str, is_told: bool) -> None:
    world, found = counting_world(names_people=True)
    entry = sent_entry(world, found, at=later(1))
    with day(later(1)):
        (fact,) = got(program(world, who), f"{address(world)}/counted/B01.KT")["facts"]
    assert fact["title"] == (entry.title if is_told else f"hồ sơ {entry.code}")


@pytest.mark.parametrize("rest", ["C201", "B01", "XYZ", "%00"])
def test_a_cell_that_is_not_counted_is_not_there(world: World, rest: str) -> None:
    assert program(world, "an").get(f"{address(world)}/counted/{rest}").status_code == 404


def test_who_does_not_read_the_report_reads_no_number_of_it(world: World) -> None:
    for path in (f"{address(world)}/counted", f"{address(world)}/counted/B01.KT"):
        assert program(world, "chi").get(path).status_code == 404
        assert program(world, "kien").get(path).status_code == 200


@pytest.mark.parametrize(
    ("who", "cell", "numbers", "entries"),
    [
        ("an", "C501", True, True),
        ("binh", "C501", True, False),
        ("lan", "C501", False, False),
        ("kien", "C501", False, False),
        ("chi", "C501", False, False),
        ("binh", "C201", True, False),
        ("kien", "C201", True, False),
    ],
)
def test_behind_the_wall(db: None, who: str, cell: str, numbers: bool, entries: bool) -> None:
    """The table of the page (tests/web/filling/test_counted_behind_the_wall.py)."""
    world, found = walled_world()
    entry = walled_entry(world, found, at=later(1))
    with day(later(days=1)):
        asker = program(world, who)
        answer = asker.get(f"{address(world)}/counted/{cell}")
        told = asker.get(f"{address(world)}/counted")
    assert answer.status_code == (200 if numbers else 404)
    assert (entry.code in answer.content.decode()) is entries
    assert not numbers or len(answer.json()["facts"]) == int(entries), "not even of how many facts and days"
    assert (cell in [each["cell"] for each in told.json()] if told.status_code == 200 else False) is numbers


def put(asker: Program, world: World, **parts: object) -> None:
    answer = asker.send("PATCH", f"{address(world)}/draft", parts)
    assert answer.status_code == 200, answer.content.decode()
    assert answer.json()["conflicts"] == []


def test_another_number_than_the_registers_is_refused_in_words_until_a_reason_is_given_and_then_both_are_kept(world: World) -> None:
    fill(world, "G1", FOLLOWED, by=world.person("an"))
    an, hoa = program(world, "an"), program(world, "hoa")
    put(an, world, cells={"B01.KT": {"before": 2, "after": 5}})
    version = got(hoa, address(world))["version"]
    refused = hoa.send("POST", f"{address(world)}/submit", {"version": version})
    assert refused.status_code == 409
    (problem,) = [each for each in refused.json()["problems"] if each["place"] == "explain:B01.KT"]
    assert "sổ “Sổ nhỏ” đếm được 2, ô này ghi 5" in problem["message"]
    assert world.report("G1").latest is None
    put(an, world, explanations={"B01.KT": {"before": "", "after": "Ba mô hình chưa ghi vào sổ."}})
    version = got(hoa, address(world))["version"]
    assert hoa.send("POST", f"{address(world)}/submit", {"version": version}).status_code == 200
    sent = world.report("G1").latest
    assert sent is not None
    assert sent.figures["B01.KT"] == 5
    assert sent.enclosures["explanations"] == {"B01.KT": "Ba mô hình chưa ghi vào sổ."}
    assert got(an, f"{address(world)}/counted/B01.KT")["sent"] == 2


def test_the_registers_own_number_needs_no_reason(world: World) -> None:
    """Control of the above."""
    fill(world, "G1", {**GOOD, **COUNTED}, by=world.person("an"))
    hoa = program(world, "hoa")
    version = got(hoa, address(world))["version"]
    assert hoa.send("POST", f"{address(world)}/submit", {"version": version}).status_code == 200
