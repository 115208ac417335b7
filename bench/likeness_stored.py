"""What it costs to find entries of like words where a hundred thousand stand: the look while one is written, and the writing itself.

    KHEO_DATA=<an empty folder> .venv/bin/python -m bench.likeness_stored [entries=100000]

Descriptions of `bench.likeness`, all with two sentences of one form, so that every search meets bands that a great part has in common.
"""

import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bench.likeness import KINDS, SUBJECTS, pair, told
from bench.tree import kinds_by_depth, measured, parents, plant
from django.db import connection

from kheo.cli.console import Console
from kheo.cli.readying import ready_database, ready_tables

DAY = datetime(2023, 4, 1, 2, tzinfo=UTC)
KINDS_OF_UNITS = ("provincial_federation", "district_federation", "grassroots_union")
ENTRIES = """
INSERT INTO registers_entry (owner_id, title, contents, area, subject_kind, subject_name, subject_key, address, satisfaction, ordinal,
  extra,  known_from, register_id, edition_id, code, state, meaning, in_state_since, registered_on, source, search, created_at, version)
SELECT units.all[1 + n %% cardinality(units.all)], 'Mô hình ' || n, '{}', '', '', '', '', '', '', 1, '{}', %(at)s, %(register)s,
  %(edition)s,  'MB-' || n, 'thuc_hien', 'waiting_on_them', '2023-04-01', '2023-04-01', 'web', 'mo hinh ' || n, %(at)s, 1
FROM generate_series(1, %(many)s) AS n
CROSS JOIN (SELECT array_agg(unit_id) AS all FROM org_unit_kind WHERE kind = 'grassroots_union') AS units
"""
# Words that nobody else has: as long as those of a description, so that what is alike is the form and the subject.
OWN = [
    f"{first}{rest}"
    for first in ("ba", "co", "di", "ga", "hoa", "ke", "lu", "minh", "ngo", "phu")
    for rest in ("", "n", "ng", "nh", "t", "c", "p")
]


def descriptions(many: int) -> Iterator[str]:
    """Each of two sentences of the form, two of a subject, and words of its own."""
    chance = random.Random(11)
    for _ in range(many):
        chosen = [each[0] for each in chance.sample(SUBJECTS[chance.choice(sorted(SUBJECTS))], 2)]
        yield f"{told(chosen, chance, 2)} {' '.join(chance.choices(OWN, k=70))}"


def prepare(many: int) -> None:
    """The entries with their texts and bands, as the actions would have written them."""
    from kheo.campaigns.actions import publish
    from kheo.core.likeness import bands, runs
    from kheo.journal.actions import SYSTEM
    from kheo.registers.actions import publish_register
    from kheo.registers.queries.definitions import book
    from kheo.registers.queries.likenesses import made_with

    above = parents(2000, (22,))
    plant(above, kinds_by_depth(above, KINDS_OF_UNITS))
    publish(Path("campaigns/5-khong.yaml").read_text(encoding="utf-8"), "5-khong.yaml", by=SYSTEM, at=DAY)
    publish_register(Path("campaigns/registers/mo-hinh.yaml").read_text(encoding="utf-8"), "mo-hinh.yaml", by=SYSTEM, at=DAY)
    found = book("mo-hinh")
    assert found is not None
    with connection.cursor() as cursor:
        cursor.execute(ENTRIES, {"at": DAY, "register": found.register.pk, "edition": found.edition_id, "many": many})
        cursor.execute("SELECT id FROM registers_entry ORDER BY id")
        numbers = [number for (number,) in cursor.fetchall()]
        with cursor.copy("COPY registers_text (entry_id, key, text, known_from) FROM STDIN") as copy:
            for number, text in zip(numbers, descriptions(many), strict=True):
                copy.write_row((number, "cach_lam", text, DAY))
        with cursor.copy("COPY registers_likeness (entry_id, register_id, made_with, is_short, bands) FROM STDIN") as copy:
            for place, (number, text) in enumerate(zip(numbers, descriptions(many), strict=True)):
                own = bands(runs(f"Mô hình {place + 1}\n{text}"), found.register.pk)
                copy.write_row((number, found.register.pk, made_with(found.definition), False, own))
        cursor.execute("ANALYZE registers_likeness, registers_entry, registers_text")
        cursor.execute("SELECT pg_table_size('registers_likeness'), pg_relation_size('like_bands')")
        table, index = cursor.fetchall()[0]
        print(f"{many} entries: rows {table / 1e6:.0f} MB, index {index / 1e6:.0f} MB")


def measure(times: int = 50) -> None:
    """The look of who writes, of a text that nobody has and of one that is copied."""
    from kheo.registers.queries.definitions import book
    from kheo.registers.queries.likenesses import alike, sketch

    found = book("mo-hinh")
    assert found is not None
    copied = list(descriptions(times))
    chance = random.Random(5)
    strange = [pair(KINDS[0], chance)[0] for _ in range(times)]
    for name, texts in (("of the form, found nowhere", strange), ("copied", copied)):

        def look(texts: list[str] = texts) -> list[int]:
            return [len(alike(found, sketch(found, {"ten": "Mô hình mới", "cach_lam": text}), [1])) for text in texts]

        print(f"{name}: {sum(map(bool, look()))} of {times} found", end="; ")
        measured(f"{times} looks", look)


def main() -> None:
    """Both, in a fresh database."""
    words = dict(word.split("=") for word in sys.argv[1:])
    console = Console("vi")
    with ready_database(console) as embedded:
        ready_tables(console, is_embedded=embedded is not None)
        measured("prepare", lambda: prepare(int(words.get("entries", 100_000))))
        measure()


if __name__ == "__main__":
    main()
