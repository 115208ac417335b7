"""The papers of a unit: one reading of the figures, and a letter that says only what is known."""

import json

import pytest

from kheo.journal.actions import SYSTEM
from kheo.org.actions import appoint
from kheo.org.models import SnapshotUnit
from kheo.people.models import User
from kheo.reports.queries.letters import abbreviation_of, place_of
from kheo.reports.queries.papers import papers
from tests.web.accepting import accept
from tests.world import FIRST_DAY, OPENING, Role, World, later


def unit(world: World, code: str) -> SnapshotUnit:
    return SnapshotUnit.objects.get(snapshot=world.cycle.snapshot_id, unit=world.units[code])


def test_all_papers_come_from_one_reading(world: World) -> None:
    accept(world, "G1", B02=41)
    made = papers(world.cycle, unit(world, "LDLD"), at=later(days=1))
    files = dict(made.files())
    assert list(files) == ["bao-cao.docx", "phu-luc.xlsx", "tong-hop.json"]
    assert (files["bao-cao.docx"][:2], files["phu-luc.xlsx"][:2]) == (b"PK", b"PK")
    assert json.loads(files["tong-hop.json"])["figures"]["B02"]["value"] == 41
    assert made.data.obligations.accepted == 1
    assert made.file("tong-hop.json") == files["tong-hop.json"]


def test_a_paper_of_another_name_does_not_exist(world: World) -> None:
    with pytest.raises(KeyError):
        papers(world.cycle, unit(world, "LDLD"), at=later()).file("bao-cao.odt")


def test_papers_of_an_earlier_day_do_not_know_what_came_later(world: World) -> None:
    accept(world, "G1", at=later(days=2))
    made = papers(world.cycle, unit(world, "LDLD"), at=later(days=3), as_of=later(days=1))
    assert made.data.obligations.accepted == 0


def test_a_letter_knows_its_unit_the_one_above_and_who_receives_it(world: World) -> None:
    letter = papers(world.cycle, unit(world, "LDLD"), at=later(days=1)).letter
    assert (letter.issuer, letter.superior, letter.recipient_line) == ("Liên đoàn Lao động Thành phố", "", "Ban Dân vận Thành ủy")
    assert (letter.capacity, letter.principal, letter.post, letter.name) == ("on_behalf", "BAN THƯỜNG VỤ", "CHỦ TỊCH", "Hồ Văn Minh")
    assert letter.recipients == ("Như trên", "Các đơn vị trực thuộc", "Lưu: VT")
    assert (letter.number, letter.signed_on, letter.abbreviation) == ("", None, "LĐLĐ")


def test_a_grassroots_union_signs_for_its_committee(world: World) -> None:
    letter = papers(world.cycle, unit(world, "G1"), at=later(days=1)).letter
    assert (letter.superior, letter.principal, letter.name) == ("Liên đoàn Lao động Quận 1", "BAN CHẤP HÀNH", "Trần Thị Hoa")
    assert letter.recipients == ("Như trên", "Liên đoàn Lao động Thành phố", "Lưu: VT")


def test_where_two_may_sign_nobody_is_named(world: World) -> None:
    appoint(User.objects.create_user("hai", "Người thứ hai", "x"), world.units["G1"], Role.HEAD, on=FIRST_DAY, by=SYSTEM, at=OPENING)
    assert papers(world.cycle, unit(world, "G1"), at=later(days=1)).letter.name == ""


@pytest.mark.parametrize(
    ("names", "place"),
    [
        (["Liên đoàn Lao động Quận 1", "Liên đoàn Lao động Thành phố Hồ Chí Minh"], "Quận 1"),
        (["Liên đoàn Lao động Thành phố Thủ Đức"], "Thành phố Thủ Đức"),
        (["Công đoàn ngành Y tế Thành phố", "Liên đoàn Lao động Thành phố Hồ Chí Minh"], "Thành phố Hồ Chí Minh"),
        (["Công đoàn cơ sở Công ty May", "Liên đoàn Lao động Huyện Củ Chi"], "Huyện Củ Chi"),
        (["Liên đoàn Lao động Tỉnh Bình Dương"], "Tỉnh Bình Dương"),
        (["Công đoàn cơ sở Một"], ""),
    ],
)
def test_the_place_is_the_area_in_the_nearest_name(names: list[str], place: str) -> None:
    assert place_of(names) == place


def test_a_body_s_papers_follow_the_rule_of_its_line_and_its_notation_that_of_its_name(world: World) -> None:
    made = papers(world.cycle, unit(world, "LDLD"), at=later(days=1))
    board = SnapshotUnit(name="Ban Dân vận Thành ủy Thành phố Hồ Chí Minh", kind="party_board")
    assert (made.profile.name, abbreviation_of(board), abbreviation_of(unit(world, "G1"))) == ("union1013", "BDVTU", "CĐCS")
