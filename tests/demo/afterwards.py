"""What is done in the demo's books once its year is over: entries edited, lines taken back, links dropped, acts on days long past."""

from collections import Counter
from datetime import datetime

from kheo.core.registers.fields import FieldDef
from kheo.core.registers.values import Kept
from kheo.org.access import Person, Unreachable, person
from kheo.org.models import Post
from kheo.registers.access import ReachedEntry, entry_to_read
from kheo.registers.actions import Line, Made, Move, act_on_entry, drop_link, edit_entry, write_line
from kheo.registers.models import Entry, EntryLine, EntryLink
from kheo.registers.queries.definitions import Book, books
from kheo.registers.queries.holding import texts_of, values_of

_OTHER = {"integer": 3, "money": 150_000, "decimal": 3}


def done_afterwards(at: datetime) -> Counter[str]:
    """By kind how much was done: by the heads of the units whose entries they are, with what the definitions let them do now."""
    done: Counter[str] = Counter()
    heads = {post.unit_id: person(post.user, at) for post in Post.objects.filter(role="head", ends=None).select_related("user")}
    for found in books():
        entries = [each for each in Entry.objects.filter(register=found.register).order_by("-pk") if each.owner_id in heads]
        for place, entry in enumerate(entries[:14]):
            by = heads[entry.owner_id]
            done["edit"] += place % 3 == 0 and _edited(found, entry, by, at)
            done["act"] += place % 3 == 1 and _acted(entry_to_read(by, entry.pk), by, at)
            done["line"] += place % 3 == 2 and _line_taken_back(entry, by, at)
    links = EntryLink.objects.filter(link="nhan_rong", verified_on__isnull=False, known_to=None).select_related("entry")
    done["link"] += any(
        isinstance(drop_link(each.pk, reason="Không phải nhân rộng", by=heads[each.entry.owner_id], at=at), Made) for each in links
    )
    return done


def _edited(found: Book, entry: Entry, by: Person, at: datetime) -> bool:
    """One field that a figure may count, sum or ask about, says something else."""
    held = values_of(found.definition, entry, texts_of(entry))
    for each in found.definition.fields:
        other = _another(found, each, held.get(each.key))
        if other is not None and isinstance(edit_entry(entry.pk, {**held, each.key: other}, version=entry.version, by=by, at=at), Made):
            return True
    return False


def _another(found: Book, one: FieldDef, value: Kept | None) -> Kept | None:
    if one.type == "choice" and value is not None:
        return next((code for code in found.options.of(one) if code != value), None)
    return value + _OTHER[one.type] if one.type in _OTHER and isinstance(value, int) else None


def _acted(reached: ReachedEntry, by: Person, at: datetime) -> bool:
    """The first act that asks for no more than a reason, on the day on which the entry came into its state."""
    entry = reached.entry
    for act in reached.acts:
        if act.to and not (act.needs or act.reply or act.handing or act.effect != "none"):
            reason = "ghi muộn" if act.reason != "none" else ""
            try:
                moved = act_on_entry(entry.pk, Move(act.code, entry.version, reason=reason, on=entry.in_state_since), by=by, at=at)
            except Unreachable:
                continue
            if isinstance(moved, Made):
                return True
    return False


def _line_taken_back(entry: Entry, by: Person, at: datetime) -> bool:
    line = EntryLine.objects.filter(entry=entry, known_to=None).first()
    if line is None:
        return False
    said = {key: getattr(line, key) for key in ("line", "on", "kind", "source", "quantity", "amount_vnd", "text", "number")}
    return isinstance(write_line(entry.pk, Line(**said, gone=True, seen=line.known_from), by=by, at=at), Made)
