"""The asker's own door to an entry: the code that was shown once. It opens this entry's public side and nothing else."""

from dataclasses import dataclass
from datetime import date, timedelta

from kheo.core.registers.beside import BesideAct, why_not
from kheo.core.registers.models import ActDef
from kheo.core.registers.moves import Stance
from kheo.core.registers.words import Scope
from kheo.core.spoken_codes import hash_of
from kheo.core.workflow import Role
from kheo.journal.actions import Actor
from kheo.org.access import Unreachable
from kheo.registers.access.entries import ReachedEntry
from kheo.registers.models import DeadlineRun, Entry, EntryMessage, PublicEntry
from kheo.registers.queries.definitions import book_of

MOST_IN_A_ROW = 3  # messages of an asker that nobody has answered yet


@dataclass(frozen=True)
class Sender:
    """Whoever sent something through the public form, on a day. Nobody knows who that is: the journal says no more than this."""

    on: date
    name: str = "Người gửi"
    user_id: None = None

    def actor(self, unit: int) -> Actor:  # as that of a person, who acts from a post at the unit
        """How the journal remembers it."""
        return Actor(None, self.name, "qua mã theo dõi")


# From the asker's side every role is one: nobody holds a post there.
ASKING = Stance(None, frozenset((Scope.ASKER, role) for role in Role))


class BehindTheWall(Unreachable):
    """The code leads to an entry of a register that has been walled since: it holds numbers now, and shows no entry to anybody outside."""

    def __init__(self, owner: int) -> None:
        super().__init__()
        self.owner = owner


def entry_of_code(code: str) -> ReachedEntry:
    """The entry that a code leads to, with what its asker may do now. Raises Unreachable for a code that leads nowhere.

    Whoever was given a code follows their entry to its end, though its register takes nothing more from the public; only the wall
    forbids it (BehindTheWall), whether it stands in the edition that the entry answers or in the register as it is kept today.
    """
    wanted = hash_of(code)
    found = PublicEntry.objects.filter(hash=wanted).first() if wanted else None
    if found is None:
        raise Unreachable
    entry = (
        Entry.objects.select_related("register", "edition__register").defer("edition__definition", "edition__source").get(pk=found.entry_id)
    )
    reached = ReachedEntry(entry, book_of(entry.edition), ASKING)
    if reached.book.definition.walled or reached.book.newest_definition.walled:
        raise BehindTheWall(entry.owner_id)
    return reached


def is_awaited(reached: ReachedEntry) -> bool:
    """Whether the unit waits for the asker to say more: a clock stands still for it."""
    return any(reached.entry.state in clock.paused_in for clock in reached.book.definition.clocks)


def needs_words(reached: ReachedEntry, act: ActDef) -> bool:
    """Whether the asker has to write something with an act: a reason that everybody needs, or what the unit asked for."""
    return act.reason == "required" or (act.reason == "optional" and is_awaited(reached))


def earliest(reached: ReachedEntry, act: ActDef) -> date | None:
    """The first day on which an act that comes again and again can be done the next time; None: at any time, `date.max`: never again."""
    for clock in reached.book.definition.clocks:
        if clock.early is not None and act.code in clock.met_by:
            runs = DeadlineRun.objects.filter(entry=reached.entry, clock=clock.code, known_to__isnull=True, met_on__isnull=True)
            due = runs.order_by("round", "turn").values_list("due_on", flat=True).first()
            return due - timedelta(days=clock.early) if due is not None else date.max
    return None


def may_add_words(reached: ReachedEntry) -> bool:
    """Whether the asker may write something more of their own accord: while somebody has still to look at it, a few times in a row."""
    is_watched = reached.is_open or reached.entry.due_on is not None
    stands = why_not(reached.book.definition, BesideAct.ASKER_SAYS, reached.entry.state)
    if stands or not is_watched or is_awaited(reached):
        return False
    last = EntryMessage.objects.filter(entry=reached.entry).exclude(kind="note").order_by("-pk").values_list("kind", flat=True)
    return list(last[:MOST_IN_A_ROW]).count("asker") < MOST_IN_A_ROW
