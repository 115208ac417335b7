"""What an act does beside moving its entry: counts it as one with another, opens the next episode of its place, makes the place another."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from kheo.core.registers.models import ActDef, RegisterDefinition
from kheo.core.registers.values import FieldProblem, Kept, Values
from kheo.core.registers.words import OPEN_CLASSES, StateClass
from kheo.org.access import Person, Unreachable
from kheo.org.queries import Within, keepers
from kheo.registers.access import entry_to_read
from kheo.registers.actions.keeping import Doing, lock_linked
from kheo.registers.actions.linking import leads_back
from kheo.registers.actions.recording import Beginning, begin_entry
from kheo.registers.models import Entry, EntryLink, Place
from kheo.registers.queries.definitions import Book, book_of

_NO_SUCH = "Không có hồ sơ mã ấy trong sổ này."


@dataclass(frozen=True)
class Taking:
    """An act with an effect, on an entry that is locked; `other`: the entry that was named, locked as well."""

    act: ActDef
    entry: Entry
    book: Book
    other: Entry | None

    @property
    def definition(self) -> RegisterDefinition:
        """Of the entry's edition."""
        return self.book.definition


def locked_pair(entry_id: int, code: str) -> Entry | None:
    """The entry that an act names by its code; both are locked, in one order, so that two acts never wait for each other."""
    if not code.strip():
        return None
    named = Entry.objects.filter(code=code.strip().upper()).values_list("pk", flat=True).first()
    if named is None:
        return None
    lock_linked(entry_id, named)
    return Entry.objects.select_related("register").get(pk=named)


def effect_problem(taking: Taking, by: Person) -> FieldProblem | None:
    """Why the effect cannot be; None where it can or there is none. Of another entry it is told there, else of the entry as a whole."""
    problem = _PROBLEMS.get(taking.act.effect)
    said = problem(taking, by) if problem else None
    return FieldProblem("other" if taking.act.names_another else "", said) if said is not None else None


def _merge_problem(taking: Taking, by: Person) -> str | None:
    said = _other_problem(taking, by)
    if said is None and taking.other is not None and leads_back(taking.other.pk, taking.entry.pk, str(taking.act.links)):
        return "Hồ sơ kia đã được gộp vào hồ sơ này."
    return said


def _other_problem(taking: Taking, by: Person) -> str | None:
    """The other is of this register, counts, is another, and can be read by whoever names it."""
    entry, other = taking.entry, taking.other
    if other is None or other.register_id != entry.register_id:
        return _NO_SUCH
    if other.pk == entry.pk:
        return "Phải là một hồ sơ khác."
    try:
        entry_to_read(by, other.pk)
    except Unreachable:
        return _NO_SUCH
    if other.meaning == StateClass.VOID:
        return f"Hồ sơ {other.code} không còn được tính; hãy chọn hồ sơ đang được tính."
    return None


def _join_problem(taking: Taking, by: Person) -> str | None:
    said = _other_problem(taking, by)
    if said is not None or taking.other is None:
        return said
    if taking.entry.place_id is not None and Entry.objects.filter(place=taking.entry.place_id).exclude(pk=taking.entry.pk).exists():
        return "Nơi của hồ sơ này đã có nhiều đợt; không nối vào nơi khác được."
    if taking.other.place_id is None or taking.other.place_id == taking.entry.place_id:
        return "Hai hồ sơ đã cùng một nơi, hoặc hồ sơ kia chưa có nơi."
    lock_place(taking.other.place_id)
    return _open_there(taking.other.place_id)


def lock_place(place: int) -> None:
    """Until then nobody else opens an episode there."""
    Place.objects.select_for_update(no_key=True).get(pk=place)


def _open_there(place: int) -> str | None:
    """A place has one open episode at most: what is found while it is dirty belongs to that one."""
    there = Entry.objects.filter(place=place, meaning__in=OPEN_CLASSES).order_by("pk").first()
    return None if there is None else f"Nơi này đang có đợt chưa xong ({there.code}); ghi tiếp vào hồ sơ ấy."


def _episode_problem(taking: Taking, _: Person) -> str | None:
    place = taking.entry.place_id
    if place is None:
        return "Hồ sơ này chưa có nơi trên bản đồ."
    lock_place(place)
    others = Entry.objects.filter(place=place, meaning__in=OPEN_CLASSES).exclude(pk=taking.entry.pk).order_by("pk").first()
    return f"Nơi này đang có đợt chưa xong ({others.code}); ghi tiếp vào hồ sơ ấy." if others else None


def _convert_problem(taking: Taking, _: Person) -> str | None:
    return "Hồ sơ này chưa có nơi trên bản đồ." if taking.entry.place_id is None else None


_PROBLEMS: Mapping[str, Callable[[Taking, Person], str | None]] = {
    "merge": _merge_problem,
    "join_place": _join_problem,
    "new_episode": _episode_problem,
    "convert_place": _convert_problem,
}


def take_effect(taking: Taking, values: Values, doing: Doing) -> Entry | None:
    """Do what the act does beside moving its entry, which the caller saves; the entry that it made, where it made one."""
    effect = taking.act.effect
    if effect == "merge":
        _link(taking, str(taking.act.links), doing)
    elif effect == "join_place":
        _join(taking, doing)
    elif effect == "new_episode":
        return _next_episode(taking, values, doing)
    elif effect == "convert_place":
        _convert(taking, values, doing.on)
    return None


def _link(taking: Taking, kind: str, doing: Doing) -> None:
    """The link that says so; one that somebody has made before stays."""
    if taking.other is None or EntryLink.objects.filter(link=kind, entry=taking.entry, other=taking.other, known_to__isnull=True).exists():
        return
    link_from(taking.entry, taking.other, kind, doing)


def link_from(entry: Entry, other: Entry, kind: str, doing: Doing) -> None:
    """A link as part of another act."""
    EntryLink.objects.create(
        link=kind,
        entry=entry,
        register_id=entry.register_id,
        other=other,
        on=doing.on,
        made_by_id=doing.by.user_id,
        known_from=max(doing.at, other.known_from),
    )


def _join(taking: Taking, doing: Doing) -> None:
    """The entry is the next episode of the place of the other; its own place was never one."""
    entry, other, places = taking.entry, taking.other, taking.definition.places
    if other is None or other.place_id is None or places is None:
        return
    left = entry.place_id
    entry.ordinal, entry.place_id = next_ordinal(other.place_id), other.place_id
    Entry.objects.filter(pk=entry.pk).update(place_id=entry.place_id)
    Place.objects.filter(pk__in=[left] if left else [], episodes__isnull=True).delete()
    _link(taking, places.episode, doing)


def next_ordinal(place: int) -> int:
    """Of the next episode of a place, which is locked until then."""
    lock_place(place)
    last = Entry.objects.filter(place=place).exclude(meaning=StateClass.VOID).aggregate(last=Max("ordinal"))["last"]
    return int(last or 0) + 1


def _next_episode(taking: Taking, values: Values, doing: Doing) -> Entry:
    """A new entry of the same place and unit, linked to the one that was thought to be over."""
    before, places = taking.entry, taking.definition.places
    if before.place_id is None or places is None:
        raise ValueError(f"no place: {before.code}")
    book = book_of(before.edition)
    owner = min(keepers({before.owner_id}, Within(doing.by.on))[before.owner_id], default=before.owner_id)
    return begin_entry(
        book,
        Beginning(owner, carried_over(book.definition, values, doing.on), place=before.place_id, ordinal=next_ordinal(before.place_id)),
        doing,
        lambda made: link_from(made, before, places.episode, doing),
    )


def carried_over(definition: RegisterDefinition, values: Values, on: date) -> dict[str, Kept]:
    """What the next episode says of itself: what every new entry has to say; it was found on the day of the act."""
    first = definition.first_state.code
    asked = [each for each in definition.fields if each.required_from == first or each.column in ("place", "address", "title")]
    kept = {each.key: values[each.key] for each in asked if each.key in values}
    return {**kept, **{each.key: on.isoformat() for each in asked if each.column == "occurred_on"}}


def _convert(taking: Taking, values: Values, on: date) -> None:
    """The place is something else now."""
    places = taking.definition.places
    if places is None:
        return
    use, size = values.get(places.new_use or ""), values.get(places.square_metres or "")
    Place.objects.filter(episodes=taking.entry).update(
        converted_on=on, converted_to=str(use or ""), converted_m2=size if isinstance(size, int) else None
    )


__all__ = ["Taking", "effect_problem", "locked_pair", "take_effect"]
