"""A plan and “Đã nhận”: whichever is first, the follow-up of the letter ends with the plan; no other register is needed in code for it."""

from datetime import date

import pytest
from django.db import transaction

from kheo.campaigns.actions import publish
from kheo.core.paper_books.facts import ArrivalFacts, PaperFacts, Progress
from kheo.core.paper_books.sameness import reference
from kheo.directives.actions import Arrived, PassedDown, pass_down, pass_on, register_arrival
from kheo.directives.actions.following import Handing
from kheo.directives.models import Arrival, Issue, Passing
from kheo.directives.queries.faults import paper_faults
from kheo.journal.actions import SYSTEM
from kheo.registers.actions import Acknowledged, Made, acknowledge_letter, edit_entry, publish_register
from kheo.registers.actions.lining import Line, write_line
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import book
from kheo.registers.queries.plans import plan_books, plan_days, plan_remarks, plans_by_branch, with_plan
from tests.directives.test_pass_down import MONDAY, SUBJECT, day, letter, three_levels
from tests.registers.books import CAMPAIGNS, did, recorded, shipped
from tests.registers.test_plans_of_a_chain import FRIDAY, placed
from tests.registers.test_ready_lists import paper
from tests.world import World, later, small_world

pytestmark = pytest.mark.django_db
FILE = CAMPAIGNS / "registers" / "ke-hoach.yaml"
BLOCK = "carries_out: {letter: van_ban, number: so_ky_hieu, issued: ngay_ban_hanh}"
DRAWN_UP = {"ten": "Kế hoạch", "so_ky_hieu": "1/KH", "ngay_ban_hanh": "2023-04-06", "noi_dung": ["N1"], "co_tieu_chi": True}


@pytest.fixture
def world() -> World:
    return small_world()


def asked(world: World, code: str = "D1") -> Issue:
    """The federation asks a district for a plan by Friday."""
    root = letter(world, "minh", "LDLD")
    made = pass_down(root.pk, [world.units[code]], plan_due_on=FRIDAY, by=world.person("minh", MONDAY), at=MONDAY)
    assert isinstance(made, PassedDown)
    return root


def named(root: Issue) -> str:
    assert root.directive
    return reference(root.directive.full_number, root.directive.issued_on)


def drafted(world: World, root: Issue, who: str = "dung", code: str = "D1", **more: object) -> Entry:
    """A plan of a unit, all ready to be put in force."""
    values = {key: value for key, value in {**DRAWN_UP, "van_ban": named(root), **more}.items() if value is not None}
    entry = recorded(book("ke-hoach") or shipped("ke-hoach"), world, values, who, code, at=day(1))  # type: ignore[arg-type]
    paper(entry, "document", "pdf")
    line = Line("chi_tieu", date(2023, 4, 4), kind="MOHINH", quantity=5, text="Năm mô hình")
    assert isinstance(write_line(entry.pk, line, by=world.person(who, day(1)), at=day(1)), Made)
    return entry


def in_force(world: World, root: Issue, who: str = "dung", code: str = "D1", **more: object) -> Entry:
    return did(drafted(world, root, who, code, **more), "ban_hanh", world.person(who, day(4)), day(4))


def click(world: World, who: str = "dung", at: int = 4) -> Acknowledged:
    made = acknowledge_letter(Passing.objects.get().pk, by=world.person(who, day(at)), at=day(at))
    assert isinstance(made, Acknowledged), made
    return made


def followed() -> tuple[str, str, date | None, str]:
    row = Arrival.objects.get()
    return row.progress, row.answer, row.done_on, row.progress_note


ENDED = (Progress.DONE, "1/KH", date(2023, 4, 6), "Đã có kế hoạch KH-2023-0001.")
WAITS = (Progress.WAITING, "", None, "")


def test_the_click_before_and_the_plan_before_both_end_it_with_number_and_day_of_the_plan(world: World) -> None:
    root = asked(world)
    with transaction.atomic():
        click(world, at=2)
        in_force(world, root)
        assert followed() == ENDED
        transaction.set_rollback(True)
    with transaction.atomic():
        in_force(world, root)
        made = click(world)
        # It arrived on the 7th, the day after the plan was issued: it is answered on the day of arrival.
        assert followed() == (*ENDED[:2], date(2023, 4, 7), ENDED[3])
        assert (made.plan, made.arrival.progress) == ("kế hoạch KH-2023-0001", Progress.DONE)
        assert list(paper_faults()) == []


def test_a_plan_that_was_issued_before_the_letter_was_acknowledged_answers_on_the_day_of_arrival_in_both_orders(world: World) -> None:
    root = asked(world)
    for clicks_first in (True, False):
        with transaction.atomic():
            entry = drafted(world, root)
            if clicks_first:
                click(world)
            did(entry, "ban_hanh", world.person("dung", day(4)), day(4))
            if not clicks_first:
                click(world)
            assert followed() == (*ENDED[:2], date(2023, 4, 7), ENDED[3])
            transaction.set_rollback(True)


def test_a_plan_that_no_longer_holds_and_one_for_another_letter_and_one_not_in_force_yet_end_nothing(world: World) -> None:
    root = asked(world)
    replaced = in_force(world, root)
    did(replaced, "thay_the", world.person("dung", day(4)), day(4), reason="Có kế hoạch khác")
    in_force(world, root, van_ban="77/KH-KHAC")
    drafted(world, root)
    assert plans_by_branch(placed(world, "LDLD")) == {}
    assert click(world).plan == ""
    assert followed() == WAITS


def test_a_plan_of_another_unit_ends_nothing(world: World) -> None:
    root = asked(world)
    entry = in_force(world, root)
    Entry.objects.filter(pk=entry.pk).update(owner=world.units["D2"])
    assert click(world).plan == ""
    assert followed() == WAITS


def test_where_no_plan_was_asked_for_the_follow_up_stays_open(world: World) -> None:
    root = letter(world, "minh", "LDLD")
    assert isinstance(pass_down(root.pk, [world.units["D1"]], by=world.person("minh", MONDAY), at=MONDAY), PassedDown)
    in_force(world, root)
    assert click(world).plan == ""
    assert followed() == WAITS


def test_of_two_plans_in_force_the_one_that_came_first_is_told_as_when_the_click_came_first(world: World) -> None:
    root = asked(world)
    in_force(world, root)
    in_force(world, root, so_ky_hieu="2/KH", ngay_ban_hanh="2023-04-07")
    assert click(world).plan == "kế hoạch KH-2023-0001"


def test_a_click_after_the_day_by_which_the_plan_was_asked_for_is_answered_as_well(world: World) -> None:
    root = asked(world)
    with transaction.atomic():
        in_force(world, root)
        click(world, at=14)
        assert followed()[:2] == ENDED[:2]
        transaction.set_rollback(True)
    click(world, at=14)
    entry = drafted(world, root, ngay_ban_hanh="2023-04-18")
    did(entry, "ban_hanh", world.person("dung", day(15)), day(15))
    assert followed() == (Progress.DONE, "1/KH", date(2023, 4, 18), ENDED[3])


@pytest.mark.parametrize("is_first", [True, False])
def test_what_was_written_into_the_book_by_hand_is_answered_once_the_click_ties_it_to_the_letter(world: World, is_first: bool) -> None:
    root = asked(world)
    assert root.directive
    facts = PaperFacts(root.directive.full_number, root.directive.issuer, issued_on=root.directive.issued_on, subject=SUBJECT)
    by_hand = register_arrival(world.units["D1"], facts, ArrivalFacts(date(2023, 4, 4)), by=world.person("dung", day(1)), at=day(1))
    assert isinstance(by_hand, Arrived)
    if is_first:
        in_force(world, root)
    assert click(world).arrival.pk == by_hand.arrival.pk
    if not is_first:
        in_force(world, root)
    assert followed() == ENDED


def test_a_day_of_the_units_own_is_not_answered_by_the_plan(world: World) -> None:
    root = asked(world)
    made = click(world, at=1).arrival
    handing = Handing("Ban Tuyên giáo", due_on=date(2023, 4, 28))
    assert isinstance(pass_on(made.pk, handing, version=made.version, by=world.person("dung", day(1)), at=day(1)), Arrival)
    in_force(world, root)
    assert Arrival.objects.get().progress == Progress.WAITING


def test_a_second_click_does_not_end_what_was_opened_again(world: World) -> None:
    in_force(world, asked(world))
    click(world)
    Arrival.objects.update(progress=Progress.WAITING, done_on=None, answer="", progress_note="")
    assert click(world, at=5).plan == ""
    assert followed() == WAITS


def test_a_plan_in_force_that_names_the_letter_only_later_ends_the_follow_up_then(world: World) -> None:
    root = asked(world)
    entry = in_force(world, root, van_ban=None)
    click(world)
    assert followed() == WAITS
    entry.refresh_from_db()
    values = {**DRAWN_UP, "van_ban": named(root)}
    assert isinstance(edit_entry(entry.pk, values, version=entry.version, by=world.person("dung", day(5)), at=day(5)), Made)
    assert followed()[:2] == ENDED[:2]


def test_a_plan_for_another_letter_ends_nothing_after_the_click_either(world: World) -> None:
    root = asked(world)
    click(world, at=2)
    in_force(world, root, van_ban="77/KH-KHAC")
    assert followed() == WAITS


def test_an_edit_of_something_else_does_not_end_again_what_was_opened_again(world: World) -> None:
    """Whoever opened the follow-up once more knows why: only the letter, newly named, answers."""
    root = asked(world)
    click(world, at=2)
    entry = in_force(world, root)
    assert followed() == ENDED
    Arrival.objects.update(progress=Progress.WAITING, done_on=None, answer="", progress_note="")
    entry.refresh_from_db()
    values = {**DRAWN_UP, "van_ban": named(root), "ten": "Kế hoạch, bản sạch"}
    assert isinstance(edit_entry(entry.pk, values, version=entry.version, by=world.person("dung", day(5)), at=day(5)), Made)
    assert followed() == WAITS


def text(old: str = "", new: str = "") -> str:
    file = FILE.read_text(encoding="utf-8")
    assert old in file
    return file.replace(old, new) if old else file


def published(content: str) -> tuple[str, ...]:
    return tuple(each.message for each in publish_register(content, "so.yaml", by=SYSTEM, at=later()).problems)


def test_an_older_edition_without_the_block_says_nothing_of_plans_and_the_next_one_counts_what_was_kept_by_it(world: World) -> None:
    """An installation that goes on from before: its register is published again, its entries stay as they are."""
    publish_campaign()
    assert published(text(BLOCK)) == ()
    root = three_levels(world)
    assert root.directive
    entry = in_force(world, root)
    edition = entry.edition_id
    top, unit = placed(world, "LDLD"), world.units["D1"]
    assert (plan_books(), plan_days(), plans_by_branch(top)) == ((), {}, {})
    (told,) = plan_remarks({"ke-hoach", "so-la"})
    assert told.startswith("Sổ kế hoạch thực hiện (ke-hoach): tệp kèm theo Khéo khai carries_out mà bản đang dùng thì không")
    assert published(text()) == ()
    assert list(plan_remarks({"ke-hoach"})) == []
    entry.refresh_from_db()
    assert entry.edition_id == edition  # decided by the earlier edition, and left with it
    assert (plan_days(), plans_by_branch(top), with_plan(top, [unit])) == ({"ke-hoach": "ngay_ban_hanh"}, {unit: 1}, {unit})


@pytest.mark.parametrize("names_it", [True, False])
def test_a_plan_of_an_older_edition_answers_letters_from_the_edition_on_that_says_so(world: World, names_it: bool) -> None:
    publish_campaign()
    assert published(text(BLOCK)) == ()
    root = asked(world)
    entry = in_force(world, root, **({} if names_it else {"van_ban": None}))
    assert published(text()) == ()
    assert click(world).plan == ("kế hoạch KH-2023-0001" if names_it else "")
    if not names_it:
        entry.refresh_from_db()
        values = {**DRAWN_UP, "van_ban": named(root)}
        assert isinstance(edit_entry(entry.pk, values, version=entry.version, by=world.person("dung", day(5)), at=day(5)), Made)
    assert followed()[:2] == ENDED[:2]


def publish_campaign() -> None:
    """That whose lists the register uses."""
    file = CAMPAIGNS / "5-khong.yaml"
    assert publish(file.read_text(encoding="utf-8"), file.name, by=SYSTEM, at=later()).edition


def test_once_declared_it_is_not_taken_back_and_the_letter_stays_in_its_field(world: World) -> None:
    shipped("ke-hoach")
    said = "Hồ sơ đã ghi được tính cho văn bản ở “van_ban” (carries_out.letter): không bỏ, không đổi sang trường khác được"
    assert any(said in each for each in published(text(BLOCK)))
    turned = BLOCK.replace("letter: van_ban, number: so_ky_hieu", "letter: thay_cho, number: so_ky_hieu")
    another = "  - {key: thay_cho, label: Thực hiện, type: text, at_most: 100}\n  - {key: noi_dung,"
    assert any(said in each for each in published(text(BLOCK, turned).replace("  - {key: noi_dung,", another)))
    assert published(text("type: text, at_most: 100, filter: true,", "type: text, at_most: 100, status: retired,")) == ()
    assert [each.takes_letters for each in plan_books()] == [False]


def test_another_register_counts_by_its_own_field_beside_the_first(world: World) -> None:
    shipped("ke-hoach")
    other = text().replace("van_ban", "chi_thi").replace("code: ke-hoach", "code: chuong-trinh").replace("prefix: KH", "prefix: CTR")
    assert published(other.replace("one: kế hoạch", "one: chương trình")) == ()
    root = asked(world)
    second = book("chuong-trinh")
    assert second
    values = {**DRAWN_UP, "chi_thi": named(root)}
    entry = recorded(second, world, values, "dung", "D1", at=day(1))
    paper(entry, "document", "pdf")
    line = Line("chi_tieu", date(2023, 4, 4), kind="MOHINH", quantity=5, text="Năm mô hình")
    assert isinstance(write_line(entry.pk, line, by=world.person("dung", day(1)), at=day(1)), Made)
    did(entry, "ban_hanh", world.person("dung", day(4)), day(4))
    unit = world.units["D1"]
    assert plans_by_branch(placed(world, "LDLD")) == {unit: 1}
    assert click(world).plan == "chương trình CTR-2023-0001"
    in_force(world, root)
    assert plans_by_branch(placed(world, "LDLD")) == {unit: 1}  # a unit counts once, however many plans it has
    assert set(plan_days()) == {"ke-hoach", "chuong-trinh"}
