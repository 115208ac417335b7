"""A million entries in every book that comes with Khéo, planted with COPY: two years of a city of 20,000 units, told by `register_stories`.

Written as the actions would have written it: entries, spans, runs of clocks, deeds, lines, links, long texts, replaced versions, permanent
places. Left out: the journal and photographs. Some units write much, most little; what is asked late is mostly still open.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from random import Random
from typing import Any

from bench.register_stories import OLDEST, Story, Teller

STORIES = 4000  # of a register
# How much of all is written in which book; ideas, plans and supervision are rare beside models and petitions (registers.md, size).
SHARES = {
    "mo-hinh": 260, "phan-anh": 210, "cham-lo": 170, "tin-bai": 110, "diem-o-nhiem": 80, "hien-ke": 50, "ke-hoach": 40,
    "doi-thoai": 25, "giam-sat": 20, "tuyen-duong": 15, "kien-nghi-giam-sat": 10, "doi-hinh": 6, "don-thu": 4, "kiem-tra": 4,
}  # fmt: skip
RARE = 3  # of a book that is not named there
LINKED = {"nhan_rong": 0.08, "gioi_thieu": 0.7, "dot_truoc": 0.0, "trung_voi": 0.0, "thuoc_cuoc": 0.8}
EDITED, DELAYED, AGAIN = 0.15, 0.1, 0.15  # replaced once; recorded three days late; another episode of a place
STEMS = ("Tổ tự quản", "Tuyến hẻm xanh", "Bữa sáng công nhân", "Góc học tập", "Ngày không giấy tờ", "Phân loại rác", "Xe rác công nghệ",
         "Cổng trường an toàn", "Nhà trọ văn minh", "Tủ thuốc công đoàn", "Hũ gạo tình thương", "Camera an ninh",
         "Vườn rau khu phố")  # fmt: skip
WHERE = ("khu phố", "tổ dân phố", "chung cư", "xưởng", "kênh", "chợ", "hẻm")
COLUMNS = {
    "entry": "id, owner_id, handler_id, title, contents, area, subject_kind, subject_name, subject_key, address, occurred_on,"
    " planned_until, people_count, amount_vnd, score, satisfaction, ordinal, extra, known_from, register_id, edition_id, code, state,"
    " meaning,"
    " in_state_since, registered_on, closed_on, due_on, latitude, longitude, place_id, source, search, created_by_id, created_at, version",
    "entry_version": "entry_id, register_id, version, known_to, owner_id, handler_id, title, contents, area, subject_kind, subject_name,"
    " subject_key, address, occurred_on, planned_until, people_count, amount_vnd, score, satisfaction, ordinal, extra, known_from",
    "state_span": "entry_id, register_id, ordinal, state, meaning, came_from, starts, ends, known_from, end_known_from",
    "deadline": "entry_id, register_id, clock, turn, round, started_on, due_on, paused_on, \"left\", extended, met_on, known_from",
    "deed": "entry_id, act, \"on\", at, person_id, who, state_before, state_after, reason, reply, changes",
    "text": "entry_id, key, text, known_from",
    "line": "entry_id, register_id, line, number, \"on\", kind, source, quantity, amount_vnd, text, known_from",
    "link": "link, entry_id, register_id, other_id, \"on\", verified_on, verified_by_id, known_from",
    "place": "id, register_id, latitude, longitude, address, found_on, converted_to",
}  # fmt: skip
NUMBERED = ("people_count", "amount_vnd", "score")
Write = Callable[[str], None]


def told(value: object) -> str:
    """A value as COPY reads it."""
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    return str(value).replace("\\", "\\\\").replace("\t", " ").replace("\n", " ")


def row(*values: object) -> str:
    """One line of COPY."""
    return "\t".join(map(told, values)) + "\n"


def at(day: date | None, days: int = 0) -> str | None:
    """An instant of a day."""
    return None if day is None else datetime.combine(day + timedelta(days=days), time(2)).isoformat() + "+00"


@dataclass(frozen=True)
class Ready:
    """A story with everything written down that does not depend on the entry: the rows beside it lack the entry's number alone."""

    story: Story
    columns: Mapping[str, Any]
    tail: Mapping[str, Any]
    numbers: tuple[tuple[str, bool, int, int], ...]  # key or column, whether in the tail, limits
    texts: tuple[str, ...]
    beside: Mapping[str, tuple[str, ...]]
    edited: date | None
    has_place: bool


@dataclass
class Shelf:
    """One book while it is planted."""

    book: Any
    stories: Sequence[Ready]
    ids: list[int] = field(default_factory=list)
    places: list[tuple[int, int, int, int]] = field(default_factory=list)  # place, latest entry, latitude, longitude
    given_out: dict[int, int] = field(default_factory=dict)

    def code(self, year: int) -> str:
        """The next number of a year."""
        self.given_out[year] = self.given_out.get(year, 0) + 1
        return f"{self.book.definition.prefix}-{year}-{self.given_out[year]:04d}"


class Planter:
    """Writes entries one after another, as days go by."""

    def __init__(self, units: Sequence[tuple[int, int, int]], neighbours: Mapping[int, Sequence[int]], user: int, today: date) -> None:
        self.chance = Random(5)
        self.units, self.neighbours, self.user, self.today = units, neighbours, user, today
        self.weights = list(accumulate(self.chance.lognormvariate(0, 0.8) for _ in units))
        self.entry = self.place = 0
        self.write: dict[str, Write] = {}

    def shelf(self, book: Any, calendar: Any) -> Shelf:
        """A book with the lives that its entries lead."""
        teller = Teller(book.definition, book.options, calendar, self.today, Random(book.register.code))
        stories = sorted((self.ready(book, teller.tell()) for _ in range(STORIES)), key=lambda each: each.story.began)
        return Shelf(book, stories)

    def ready(self, book: Any, story: Story) -> Ready:
        from kheo.core.registers.fields import NUMERIC
        from kheo.registers.queries.holding import columns_of

        definition = book.definition
        columns = columns_of(definition, story.values)
        numbers = tuple(
            (each.column or each.key, each.column is None, each.at_least or 0, each.at_most if each.at_most is not None else 10**6)
            for each in definition.fields
            if each.type in NUMERIC and each.key in story.values
        )
        edited = story.began + timedelta(days=self.chance.randrange(1, 40)) if self.chance.random() < EDITED else None
        return Ready(
            story=story, columns=columns, tail=columns["extra"], numbers=numbers,
            texts=tuple(each.key for each in definition.fields if each.type == "long_text" and each.key in story.values),
            beside=self.beside(book, story),
            edited=edited if edited and edited < self.today else None,
            has_place=any(each.type == "place" and each.key in story.values for each in definition.fields),
        )  # fmt: skip

    def beside(self, book: Any, story: Story) -> dict[str, tuple[str, ...]]:
        """Rows of other tables, without the entry at their beginning."""
        register, states = book.register.pk, book.definition.by_state
        late = 3 if self.chance.random() < DELAYED else 0
        spans = [
            row(register, place + 1, each.state, states[each.state].meaning, each.came_from, each.starts, each.ends,
                at(each.starts, late), at(each.ends, late))
            for place, each in enumerate(story.spans)
        ]  # fmt: skip
        runs = [
            row(register, each.clock, each.turn, each.round, each.stands.started_on, each.stands.due_on, each.stands.paused_on,
                each.stands.left, each.stands.extended, each.stands.met_on, at(each.known_from, late))
            for each in story.runs
        ]  # fmt: skip
        deeds = [
            row(act, day, at(day, late), self.user, "Người ghi", before, after, "vì vậy" if act != "create" else "", "", "{}")
            for act, day, before, after in story.deeds
        ]
        return {"state_span": tuple(spans), "deadline": tuple(runs), "deed": tuple(deeds), "line": tuple(self.lines(book, story))}

    def lines(self, book: Any, story: Story) -> Iterator[str]:
        number = 0
        for kind in book.definition.lines:
            for _ in range(self.chance.choice((0, 1, 1, 2, 3))):
                number += 1
                day = story.began + timedelta(days=self.chance.randrange(1 + (self.today - story.began).days))
                kinds, sources = (list(book.options.names.get(name or "", {"": ""})) for name in (kind.kinds, kind.sources))
                quantity = self.chance.randrange(1, 40) if kind.quantity else None
                amount = self.chance.randrange(1, 400) * 100_000 if kind.amount else None
                said = (self.chance.choice(kinds) if kind.kinds else "", self.chance.choice(sources) if kind.sources else "")
                yield row(book.register.pk, kind.code, number, day, *said, quantity, amount, "Việc" if kind.text else "", at(day))

    def one(self, shelf: Shelf, ready: Ready) -> None:
        """One entry with all that stands beside it."""
        self.entry += 1
        chance, entry, story = self.chance, self.entry, ready.story
        owner, latitude, longitude = chance.choices(self.units, cum_weights=self.weights)[0]
        columns = dict(ready.columns)
        columns["extra"] = dict(ready.tail)
        for name, in_tail, least, most in ready.numbers:
            number = min(least + int(chance.lognormvariate(3, 1.5)), most)
            if in_tail:
                columns["extra"][name] = number
            else:
                columns[name] = number * 100_000 if name == "amount_vnd" else number
        self.named(columns, owner)
        place, ordinal, spot = self.spot(shelf, ready, (latitude, longitude))
        code = shelf.code(story.began.year)
        columns |= {"owner_id": owner, "ordinal": ordinal, "handler_id": chance.choice(self.neighbours[owner]) if story.assigned else None}
        self.written(shelf, ready, columns, code=code, place=place, spot=spot)
        for table, rows in ready.beside.items():
            start = f"{entry}\t"
            for each in rows:
                self.write[table](start + each)
        for key in ready.texts:
            self.write["text"](row(entry, key, TEXTS[entry % len(TEXTS)], at(story.began)))
        shelf.ids.append(entry)

    def named(self, columns: dict[str, Any], owner: int) -> None:
        stem, number = self.chance.choice(STEMS), self.chance.randrange(1, 4000)
        columns["title"] = f"{stem} {self.chance.choice(WHERE)} {number}"
        if columns.get("address"):
            columns["address"] = f"{number} đường số {number % 90}, phường {owner % 220}"
        if columns.get("subject_name"):
            kind, name = columns.get("subject_kind") or "collective", f"Tổ {number % 60}"
            columns |= {"subject_name": name, "subject_key": f"{kind}:{owner}:to {number % 60}"}

    def spot(self, shelf: Shelf, ready: Ready, ward: tuple[int, int]) -> tuple[int | None, int, tuple[int | None, int | None]]:
        """Permanent place, episode and coordinates of an entry."""
        if not ready.has_place:
            return None, 1, (None, None)
        spot = tuple(int(self.chance.gauss(each, 4000)) for each in ward)
        if shelf.book.definition.places is None:
            return None, 1, (spot[0], spot[1])
        if shelf.places and self.chance.random() < AGAIN:
            place = self.chance.randrange(len(shelf.places))
            number, before, latitude, longitude = shelf.places[place]
            shelf.places[place] = (number, self.entry, latitude, longitude)
            self.linked("dot_truoc", shelf, self.entry, before, ready.story.began)
            return number, 2, (latitude, longitude)
        self.place += 1
        shelf.places.append((self.place, self.entry, spot[0], spot[1]))
        self.write["place"](row(self.place, shelf.book.register.pk, *spot, "", ready.story.began, ""))
        return self.place, 1, (spot[0], spot[1])

    def written(self, shelf: Shelf, ready: Ready, columns: Mapping[str, Any], *, code: str, place: Any, spot: Any) -> None:
        from kheo.registers.queries.holding import searched

        story, definition = ready.story, shelf.book.definition
        held = [columns["owner_id"], columns["handler_id"]]
        contents = "{" + ",".join(columns.get("contents") or ()) + "}"
        said = [columns["title"], contents, *(columns.get(name) or "" for name in ("area", "subject_kind", "subject_name", "subject_key"))]
        said += [columns.get("address") or "", columns.get("occurred_on"), columns.get("planned_until")]
        said += [*(columns.get(name) for name in NUMBERED), columns.get("satisfaction") or "", columns["ordinal"]]
        extra = json.dumps(columns["extra"], ensure_ascii=False)
        state = definition.by_state[story.state]
        closed = story.spans[-1].starts if state.meaning not in ("draft", "waiting_on_us", "waiting_on_them") else None
        self.write["entry"](
            row(self.entry, *held, *said, extra, at(ready.edited or story.began), shelf.book.register.pk, shelf.book.edition_id, code,
                story.state, state.meaning, story.spans[-1].starts, story.began, closed, story.due_on, *spot, place, "web",
                searched(definition, code, columns), self.user, at(story.began), 2 if ready.edited else 1)
        )  # fmt: skip
        if ready.edited:
            before = json.dumps({key: value for place, (key, value) in enumerate(columns["extra"].items()) if place}, ensure_ascii=False)
            self.write["entry_version"](row(self.entry, shelf.book.register.pk, 1, at(ready.edited), *held, *said, before, at(story.began)))

    def linked(self, link: str, shelf: Shelf, entry: int, other: int, day: date, verified: date | None = None) -> None:
        by = self.user if verified else None
        self.write["link"](row(link, entry, shelf.book.register.pk, other, day, verified, by, at(verified or day)))

    def links(self, shelves: Mapping[str, Shelf]) -> None:
        """Between entries that are all there."""
        chance = self.chance
        for shelf in shelves.values():
            for kind in shelf.book.definition.links:
                others = shelves[kind.to].ids if kind.to in shelves else []
                share = LINKED.get(kind.code, 0.2)
                for entry in shelf.ids:
                    if others and chance.random() < share:
                        other = others[int(len(others) * chance.random() ** 1.5)]
                        day = self.today - timedelta(days=chance.randrange(OLDEST // 2))
                        if other != entry:
                            verified = day if kind.verified_by and chance.random() < 0.7 else None
                            self.linked(kind.code, shelf, entry, other, day, verified)


TEXTS = [" ".join(Random(place).choices(STEMS + WHERE, k=40)) for place in range(97)]


def plant_entries(planter: Planter, shelves: Mapping[str, Shelf], count: int) -> None:
    """All of them, in the order of their days, a part at a time."""
    from django.db import connection

    shares = {code: SHARES.get(code, RARE) for code in shelves}
    whole = sum(shares.values())
    coming = sorted(
        (ready.story.began, code, place)
        for code, shelf in shelves.items()
        for place, ready in enumerate(shelf.stories)
    )  # fmt: skip
    times = {code: count * share / whole / STORIES for code, share in shares.items()}
    back = _bared()
    turns = _turns(planter.chance, shelves, coming, times)
    part: list[tuple[Shelf, Ready]] = []
    for each in turns:
        part.append(each)
        if len(part) == 20_000:
            _copied(planter, lambda part=part: [planter.one(*one) for one in part])
            part = []
    _copied(planter, lambda: [planter.one(*one) for one in part])
    _copied(planter, lambda: planter.links(shelves))
    with connection.cursor() as cursor:
        for statement in back:
            cursor.execute(statement)
        for table in ("entry", "place"):
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('registers_{table}', 'id'), max(id)) FROM registers_{table}")
    _series(shelves)


FOREIGN = """SELECT conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND conrelid::regclass::text LIKE 'registers\\_%%'"""
INDEXES = """SELECT index.indexrelid::regclass, pg_get_indexdef(index.indexrelid) FROM pg_index AS index
WHERE index.indrelid::regclass::text LIKE 'registers\\_%%' AND NOT index.indisprimary
  AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = index.indexrelid)"""


def _bared() -> list[str]:
    """Without references and indexes until all is there: both are quicker made at once. Gives the statements that bring them back."""
    from django.db import connection

    back = []
    with connection.cursor() as cursor:
        cursor.execute(INDEXES)
        for name, made in cursor.fetchall():
            back.append(made)
            cursor.execute(f"DROP INDEX {name}")
        cursor.execute(FOREIGN)
        for table, name, said in cursor.fetchall():
            back.append(f"ALTER TABLE {table} ADD CONSTRAINT {name} {said}")
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    return back


def _turns(
    chance: Random, shelves: Mapping[str, Shelf], coming: Sequence[tuple[date, str, int]], times: Mapping[str, float]
) -> Iterator[Any]:
    """Every story as often as its register needs, a day's all mixed."""
    for _, code, place in coming:
        often = int(times[code]) + (chance.random() < times[code] % 1)
        for _ in range(often):
            yield shelves[code], shelves[code].stories[place]


def _copied(planter: Planter, work: Callable[[], object]) -> None:
    """What the work writes, table by table."""
    from django.db import connection

    written: dict[str, list[str]] = {table: [] for table in COLUMNS}
    planter.write = {table: rows.append for table, rows in written.items()}
    work()
    for table in ("place", *(each for each in COLUMNS if each != "place")):
        with ExitStack() as stack:
            cursor = stack.enter_context(connection.cursor())
            copy = stack.enter_context(cursor.copy(f"COPY registers_{table} ({COLUMNS[table]}) FROM STDIN"))
            copy.write("".join(written[table]))


def _series(shelves: Mapping[str, Shelf]) -> None:
    from kheo.registers.models import Series

    for shelf in shelves.values():
        for year, last in shelf.given_out.items():
            Series.objects.update_or_create(register=shelf.book.register, year=year, defaults={"last": last})
