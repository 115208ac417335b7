"""What the letter of a consolidated report says about its sender and readers: from the tree, the posts and the campaign's documents."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kheo.campaigns.models import Cycle
from kheo.campaigns.queries import definition_of
from kheo.core.consolidated import UnitRef
from kheo.core.definition import Definition
from kheo.core.short_words import initials, short_name
from kheo.core.unit_kinds import KINDS, Line
from kheo.documents.consolidated_report import LetterFacts
from kheo.documents.profiles import Capacity
from kheo.org.models import SnapshotUnit
from kheo.org.queries import Placed, snapshot_units
from kheo.reports.queries.tasks import heads_of

_AREAS = sorted({kind.name.split(" thuộc ")[0].split(" trực thuộc ")[0] for kind in KINDS.values() if kind.line == Line.ADMIN})
_PLACE = re.compile(rf"(?:{'|'.join(map(re.escape, _AREAS))})\s+\S.*$")
ARCHIVE = "Lưu: VT"


@dataclass(frozen=True)
class _Signs:
    """How the head of a unit of some kind signs."""

    capacity: Capacity | None
    principal: str
    post: str


# The letter 199/LĐLĐ-TG is signed for the standing board (TM. BAN THƯỜNG VỤ); a grassroots union has an executive committee instead.
_STANDING, _COMMITTEE = _Signs("on_behalf", "BAN THƯỜNG VỤ", "CHỦ TỊCH"), _Signs("on_behalf", "BAN CHẤP HÀNH", "CHỦ TỊCH")
_SIGNS = {
    "provincial_federation": _STANDING,
    "district_federation": _STANDING,
    "sector_union": _STANDING,
    "direct_union": _COMMITTEE,
    "grassroots_union": _COMMITTEE,
    "party_board": _Signs(None, "", "TRƯỞNG BAN"),
}
_ANYBODY = _Signs(None, "", "THỦ TRƯỞNG ĐƠN VỊ")


def letter_facts(
    cycle: Cycle, unit: SnapshotUnit, recipient: UnitRef | None, on: date, *, above: Mapping[int, SnapshotUnit] | None = None
) -> LetterFacts:
    """The facts of a unit's consolidated report on a day. Number and day of signing stay open, to be filled in by the office.

    `above`: the units above it where it stands in another tree than the cycle's.
    """
    above = snapshot_units(cycle.snapshot_id, unit.ancestors) if above is None else above
    line = [unit, *(above[each] for each in unit.ancestors)]
    signs = _SIGNS.get(unit.kind, _ANYBODY)
    return LetterFacts(
        issuer=unit.name,
        superior=line[1].name if len(line) > 1 else "",
        place=place_of([each.name for each in line]),
        recipient_line=recipient.name if recipient else "",
        capacity=signs.capacity,
        principal=signs.principal,
        post=signs.post,
        name=_head(unit, on),
        recipients=_recipients(definition_of(cycle.edition_id), unit, recipient),
        abbreviation=abbreviation_of(unit),
    )


def letter_from(way: Sequence[Placed], on: date) -> LetterFacts:
    """The facts of a letter of a unit's own on a day: the unit is the last of the way to it from the top of its line."""
    unit = way[-1]
    signs, heads = _SIGNS.get(unit.kind, _ANYBODY), heads_of([unit.id], on).get(unit.id, ())
    return LetterFacts(
        issuer=unit.name,
        superior=way[-2].name if len(way) > 1 else "",
        place=place_of([each.name for each in reversed(way)]),
        recipient_line="",
        capacity=signs.capacity,
        principal=signs.principal,
        post=signs.post,
        name=heads[0] if len(heads) == 1 else "",
        recipients=(ARCHIVE,),
        abbreviation=abbreviation_of(unit),
    )


def place_of(names: list[str]) -> str:
    """The area that the nearest of these names ends with (`Quận 1`, `Thành phố Hồ Chí Minh`); empty when none does."""
    found = (_PLACE.search(name) for name in names)
    return next((match[0] for match in found if match), "")


def _head(unit: SnapshotUnit, on: date) -> str:
    """Who heads the unit on a day; nobody where there are several: who of them signs is for the office to say."""
    heads = heads_of([unit.unit_id], on).get(unit.unit_id, ())
    return heads[0] if len(heads) == 1 else ""


def _recipients(definition: Definition, unit: SnapshotUnit, recipient: UnitRef | None) -> tuple[str, ...]:
    """As the letter says at the end: the addressee, who issued what the campaign rests on, the units below, the archive."""
    told = {unit.name, recipient.name if recipient else ""}
    issuers = [name for name in dict.fromkeys(document.issuer for document in definition.documents) if name not in told]
    lines = ["Như trên"] if recipient else []
    lines += issuers
    lines += ["Các đơn vị trực thuộc"] if unit.is_inner else []
    return (*lines, ARCHIVE)


def abbreviation_of(unit: SnapshotUnit | Placed) -> str:
    """The issuer's abbreviation in a number: `LĐLĐ`, `CĐCS`, `BDVTU`; empty where its name has none that people use."""
    first = short_name(unit.name).split(" ", 1)[0]
    if first != unit.name.split(" ", 1)[0] or (len(first) > 1 and first.isupper()):
        return first
    if unit.kind in KINDS and KINDS[unit.kind].line == Line.PARTY:
        return initials(_PLACE.sub("", unit.name))
    return ""
