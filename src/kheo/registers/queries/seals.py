"""What an entry says, what stands beside it and what was done to it, as hashes for the chained journal: whoever changes a row behind its
back is found, and what of it was changed is told by name."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from kheo.core.chain import content_hash
from kheo.registers.models import Deed, Entry
from kheo.registers.queries.definitions import register_definition
from kheo.registers.queries.holding import values_of

_LINE = ("number", "line", "kind", "source", "quantity", "amount_vnd", "text", "on")


def _said(entry: Entry, texts: Mapping[str, str], lines: list[dict[str, Any]]) -> str:
    """Over everything that an entry says: its units, its state, every field with long texts, every line that stands."""
    return content_hash(
        {
            "code": entry.code,
            "owner": entry.owner_id,
            "handler": entry.handler_id,
            "state": entry.state,
            "values": values_of(register_definition(entry.edition_id), entry, texts),
            "lines": sorted(lines, key=_number),
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


# Of one entry or of a thousand, all that stands of it as JSON writes it: days and instants look the same whatever the session's settings.
BESIDE = ("spans", "limits", "links", "files")
_STANDING = """
SELECT entry_id, 'spans', jsonb_build_array(ordinal, state, came_from, starts, ends)::text
  FROM registers_state_span WHERE known_to IS NULL AND entry_id = ANY(%(entries)s)
UNION ALL SELECT entry_id, 'limits', jsonb_build_array(clock, round, turn, started_on, due_on, paused_on, "left", extended, met_on)::text
  FROM registers_deadline WHERE known_to IS NULL AND entry_id = ANY(%(entries)s)
UNION ALL SELECT entry_id, 'links', jsonb_build_array(link, other_id, "on", verified_on, verified_by_id, made_by_id)::text
  FROM registers_link WHERE known_to IS NULL AND entry_id = ANY(%(entries)s)
UNION ALL SELECT entry_id, 'files',
  jsonb_build_array(role, kind, file_id, thumbnail_id, caption, extract(epoch FROM taken_at), metres_off)::text
  FROM registers_attachment WHERE removed_at IS NULL AND entry_id = ANY(%(entries)s)
UNION ALL SELECT entry_id, 'texts', json_build_array(key, text)::text
  FROM registers_text WHERE known_to IS NULL AND entry_id = ANY(%(entries)s)
UNION ALL SELECT entry_id, 'lines', json_build_array(number, line, kind, source, quantity, amount_vnd, text, "on")::text
  FROM registers_line WHERE known_to IS NULL AND entry_id = ANY(%(entries)s)
"""
_TEXTS, _LINES = "texts", "lines"
_FACTS = ("registered_on", "in_state_since", "closed_on")


@dataclass(frozen=True)
class Seals:
    """`said`: over everything that an entry says; `beside`: over its spans, limits, links from it and files, each by itself; and over its
    own days, its place and source. Half a hash each of those: they are many, and stand in the journal with every deed."""

    said: str
    beside: dict[str, str]


def seals_of(entries: Collection[Entry]) -> dict[int, Seals]:
    """Of entries as they stand in the database: one query for all that is in rows of their own."""
    held: dict[int, dict[str, list[str]]] = {entry.pk: {kind: [] for kind in (*BESIDE, _TEXTS, _LINES)} for entry in entries}
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, {"entries": list(held)})
        for entry, kind, row in cursor.fetchall():
            held[entry][kind].append(row)
    return {entry.pk: _sealed(entry, held[entry.pk]) for entry in entries}


def _sealed(entry: Entry, held: Mapping[str, list[str]]) -> Seals:
    texts = dict(json.loads(row) for row in held[_TEXTS])
    lines = [dict(zip(_LINE, json.loads(row), strict=True)) for row in held[_LINES]]
    beside = {kind: _half(sorted(held[kind])) for kind in BESIDE}
    return Seals(_said(entry, texts, lines), beside | {"facts": _half(_facts(entry))})


def _facts(entry: Entry) -> list[Any]:
    days = (getattr(entry, name) for name in _FACTS)
    return [*(each.isoformat() if each else None for each in days), entry.place_id, entry.ordinal, entry.source]


def _half(record: object) -> str:
    return content_hash(record)[:32]


def _number(line: Mapping[str, Any]) -> int:
    return int(line["number"])


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _as_stored(changes: Any) -> Any:
    """As JSON gives it back: a pair is a list there."""
    if isinstance(changes, Mapping):
        return {key: _as_stored(value) for key, value in changes.items()}
    return [_as_stored(each) for each in changes] if isinstance(changes, list | tuple) else changes
