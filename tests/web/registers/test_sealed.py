"""What a unit gave itself is not shown to those who score it after (registers.md R11): no face of theirs changes with the number.

Every face of two visits is asked twice, the scores exchanged in between: whoever is not to see them is told neither number, nor what both
are together, and finds the two in the same order. Whoever may see them is told, which shows that the comparison can fail.
"""

import io
import re
import zipfile
from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.urls import reverse

from kheo.core.numbers import format_int
from kheo.core.registers.sealing import SEALED
from kheo.journal.actions import SYSTEM
from kheo.registers.actions import Line, Made, publish_register, write_line
from kheo.registers.models import Deed, Entry, EntryLine
from tests.api.asking import Program, program
from tests.registers.books import CAMPAIGNS, did, recorded, said, shipped, tried
from tests.registers.test_inspections import VISIT
from tests.web.visits import day, enter
from tests.world import World, later

# An and Hoa are of the unit that is looked at, Bình and Dũng of the one that looks; Lan is above, Kiên audits, Quân keeps; Chi is far.
THEIRS = {"an", "hoa"}
READERS = THEIRS | {"binh", "dung", "lan", "kien"}
EVERYBODY = sorted(READERS | {"quan", "chi"})
Face = Callable[[Entry], str]
LIST = "/so/kiem-tra/"
PAGES: dict[str, Face] = {
    "page": lambda entry: reverse("entry", args=[entry.pk]),
    "form": lambda entry: reverse("edit_entry", args=[entry.pk]),
    "act": lambda entry: reverse("act_on_entry", args=[entry.pk, "cham"]),
    "list": lambda entry: f"{LIST}?cot=diem_tu_cham&cot=diem",
    "order": lambda entry: f"{LIST}?cot=diem&xep=-diem_tu_cham",
    "filter": lambda entry: f"{LIST}?diem_tu_cham.tu=7050000",
    "search": lambda entry: f"{LIST}?tim=7093",
    "board": lambda entry: reverse("entries_board", args=["kiem-tra"]),
    "queue": lambda entry: reverse("register_queue"),
    "figures": lambda entry: reverse("book_figures", args=["kiem-tra"]),
    "workbook": lambda entry: reverse("export_entries", args=["kiem-tra", "so.xlsx"]),
    "csv": lambda entry: reverse("export_entries", args=["kiem-tra", "so.csv"]),
    "zip": lambda entry: reverse("export_entries", args=["kiem-tra", "so.zip"]),
    "for judges": lambda entry: reverse("export_entries", args=["kiem-tra", "de-cham.xlsx"]),
}
PROGRAMS: dict[str, Face] = {
    "entry": lambda entry: f"/entries/{entry.pk}",
    "entries": lambda entry: "/registers/kiem-tra/entries?most=10",
    "entries in order": lambda entry: "/registers/kiem-tra/entries?most=10&xep=-diem_tu_cham",
    "entries of many points": lambda entry: "/registers/kiem-tra/entries?most=10&diem_tu_cham.tu=7050000",
    "judges": lambda entry: "/registers/kiem-tra/entries?most=10&copy=judges",
}
TELLING = {"page", "list", "filter", "board", "workbook", "csv", "zip", "entry", "entries"}
# No number of a page is like these by chance: more than a form takes, so they are written past it.
LOW, HIGH = 7_041_103, 7_093_107
TITLES = ("Đợt một", "Đợt hai")


def words_in(answer: object) -> str:
    body = b"".join(answer) if getattr(answer, "streaming", False) else answer.content  # type: ignore[call-overload,attr-defined]
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as file:
            body = b"".join(file.read(name) for name in sorted(file.namelist()))
    return unescape(body.decode("utf-8", "replace"))


def told(words: str) -> tuple[list[str], list[str]]:
    """The scores that an answer names, alone or added up, and its visits in their order."""
    numbers = [str(each) for each in (LOW, HIGH, LOW + HIGH) if str(each) in words or format_int(each) in words]
    return numbers, re.findall("|".join(TITLES), words)


def answers(world: World, entry: Entry, asking: dict[str, Program]) -> dict[tuple[str, str], tuple[list[str], list[str]]]:
    """By face and person what they are told."""
    found = {}
    for who in EVERYBODY:
        with day(later(days=10)):
            client = enter(world, who)
            found |= {(face, who): told(words_in(client.get(address(entry)))) for face, address in PAGES.items()}
            found |= {(face, who): told(words_in(asking[who].get(address(entry)))) for face, address in PROGRAMS.items()}
    return found


def score(entries: list[Entry], points: list[int]) -> None:
    """What the unit gave itself, the field and its lines, as if it had been so from the first."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE registers_line DISABLE TRIGGER USER")
    for entry, each in zip(entries, points, strict=True):
        row = Entry.objects.get(pk=entry.pk)
        Entry.objects.filter(pk=entry.pk).update(extra={**row.extra, "diem_tu_cham": each})
        EntryLine.objects.filter(entry=entry, line="tu_cham").update(quantity=each)


def telling(world: World, entries: list[Entry]) -> dict[str, set[str]]:
    """By face, whom it tells one score from another."""
    asking = {who: program(world, who) for who in EVERYBODY}
    score(entries, [LOW, HIGH])
    before = answers(world, entries[0], asking)
    score(entries, [HIGH, LOW])
    after = answers(world, entries[0], asking)
    found: dict[str, set[str]] = {}
    for (face, who), (numbers, order) in before.items():
        if numbers or after[face, who] != (numbers, order):
            found.setdefault(face, set()).add(who)
    return found


def scored_itself(world: World, title: str) -> Entry:
    entry = recorded(shipped("kiem-tra"), world, {**VISIT, "ten": title}, who="dung", unit="D1")
    entry = did(entry, "thong_bao", world.person("dung"), later(1), handler=world.units["G1"])
    line = Line("tu_cham", later(days=2).date(), kind="MOHINH", quantity=40, text="Có sổ, có ảnh")
    assert isinstance(write_line(entry.pk, line, by=world.person("an"), at=later(days=2)), Made)
    return did(entry, "tu_cham", world.person("hoa"), later(days=3), values={"diem_tu_cham": 95})


@pytest.fixture
def visits(world: World) -> list[Entry]:
    return [scored_itself(world, title) for title in TITLES]


def test_until_the_team_has_scored_no_face_tells_what_the_unit_gave_itself(world: World, visits: list[Entry]) -> None:
    assert telling(world, visits) == dict.fromkeys(TELLING, THEIRS)


def test_when_both_have_scored_everybody_who_reads_the_visit_sees_both(world: World, visits: list[Entry]) -> None:
    dung, now = world.person("dung"), later(days=9)
    for entry in visits:
        line = Line("cham", now.date(), kind="MOHINH", quantity=30, text="Thiếu biên bản")
        assert isinstance(write_line(entry.pk, line, by=dung, at=now), Made)
        did(entry, "cham", dung, now, values={"diem": 70})
    found = telling(world, visits)
    assert {face: found[face] for face in ("page", "entry", "csv")} == dict.fromkeys(("page", "entry", "csv"), READERS)
    assert found.keys() == TELLING | {"queue"}  # what waits to be concluded stands there with both
    # Whoever has seen the one changes the other no more but by scoring again, with a reason.
    again = Line("cham", now.date(), kind="KEHOACH", quantity=40, text="Xem lại")
    assert "không thêm, sửa, bỏ được nữa" in str(write_line(visits[0].pk, again, by=dung, at=now))
    assert "lý do" in said(tried(Entry.objects.get(pk=visits[0].pk), "cham_lai", dung, now))


def test_the_evidence_beside_each_line_is_there_for_the_team(world: World, visits: list[Entry]) -> None:
    with day(later(days=4)):
        page = enter(world, "dung").get(reverse("entry", args=[visits[0].pk])).content.decode()
    assert "Có sổ, có ảnh" in page
    assert "kín đến khi hai bên chấm xong" in page


def test_neither_the_deed_nor_the_journal_keeps_the_number_beside_the_field(world: World, visits: list[Entry]) -> None:
    assert Deed.objects.get(entry=visits[0], act="tu_cham").changes["diem_tu_cham"] == []


def test_lines_leave_as_the_edition_of_their_entry_seals_them_whatever_the_newest_says(world: World, visits: list[Entry]) -> None:
    """Another edition seals nothing: what was written under the one before stays sealed from who scores after."""
    text = (CAMPAIGNS / "registers/kiem-tra.yaml").read_text(encoding="utf-8")
    now = text.replace("frozen_from: tu_cham,\n     sealed_until: doan_cham}", "frozen_from: tu_cham}")
    before = visits[0].edition_id
    assert publish_register(now, "kiem-tra.yaml", by=SYSTEM, at=later(days=4)).is_new
    Entry.objects.filter(pk__in=[each.pk for each in visits]).update(edition=before)
    score(visits, [LOW, HIGH])
    lines = {}
    for who in ("hoa", "dung"):
        with day(later(days=10)):
            answer = enter(world, who).get(PAGES["zip"](visits[0]))
        with zipfile.ZipFile(io.BytesIO(b"".join(answer))) as file:
            lines[who] = next(file.read(name).decode() for name in file.namelist() if str(name).startswith("dong"))
    assert [told(lines[who])[0] for who in ("hoa", "dung")] == [[str(LOW), str(HIGH)], []]
    assert lines["dung"].count(SEALED) == 2
