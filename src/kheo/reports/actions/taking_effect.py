"""On the day on which units end, those whom it concerns are told: who held a post there, and the offices that have to decide now.

The change itself needs nobody: every question has a day, and posts, trees and cycles opened from that day on follow the record.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q

from kheo.campaigns.models import Cycle
from kheo.core.days import format_day, local_day
from kheo.core.due_words import report_title
from kheo.core.reorganising import Act, EventKind, Fact
from kheo.core.workflow import REVIEWING, ROLE_NAMES, Role
from kheo.journal.actions import SYSTEM, record
from kheo.journal.queries import entries_about
from kheo.notices.actions import Word, is_alone, tell_each
from kheo.org.models import EventBatch, Post, SpanChange, UnitEvent, UnitName, in_force
from kheo.org.queries import living, names_around
from kheo.org.queries.standing import ends_of
from kheo.reports.models import Obligation
from kheo.reports.queries.touched.change import among, answering
from kheo.reports.queries.touched.reports import OPEN
from kheo.reports.queries.transitions import deciders_for

# A server that was off on the day makes up for it; what is older than that is no news.
MISSED = timedelta(days=3)
TOLD, BATCH = "tell_taken_effect", "event_batch"


@transaction.atomic
def tell_taken_effect(*, at: datetime) -> int:
    """Tell of every batch of events whose day has come, or that was recorded after its day; each once. Gives the number of notices.

    Safe at any time, any number of times, by any number of processes at once.
    """
    on, count = local_day(at), 0
    if not _untold(on, at) or not is_alone():
        return 0
    for batch, day in sorted(_untold(on, at)):  # asked again: another process may have told meanwhile
        found = _tell(batch, day, on, at)
        record(TOLD, by=SYSTEM, at=at, object_type=BATCH, object_id=batch, day=day.isoformat(), notices=found)
        count += found
    return count


def _untold(on: date, at: datetime) -> set[tuple[int, date]]:
    """(batch, day) of events in force of which nobody has been told."""
    lately = Q(day__gte=on - MISSED) | Q(batch__recorded_at__gte=at - MISSED)
    rows = UnitEvent.objects.filter(lately, day__lte=on, annulled_by__isnull=True).exclude(kind=EventKind.ANNULLED)
    days = set(rows.order_by().values_list("batch_id", "day").distinct())
    batches = EventBatch.objects.filter(pk__in={batch for batch, _ in days}).values("pk")
    told = {(entry.object_id, entry.detail["day"]) for entry in entries_about(BATCH, batches, (TOLD,))} if days else set()
    return {(batch, day) for batch, day in days if (batch, day.isoformat()) not in told}


def _tell(batch: int, day: date, on: date, at: datetime) -> int:
    units = _ended(batch, day, on)
    if not units:
        return 0
    key = f"{batch}:{day.toordinal()}"
    count = tell_each("post_ended", "home", list(_to_holders(units, day, key)), at=at)
    return count + tell_each("units_ended", "home", list(_to_offices(units, on, day, key)), at=at)


def _ended(batch: int, day: date, on: date) -> list[int]:
    """The units whose life these events ended on this day, and that are not there any more.

    A new name ends a name as well: what ends a unit is that it has none from this day on.
    """
    rows = SpanChange.objects.filter(event__batch=batch, event__day=day, event__annulled_by__isnull=True, fact=Fact.NAME, act=Act.ENDED)
    about = set(UnitName.objects.filter(pk__in=rows.values("row")).values_list("unit_id", flat=True))
    ended = {unit for unit, ends in ends_of(about, day - timedelta(days=1)).items() if ends == day}
    return sorted(ended - living(ended, on))


def _to_holders(units: Sequence[int], day: date, key: str) -> Iterator[Word]:
    names = names_around(units, day)
    held = Post.objects.filter(unit__in=units, ends=day, starts__lt=day).order_by("pk")
    for post, user, unit, role in held.values_list("pk", "user_id", "unit_id", "role"):
        role_name = ROLE_NAMES[Role(role)].lower()
        words = f"Từ {format_day(day)} {names.get(unit, '')} kết thúc; chức danh {role_name} của anh/chị ở đó hết hiệu lực."
        yield Word(user, f"post_ended:{post}:{key}", f"{words} Việc đang làm dở được giữ nguyên.")


def _to_offices(units: Sequence[int], on: date, day: date, key: str) -> Iterator[Word]:
    """One word for each office and cycle, however many reports wait: they are counted where they lie."""
    waiting = _waiting_at(units, on)
    cycles = Cycle.objects.in_bulk({cycle for cycle, _ in waiting})
    people = Post.objects.filter(in_force(on), unit__in={office for _, office in waiting}, role__in=REVIEWING)
    deciding: dict[int, set[int]] = defaultdict(set)
    for office, person in people.values_list("unit_id", "user_id"):
        deciding[office].add(person)
    for (cycle, office), count in sorted(waiting.items()):
        why = f"vì đơn vị nộp hoặc nơi nhận kết thúc từ {format_day(day)}"
        words = f"{report_title(cycles[cycle].name)}: {count} báo cáo chờ anh/chị quyết định, {why}."
        for person in sorted(deciding[office]):
            yield Word(person, f"units_ended:{cycle}:{office}:{key}", words)


def _waiting_at(units: Sequence[int], on: date) -> "Counter[tuple[int, int]]":
    """By cycle and deciding unit, how many reports the end of these units leaves to decide on."""
    rows = Obligation.objects.filter(OPEN & (answering(units) | among("recipient", units))).order_by()
    counted = list(rows.values_list("cycle_id", "cycle__snapshot_id", "recipient_id").annotate(Count("pk")))
    alive = living({recipient for _, _, recipient, _ in counted}, on)
    deciders = deciders_for({(snapshot, recipient) for _, snapshot, recipient, _ in counted if recipient not in alive}, on)
    waiting: Counter[tuple[int, int]] = Counter()
    for cycle, snapshot, recipient, count in counted:
        waiting[cycle, deciders.get((snapshot, recipient), recipient)] += count
    return waiting
