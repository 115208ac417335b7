"""Which unit counts, where neither who wrote an entry down nor who was given it does: the one on whose ground it is (registers.md §2.4)."""

from collections.abc import Mapping
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from kheo.core.definition.records import RecordRule
from kheo.core.registers.values import Kept
from kheo.journal.actions import SYSTEM
from kheo.org.access import Unreachable
from kheo.org.queries import Within
from kheo.people.models import User
from kheo.registers.access import each_to_read, entry_to_read
from kheo.registers.actions import Made, create_entry, edit_entry, publish_register
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book, book
from kheo.registers.queries.figures import Counted, Window, facts_of, places_for
from kheo.registers.queries.keeping import registers_kept
from kheo.registers.queries.ready import UnitsWithout, ready_list
from tests.registers.entries import FILLED, done
from tests.registers.test_what_ended_units_left import DAY, merge, of_the_cycle
from tests.web.visits import day, text_of
from tests.world import FILES, OPENING, World, head_of, later

WHERE = "  - {key: o_dau, label: Ở địa bàn, type: unit, column: ward, required_from: da_gui, counted_open: “Sổ thử.”, filter: true}\n"
FIGURE = "  - {code: o_day, name: Có ở địa bàn, counts: {fact: in_state, states: [da_gui], counts_for: ward}}\n"
NONE_HERE = "ready:\n  - {code: khong_co, name: Địa bàn chưa có, source: Thử, states: [da_gui], units_without: true, counts_for: ward}\n"
HERE = RecordRule(register_code="so-nho", fact="in_state", states=("da_gui",), counts_for="ward")
RULES = (HERE, HERE.model_copy(update={"counts_for": "owner"}), HERE.model_copy(update={"counts_for": "handler"}))
WINDOW = Window(date(2023, 4, 1), date(2023, 12, 31), date(2024, 1, 1))


def with_ground(where: str = WHERE, figure: str = FIGURE, ready: str = NONE_HERE) -> str:
    whole = (FILES / "so-nho.yaml").read_text(encoding="utf-8")
    whole = whole.replace("  - {key: loai,", where.replace("“", '"').replace("”", '"') + "  - {key: loai,")
    return whole.replace("\nfaces:", f"{figure}{ready}\nfaces:")


@pytest.fixture
def grounds(world: World) -> Book:
    assert publish_register(with_ground(), "so-nho.yaml", by=SYSTEM, at=OPENING).problems == ()
    found = book("so-nho")
    assert found is not None
    return found


def counted(found: Book, rule: RecordRule = HERE, within: Within | None = None, known_at: object = None) -> Counted:
    return Counted(found.register.pk, found.definition, rule, WINDOW, known_at, within)  # type: ignore[arg-type]  # an instant


def sent(found: Book, world: World, ground: str, owner: str = "G1", **values: Kept) -> Entry:
    """Written down by one unit, of the ground of another."""
    held: Mapping[str, Kept] = {**FILLED, "o_dau": world.units[ground], **values}
    made = create_entry(found, world.units[owner], held, by=head_of(world, owner), at=OPENING)
    assert isinstance(made, Made), made
    return done(made.entry, "gui", head_of(world, owner), later(1))


def test_it_counts_for_the_unit_that_the_field_names_and_the_number_is_its_list(world: World, grounds: Book) -> None:
    first, second, own = sent(grounds, world, "G2"), sent(grounds, world, "G2", "G3"), sent(grounds, world, "G1")
    g1, g2 = world.units["G1"], world.units["G2"]
    assert counted(grounds).numbers() == {g1: {None: 1}, g2: {None: 2}}
    assert [row.entry for row in counted(grounds).rows(g2)] == [second.pk, first.pk]
    assert counted(grounds).entries(g1) == [own.pk]


def test_of_a_few_units_read_once_for_figures_of_every_side_each_has_its_own(world: World, grounds: Book) -> None:
    """The entries are put together by owner, handler and ground: one that is there by two of them is there once."""
    entry = sent(grounds, world, "G2")
    done(entry, "giao", world.person("binh"), later(2), handler=world.units["G2"])
    other, both = sent(grounds, world, "G1", "G2"), sent(grounds, world, "G1", "G1")
    figures = [counted(grounds, rule, of_the_cycle(world)) for rule in RULES]
    for unit, expected in (("G2", ({entry.pk}, {other.pk}, {entry.pk})), ("G1", ({other.pk, both.pk}, {entry.pk, both.pk}, set()))):
        found = facts_of(figures, places_for(figures, [world.units[unit]]))
        assert [len(facts) for facts in found] == [len(each) for each in expected]
        assert tuple({fact.entry for fact in facts} for facts in found) == expected


def test_the_ground_of_a_unit_that_was_merged_is_that_of_its_heir(world: World, grounds: Book) -> None:
    sent(grounds, world, "G2"), sent(grounds, world, "G3")
    heir = merge(world, "G2", "G3")
    assert counted(grounds, within=Within(DAY)).numbers() == {heir: {None: 2}}
    assert counted(grounds, within=of_the_cycle(world)).numbers() == {world.units["G2"]: {None: 1}, world.units["G3"]: {None: 1}}


def test_a_ground_that_is_put_right_moves_the_number_today_and_not_what_was_known(world: World, grounds: Book) -> None:
    entry = sent(grounds, world, "G2")
    moved = edit_entry(entry.pk, {**FILLED, "o_dau": world.units["G3"]}, version=entry.version, by=head_of(world, "G1"), at=later(days=9))
    assert isinstance(moved, Made)
    assert counted(grounds).numbers() == {world.units["G3"]: {None: 1}}
    assert counted(grounds, known_at=later(days=8)).numbers() == {world.units["G2"]: {None: 1}}


def test_the_unit_on_whose_ground_it_is_reads_it_and_those_above_and_nobody_else(world: World, grounds: Book) -> None:
    entry = sent(grounds, world, "G2", ten_chu_the="Nguyễn Thị Lan", chu_the="individual")
    there = entry_to_read(head_of(world, "G2"), entry.pk)
    assert ([each for each in there.acts if each.by[0].scope.value == "own"], there.sees_personal, there.works_near) == ([], False, False)
    far = sent(grounds, world, "G4")
    assert entry_to_read(head_of(world, "D2"), far.pk).works_near is False, "above the ground, though not above who wrote it down"
    assert list(each_to_read(head_of(world, "D2"), [entry.pk, far.pk])) == [far.pk]
    with pytest.raises(Unreachable):
        entry_to_read(head_of(world, "G4"), entry.pk)


def test_what_is_still_being_written_and_what_was_cancelled_is_not_read_there(world: World, grounds: Book) -> None:
    held: Mapping[str, Kept] = {**FILLED, "o_dau": world.units["G4"]}
    made = create_entry(grounds, world.units["G1"], held, by=head_of(world, "G1"), at=OPENING)
    assert isinstance(made, Made)
    assert made.entry.meaning == "draft"
    gone = done(sent(grounds, world, "G4"), "huy", world.person("hoa"), later(2), reason="Ghi nhầm")
    assert each_to_read(head_of(world, "G4"), [made.entry.pk, gone.pk]) == {}


def test_the_page_behind_the_number_opens_to_what_others_wrote_down(world: World, grounds: Book) -> None:
    entry = sent(grounds, world, "G4")
    browser = Client()
    browser.force_login(User.objects.get(pk=head_of(world, "G4").user_id))
    with day(later(days=1)):
        page = browser.get(f"{reverse('book_figure', args=['so-nho', 'o_day'])}?don_vi={world.units['G4']}&nam=2023")
        assert entry.code in text_of(page.content)
        assert reverse("entry", args=[entry.pk]) in page.content.decode()
        assert "tính cho đơn vị ở “Ở địa bàn”" in text_of(page.content)
        assert browser.get(reverse("entry", args=[entry.pk])).status_code == 200


def test_units_without_anything_on_their_ground_are_a_list(world: World, grounds: Book) -> None:
    sent(grounds, world, "G2")
    ready = ready_list(grounds, "khong_co")
    assert ready is not None
    units = [world.units[each] for each in ("G1", "G2", "G3")]
    found = UnitsWithout(grounds, ready, units, later(days=1).date())
    assert {unit for unit, _ in found.page(0, 10)} == {world.units["G1"], world.units["G3"]}


def test_a_unit_keeps_a_register_by_what_is_on_its_ground(world: World, grounds: Book) -> None:
    sent(grounds, world, "G2")
    number = grounds.register.pk
    kept = registers_kept([number], [world.units["G1"], world.units["G2"]])
    assert kept == {world.units["G1"]: {(number, "owner")}, world.units["G2"]: {(number, "ward")}}


@pytest.mark.parametrize(
    ("where", "figure", "told"),
    [
        ("", FIGURE, "không có trường nào nói hồ sơ ở địa bàn đơn vị nào"),
        (WHERE.replace(", required_from: da_gui", ""), FIGURE, "“Ở địa bàn” chưa bắt buộc từ “Đã gửi” (required_from)"),
        (WHERE.replace("required_from: da_gui", "required_from: xong"), FIGURE, "chưa bắt buộc từ “Đã gửi”"),
        (
            WHERE.replace(", counted_open: “Sổ thử.”", ""),
            FIGURE,
            "“Ở địa bàn” được đếm (số liệu o_day) từ “Đã gửi” mà sau đó vẫn sửa tay được",
        ),
        (WHERE.replace("filter: true", "personal: true"), FIGURE, "“Ở địa bàn” là dữ liệu cá nhân"),
        (WHERE, FIGURE.replace("counts_for: ward", "counts_for: ward, measure: subjects"), "một chủ thể ở hai địa bàn"),
        (WHERE.replace("type: unit", "type: text"), FIGURE, "ward"),
    ],
)
def test_what_could_not_be_counted_so_is_told_when_the_file_is_read(world: World, where: str, figure: str, told: str) -> None:
    problems = publish_register(with_ground(where, figure, ""), "so-nho.yaml", by=SYSTEM, at=OPENING).problems
    assert told in "\n".join(each.message for each in problems)


def test_a_list_of_grounds_needs_a_field_that_names_them(world: World) -> None:
    problems = publish_register(with_ground("", "", NONE_HERE), "so-nho.yaml", by=SYSTEM, at=OPENING).problems
    assert ["không có trường nào nói hồ sơ ở địa bàn đơn vị nào" in each.message for each in problems] == [True]


def test_a_book_that_hides_small_numbers_counts_for_no_third_unit(world: World) -> None:
    hidden = with_ground().replace("one: hồ sơ\n", "one: hồ sơ\nsmall_hidden: true\n")
    problems = publish_register(hidden, "so-nho.yaml", by=SYSTEM, at=OPENING).problems
    assert any("không tính cho đơn vị khác đơn vị ghi và đơn vị được giao" in each.message for each in problems)
