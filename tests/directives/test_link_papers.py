"""What one paper is to another is said with its day, shown on both, and taken back with a reason."""

from datetime import date, timedelta

import pytest

from kheo.core.paper_books.facts import LinkRole
from kheo.directives.access import links_to_read
from kheo.directives.actions import Refused, link_papers, unlink_papers
from kheo.directives.models import Directive, DirectiveLink, Passing
from kheo.directives.queries import links_of
from kheo.directives.queries.faults import paper_faults
from kheo.org.access import Unreachable
from tests.directives.papers import MORNING, TODAY, arrive, issue
from tests.world import World, small_world


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def papers(world: World, *numbers: str, code: str = "G1", who: str = "an") -> list[Directive]:
    found = [arrive(world, code, who=who, full_number=number).directive for number in numbers]
    return [each for each in found if each is not None]


def says(world: World, new: Directive, old: Directive, role: LinkRole = LinkRole.REPLACES, day: date | None = TODAY) -> object:
    made = link_papers(new.pk, old.pk, role, from_day=day, by=world.person("an"), at=MORNING)
    return made.message if isinstance(made, Refused) else made


def test_a_replacement_has_its_day_and_can_be_taken_back(world: World) -> None:
    old, new = papers(world, "199/LĐLĐ-TG", "7/LĐLĐ-TG")
    assert says(world, new, old, day=None) == "Thay thế thì ghi từ ngày nào."
    made = says(world, new, old)
    assert isinstance(made, DirectiveLink)
    assert says(world, new, old) == made
    assert (links_of(old.pk), links_of(new.pk)) == (([], [made]), ([made], []))
    an = world.person("an")
    assert isinstance(unlink_papers(made.pk, reason=" ", by=an, at=MORNING), Refused)
    assert isinstance(unlink_papers(made.pk, reason="nhầm văn bản", by=an, at=MORNING), DirectiveLink)
    assert links_of(old.pk) == ([], [])
    assert list(paper_faults()) == []


def test_only_what_begins_on_a_day_has_one_and_not_before_the_other_paper(world: World) -> None:
    old, new = papers(world, "199/LĐLĐ-TG", "7/LĐLĐ-TG")
    assert says(world, new, old, LinkRole.ANSWERS) == "Chỉ thay thế, sửa đổi mới ghi ngày; quan hệ khác thì để trống."
    assert says(world, new, old, day=date(2023, 3, 14)) == "Ngày này ở trước ngày 15/03/2023 của văn bản kia."
    assert isinstance(says(world, new, old, LinkRole.AMENDS, None), DirectiveLink)
    assert isinstance(says(world, new, old, LinkRole.ANSWERS, None), DirectiveLink)


def test_a_paper_is_replaced_once_and_not_by_what_it_replaces(world: World) -> None:
    old, new, newer = papers(world, "199/LĐLĐ-TG", "7/LĐLĐ-TG", "8/LĐLĐ-TG")
    says(world, new, old)
    assert says(world, newer, old) == ("Đã ghi văn bản kia được thay thế bằng Công văn 7/LĐLĐ-TG từ ngày 03/04/2023; rút lại rồi ghi lại.")
    assert says(world, old, new) == "Đã ghi văn bản kia thay thế văn bản này; hai văn bản không thay thế lẫn nhau."
    assert says(world, new, old, day=TODAY + timedelta(1)) == "Đã ghi quan hệ này từ ngày khác; hãy rút lại rồi ghi lại."
    assert isinstance(says(world, newer, new), DirectiveLink)


def test_it_is_said_of_the_own_units_papers_and_of_what_one_reads(world: World) -> None:
    (old, new), (foreign,) = papers(world, "199/LĐLĐ-TG", "7/LĐLĐ-TG"), papers(world, "9/LĐLĐ-TG", code="G4", who="chi")
    with pytest.raises(Unreachable):
        says(world, new, foreign)
    with pytest.raises(Unreachable):
        says(world, foreign, old)
    above = [arrive(world, "LDLD", who="minh", full_number=number).directive_id for number in ("3/HD", "4/HD")]
    made = link_papers(above[1] or 0, above[0] or 0, LinkRole.REPLACES, from_day=TODAY, by=world.person("lan"), at=MORNING)
    assert isinstance(made, DirectiveLink)
    for name in ("bich", "kien", "quan", "an"):
        with pytest.raises(Unreachable):
            unlink_papers(made.pk, reason="thử", by=world.person(name), at=MORNING)


def test_of_a_paper_that_is_not_ones_to_read_no_link_is_told(world: World) -> None:
    sent, plan = issue(world), issue(world, subject="việc riêng của quận")
    Passing.objects.create(issue=sent, unit_id=world.units["G1"], sent_at=MORNING)
    kept, own = sent.directive, plan.directive
    assert kept is not None
    assert own is not None
    made = link_papers(own.pk, kept.pk, LinkRole.REPLACES, from_day=TODAY, by=world.person("dung"), at=MORNING)
    assert links_to_read(world.person("dung"), kept) == ([], [made])
    assert links_to_read(world.person("an"), kept) == ([], [])
    Passing.objects.create(issue=plan, unit_id=world.units["G1"], sent_at=MORNING)
    assert links_to_read(world.person("an"), kept) == ([], [made])


def test_the_check_sees_a_link_that_the_journal_does_not_tell(world: World) -> None:
    old, new = papers(world, "199/LĐLĐ-TG", "7/LĐLĐ-TG")
    row = DirectiveLink.objects.create(directive=new, other=old, role=LinkRole.BASED_ON, made_at=MORNING)
    assert list(paper_faults()) == [f"Quan hệ giữa hai văn bản không như nhật ký ghi (paper_link {row.pk})."]
