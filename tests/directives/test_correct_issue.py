"""An outgoing paper that was written down wrong is said right with a reason, under the number it has."""

from datetime import date
from typing import Any

import pytest

from kheo.core.paper_books.facts import IssueFacts
from kheo.directives.actions import Brought, Refused, correct_issue, note_sending
from kheo.directives.models import Directive, Issue, Passing, Writing
from kheo.directives.queries import writings_of
from kheo.directives.queries.faults import paper_faults
from kheo.directives.queries.papers import facts_of
from kheo.files.actions import Arrival as File
from kheo.files.models import StoredFile
from kheo.org.access import Unreachable
from tests.directives.papers import MORNING, TODAY, a_paper, issue
from tests.world import World, small_world


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def correct(world: World, row: Issue, symbol: str = "KH-LĐLĐ", brought: Brought | None = None, **other: Any) -> Issue | Refused:
    """Dung says it right; `reason`, `version` and `who` as for the act, everything else is of the paper."""
    asked = {"reason": other.pop("reason", "ghi nhầm"), "version": other.pop("version", row.version)}
    by = world.person(other.pop("who", "dung"))
    paper = a_paper(**{"kind": "Kế hoạch", "issuer": "Liên đoàn Lao động Quận 1", "issued_on": TODAY, **other})
    return correct_issue(row.pk, paper, symbol, brought or Brought(), by=by, at=MORNING, **asked)


def kept(row: Issue) -> Directive:
    return Directive.objects.get(pk=row.directive_id)


def test_what_was_said_before_stays_with_the_reason_and_the_number_never_moves(world: World) -> None:
    row = issue(world)
    made = correct(world, row, signer="Phạm Chí Tâm", reason="ghi nhầm người ký")
    assert isinstance(made, Issue)
    assert (made.number, made.year, made.book, kept(row).full_number) == (1, 2023, "Chung", "01/KH-LĐLĐ")
    before, after = writings_of("directive", kept(row).pk)
    assert (before.state["signer"], after.state["signer"], after.reason) == ("Trần Thị Diệu Thúy", "Phạm Chí Tâm", "ghi nhầm người ký")
    assert list(paper_faults()) == []


def test_a_mistyped_notation_is_mended_behind_the_same_number(world: World) -> None:
    row = issue(world)
    assert isinstance(correct(world, row, "-HD/BDVTU"), Issue)
    assert (kept(row).full_number, kept(row).number, kept(row).symbol) == ("01-HD/BDVTU", "01", "HD/BDVTU")


def test_a_paper_that_was_sent_keeps_its_notation_and_may_still_be_said_right(world: World) -> None:
    row = issue(world)
    Passing.objects.create(issue=row, unit_id=world.units["G1"], sent_at=MORNING)
    refused = correct(world, row, "CV-LĐLĐ")
    assert isinstance(refused, Refused)
    assert "01/KH-LĐLĐ đã gửi các đơn vị" in refused.message
    assert isinstance(correct(world, row, signer="Phạm Chí Tâm"), Issue)


def test_the_signed_file_is_put_to_its_number_later(world: World) -> None:
    row = issue(world)
    assert isinstance(correct(world, row, brought=Brought(file=File(b"scan", "ky.pdf", "application/pdf")), reason="đã ký"), Issue)
    file, text = kept(row).file, kept(row).text
    assert (file and file.name, text) == ("ky.pdf", "")
    secret = correct(world, Issue.objects.get(pk=row.pk), brought=Brought("MẬT\nSố: 1/KH-A\n", File(b"s", "m.txt", "text/plain")))
    assert isinstance(secret, Refused)
    assert StoredFile.objects.count() == 1
    assert list(paper_faults()) == []


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"reason": ""}, "Ghi lý do."),
        ({"version": 7}, "Người khác vừa ghi"),
        ({"issued_on": date(2022, 12, 30)}, "thuộc sổ năm 2023"),
        ({"issued_on": None}, "thuộc sổ năm 2023"),
        ({"subject": ""}, "Chưa ghi trích yếu"),
        ({"symbol": " "}, "Ghi ký hiệu"),
        ({}, "Chưa sửa chỗ nào"),
    ],
)
def test_refuses_what_would_not_say_it_right(world: World, other: dict[str, Any], words: str) -> None:
    row = issue(world)
    before = Writing.objects.count(), facts_of(kept(row))
    refused = correct(world, row, **other)
    assert isinstance(refused, Refused)
    assert words in refused.message
    assert (Writing.objects.count(), facts_of(kept(row))) == before


def test_the_day_of_a_paper_is_not_after_its_sending(world: World) -> None:
    row = issue(world, issued_on=date(2023, 3, 20))
    sent = note_sending(row.pk, IssueFacts(sent_on=date(2023, 3, 21)), version=1, by=world.person("dung"), at=MORNING)
    assert isinstance(sent, Issue)
    refused = correct(world, sent, issued_on=date(2023, 3, 22))
    assert isinstance(refused, Refused)
    assert refused.message == "Ngày văn bản ở sau ngày đã gửi đi (21/03/2023)."


def test_is_not_for_who_only_reads(world: World) -> None:
    row = issue(world)
    with pytest.raises(Unreachable):
        correct(world, row, who="binh", signer="X")
