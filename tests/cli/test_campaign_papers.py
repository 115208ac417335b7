"""The papers of a campaign from the command line: listed, tied and taken back by the same acts as on the page."""

import json

import pytest

from kheo.cli.console import Console
from kheo.cli.program import build_parser
from kheo.config.refusals import Refused
from kheo.directives.models import CampaignPaper
from tests.reports.replaced import AFTER, directive
from tests.web.visits import day
from tests.world import World, small_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return small_world()


def kheo(*line: str) -> int:
    console = Console()
    parsed = build_parser(console).parse_args(["campaign", "papers", "mini", *line])
    with day(AFTER):
        return int(parsed.command.run(parsed, console))


def test_a_paper_is_tied_by_its_number_listed_and_taken_back(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    directive(world, "55/KH-LĐLĐ")
    assert kheo("--by", "lan", "--tie", "55 / KH – LĐLĐ") == 0
    row, name = CampaignPaper.objects.get(), world.person("lan").name
    assert capsys.readouterr().out == f"Công văn 55/KH-LĐLĐ\tLiên đoàn Lao động Thành phố\t15/03/2023\tgắn: {name}\n"
    assert kheo("--by", "lan", "--json") == 0
    facts = {"number": "55/KH-LĐLĐ", "issuer": "Liên đoàn Lao động Thành phố", "day": "2023-03-15", "tied_by": name}
    assert json.loads(capsys.readouterr().out) == [facts]
    assert kheo("--by", "lan", "--untie", "55/KH-LĐLĐ") == 1
    assert "Ghi lý do" in capsys.readouterr().err
    assert kheo("--by", "lan", "--untie", "55/KH-LĐLĐ", "--reason", "Nhầm.") == 0
    row.refresh_from_db()
    assert (capsys.readouterr().out, row.withdrawn_why) == ("", "Nhầm.")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (("--by", "binh"), "không phải thường trực phong trào của cấp cao nhất"),
        (("--by", "lan", "--tie", "99/QĐ"), "Trong sổ của đơn vị không có văn bản số “99/QĐ”"),
        (("--by", "lan", "--tie", "55/KH-LĐLĐ"), "Trong sổ có 2 văn bản số “55/KH-LĐLĐ”"),
        (("--by", "lan", "--untie", "55/KH-LĐLĐ"), "Phong trào không gắn với văn bản số “55/KH-LĐLĐ”"),
    ],
)
def test_what_cannot_be_said_is_refused_with_why(world: World, line: tuple[str, ...], words: str) -> None:
    directive(world, "55/KH-LĐLĐ"), directive(world, "55/KH-LĐLĐ")
    with pytest.raises(Refused, match=words):
        kheo(*line)
    assert not CampaignPaper.objects.exists()
