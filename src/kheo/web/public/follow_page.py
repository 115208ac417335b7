"""The page that a code opens, put together: what its asker may know, and what they can do now."""

from dataclasses import dataclass
from datetime import date, timedelta

from kheo.campaigns.queries import working_calendar
from kheo.core.days import format_day
from kheo.core.registers.models import ActDef, RegisterDefinition
from kheo.core.registers.words import CREATE
from kheo.org.queries import names_around
from kheo.registers.access import ReachedEntry, earliest, is_awaited, may_add_words, needs_words
from kheo.registers.models import Deed, EntryMessage
from kheo.registers.queries.messages import messages_of
from kheo.registers.queries.stories import deeds_of, limits_of
from kheo.web.registers.entry_page import NO_CALENDAR, limits_shown
from kheo.web.registers.shown import TONES


@dataclass(frozen=True)
class Offer:
    """Something the asker can do now. `asks_words`: none, can, must; `from_day`: not before that day."""

    code: str
    name: str
    asks_words: str
    from_day: str


@dataclass(frozen=True)
class Told:
    """What happened, as the asker may know it."""

    day: str
    what: str
    tone: str
    words: str
    whose: str


def context(reached: ReachedEntry, on: date) -> dict[str, object]:
    """What the page shows: nothing that says who works on it but the units, no note of theirs, nothing of the sender beyond the title."""
    entry, definition = reached.entry, reached.book.definition
    deeds, messages = deeds_of(entry), messages_of(entry)
    names = names_around({entry.owner_id, *([entry.handler_id] if entry.handler_id else [])}, on)
    limits = [
        (name, limit)
        for name, limit, _ in limits_shown(reached, limits_of(reached.entry), on, working_calendar("vn") or NO_CALENDAR, running_only=True)
    ]
    told = [row for deed in deeds for row in _told(deed, messages.get(deed.pk), definition)]
    newest = next((row for row in told if row.words), None)
    return {
        "entry": entry,
        "title": entry.title,
        "one": definition.one,
        "words": _words(definition, entry.state),
        "tone": TONES[definition.by_state[entry.state].meaning],
        "sent_on": format_day(entry.registered_on),
        "receiver": names.get(entry.owner_id, ""),
        "handler": names.get(entry.handler_id or 0, "") if entry.handler_id != entry.owner_id else "",
        "limits": limits,
        "offers": offers_of(reached, on),
        "is_awaited": is_awaited(reached),
        "may_say": may_add_words(reached),
        "time_left": _time_left(reached),
        "story": told,
        "newest_word": newest if newest is not None and newest.whose == "unit" else None,
        "version": entry.version,
    }


def offers_of(reached: ReachedEntry, on: date) -> list[Offer]:
    """The asker's acts, those that cannot be done for a while with their day."""
    found = []
    for act in reached.acts:
        since = earliest(reached, act)
        if since != date.max:
            found.append(
                Offer(act.code, act.asker_name or act.name, _asks(reached, act), format_day(since) if since and since > on else "")
            )
    return found


def _asks(reached: ReachedEntry, act: ActDef) -> str:
    if needs_words(reached, act):
        return "must"
    return "can" if act.reason != "none" else "none"


def _words(definition: RegisterDefinition, state: str) -> str:
    found = definition.by_state[state]
    return found.told or f"{found.name}."


def _time_left(reached: ReachedEntry) -> str:
    """Until when the asker's opinion is waited for before somebody may close the entry without it."""
    state, acts = reached.entry.state, reached.book.definition.acts
    days = [act.asker_days for act in acts if act.asker_days is not None and state in act.states]
    return format_day(reached.entry.in_state_since + timedelta(days=min(days))) if days else ""


def _told(deed: Deed, message: EntryMessage | None, definition: RegisterDefinition) -> list[Told]:
    """Of a deed what its asker may know: that the state changed, what was answered or asked, what they wrote themselves."""
    act, moved = definition.by_act.get(deed.act), deed.state_after != deed.state_before
    whose = "asker" if message is not None and message.kind == "asker" else "unit"
    words = message.text if message is not None and message.kind != "note" else ""
    if act is not None:
        words = words or deed.reply or (deed.reason if act.tells_reason else "")
    if not (moved or words or deed.act == CREATE):
        return []
    what = _what(deed, act, definition, whose, moved=moved)
    tone = TONES[definition.by_state[deed.state_after].meaning] if moved and deed.state_after in definition.by_state else ""
    return [Told(format_day(deed.on), what, tone, words, whose)]


def _what(deed: Deed, act: ActDef | None, definition: RegisterDefinition, whose: str, *, moved: bool) -> str:
    if deed.act == CREATE:
        return "Đã gửi."
    if moved and deed.state_after in definition.by_state:
        return _words(definition, deed.state_after)
    if whose == "asker":
        return "Anh/chị viết thêm:"
    return f"{act.name}:" if act is not None else "Đơn vị viết:"
