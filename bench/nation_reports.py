"""Reports of a whole country, planted with COPY: every row as the actions would have written it, with its hashes.

Figures come from a few hundred patterns that keep every class of answer; each unit's own hash is its own.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

OPENING = datetime(2023, 10, 2, 2, tzinfo=UTC)
FIRST_DECISION = OPENING + timedelta(days=20)
SPREAD = timedelta(days=20)  # in which all decisions fall, in no order of the tree
PATTERNS = 400
SUPPLEMENT_EVERY, NOTHING_EVERY, WAITING_EVERY = 10, 100, 101
WORDS = {"I": "Đã triển khai đúng kế hoạch của cấp trên."}

TABLES = {
    "report": "reports_report (id, obligation_id, state, version, figures, narrative, explanations, latest_id, accepted_id, reason,"
    " started_at, updated_at, updated_by, received_at, accepted_at)",
    "revision": "reports_revision (id, report_id, number, figures, narrative, vector, reason, draft_version, submitted_at,"
    " previous_hash, hash)",
    "decision": "reports_decision (revision_id, act, reason, decided_at, decided_by)",
    "journal": "journal_entry (number, at, actor_name, post, act, object_type, object_id, unit_id, detail, previous_hash, hash)",
}


def patterns(definition: Any) -> list[dict[str, Any]]:
    """Figures of a report, some of each class."""
    found: list[dict[str, Any]] = []
    for number in range(PATTERNS):
        chance = Random(number)
        values = [None, "na", 0, 0, *range(1, 4000, 7)]
        figures = {cell.key: chance.choice(values) for cell in definition.input_cells}
        from kheo.core.figures import with_totals

        found.append(with_totals(definition, figures))
    return found


def text(value: object) -> str:
    """JSON as COPY reads it."""
    return json.dumps(value, ensure_ascii=False).replace("\\", "\\\\")


def instant(value: datetime) -> str:
    return value.isoformat(timespec="microseconds")


@dataclass
class Sending:
    """One revision of a report on its way."""

    figures: dict[str, Any]
    vector: str
    submitted: datetime
    accepted: datetime | None


class Planter:
    """Writes the rows of one report after another; keeps the journal's chain."""

    def __init__(self, cycle: Any, write: dict[str, Callable[[str], None]], number: int, previous: str) -> None:
        from kheo.campaigns.queries import definition_of
        from kheo.core.figures import to_vector
        from kheo.core.rollup import pack

        definition = definition_of(cycle.edition_id)
        self.write, self.number, self.previous, self.cycle = write, number, previous, cycle
        self.ready = [(each, "\\\\x" + pack(to_vector(definition, each)).hex()) for each in patterns(definition)]
        self.revisions = 0

    def entry(self, act: str, at: datetime, owed: Any, **detail: Any) -> None:
        """A row of the journal."""
        from kheo.core.chain import link_hash
        from kheo.journal.models import JournalEntry
        from kheo.journal.queries import hashed_record
        from kheo.reports.queries.history import OBJECT

        row = JournalEntry(number=self.number + 1, at=at, actor_name="Hệ thống", post="system", act=act, detail=detail)
        row.object_type, row.object_id, row.unit_id = OBJECT, owed.pk, owed.unit_id
        digest = link_hash(self.previous, hashed_record(row))
        fields = (row.number, instant(at), row.actor_name, row.post, act, OBJECT, owed.pk, owed.unit_id, text(detail))
        self.write["journal"]("\t".join(map(str, (*fields, self.previous, digest))) + "\n")
        self.number, self.previous = row.number, digest

    def report(self, place: int, owed: Any, sendings: list[Sending]) -> None:
        """Draft, then each sending with its decision."""
        from kheo.core.chain import START

        version, hash_before, kept = 0, START, dict[str, Any]()
        accepted: tuple[str, str] = ("\\N", "\\N")
        started = sendings[0].submitted - timedelta(hours=1)
        last = started
        for number, sent in enumerate(sendings, 1):
            if number > 1:
                version += 1
                self.entry("revise_report", sent.submitted - timedelta(minutes=2), owed, version=version, reason="Bổ sung")
            version += 1
            changed = {key: [kept.get(key, ""), value] for key, value in sent.figures.items() if kept.get(key, "") != value}
            sections = {key: ["", value] for key, value in WORDS.items()} if number == 1 else {}
            self.entry("save_draft", sent.submitted - timedelta(minutes=1), owed, version=version, cells=changed, sections=sections)
            kept = sent.figures
            hash_before = self._revision(place, owed, number, sent, version, hash_before)
            version += 1
            self.entry("submit_report", sent.submitted, owed, version=version, revision=number, hash=hash_before, on_time=True)
            last = sent.submitted
            if sent.accepted:
                version += 1
                accepted, last = (str(self.revisions), instant(sent.accepted)), sent.accepted
                self.write["decision"](f"{self.revisions}\taccept\t\t{instant(sent.accepted)}\tHệ thống\n")
                detail = {"version": version, "revision": number, "hash": hash_before, "replaces": number - 1 or None, "settled": []}
                self.entry("accept_report", sent.accepted, owed, **detail)
        state = "accepted" if sendings[-1].accepted else "submitted"
        fields = (place, owed.pk, state, version, text(kept), text(WORDS), "{}", self.revisions, accepted[0], "")
        times = (instant(started), instant(last), "Hệ thống", instant(sendings[0].submitted), accepted[1])
        self.write["report"]("\t".join(map(str, (*fields, *times))) + "\n")

    def _revision(self, place: int, owed: Any, number: int, sent: Sending, version: int, before: str) -> str:
        from kheo.core.chain import link_hash
        from kheo.reports.models import Revision

        self.revisions += 1
        reason = "Bổ sung" if number > 1 else ""
        row = Revision(number=number, figures=sent.figures, narrative=WORDS, reason=reason, submitted_at=sent.submitted)
        digest = link_hash(before, row.hashed_record(owed))
        what = (text(sent.figures), text(WORDS), sent.vector, reason, version, instant(sent.submitted), before, digest)
        self.write["revision"]("\t".join(map(str, (self.revisions, place, number, *what))) + "\n")
        return digest


def sendings_of(planter: Planter, place: int, chance: Random) -> list[Sending]:
    """What the unit at a place sent: nothing, one that waits, one, or one and a supplement."""
    if place % NOTHING_EVERY == 0:
        return []
    decided = FIRST_DECISION + SPREAD * chance.random()
    figures, vector = planter.ready[place % PATTERNS]
    is_waiting = place % WAITING_EVERY == 0
    found = [Sending(figures, vector, decided - timedelta(hours=5), None if is_waiting else decided)]
    if place % SUPPLEMENT_EVERY == 1 and not is_waiting:
        figures, vector = planter.ready[(place * 7 + 3) % PATTERNS]
        later = decided + timedelta(days=1)
        found.append(Sending(figures, vector, later, later + SPREAD * chance.random()))
    return found


def plant_reports(cycle: Any) -> None:
    """Reports of every grassroots unit of the cycle."""
    from django.db import connection, transaction

    from kheo.journal.queries import head
    from kheo.reports.models import Obligation

    owed = list(Obligation.objects.filter(cycle=cycle, tier="grassroots").order_by("position"))
    with transaction.atomic():
        lots: dict[str, list[str]] = {name: [] for name in TABLES}
        planter = Planter(cycle, {name: lot.append for name, lot in lots.items()}, *head())
        chance = Random(7)
        for start in range(0, len(owed), 20_000):
            for place, each in enumerate(owed[start : start + 20_000], start + 1):
                sendings = sendings_of(planter, place, chance)
                if sendings:
                    planter.report(place, each, sendings)
            for name, columns in TABLES.items():
                with connection.cursor() as cursor, cursor.copy(f"COPY {columns} FROM STDIN") as copy:
                    copy.write("".join(lots[name]))
                lots[name].clear()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE journal_head SET number = %s, hash = %s WHERE id = 1", [planter.number, planter.previous])
            for table in ("reports_report", "reports_revision"):
                cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
