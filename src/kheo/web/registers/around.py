"""What an entry's page tells of others: points close by that may be the same, and how far what was begun here, or elsewhere, has spread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from kheo.core.days import format_day
from kheo.core.numbers import format_int
from kheo.core.places import Spot
from kheo.core.spread_picture import Step, picture
from kheo.registers.access import ReachedEntry, Sight
from kheo.registers.models import EntryLink
from kheo.registers.queries.nearby import Near, near
from kheo.registers.queries.showing import title_shown
from kheo.registers.queries.spreading import Replica, Spread, origin_of, spread_of
from kheo.web.registers.spread_drawing import svg

MOST_SHOWN, MOST_INDENTED = 50, 6


@dataclass(frozen=True)
class Close:
    """An entry close by."""

    title: str
    url: str
    about: str


@dataclass(frozen=True)
class Learner:
    """A place that something spread to, so many steps from the first. `url` is empty for the entry whose page it is."""

    unit: str
    url: str
    about: str
    steps: int
    is_claimed: bool


@dataclass(frozen=True)
class SpreadShown:
    """How far it came: in how many places besides the first, over how many steps, in how many more as somebody only says; those of
    them that this person reads, how many more there are."""

    places: str
    steps: str
    claimed: str
    drawing: str
    rows: tuple[Learner, ...]
    more: str


def close_by(reached: ReachedEntry, looking: Sight) -> list[Near]:
    """Entries that may be the same, while that can still be said: only what this person reads, and no other episode of the same place."""
    entry = reached.entry
    if not reached.is_open or entry.latitude is None or entry.longitude is None:
        return []
    spot = Spot(entry.latitude, entry.longitude)
    found = near(reached.book, spot, units=looking.units, given=looking.given, apart_from=entry.pk)
    return [each for each in found if entry.place_id is None or each.entry.place_id != entry.place_id]


def close_shown(reached: ReachedEntry, found: Sequence[Near], names: Mapping[int, str], looking: Sight) -> list[Close]:
    """Those in words, the nearest first."""
    return [
        Close(
            title_shown(reached.book.definition, each.entry, looking.sees_personal(each.entry)),
            reverse("entry", args=[each.entry.pk]),
            f"{each.entry.code} · {names.get(each.entry.owner_id, '')} · cách {format_int(each.metres)} m",
        )
        for each in found
    ]


def spreads(reached: ReachedEntry, links: Sequence[EntryLink]) -> list[Spread]:
    """By kind of links that somebody verifies, the whole of what this entry is a part of, where two have learned, verified or said so.

    Nothing is asked where no link is verified.
    """
    verified = {each.link for each in links if each.verified_on is not None}
    own = reached.book.register.code
    kinds = [each.code for each in reached.book.definition.links if each.code in verified and each.verified_by and each.to == own]
    found = [spread_of(origin_of(reached.entry.pk, kind), kind, claimed=True) for kind in kinds]
    return [each for each in found if len(each.replicas) > 2]


def spread_units(found: Sequence[Spread], looking: Sight) -> set[int]:
    """The units that are named."""
    return {each.owner for spread in found for each in _read(spread, looking)}


def spreads_shown(reached: ReachedEntry, found: Sequence[Spread], names: Mapping[int, str], looking: Sight) -> list[SpreadShown]:
    """Those in words, in the order in which they learned."""
    return [_shown(reached, spread, names, looking) for spread in found]


def _read(spread: Spread, looking: Sight) -> list[Replica]:
    """The first of what this person reads; of others only the number is told."""
    return [each for each in spread.replicas if looking.units is None or each.owner in looking.units][:MOST_SHOWN]


def _shown(reached: ReachedEntry, spread: Spread, names: Mapping[int, str], looking: Sight) -> SpreadShown:
    read = {each.entry: each for each in _read(spread, looking)}
    steps = [Step(each.entry, each.origin, each.day, names.get(each.owner, ""), each.counts) for each in read.values()]
    told = picture(steps) if steps else None  # the list stands in its order, each place beneath the one that it learned from
    rows = tuple(_learner(reached, read[dot.id], read, names) for dot in told.dots) if told else ()
    words = f"Từ nơi làm đầu tiên đã lan tới {format_int(spread.places)} nơi, xa nhất {format_int(spread.depth)} bước; danh sách ở dưới."
    drawing = svg(told, words, {each.entry: _address(reached, each) for each in read.values()}) if told and len(steps) > 1 else ""
    more, claimed = len(spread.replicas) - len(rows), sum(not each.counts for each in spread.replicas)
    counts = format_int(spread.places), format_int(spread.depth), format_int(claimed) if claimed else ""
    return SpreadShown(*counts, drawing, rows, format_int(more) if more else "")


def _learner(reached: ReachedEntry, each: Replica, read: Mapping[int, Replica], names: Mapping[int, str]) -> Learner:
    about = _about(each, read.get(each.origin or 0), names)
    return Learner(names.get(each.owner, ""), _address(reached, each), about, min(each.depth, MOST_INDENTED), not each.counts)


def _address(reached: ReachedEntry, each: Replica) -> str:
    return "" if each.entry == reached.entry.pk else reverse("entry", args=[each.entry])


def _about(each: Replica, origin: Replica | None, names: Mapping[int, str]) -> str:
    if each.origin is None:
        return f"{each.code} · làm đầu tiên"
    whose = names.get(origin.owner, "") if origin else "một đơn vị khác"
    since = f"xác minh {format_day(each.verified_on)}" if each.verified_on else f"ghi {format_day(each.day)}, chờ xác minh"
    return f"{each.code} · học từ {whose} · {since}"
