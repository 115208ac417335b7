"""Looking at the pages whose addresses entries hold: a few at a time, politely; a broken link is told its unit once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from time import monotonic, sleep

from django.db import transaction

from kheo.core.days import local_day
from kheo.core.registers.looking import Seen, Standing, Verdict, judged, next_look, why_words
from kheo.core.registers.models import RegisterDefinition
from kheo.core.registers.values import Values
from kheo.journal.actions import Actor
from kheo.notices.actions import Event, Happening
from kheo.notices.actions import tell as notify
from kheo.org.access import Unreachable
from kheo.org.queries import Within, keepers
from kheo.registers.actions.keeping import Doing, lock_entry, tell
from kheo.registers.models import Entry, PageLook
from kheo.registers.pages import Looked
from kheo.registers.queries.definitions import Book, books
from kheo.registers.queries.holding import values_of
from kheo.registers.queries.looks import DueLook, due_looks, looked_fields

BROKEN, ANSWERS = "page_broken", "page_answers"  # what deeds call it
LOOK = "look"  # under which they say which field, and what the server said


@dataclass(frozen=True)
class Pace:
    """How much one run does: looks in all and of one site, seconds between two looks at one site, seconds until no more are begun."""

    most: int = 30
    of_a_host: int = 3
    apart: float = 5.0
    seconds: float = 45.0
    pause: Callable[[float], None] = sleep


@dataclass(frozen=True)
class Run:
    """What a run came to. `is_cut_off`: no machine outside answered at all, so nothing was kept: it is ours that is cut off."""

    looked: int = 0
    broken: int = 0
    answering: int = 0
    is_cut_off: bool = False


@dataclass(frozen=True)
class Looker:
    """The machine, as deeds and journal name it."""

    on: date
    name: str = "Máy xem liên kết"
    user_id: None = None

    def actor(self, unit: int) -> Actor:  # as that of a person, who acts from a post at the unit
        """How the journal remembers it."""
        return Actor(None, self.name, "system")


def look_at_due_pages(
    look: Callable[[str], Looked], *, now: Callable[[], datetime], pace: Pace = Pace(), should_stop: Callable[[], bool] = lambda: False
) -> Run:
    """One run: the pages whose time has come, as many as its pace allows; then what was seen is kept, page by page.

    Nothing is locked while it looks: what changed meanwhile is asked again, and what somebody else has kept is left.
    """
    due = [each for book in books() for each in due_looks(book, local_day(now()), of_a_host=pace.of_a_host, most=pace.most)][: pace.most]
    seen = _look_at(due, look, pace, should_stop)
    if _is_cut_off(seen):
        return Run(is_cut_off=True)
    told = [keep_look(each, looked, at=now()) for each, looked in seen]
    return Run(
        looked=sum(each is not None for each in told),
        broken=sum(each is Verdict.BROKEN for each in told),
        answering=sum(each is Verdict.READABLE for each in told),
    )


def _look_at(
    due: Sequence[DueLook], look: Callable[[str], Looked], pace: Pace, should_stop: Callable[[], bool]
) -> list[tuple[DueLook, Looked]]:
    """Round by round one page of each site: whoever is asked again has had time in between."""
    found, last, ends = list[tuple[DueLook, Looked]](), dict[str, float](), monotonic() + pace.seconds
    for number in range(pace.of_a_host):
        for each in _round(due, number):
            waits = last.get(each.host, 0.0) + pace.apart - monotonic() if each.host in last else 0.0
            if should_stop() or monotonic() + max(waits, 0.0) > ends:
                return found
            if waits > 0:
                pace.pause(waits)
            found.append((each, look(each.address)))
            last[each.host] = monotonic()
    return found


def _round(due: Sequence[DueLook], number: int) -> list[DueLook]:
    """Of each site the page at this place."""
    of_host: dict[str, list[DueLook]] = {}
    for each in due:
        of_host.setdefault(each.host, []).append(each)
    return [pages[number] for pages in of_host.values() if number < len(pages)]


def _is_cut_off(seen: Sequence[tuple[DueLook, Looked]]) -> bool:
    """Two sites and more, and nobody answered anything: told of all of them, it would be told of the wrong ones.

    Not where all of these were silent before while others answered: dead sites that are looked at together are dead.
    """
    silent = all(looked.seen is Seen.FAULT and looked.status is None and looked.why != "tls" for _, looked in seen)
    if not silent or len({each.host for each, _ in seen}) < 2:
        return False
    return any(each.answered for each, _ in seen) or not PageLook.objects.filter(status__isnull=False).exists()


@transaction.atomic
def keep_look(due: DueLook, looked: Looked, *, at: datetime) -> Verdict | None:
    """What a look told, beside what stood before; a link that breaks, or answers again, is a deed of its entry. Gives what is said now.

    None where there is nothing to keep: the address was changed, the entry went on, or somebody looked on that day already.
    """
    try:
        entry = lock_entry(due.entry)
    except Unreachable:
        return None
    found = _asked(entry, due)
    standing = PageLook.objects.filter(entry=entry, field=due.field, known_to__isnull=True).first()
    same = standing if standing is not None and standing.address == due.address and standing.seen else None
    at = max(at, standing.known_from) if standing is not None else at
    day = local_day(at)
    if found is None or (same is not None and same.on >= day):
        return None
    book, every_days = found
    before = Standing(Seen(same.seen), same.on, Verdict(same.verdict), same.since) if same is not None else None
    verdict, since = judged(before, looked.seen, day)
    kept = PageLook(
        entry=entry, register_id=entry.register_id, field=due.field, address=due.address, on=day, known_from=at, seen=looked.seen,
        status=looked.status, why=looked.why, digest=looked.digest, first_digest=(same.first_digest if same else "") or looked.digest,
        verdict=verdict, since=since, again_on=next_look(Standing(looked.seen, day, verdict, since), every_days),
    )  # fmt: skip
    _put(standing, kept)
    was_broken = before is not None and before.verdict is Verdict.BROKEN
    if (verdict is Verdict.BROKEN) != was_broken:
        _tell(entry, book, kept)
    return verdict


def _asked(entry: Entry, due: DueLook) -> tuple[Book, int] | None:
    """The register as it is kept today and how often it has this page looked at, where the entry still is what was looked for."""
    for book in books():
        if book.register.pk != entry.register_id:
            continue
        for field in looked_fields(book):
            if field.key == due.field and field.web is not None and entry.state in field.web.looked_in:
                held = values_of(book.definition, entry).get(due.field)
                return (book, field.web.every_days) if held == due.address else None
    return None


def _put(standing: PageLook | None, kept: PageLook) -> None:
    if standing is not None:
        PageLook.objects.filter(pk=standing.pk).update(ends=kept.on, known_to=kept.known_from)
    kept.save(force_insert=True)


def _tell(entry: Entry, book: Book, kept: PageLook) -> None:
    """The deed; and of a broken link a notice to those whose entry it is: once, however often it is looked at after that."""
    is_broken = kept.verdict == Verdict.BROKEN
    doing = Doing(BROKEN if is_broken else ANSWERS, Looker(kept.on), kept.on, kept.known_from)
    if is_broken:
        listeners = sorted(keepers({entry.owner_id}, Within(kept.on))[entry.owner_id])
        happenings = [Happening(entry.pk, entry.owner_id, unit, kept.pk) for unit in listeners]
        notify(Event.LINK_BROKEN, happenings, cycle="", until=f"{book.definition.name}: hồ sơ {entry.code}", actor=0, at=kept.known_from)
    tell(entry, entry.state, {LOOK: [kept.field, why_words(kept.why, kept.status) if is_broken else ""]}, doing)


def begin_anew(entry: Entry, definition: RegisterDefinition, before: Values, after: Values, at: datetime) -> None:
    """Another address stands where one was looked at: what was said of the old one ends on that day, and is not said of the new one.

    `definition`: of the register as it is kept today. Asks nothing where no address was changed.
    """
    changed = [field.key for field in definition.fields if field.web is not None and before.get(field.key) != after.get(field.key)]
    for standing in PageLook.objects.filter(entry=entry, field__in=changed, known_to__isnull=True) if changed else ():
        address = after.get(standing.field, "")
        instant = max(at, standing.known_from)
        day = max(local_day(instant), standing.on)
        _put(standing, _anew(standing, str(address), day, instant))


def _anew(standing: PageLook, address: str, day: date, at: datetime) -> PageLook:
    held: Mapping[str, object] = {"entry_id": standing.entry_id, "register_id": standing.register_id, "field": standing.field}
    return PageLook(**held, address=address, on=day, known_from=at, verdict=Verdict.ANEW, since=day, again_on=day)
