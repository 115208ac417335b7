"""The page of one entry, put together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from kheo.campaigns.queries import working_calendar
from kheo.core.days import WorkingCalendar, format_day, format_instant
from kheo.core.registers.clock import Deadline
from kheo.core.registers.columns import Column
from kheo.core.registers.limits import LimitWords, limit_words
from kheo.core.registers.models import ActDef, RegisterDefinition
from kheo.core.registers.moves import EDIT
from kheo.core.registers.values import Kept, Values, missing_fields, past_asking, shown_fields
from kheo.core.registers.waiting import awaited
from kheo.core.registers.words import CREATE, OPEN_CLASSES, StateClass
from kheo.org.queries import names_around
from kheo.registers.access import ReachedEntry, sight
from kheo.registers.actions import FROM_PHONE, SAY, Side, offered
from kheo.registers.actions.looking import ANSWERS, BROKEN, LOOK
from kheo.registers.actions.rebasing import EDITION
from kheo.registers.models import Deed, Entry, EntryMessage
from kheo.registers.queries.beside import too_early
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.filing import filing_of
from kheo.registers.queries.flags import flags_of
from kheo.registers.queries.holding import texts_of, values_of
from kheo.registers.queries.looks import looks_of
from kheo.registers.queries.messages import messages_of
from kheo.registers.queries.showing import said, title_shown, unsaid
from kheo.registers.queries.stories import deeds_of, limits_of, lines_of, links_of
from kheo.registers.queries.work import case_of
from kheo.web.reach import PageRequest
from kheo.web.registers.around import close_by, close_shown, spread_units, spreads, spreads_shown
from kheo.web.registers.beside import line_tables, link_groups, linked_units
from kheo.web.registers.extending import extended_limits
from kheo.web.registers.likenesses import like_units, likes_of, likes_shown
from kheo.web.registers.pages_told import PageTold, page_told
from kheo.web.registers.photos import kept_words, photo_roles
from kheo.web.registers.reading import badges_of, keys_told, reading_of
from kheo.web.registers.shown import due_of, field_words, state_tag
from kheo.web.registers.whereabouts import Whereabouts, whereabouts
from kheo.web.registers.words_page import came_from, is_of_asker, ways_to_write, words_of
from kheo.web.trails import Trail

OWN_DEEDS = {
    CREATE: "Ghi mới",
    EDIT: "Sửa hồ sơ",
    EDITION: "Sổ có bản mới",
    "line": "Ghi dòng",
    "unline": "Bỏ dòng",
    "link": "Ghi liên kết",
    "unlink": "Bỏ liên kết",
    "take_over": "Tiếp nhận hồ sơ của đơn vị đã kết thúc",
    "verify_link": "Xác minh liên kết",
    "not_alike": "Xem hai bản: không trùng",
    "attach": "Thêm ảnh, tệp",
    "detach": "Bỏ ảnh, tệp",
    BROKEN: "Liên kết hỏng",
    ANSWERS: "Liên kết mở lại được",
    SAY: "Người gửi viết thêm",
    "reply": "Viết cho người gửi",
    "note": "Ghi chú nội bộ",
}
NO_CALENDAR = WorkingCalendar(frozenset(), frozenset(), frozenset())
BACKWARD = (StateClass.DONE_BAD, StateClass.VOID)


@dataclass(frozen=True)
class Button:
    """An act that is this person's. `missing`: what must be filled in before; `is_plain`: nothing is asked, one press does it;
    `waits`: why it cannot be done yet, or not any more: then there is nothing to press."""

    words: str
    url: str
    is_plain: bool
    missing: tuple[str, ...]
    kind: str
    waits: str = ""


@dataclass(frozen=True)
class Fact:
    """A field with what it holds; `where`: of the entry's place; `page`: of an address."""

    label: str
    words: str
    is_long: bool
    where: Whereabouts | None = None
    page: PageTold | None = None


@dataclass(frozen=True)
class Told:
    """A deed in words."""

    when: str
    iso: str
    what: str
    who: str
    tone: str
    reason: str
    reply: str
    words: str
    changes: tuple[str, ...]


def context(request: PageRequest, reached: ReachedEntry) -> dict[str, object]:
    """Everything that the page shows: the same number of queries however much stands beside the entry."""
    entry, book, today = reached.entry, reached.book, request.person.on
    values = values_of(book.definition, entry, texts_of(entry))
    deeds, links = deeds_of(entry), links_of(entry)
    taking = offered(reached, request.person)
    looking = sight(request.person, walled=book.definition.walled)
    close, spread = close_by(reached, looking), spreads(reached, links)
    pairs = likes_of(reached)
    named = _units(reached, values, deeds) | linked_units(links) | {unit for units in taking.values() for unit in units}
    named |= {each.entry.owner_id for each in close} | spread_units(spread, looking)
    named |= like_units(reached, pairs, looking)
    names = names_around(named, today)
    photos = photo_roles(reached, deeds)
    title = title_shown(book.definition, entry, reached.sees_personal)
    calendar, messages = working_calendar("vn") or NO_CALENDAR, messages_of(entry)
    limits = limits_of(entry)
    groups = link_groups(reached, links, names, looking)
    buttons = buttons_of(reached, values, today, may_extend=_extends(reached, limits, today, calendar))
    return {
        "entry": entry,
        "book": book,
        "title": title,
        "tag": state_tag(book, entry.state),
        "since": format_day(entry.in_state_since),
        "due": due_of(entry, today),
        "hint": book.definition.by_state[entry.state].hint,
        "is_editable": reached.is_editable,
        "unit": names.get(entry.owner_id, ""),
        "handler": names.get(entry.handler_id or 0, ""),
        "flags": flags_of(entry),
        "left": left_of(entry, taking, names),
        "buttons": [each for each in buttons if not each.waits],
        "waiting": [each for each in buttons if each.waits],
        "awaited": awaited(book.definition, entry.state, case_of(entry), values),
        "left_to_another": [act.name for act in reached.left_to_another],
        "sections": sections_of(reached, values, names, title, whereabouts(reached, today)),
        "empty": empty_of(book.definition, values),
        "limits": limits_shown(reached, limits, today, calendar),
        "line_tables": line_tables(reached, lines_of(entry)),
        "link_groups": groups,
        "new_links": [each for each in groups if each.may_add and not each.rows],
        "close": close_shown(reached, close, names, looking),
        "likes": likes_shown(reached, pairs, names, looking, request.person),
        "spreads": spreads_shown(reached, spread, names, looking),
        "filed": filed_words(entry),
        "has_new_words": bool(deeds) and is_of_asker(deeds[0], messages),
        "came_from": came_from(request, reached),
        "ways_to_write": ways_to_write(reached),
        "story": [told(each, reached, names, messages) for each in deeds],
        "photos": photos,
        "photos_kept": kept_words(reached, photos),
        "badges": badges_of(reached, values),
        "reading": reading_of(reached, values, deeds, photos, names),
        "trail": trail_to(reached, entry.code),
    }


def filed_words(entry: Entry) -> str:
    """When it was filed in the field and when it came; empty for what was written at a desk."""
    filed = filing_of(entry) if entry.source == FROM_PHONE else None
    if filed is None:
        return ""
    said = f"lúc {format_instant(filed.said_at)}" if filed.said_at else "(không rõ lúc nào: giờ của điện thoại đã bị đổi)"
    return f"Ghi tại chỗ bằng điện thoại {said}, gửi tới lúc {format_instant(entry.created_at)}."


@dataclass(frozen=True)
class Left:
    """What a unit that has ended left, and the units in whose name this person may take it over."""

    side: str
    unit: str
    units: tuple[tuple[int, str], ...]


def left_of(entry: Entry, taking: Mapping[Side, frozenset[int]], names: Mapping[int, str]) -> list[Left]:
    """For the side of the unit whose entry it is, and of the unit that it was given to."""
    whose = {"owner": entry.owner_id, "handler": entry.handler_id or 0}
    return [
        Left(side, names.get(whose[side], ""), tuple((unit, names.get(unit, "")) for unit in sorted(units)))
        for side, units in taking.items()
    ]


def trail_to(reached: ReachedEntry, *last: str) -> Trail:
    """From the registers over the list to the entry; `last`: the page itself, or the entry and a page about it."""
    code, entry = reached.book.register.code, reached.entry
    steps = [("Sổ", reverse("registers")), (reached.book.definition.short, reverse("entries", args=[code]))]
    below = [(last[0], reverse("entry", args=[entry.pk]))] if len(last) > 1 else []
    return [{"label": words, "url": url} for words, url in (*steps, *below, (last[-1], ""))]


def _units(reached: ReachedEntry, values: Mapping[str, Kept], deeds: Sequence[Deed]) -> set[int]:
    """Every unit that the page names."""
    definition, entry = reached.book.definition, reached.entry
    named = {value for field in definition.fields if field.type == "unit" and isinstance(value := values.get(field.key), int)}
    told_of = {each for deed in deeds for key in ("handler", "owner") for each in deed.changes.get(key, ()) if isinstance(each, int)}
    return {entry.owner_id, *([entry.handler_id] if entry.handler_id else []), *named, *told_of}


def buttons_of(reached: ReachedEntry, values: Mapping[str, Kept], today: date, *, may_extend: bool) -> list[Button]:
    """What this person may do now, what leads on first: the first alone stands out, so that it is never the one that ends something."""
    definition = reached.book.definition
    waits = too_early(reached.entry.pk, reached.acts, definition, today)
    found = []
    for act in reached.acts:
        if act.effect == "extend" and not may_extend:
            continue
        to = act.to or reached.entry.state
        backward = definition.by_state[to].meaning in BACKWARD
        lacking = missing_fields(definition, values, to, past_asking(definition, values, reached.entry.state))
        missing = tuple(definition.by_key[each.key].label for each in lacking if each.key not in definition.asked_by(act))
        address = reverse("act_on_entry", args=[reached.entry.pk, act.code])
        onward = act.to is not None and definition.order[act.to] > definition.order[reached.entry.state]
        kind = " danger" if backward and act.to is not None else "" if onward else " secondary"
        found.append(Button(act.name, address, is_plain(act) and not missing, missing, kind, waits.get(act.code, "")))
    # What leads to the end stands before what sends it back with a reason.
    asking = {act.name for act in reached.acts if act.reason == "required"}
    forward = sorted((each for each in found if not each.kind), key=lambda each: each.words in asking)
    good = [*forward, *(each for each in found if each.kind == " secondary")]
    good = sorted(good, key=lambda each: bool(each.waits))  # the first of those that can be pressed stands out
    return [
        *(replace(each, kind=" secondary" if place else "") for place, each in enumerate(good)),
        *(each for each in found if each.kind == " danger"),
    ]


def _extends(reached: ReachedEntry, limits: Iterable[tuple[str, Deadline]], today: date, calendar: WorkingCalendar) -> bool:
    """Whether a limit can still be moved: where none can, nobody is led to write a reason for it."""
    return bool(extended_limits(reached.book.definition, limits, today, calendar))


def is_plain(act: ActDef) -> bool:
    """Whether nothing is asked when it is done."""
    return act.reason == "none" and not (
        act.asks or act.needs or act.reply or act.handing or act.links or act.photos or act.lines or act.names_another
    )


def sections_of(
    reached: ReachedEntry, values: Mapping[str, Kept], names: Mapping[int, str], title: str, where: Whereabouts | None
) -> list[tuple[str, list[Fact]]]:
    """What it says, by section: what is filled in, also where it is not asked any more; `title` stands above the page already."""
    definition, looks = reached.book.definition, looks_of(reached.entry)
    found: dict[str, list[Fact]] = {field.section or "": [] for field in definition.fields}
    told = keys_told(definition.reading)
    for field in definition.fields:
        if field.key not in values or field.key in told:
            continue
        column = Column(field, reached.book.options)
        words = said(column, values, reached.unseen, names)
        if field.column == "title" and words == title:
            continue  # it is the heading of the page
        page = page_told(field, values[field.key], looks.get(field.key))
        found[field.section or ""].append(
            Fact(column.label, words, field.type == "long_text", where if field.column == "place" else None, page)
        )
    return [(name, facts) for name, facts in found.items() if facts]


def empty_of(definition: RegisterDefinition, values: Values) -> list[str]:
    """The fields that nobody has filled in yet and somebody can: what a step asks or writes is no gap without that step."""
    of_acts = {key for act in definition.acts for key in (*act.asks, *act.needs)} | set(definition.set_by_acts)
    return [each.label for each in shown_fields(definition, values) if each.key not in values and each.key not in of_acts]


def limits_shown(
    reached: ReachedEntry, limits: Iterable[tuple[str, Deadline]], today: date, calendar: WorkingCalendar, *, running_only: bool = False
) -> list[tuple[str, LimitWords, str]]:
    """Its time limits in words, each with the rule that it comes from; `running_only`: not those that were met."""
    clocks, is_open = {clock.code: clock for clock in reached.book.definition.clocks}, reached.entry.meaning in OPEN_CLASSES
    return [
        (clocks[code].name, limit_words(clocks[code], deadline, today, calendar, is_open=is_open), clocks[code].source)
        for code, deadline in limits
        if code in clocks and not (running_only and deadline.met_on is not None)
    ]


def told(deed: Deed, reached: ReachedEntry, names: Mapping[int, str], messages: Mapping[int, EntryMessage]) -> Told:
    """A deed in words: what, who, when, why, and what it changed."""
    definition = reached.book.definition
    act = definition.by_act.get(deed.act)
    moved = deed.state_after != deed.state_before and deed.state_before
    what = act.name if act else own_deed(deed, reached.book)
    state = definition.by_state.get(deed.state_after)
    return Told(
        when=format_instant(deed.at) + (f", việc ngày {format_day(deed.on)}" if format_day(deed.on) not in format_instant(deed.at) else ""),
        iso=deed.at.isoformat(),
        what=f"{what} → {state.name}" if moved and state and state.name != what else what,
        who=deed.who,
        tone=state_tag(reached.book, deed.state_after).state if moved and state else "",
        reason=deed.reason,
        reply=deed.reply,
        words=words_of(deed, messages, reached),
        changes=_changes(deed, reached, names) if deed.act != CREATE else (),
    )


def own_deed(deed: Deed, book: Book) -> str:
    """What was done that is no act of the register, and to which of its lines or links."""
    words = OWN_DEEDS.get(deed.act, deed.act)
    lines, links = deed.changes.get("line", ()), deed.changes.get("link", ())
    kind = book.definition.by_line.get(lines[0]) if lines else book.definition.by_link.get(links[0]) if links else None
    return ": ".join([words, *([kind.name] if kind else []), *links[1:2]])


def _changes(deed: Deed, reached: ReachedEntry, names: Mapping[int, str]) -> tuple[str, ...]:
    found = []
    for key, pair in deed.changes.items():
        field = reached.book.definition.by_key.get(key)
        if key == "owner" and field is None:
            found.append(f"{names.get(pair[0], '')} → {names.get(pair[1], '')}")
        elif key == LOOK and field is None and pair[1]:
            found.append(pair[1].capitalize())
        elif key == "handler" and len(pair) == 2 and field is None:
            found.append(f"Giao cho {names.get(pair[1], '')}" if pair[1] else "Thôi giao")
        elif field is not None and len(pair) == 2:
            if key in reached.unseen:
                found.append(f"{field.label}: {unsaid(field)}")
                continue
            before, after = (field_words(field, each, reached.book, names) for each in pair)
            label = Column(field, reached.book.options).label
            found.append(f"{label}: {after}" if pair[0] is None else f"{label}: {before} → {after}")
        elif field is not None:
            found.append(f"{field.label}: đã ghi")
    return tuple(found)
