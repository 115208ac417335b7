"""One entry with everything that stands beside it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Schema

from kheo.api.answers import ProblemOut
from kheo.api.asking import holder
from kheo.api.registers.books import ActOut, act_out
from kheo.api.registers.routing import router
from kheo.api.registers.shown import EntryOut, Eyes, Showing
from kheo.core.registers.copies import Copy, leaves
from kheo.core.registers.plain import plain_value
from kheo.files.models import StoredFile
from kheo.files.queries import content_of
from kheo.org.access import Person, Unreachable
from kheo.org.queries import names_around
from kheo.registers.access import ReachedEntry, attachment_to_read, entry_to_read, other_end, sight
from kheo.registers.models import Deed, EntryLine, EntryLink
from kheo.registers.queries.attachments import Shown, attachments_of
from kheo.registers.queries.beside import too_early
from kheo.registers.queries.definitions import edition_number
from kheo.registers.queries.flags import flags_of
from kheo.registers.queries.holding import texts_of
from kheo.registers.queries.spans import spans_of
from kheo.registers.queries.stories import deeds_of, limits_of, lines_of, links_of

Refused: dict[int, Any] = dict.fromkeys((401, 404, 422, 429), ProblemOut)
FILE = {
    "responses": {
        200: {
            "description": "Ảnh hay tệp",
            "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in ("image/jpeg", "application/pdf")},
        }
    }
}
Kept = bool | int | str | list[str] | None


class SpanOut(Schema):
    """The entry was in a state on the days from `starts` up to the day before `ends`; null: still."""

    state: str
    starts: date
    ends: date | None


class ChangeOut(Schema):
    """What a deed changed of a field. Of what is personal, or long, only that it changed: `before` and `after` are null then."""

    field: str
    before: Kept
    after: Kept
    told: bool


class DeedOut(Schema):
    """Something that was done: `create`, `edit`, `line`, `link`, `attach` …, or an act of the register."""

    act: str
    on: date
    at: datetime
    who: str
    state_before: str
    state_after: str
    reason: str
    reply: str
    changes: list[ChangeOut]


class LineOut(Schema):
    """A dated line. `seen`, an exact instant, is sent back with what changes it; `hidden`: its numbers that this reader is not shown."""

    number: int
    line: str
    on: date
    kind: str
    source: str
    quantity: int | None
    amount_vnd: int | None
    text: str
    seen: str
    hidden: list[str]


class LinkOut(Schema):
    """A link; `back`: from the other entry to this one. `other` is the id of the other entry, null where the holder does not read it."""

    id: int
    link: str
    back: bool
    code: str
    other: int | None
    title: str
    on: date
    verified_on: date | None


class AttachmentOut(Schema):
    """A photograph or file; its bytes are at `/attachments/{id}`. `metres_off`: how far from the place of the entry it was taken."""

    id: int
    role: str
    name: str
    size: int
    caption: str
    photo: bool
    taken_at: datetime | None
    metres_off: int | None


class DeadlineOut(Schema):
    """A run of a time limit. `paused_on`: it stands still since then."""

    clock: str
    started_on: date
    due_on: date
    paused_on: date | None
    extended: bool
    met_on: date | None


class WholeOut(EntryOut):
    """One entry with all that stands beside it; `edits` and `acts`: what the holder may do now; `lines_told` false: its lines of few
    people elsewhere are withheld; `look_again`: fields whose answers want a second look since the register has another edition."""

    edition: int
    edits: bool
    acts: list[ActOut]
    spans: list[SpanOut]
    deeds: list[DeedOut]
    lines: list[LineOut]
    lines_told: bool
    links: list[LinkOut]
    attachments: list[AttachmentOut]
    deadlines: list[DeadlineOut]
    look_again: list[str]


@router.get("/entries/{int:entry}", response={200: WholeOut, **Refused}, summary="Một hồ sơ, với mọi điều ghi bên cạnh")
def one(request: HttpRequest, entry: int) -> dict[str, Any]:
    """Everything that its page shows."""
    return whole(entry_to_read(holder(request), entry), holder(request))


def whole(reached: ReachedEntry, person: Person) -> dict[str, Any]:
    """The entry as its reader sees it: the same number of queries however much stands beside it."""
    entry, book = reached.entry, reached.book
    deeds, links = deeds_of(entry), links_of(entry)
    looking = sight(person, walled=book.definition.walled)
    waiting = too_early(entry.pk, reached.acts, book.definition, person.on)
    names = names_around({entry.owner_id, *([entry.handler_id] if entry.handler_id else [])}, person.on)
    return {
        **Showing(book, Copy.WHOLE, person).row(entry, texts_of(entry), names, Eyes(reached.sees_personal, reached.unseen)),
        "edition": edition_number(book.edition_id),
        "edits": reached.is_editable,
        "acts": [act_out(act) for act in reached.acts if act.code not in waiting],
        "spans": [{"state": each.state, "starts": each.starts, "ends": each.ends} for each in spans_of(entry)],
        "deeds": [_deed(each, reached) for each in deeds],
        "lines": [_line(each, reached) for each in lines_of(entry)] if reached.tells_lines else [],
        "lines_told": reached.tells_lines,
        "links": [_link(each, reached, looking) for each in links],
        "attachments": _attachments(attachments_of(entry, book, deeds)),
        "deadlines": [
            {"clock": code} | {name: getattr(limit, name) for name in DeadlineOut.model_fields if name != "clock"}
            for code, limit in limits_of(entry)
        ],
        "look_again": [each.key for each in flags_of(entry)],
    }


def _deed(deed: Deed, reached: ReachedEntry) -> dict[str, Any]:
    plain = ("act", "on", "at", "who", "state_before", "state_after", "reason", "reply")
    return {name: getattr(deed, name) for name in plain} | {"changes": _changes(deed, reached)}


def _changes(deed: Deed, reached: ReachedEntry) -> list[dict[str, Any]]:
    """Of fields, and of the unit that it was given to; what is told of lines, links and files stands there itself."""
    found, options = list[dict[str, Any]](), reached.book.options
    for key, pair in deed.changes.items():
        field = reached.book.definition.by_key.get(key)
        if field is not None and not leaves(field, Copy.WHOLE):
            continue
        told = len(pair) == 2 and (field is None or key not in reached.unseen)
        if field is not None:
            kept = [tuple(each) if field.type == "place" and isinstance(each, list) else each for each in pair]
            before, after = (plain_value(field, each, options) for each in kept) if told else (None, None)
        elif key in ("handler", "owner"):
            before, after = pair if told else (None, None)
        else:
            continue
        found.append({"field": key, "before": before, "after": after, "told": told})
    return found


_NUMBERS = ("quantity", "amount_vnd")


def _line(line: EntryLine, reached: ReachedEntry) -> dict[str, Any]:
    plain = ("number", "line", "on", "kind", "source", "quantity", "amount_vnd", "text")
    found = {name: getattr(line, name) for name in plain} | {"seen": line.known_from.isoformat(), "hidden": list[str]()}
    kind = reached.book.definition.by_line.get(line.line)
    if kind is not None and not reached.tells_numbers_of(kind):
        found |= {"quantity": None, "amount_vnd": None, "hidden": [name for name in _NUMBERS if found[name] is not None]}
    return found


def _link(link: EntryLink, reached: ReachedEntry, looking: Any) -> dict[str, Any]:
    end = other_end(reached, link, looking)
    return {
        "id": link.pk,
        "link": link.link,
        "back": link.entry_id != reached.entry.pk,
        "code": end.entry.code,
        "other": end.entry.pk if end.is_read else None,
        "title": end.title,
        "on": link.on,
        "verified_on": link.verified_on,
    }


def _attachments(files: Sequence[Shown]) -> list[dict[str, Any]]:
    plain = ("id", "role", "name", "size", "caption", "taken_at", "metres_off")
    return [{name: getattr(each, name) for name in plain} | {"photo": each.is_photo} for each in files]


@router.get("/attachments/{int:attachment}", response={**Refused}, openapi_extra=FILE, summary="Một ảnh, tệp của hồ sơ")
def attachment(request: HttpRequest, attachment: int, small: bool = False) -> HttpResponse:
    """As it is kept; `small`: a photograph's small picture."""
    found = attachment_to_read(holder(request), attachment)
    file: StoredFile | None = found.thumbnail if small else found.file
    if file is None:
        raise Unreachable
    answer = HttpResponse(content_of(file), content_type=file.media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Disposition"] = "attachment"
    return answer
