"""Whether a report lacks nothing but the signature is one rule: reminders, the first page and the report's own page say the same."""

import pytest

from kheo.core.remarks import Answered
from kheo.core.reminders import Todo
from kheo.reports.actions import Done, answer_remark, remark, return_report
from kheo.reports.queries.filling import draft, sheet
from kheo.reports.queries.reminding import Almanac, errands_of
from kheo.reports.queries.tasks import own_tasks
from kheo.web.filling.side import headline
from kheo.web.home.rows import own_entries
from tests.core.calendars import vn
from tests.world import GOOD, World, fill, later, small_world, submit

pytestmark = pytest.mark.django_db
NOW = later(days=6)


@pytest.fixture
def world() -> World:
    return small_world()


def says(world: World) -> tuple[list[Todo], str, str]:
    """To the head: the errand of the reminder, the button of the first page, and the headline on the report's page."""
    owed, hoa = world.obligation("G1"), world.person("hoa", NOW)
    todo = errands_of(hoa.user_id, Almanac(lambda _name: vn(), vn()), NOW)
    assert todo is not None
    (entry,) = own_entries(own_tasks([owed.unit_id], NOW), hoa)
    page = headline(sheet(owed, world.report("G1")))
    assert headline(draft(owed)) == page, "and so does the answer to a save"
    return [each.todo for each in todo], entry.row().step, page


def send_back(world: World, *targets: str) -> None:
    submit(world, "G1")
    owed, binh, version = world.obligation("G1").pk, world.person("binh"), world.report("G1").version
    for target in targets:
        assert isinstance(remark(owed, target=target, text="Đúng chưa?", version=version, by=binh, at=later(days=1)), Done)
    assert isinstance(return_report(owed, reason="Xem lại.", version=version, by=binh, at=later(days=1, minutes=5)), Done)


def test_what_came_back_is_ready_when_every_remark_is_answered(world: World) -> None:
    send_back(world, "B02", "C201")
    owed, an = world.obligation("G1").pk, world.person("an")
    assert says(world) == ([Todo.CORRECT], "Sửa theo nhận xét", "2 nhận xét chưa trả lời")
    answer_remark(owed, target="B02", kind=Answered.KEPT, text="Đúng như vậy.", by=an, at=later(days=2))
    assert says(world) == ([Todo.CORRECT], "Sửa theo nhận xét", "1 nhận xét chưa trả lời")
    answer_remark(owed, target="C201", kind=Answered.KEPT, text="Đúng như vậy.", by=an, at=later(days=2))
    assert says(world) == ([Todo.SIGN], "Ký và nộp", "Đã đủ, có thể nộp")


def test_what_came_back_without_a_remark_is_ready_nowhere_before_it_was_changed(world: World) -> None:
    send_back(world)
    assert says(world) == ([Todo.CORRECT], "Sửa theo nhận xét", "Chưa sửa gì so với lần bị trả lại")
    type(world.report("G1")).objects.update(narrative={**world.report("G1").narrative, "I": "Kết quả nổi bật, nêu rõ hơn lần trước nhiều."})
    assert says(world) == ([Todo.SIGN], "Ký và nộp", "Đã đủ, có thể nộp")


def test_a_full_draft_is_ready_everywhere_and_one_that_lacks_a_cell_nowhere(world: World) -> None:
    world.cycle.obligations.update(due_at=NOW)
    fill(world, "G1", GOOD, by=world.person("an"))
    assert says(world) == ([Todo.SIGN], "Ký và nộp", "Đã đủ, có thể nộp")
    report = world.report("G1")
    report.figures.pop("B02")
    report.save()
    todo, step, page = says(world)
    assert (todo, step) == ([Todo.FILL], "Nhập tiếp")
    assert "còn 1 ô chưa nhập" in page.lower()
