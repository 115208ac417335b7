"""What happened is told in the transaction in which it happens: an act that is undone, or lost a race, was never told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import connection

from kheo.core.days import local_day
from kheo.core.due_words import report_title
from kheo.core.workflow import REVIEWING, Role
from kheo.notices.models import Notice


class Event(StrEnum):
    """What happened to a report, or to what travels with one."""

    RETURNED = "returned"
    ACCEPTED = "accepted"
    EXTENDED = "extended"
    EXTENSION_ASKED = "asked"
    EXTENSION_REFUSED = "refused"
    CALLED_IN = "called_in"
    PROPOSAL_WAITS = "proposal_waits"
    PROPOSAL_FORWARDED = "proposal_forwarded"
    PROPOSAL_REROUTED = "proposal_rerouted"
    PROPOSAL_ANSWERED = "proposal_answered"
    PROPOSAL_CLOSED = "proposal_closed"
    PASSED_ANSWERED = "passed_answered"
    DISPATCHED = "dispatched"
    HANDED_OVER = "handed_over"
    HANDED_BACK = "handed_back"
    REROUTED = "rerouted"
    CLOSED = "closed"
    REOPENED = "reopened"
    CAMPAIGN_ENDED = "campaign_ended"
    CAMPAIGN_RESUMED = "campaign_resumed"
    PASSED_DOWN = "passed_down"
    LETTER_ASKED = "letter_asked"
    ENTRY_WAITS = "entry_waits"
    ENTRY_INVITES = "entry_invites"
    LINK_BROKEN = "link_broken"


@dataclass(frozen=True)
class _Saying:
    """Who hears of an event, where it leads, and what is said: {report} is the cycle's, {unit} whose report it is.

    {until}: what the event is about beside them, a day with what is asked on it, or the number of an entry.
    """

    roles: tuple[Role, ...]
    page: str
    words: str


_UNIT = (Role.OFFICER, Role.HEAD)
_DESK = (*REVIEWING, Role.HEAD)
# Never a word of what was proposed or reported: a notice also goes by mail.
SAYINGS: dict[Event, _Saying] = {
    Event.RETURNED: _Saying(_UNIT, "report", "{report} của {unit} bị trả lại. Mở ra xem nhận xét và sửa."),
    Event.ACCEPTED: _Saying(_UNIT, "report", "{report} của {unit} đã được chấp nhận."),
    Event.EXTENDED: _Saying(_UNIT, "report", "{report} của {unit} được gia hạn đến {until}."),
    Event.EXTENSION_ASKED: _Saying((*REVIEWING,), "review_report", "{unit} xin gia hạn {report} đến {until}."),
    Event.EXTENSION_REFUSED: _Saying(_UNIT, "report", "{report} của {unit} không được gia hạn. Hạn nộp giữ nguyên."),
    Event.CALLED_IN: _Saying(_UNIT, "report", "{report} của {unit} đã quá hạn, nơi nhận đã lập công văn đôn đốc. Nộp ngay khi xong."),
    Event.PROPOSAL_WAITS: _Saying(_DESK, "proposal", "Kiến nghị của {unit} kèm {report} chờ anh/chị trả lời."),
    Event.PROPOSAL_FORWARDED: _Saying(_UNIT, "proposal", "Kiến nghị của {unit} kèm {report} đã được kính chuyển lên cấp trên."),
    Event.PROPOSAL_REROUTED: _Saying(_UNIT, "proposal", "Kiến nghị của {unit} kèm {report} được chuyển cho nơi khác trả lời."),
    Event.PROPOSAL_ANSWERED: _Saying(_UNIT, "proposal", "Kiến nghị của {unit} kèm {report} đã được trả lời. Mở ra xem câu trả lời."),
    Event.PROPOSAL_CLOSED: _Saying(_UNIT, "proposal", "Kiến nghị của {unit} kèm {report} đã được khép lại."),
    Event.PASSED_ANSWERED: _Saying(_DESK, "proposal", "Kiến nghị của {unit} mà nơi anh/chị đã kính chuyển có câu trả lời của cấp trên."),
    Event.DISPATCHED: _Saying(_DESK, "dispatch", "{unit} gửi đến {report}. Mở ra xem và tiếp nhận."),
    Event.HANDED_OVER: _Saying(_UNIT, "report", "{report} của {unit}: đơn vị anh/chị nộp thay đơn vị cũ."),
    Event.HANDED_BACK: _Saying(_UNIT, "report", "{report} của {unit}: đơn vị hoạt động trở lại và tự nộp, không ai nộp thay nữa."),
    Event.REROUTED: _Saying((*_UNIT, *REVIEWING), "report", "{report} của {unit} được chuyển nơi nhận."),
    Event.CLOSED: _Saying((*_UNIT, *REVIEWING), "report", "{report} của {unit}: thôi thu, đơn vị không phải nộp nữa."),
    Event.REOPENED: _Saying((*_UNIT, *REVIEWING), "report", "{report} của {unit} được thu lại."),
    Event.CAMPAIGN_ENDED: _Saying(_UNIT, "report", "{unit} không phải nộp báo cáo {until}."),
    Event.CAMPAIGN_RESUMED: _Saying(_UNIT, "report", "{unit} lại phải nộp báo cáo {until}."),
    Event.PASSED_DOWN: _Saying(_UNIT, "passing", "{unit} gửi xuống một văn bản. Mở ra xem và bấm “Đã nhận”."),
    Event.LETTER_ASKED: _Saying(_UNIT, "passing", "{unit} nhắc ngày {until}."),
    Event.ENTRY_WAITS: _Saying(_UNIT, "entry", "{until} chờ {unit} làm bước tiếp theo."),
    Event.ENTRY_INVITES: _Saying((*REVIEWING, Role.HEAD), "entry", "{until} mời {unit} góp ý. Mở ra xem và ghi ý kiến."),
    Event.LINK_BROKEN: _Saying(_UNIT, "entry", "{until} của {unit}: liên kết không mở được nữa. Mở ra xem và ghi địa chỉ mới."),
}


@dataclass(frozen=True)
class Happening:
    """One report to which it happened. The people of `listener` hear of it; `number` tells one time from the next (a version, a key).

    `target`: the number in the address of the page, where it is not the report's own.
    """

    obligation: int
    unit: int
    listener: int
    number: int
    target: int | None = None


# One statement whatever the number of reports and people; what was told already is not told again.
TELL = """
INSERT INTO notices_notice (person_id, kind, key, text, page, args, told_at, heard_at)
SELECT post.user_id, %(kind)s, %(kind)s || ':' || it.target || ':' || it.number,
       left(replace(%(words)s, '{unit}', coalesce(name.name, '')), 400), %(page)s, ARRAY[it.target], %(at)s::timestamptz,
       array_agg(DISTINCT it.listener ORDER BY it.listener)
  FROM unnest(%(targets)s::bigint[], %(units)s::bigint[], %(listeners)s::bigint[], %(numbers)s::bigint[])
       AS it(target, unit, listener, number)
  JOIN org_post post ON post.unit_id = it.listener AND post.role = ANY(%(roles)s)
       AND post.starts <= %(day)s AND (post.ends IS NULL OR post.ends > %(day)s) AND post.user_id <> %(actor)s
  LEFT JOIN LATERAL (  -- of a unit that has ended: its last name
       SELECT known.name FROM org_unit_name known WHERE known.unit_id = it.unit AND known.starts <= %(day)s
          AND (known.ends IS NULL OR known.ends > known.starts) ORDER BY known.starts DESC LIMIT 1) AS name ON true
 GROUP BY post.user_id, it.target, it.number, name.name
ON CONFLICT DO NOTHING
"""


def tell(event: Event, happenings: Sequence[Happening], *, cycle: str, until: str = "", actor: int, at: datetime) -> int:
    """Tell those who hold the event's roles at each listener on the day of `at`, but not who did it; gives the number of notices.

    `cycle` is the cycle's name, `until` what else is said: the words of a new due date, the number of an entry. Raises RuntimeError
    outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("what happened is told in the transaction in which it happens")
    saying = SAYINGS[event]
    report = report_title(cycle)
    words = saying.words.replace("{report}", report if saying.words.startswith("{report}") else report[:1].lower() + report[1:])
    values = {
        "kind": event.value,
        "words": words.replace("{until}", until),
        "page": saying.page,
        "roles": [role.value for role in saying.roles],
        "at": at,
        "day": local_day(at),
        "actor": actor,
        "targets": [each.obligation if each.target is None else each.target for each in happenings],
        "units": [each.unit for each in happenings],
        "listeners": [each.listener for each in happenings],
        "numbers": [each.number for each in happenings],
    }
    with connection.cursor() as cursor:
        cursor.execute(TELL, values)
        return int(cursor.rowcount)


@dataclass(frozen=True)
class Word:
    """What one person is told; `key` names what happened, so that nobody is told the same thing twice."""

    person: int
    key: str
    text: str


def tell_each(kind: str, page: str, words: Sequence[Word], *, at: datetime) -> int:
    """Tell each of these people something of their own, that leads to a page without a number; gives how many had not been told yet."""
    told = set(Notice.objects.filter(key__in={each.key for each in words}).values_list("person_id", "key"))
    new = {(each.person, each.key): each for each in words if (each.person, each.key) not in told}
    rows = [Notice(person_id=each.person, kind=kind, key=each.key, text=each.text[:400], page=page, told_at=at) for each in new.values()]
    Notice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return len(rows)
