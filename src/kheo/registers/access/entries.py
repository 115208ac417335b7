"""One entry, for those who may at least read it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kheo.core.registers.models import ActDef, Doer, LineDef, RegisterDefinition
from kheo.core.registers.moves import PUBLIC, History, Stance, allowed_acts, doers, left_to_another, may_edit
from kheo.core.registers.sealing import is_sealed, sealed_fields
from kheo.core.registers.values import Values
from kheo.core.registers.words import COUNTS_NOWHERE, OPEN_CLASSES, Scope
from kheo.core.unit_kinds import Line
from kheo.core.workflow import Role
from kheo.org.access import Person, Unreachable
from kheo.org.queries import Within, keepers, ways_to
from kheo.registers.models import Deed, Entry, EntryAttachment, EntryVersion
from kheo.registers.queries.definitions import Book, book_of
from kheo.registers.queries.holding import values_of

_INSIDE = frozenset({Scope.OWN, Scope.HANDLER})
_NEAR = _INSIDE | {Scope.ABOVE}
_LOOKING_ON = (Role.AUDITOR, Role.KEEPER)


@dataclass(frozen=True)
class ReachedEntry:
    """An entry that somebody may at least read, and what else they may do with it now."""

    entry: Entry
    book: Book
    stance: Stance

    @cached_property
    def history(self) -> History:
        """Who did what to it so far."""
        return history_of(self.entry.pk)

    @cached_property
    def values(self) -> Values:
        """What it holds, by field, but for long texts: which steps it has at all may hang on that."""
        return values_of(self.book.definition, self.entry)

    @cached_property
    def acts(self) -> tuple[ActDef, ...]:
        """Everything this person may do now."""
        stands = self.entry.state, self.stance, self.history, self.values
        return allowed_acts(self.book.definition, *stands, from_public=self.is_from_public)

    @cached_property
    def left_to_another(self) -> tuple[ActDef, ...]:
        """What this person would do now, had they not done an earlier act themselves."""
        stands = self.entry.state, self.stance, self.history, self.values
        return left_to_another(self.book.definition, *stands, from_public=self.is_from_public)

    def doers(self, act: ActDef) -> tuple[Doer, ...]:
        """Who may do an act to this entry."""
        return doers(self.book.definition, act, from_public=self.is_from_public)

    @property
    def is_from_public(self) -> bool:
        """Whether it came through the public form, so that its asker can come back with a code."""
        return self.entry.source == PUBLIC

    @property
    def sees_personal(self) -> bool:
        """Whether what is personal in it is shown: to its unit, where it is given to, and above, but there not while they judge."""
        return sees_personal(self.stance, self.book.definition, self.entry.state)

    @cached_property
    def unseen(self) -> frozenset[str]:
        """The fields that are not shown to this person: what is personal, unless they see that, and what is sealed from their side."""
        sealed = sealed_fields(self.book.definition, self.entry.state, self.sides)
        return sealed if self.sees_personal else sealed | self.book.definition.personal

    @property
    def sides(self) -> frozenset[Scope]:
        """From where this person works on it: who only looks after the rules, or the system, has no side."""
        return frozenset(scope for scope, role in self.stance.sides if role not in _LOOKING_ON)

    def tells_numbers_of(self, kind: LineDef) -> bool:
        """Whether the numbers of such lines are shown, where its lines are."""
        return not is_sealed(self.book.definition, kind, self.entry.state, self.sides)

    @property
    def works_near(self) -> bool:
        """Whether this person works on it: at its unit, where it was given to, or above."""
        return works_near(self.stance)

    @property
    def tells_lines(self) -> bool:
        """Whether its lines are shown: where small numbers are hidden, to its unit and the one it is given to alone.

        Large ones too: taken from the figures of the unit they would leave the small ones.
        """
        is_inside = any(scope in _INSIDE and role is not Role.KEEPER for scope, role in self.stance.sides)
        return is_inside or not self.book.definition.hides_small

    @property
    def is_open(self) -> bool:
        """Whether it still waits for something."""
        return self.entry.meaning in OPEN_CLASSES

    @property
    def is_editable(self) -> bool:
        """Whether this person may change its fields now."""
        return may_edit(self.book.definition, self.entry.state, self.stance)


def history_of(entry_id: int) -> History:
    """By act, who did it: one query."""
    return histories_of([entry_id]).get(entry_id, History())


def histories_of(entries: Collection[int]) -> dict[int, History]:
    """The same of some entries, those to which nothing was done left out: one query."""
    found: dict[int, dict[str, set[int | None]]] = {}
    for entry, act, person in Deed.objects.filter(entry__in=entries).values_list("entry_id", "act", "person_id"):
        found.setdefault(entry, {}).setdefault(act, set()).add(person)
    return {entry: History({act: frozenset(persons) for act, persons in acts.items()}) for entry, acts in found.items()}


def sees_personal(stance: Stance, definition: RegisterDefinition, state: str) -> bool:
    """Whether what is personal is shown from there; as long as an entry may be judged blind (`blind_in`) only to those inside."""
    return _works(stance, _INSIDE if state in definition.blind_in else _NEAR)


def works_near(stance: Stance) -> bool:
    """Whether somebody works on entries from there, and may read what is written beside them."""
    return _works(stance, _NEAR)


def _works(stance: Stance, sides: Collection[Scope]) -> bool:
    return any(scope in sides and role not in _LOOKING_ON for scope, role in stance.sides)


def reads(stance: Stance) -> bool:
    """Whether entries are read from there at all: at their unit, where they were given to, above. Keepers of the system read none."""
    return any(scope is not Scope.OTHER and role is not Role.KEEPER for scope, role in stance.sides)


def reads_single(stance: Stance, *, walled: bool) -> bool:
    """Whether single entries open from there: of a register behind the wall only at their unit, and where they were given to."""
    if not walled:
        return reads(stance)
    return any(scope in _INSIDE and role is not Role.KEEPER for scope, role in stance.sides)


def stance_to(person: Person, entry: Entry) -> Stance:
    """From which sides, in which roles a person stands to an entry."""
    return stance_to_unit(person, entry.owner_id, entry.handler_id)


def stance_to_unit(person: Person, owner: int, handler: int | None = None) -> Stance:
    """From which sides a person stands to entries of a unit. What an ended unit left is its heirs', or that of the unit above."""
    return stances_to(person, [(owner, handler)])[owner, handler]


def stances_to(person: Person, sides: Iterable[tuple[int, int | None]]) -> dict[tuple[int, int | None], Stance]:
    """The same by owner and handler, of many: as many queries as for one."""
    wanted = list(dict.fromkeys(sides))
    kept = keepers({unit for pair in wanted for unit in pair if unit}, Within(person.on))
    owners = {owner: kept[owner] or frozenset({owner}) for owner, _ in wanted}
    near = {each for units in (*owners.values(), *kept.values()) for each in units}
    ways = ways_to(person.on, Line.UNION, near | {post.unit for post in person.posts})
    return {
        (owner, handler): _stance(person, owners[owner], (kept[handler] or {handler}) if handler else frozenset(), ways)
        for owner, handler in wanted
    }


def _stance(person: Person, owners: Collection[int], handlers: Collection[int], ways: Mapping[int, frozenset[int]]) -> Stance:
    above = {each for one in owners for each in ways.get(one, ())} - set(owners)
    raised = {up for each in above.intersection(handlers) for up in ways.get(each, ())}
    found = set[tuple[Scope, Role]]()
    for post in person.posts:
        role = Role(post.role)
        if post.unit in owners:
            found.add((Scope.OWN, role))
        if post.unit in handlers:
            found.add((Scope.HANDLER, role))
        if post.unit in above:
            found.add((Scope.ABOVE, role))
        if post.unit in (raised or above):
            found.add((Scope.SUPERIOR, role))
        if role is Role.OFFICE and (post.unit in above or post.unit in owners):
            found.add((Scope.OFFICE, role))
    # Another unit's eyes are those of somebody who has no part in it, and stands near enough to go and see.
    if not any(post.unit in owners or post.unit in handlers for post in person.posts):
        found |= {(Scope.OTHER, Role(post.role)) for post in person.posts if post.unit not in above and _beside(post.unit, owners, ways)}
    return Stance(person.user_id, frozenset(found))


def stands_beside(unit: int, entry: Entry, on: date) -> bool:
    """Whether people of a unit stand to an entry as those of another one near it do, and have no part in it."""
    owners, handlers = kept_by(entry, on)
    ways = ways_to(on, Line.UNION, owners | {unit})
    return unit not in owners | handlers and _beside(unit, owners, ways)


def kept_by(entry: Entry, on: date) -> tuple[frozenset[int], frozenset[int]]:
    """The units that keep an entry on a day, and those that have it: itself, or the heirs of one that ended; none where nobody has it."""
    kept = keepers({entry.owner_id, *([entry.handler_id] if entry.handler_id else [])}, Within(on))
    handlers = (kept[entry.handler_id] or frozenset({entry.handler_id})) if entry.handler_id else frozenset()
    return kept[entry.owner_id] or frozenset({entry.owner_id}), handlers


def _beside(unit: int, owners: Collection[int], ways: Mapping[int, frozenset[int]]) -> bool:
    """Whether a unit stands under the same one as an owner, directly: who has the same above them has the same next above."""
    above = ways.get(unit, frozenset()) - {unit}
    return bool(above) and any(above == ways.get(one, frozenset()) - {one} for one in owners if one != unit)


def entry_to_read(person: Person, entry_id: int) -> ReachedEntry:
    """The entry, for its unit, the unit it is given to, and everybody above who reads there; for others who may act on it as well.

    A unit that it was given to before opens it still, to read what became of it, and so do the unit on whose ground it is and those above
    that, for which it may count: without what is personal, and with nothing to do there.
    Behind the wall it is there for its own unit and the one it is given to alone: above there are figures, small ones hidden.
    """
    entry = (
        Entry.objects.select_related("register", "edition__register")
        .defer("edition__definition", "edition__source")
        .filter(pk=entry_id)
        .first()
    )
    if entry is None:
        raise Unreachable
    return reached_entry(person, entry)


def reached_entry(person: Person, entry: Entry) -> ReachedEntry:
    """The same of an entry that was read before, so that one which is locked is not read again. Raises Unreachable."""
    reached = ReachedEntry(entry, book_of(entry.edition), stance_to(person, entry))
    if not _is_there(reached) and not _read_besides(person, [reached]):
        raise Unreachable
    return reached


def _is_there(reached: ReachedEntry) -> bool:
    walled = reached.book.definition.walled
    return reads_single(reached.stance, walled=walled) or (not walled and bool(reached.acts))


def _read_besides(person: Person, entries: Collection[ReachedEntry]) -> set[int]:
    """Of these those that somebody reads though they do not work on them; nothing of what is behind the wall."""
    open_ones = [reached.entry for reached in entries if not reached.book.definition.walled]
    return _had_before(person, open_ones) | _on_ground(person, open_ones)


def _on_ground(person: Person, entries: Collection[Entry]) -> set[int]:
    """Of these those on the ground of a unit whose entries this person reads; not what is being written, nor what was cancelled."""
    there = [(entry.pk, entry.ward_id) for entry in entries if entry.ward_id is not None and entry.meaning not in COUNTS_NOWHERE]
    stances = stances_to(person, ((ward, None) for _, ward in there)) if there else {}
    return {entry for entry, ward in there if reads(stances[ward, None])}


def _had_before(person: Person, entries: Collection[Entry]) -> set[int]:
    """Of these those that were given to a unit of this person before they went on, or to one that it is heir of. Two queries and more."""
    asked = [entry.pk for entry in entries]
    own = {post.unit for post in person.posts if Role(post.role) is not Role.KEEPER}
    if not asked or not own:
        return set()
    rows = EntryVersion.objects.filter(entry__in=asked, handler__isnull=False).values_list("entry_id", "handler_id").distinct()
    given = list(rows)
    kept = keepers({unit for _, unit in given}, Within(person.on)) if given else {}
    return {entry for entry, unit in given if own & (kept[unit] or {unit})}


def each_to_read(person: Person, entries: Collection[int]) -> dict[int, ReachedEntry]:
    """Those of these entries that `entry_to_read` opens, in their order; of others nothing is said. As many queries as for one."""
    rows = Entry.objects.select_related("register", "edition__register").defer("edition__definition", "edition__source")
    there = rows.in_bulk(list(entries))
    books = {edition.pk: book_of(edition) for edition in {row.edition_id: row.edition for row in there.values()}.values()}
    stances = stances_to(person, ((row.owner_id, row.handler_id) for row in there.values()))
    histories = histories_of(there)
    reached = {}
    for row in there.values():
        reached[row.pk] = ReachedEntry(row, books[row.edition_id], stances[row.owner_id, row.handler_id])
        reached[row.pk].__dict__["history"] = histories.get(row.pk, History())
    inside = {number for number, each in reached.items() if _is_there(each)}
    inside |= _read_besides(person, [each for number, each in reached.items() if number not in inside])
    return {number: reached[number] for number in entries if number in inside}


def attachment_to_read(person: Person, attachment_id: int) -> EntryAttachment:
    """A photograph or file of an entry that somebody may read; one that was taken back is nobody's, nor is one
    whose bytes are gone."""
    there = EntryAttachment.objects.select_related("file", "thumbnail").filter(removed_at=None, file__blob__forgetting=None)
    row = there.filter(pk=attachment_id).first()
    if row is None:
        raise Unreachable
    entry_to_read(person, row.entry_id)
    return row
