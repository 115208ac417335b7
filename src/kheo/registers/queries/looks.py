"""Pages that entries hold the addresses of: which are to be looked at, how a link stood on a day, and what is told of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kheo.core.definition.records import LookedAt
from kheo.core.registers.fields import FieldDef
from kheo.core.registers.looking import Verdict
from kheo.registers.models import Entry, PageLook
from kheo.registers.queries.conditions import expression
from kheo.registers.queries.definitions import Book
from kheo.registers.queries.rows import rows_of

# By site so many, those that waited longest first: no site keeps the others waiting. Who stands in the same line of an address, the host,
# is told by what stands between the slashes.
_DUE = """
SELECT entry, address, host, answered FROM (
  SELECT due.*, row_number() OVER (PARTITION BY due.host ORDER BY due.again_on NULLS FIRST, due.entry) AS place FROM (
    SELECT e.id AS entry, {address} AS address, lower(split_part({address}, '/', 3)) AS host, k.again_on,
           k.status IS NOT NULL AS answered
      FROM registers_entry AS e
      LEFT JOIN registers_page_look AS k ON k.entry_id = e.id AND k.field = %s AND k.known_to IS NULL
     WHERE e.register_id = %s AND e.state = ANY(%s) AND e.meaning <> 'void' AND COALESCE({address}, '') <> ''
       AND (k.id IS NULL OR k.again_on <= %s OR k.address <> {address})) AS due) AS found
WHERE place <= %s ORDER BY again_on NULLS FIRST, entry LIMIT %s
"""
_STOOD = """EXISTS (SELECT FROM registers_page_look AS k WHERE k.entry_id = e.id AND k.field = %s AND k.verdict = ANY(%s)"""
SAID = {
    "any": [Verdict.READABLE.value, Verdict.BROKEN.value, Verdict.UNSURE.value],
    **{each.value: [each.value] for each in (Verdict.READABLE, Verdict.BROKEN, Verdict.UNSURE)},
}


@dataclass(frozen=True)
class DueLook:
    """A page to be looked at: whose, in which field, where; whether a server answered the last look."""

    entry: int
    field: str
    address: str
    host: str
    answered: bool = False


def looked_fields(book: Book) -> list[FieldDef]:
    """The fields of a register whose pages are looked at, as it is kept today: what an earlier edition closed is looked at too."""
    return [field for field in book.definition.asked if field.web is not None and field.web.looked_in]


def due_looks(book: Book, today: date, *, of_a_host: int, most: int) -> list[DueLook]:
    """The pages whose time has come, so many of each site at most."""
    found = list[DueLook]()
    for field in looked_fields(book):
        states = list(field.web.looked_in) if field.web else []
        statement = _DUE.format(address=expression(field).sql)
        rows = rows_of(statement, [field.key, book.register.pk, states, today, of_a_host, most])
        found += [DueLook(entry, field.key, address, host, answered) for entry, address, host, answered in rows]
    return found[:most]


def looked(asked: LookedAt | None, day: date, known_at: datetime | None = None) -> tuple[str, list[Any]]:
    """` AND …` that the link of the entry `e` stood so at the end of a day, as known at an instant; nothing where that is not asked.

    Later looks end rows on later days, and never change them: what was counted for a day stays.
    """
    if asked is None:
        return "", []
    values = [asked.field, SAID[asked.found], day, day]
    if known_at is None:
        return f" AND {_STOOD} AND k.on <= %s AND (k.ends IS NULL OR k.ends > %s))", values
    known = "k.known_from <= %s AND (k.ends IS NULL OR k.ends > %s OR k.known_to > %s)"
    return f" AND {_STOOD} AND k.on <= %s AND {known})", [*values[:3], known_at, day, known_at]


def stands(asked: LookedAt, closing: str) -> tuple[str, list[Any]]:
    """That the link stands so now, of a ready list; `closing`: see there."""
    return f"{_STOOD} AND k.known_to IS NULL{closing}", [asked.field, SAID[asked.found]]


def looks_of(entry: Entry) -> dict[str, PageLook]:
    """By field how its link stands: one query. Where the address is new nobody has looked."""
    rows = PageLook.objects.filter(entry=entry, known_to__isnull=True).exclude(verdict=Verdict.ANEW)
    return {row.field: row for row in rows}
