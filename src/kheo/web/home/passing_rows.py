"""Papers as lines of work: to be acknowledged, passed on, answered; the same that digests tell of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from kheo.campaigns.queries import working_calendar
from kheo.core.numbers import format_int
from kheo.directives.queries.paper_tasks import PaperTask
from kheo.directives.queries.reminding import PaperWork, own_paper_work
from kheo.org.access import Person
from kheo.web.home.rows import WAITING, Row, Tag
from kheo.web.wording import due_tone, due_words


@dataclass(frozen=True)
class _Saying:
    """How a task is told: `page` of the unit, of the most urgent paper (`of_first`), or of that in the unit (`of_both`)."""

    title: str
    about: str
    tag: str
    step: str
    page: str
    of_first: bool = False
    of_both: bool = False


_SAYINGS: Mapping[PaperTask, _Saying] = {
    PaperTask.ACKNOWLEDGE: _Saying(
        "Văn bản chỉ đạo chờ nhận", "Cấp trên gửi xuống; bấm “Đã nhận” để vào sổ văn bản đến", "{} chờ nhận", "Xem và bấm “Đã nhận”",
        "passings",
    ),
    PaperTask.RELAY: _Saying(
        "Văn bản chỉ đạo chưa chuyển xuống", "Đơn vị đã nhận, các đơn vị trực thuộc chưa được gửi", "{} chưa chuyển", "Chuyển xuống dưới",
        "passing", of_first=True,
    ),
    PaperTask.ANSWER: _Saying(
        "Văn bản đến chờ giải quyết", "Có hạn trả lời trong sổ văn bản đến", "{} chờ giải quyết", "Theo dõi giải quyết", "follow_up",
    ),
    PaperTask.RESEND: _Saying(
        "Văn bản chỉ đạo chưa gửi tới đơn vị kế thừa", "Đơn vị được gửi đã kết thúc khi chưa làm xong; đơn vị kế thừa chưa được gửi",
        "{} văn bản", "Xem và gửi thêm", "chain", of_both=True,
    ),
}  # fmt: skip


def passing_rows(person: Person, now: datetime) -> list[Row]:
    """A row for each task and unit at which something waits; one query."""
    units = frozenset(post.unit for post in person.posts)
    work = own_paper_work(person.user_id, units, working_calendar("vn"), now) if units else []
    names_unit = len({each.unit for each in work}) > 1
    return [_row(each, person, names_unit) for each in work]


def _row(work: PaperWork, person: Person, names_unit: bool) -> Row:
    said = _SAYINGS[work.task]
    args = [work.first, work.unit] if said.of_both else [work.first if said.of_first else work.unit]
    address = reverse(said.page, args=args)
    left = (work.next_due - person.on).days if work.next_due else WAITING
    late = (Tag("overdue", f"{format_int(work.late)} quá hạn"),) if work.late else ()
    return Row(
        title=said.title,
        url=address,
        about=f"{work.unit_name}. {said.about}" if names_unit else said.about,
        tags=(Tag("submitted", said.tag.format(format_int(work.count))), *late),
        due_words=due_words(work.next_due, left) if work.next_due else "",
        due_tone=due_tone(left) if work.next_due else "",
        step=said.step,
        step_url=address,
        is_open=True,
        urgency=(left, 3),
    )
