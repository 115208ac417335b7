"""What an entry says and what was done to it, as two hashes for the chained journal: whoever changes a row behind its back is found."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from kheo.core.chain import content_hash
from kheo.registers.models import Deed, Entry, EntryLine
from kheo.registers.queries.definitions import register_definition
from kheo.registers.queries.holding import values_of

_LINE = ("number", "line", "kind", "source", "quantity", "amount_vnd", "text")


def seal_of(entry: Entry, texts: Mapping[str, str], lines: Iterable[EntryLine]) -> str:
    """Over everything that an entry says: its units, its state, every field with long texts, every line that stands."""
    return content_hash(
        {
            "code": entry.code,
            "owner": entry.owner_id,
            "handler": entry.handler_id,
            "state": entry.state,
            "values": values_of(register_definition(entry.edition_id), entry, texts),
            "lines": [{**{name: getattr(line, name) for name in _LINE}, "on": line.on.isoformat()} for line in sorted(lines, key=_number)],
        }
    )


def deed_seal(deed: Deed, words: tuple[str, str] | None = None) -> str:
    """Over the row of a deed, and what was written beside the entry with it: to whom, and the text."""
    return content_hash(
        {
            **({"words": list(words)} if words else {}),
            "act": deed.act,
            "on": deed.on.isoformat(),
            "at": _instant(deed.at),
            "person": deed.person_id,
            "who": deed.who,
            "before": deed.state_before,
            "after": deed.state_after,
            "reason": deed.reason,
            "reply": deed.reply,
            "changes": _as_stored(deed.changes),
        }
    )


def _number(line: EntryLine) -> int:
    return line.number


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _as_stored(changes: Any) -> Any:
    """As JSON gives it back: a pair is a list there."""
    if isinstance(changes, Mapping):
        return {key: _as_stored(value) for key, value in changes.items()}
    return [_as_stored(each) for each in changes] if isinstance(changes, list | tuple) else changes
