"""Judges read blind: as long as an idea may be judged its author stands on no face for anybody but its unit; then for those near it."""

import io
import json
import zipfile
from collections.abc import Callable
from html import unescape

import pytest
from django.urls import reverse

from kheo.registers.actions import Made, write_words
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book
from tests.api.asking import program
from tests.registers.books import did, recorded, shipped
from tests.web.registers.test_copies import IDEA
from tests.web.visits import day, enter
from tests.world import World, later

AUTHOR = "Ngô Thị Bảy"
INSIDE, ABOVE = {"an", "hoa"}, {"binh", "dung", "bich", "lan", "minh"}
# An and Hoa of its unit; Bình and Dũng of the district, Bích, Lan, Minh of the federation; Kiên audits, Quân keeps,
# Chi and Phúc are elsewhere.
EVERYBODY = sorted(INSIDE | ABOVE | {"kien", "quan", "chi", "phuc"})
PAGES: dict[str, Callable[[Entry], str]] = {
    "page": lambda entry: reverse("entry", args=[entry.pk]),
    "form": lambda entry: reverse("edit_entry", args=[entry.pk]),
    "act": lambda entry: reverse("act_on_entry", args=[entry.pk, "tiep_thu"]),
    "list": lambda entry: reverse("entries", args=["hien-ke"]) + "?cot=tac_gia&cot=chu_de&xep=tac_gia",
    "filter": lambda entry: reverse("entries", args=["hien-ke"]) + "?tac_gia=Bảy",
    "board": lambda entry: reverse("entries_board", args=["hien-ke"]),
    "work": lambda entry: reverse("register_queue"),
    "workbook": lambda entry: reverse("export_entries", args=["hien-ke", "so.xlsx"]),
    "csv": lambda entry: reverse("export_entries", args=["hien-ke", "so.csv"]),
    "for judges": lambda entry: reverse("export_entries", args=["hien-ke", "de-cham.xlsx"]),
}
PROGRAMS: dict[str, Callable[[Entry], str]] = {
    "entry": lambda entry: f"/entries/{entry.pk}",
    "entries": lambda entry: "/registers/hien-ke/entries?most=10",
    "judges": lambda entry: "/registers/hien-ke/entries?most=10&copy=judges",
}
# Who is shown what personal data there is on which face, as registers.md has it; the lists have no column of persons.
TELLING = {"page", "workbook", "csv", "entry", "entries"}


def words_in(answer: object) -> str:
    body = b"".join(answer) if getattr(answer, "streaming", False) else answer.content  # type: ignore[call-overload,attr-defined]
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as file:
            body = b"".join(file.read(name) for name in file.namelist() if name.endswith(".xml"))
    text: str = body.decode()
    return json.dumps(json.loads(text), ensure_ascii=False) if text.startswith(("{", "[")) else unescape(text)


def telling(world: World, entry: Entry) -> dict[str, set[str]]:
    """By face, to whom it tells the author."""
    found: dict[str, set[str]] = {}
    with day(later(days=3)):
        for who in EVERYBODY:
            client, asking = enter(world, who), program(world, who)
            answers = {face: client.get(address(entry)) for face, address in PAGES.items()}
            answers |= {face: asking.get(address(entry)) for face, address in PROGRAMS.items()}
            for face, answer in answers.items():
                if AUTHOR in words_in(answer):
                    found.setdefault(face, set()).add(who)
    return found


@pytest.fixture
def idea(world: World) -> Entry:
    book: Book = shipped("mo-hinh", "hien-ke")
    return recorded(book, world, IDEA)


def test_judges_are_told_who_wrote_an_idea_when_it_is_decided_and_not_before(world: World, idea: Entry) -> None:
    assert telling(world, idea) == {**dict.fromkeys(TELLING, INSIDE), "form": INSIDE}
    examined = did(idea, "so_khao", world.person("binh"), later(1))
    assert telling(world, examined) == {**dict.fromkeys(TELLING, INSIDE), "form": INSIDE}
    verdict = {"muc_tiep_thu": "TOANBO", "diem": 88}
    decided = did(examined, "tiep_thu", world.person("binh"), later(2), values=verdict, reply="Áp dụng từ tháng 6.")
    assert telling(world, decided) == {**dict.fromkeys(TELLING, INSIDE | ABOVE), "form": INSIDE}


def test_nobody_finds_an_idea_by_its_author(world: World, idea: Entry) -> None:
    for who in ("an", "binh"):
        page = enter(world, who).get(reverse("entries", args=["hien-ke"]) + "?tim=ngô+thị+bảy").content.decode()
        assert idea.title not in page, who


def test_a_judge_still_writes_beside_the_idea(world: World, idea: Entry) -> None:
    assert isinstance(write_words(idea.pk, "note", "Hỏi thêm về kinh phí.", by=world.person("binh"), at=later(1)), Made)
    assert "Hỏi thêm về kinh phí." in enter(world, "bich").get(reverse("entry", args=[idea.pk])).content.decode()
