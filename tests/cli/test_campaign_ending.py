"""A campaign ends, and goes on again, from the command line: foreseen, done and taken back by the same acts as on the pages."""

import json
from datetime import timedelta
from typing import Any

import pytest

from kheo.cli.console import Console
from kheo.cli.program import build_parser
from kheo.config.refusals import Refused
from kheo.directives.models import CampaignEnding
from kheo.reports.models import Obligation
from tests.reports.replaced import AFTER, WORDS, end, replaced
from tests.web.visits import day
from tests.world import GOOD, World, fill, small_world, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return small_world("2024-6T")


def kheo(*line: str) -> int:
    """Run one of the two commands as the program does once its tables are ready; gives the exit code."""
    console = Console()
    parsed = build_parser(console).parse_args(["campaign", *line])
    with day(AFTER):
        return int(parsed.command.run(parsed, console))


def told(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_it_is_shown_first_and_nothing_is_stored(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    fill(world, "G1", GOOD, by=world.person("an"))
    submit(world, "G2")
    replaced(world)
    assert kheo("end", "mini", "--by", "lan", "--dry-run") == 0
    assert capsys.readouterr().out.splitlines() == [
        "Công văn 7/LĐLĐ-TG thay thế Công văn 1/LĐLĐ từ ngày 16/11/2023",
        "kỳ\tthôi thu\tđang nhập\tđã nộp\tđã chấp nhận\tkhông thu từ trước",
        "2024-6T\t7\t1\t1\t0\t0",
        "Chạy thử: sẽ thôi thu 7 báo cáo của 7 đơn vị. Chưa lưu gì.",
    ]
    assert kheo("end", "mini", "--by", "lan", "--dry-run", "--json") == 0
    assert told(capsys)["whole"] == {"reports": 7, "begun": 1, "submitted": 1, "accepted": 0, "closed": 0, "units": 7}
    assert not CampaignEnding.objects.exists()


def test_it_is_done_only_where_as_many_reports_are_closed_as_were_shown(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    replaced(world)
    assert kheo("end", "mini", "--by", "lan", "--expect", "7") == 1
    assert "số báo cáo sẽ thôi thu là 8, không phải 7; chưa ghi gì." in capsys.readouterr().err
    assert not CampaignEnding.objects.exists()
    assert kheo("end", "mini", "--by", "lan", "--expect", "8") == 0
    assert capsys.readouterr().out == f"{WORDS}. Đã thôi thu 8 báo cáo của 8 đơn vị.\n"
    assert CampaignEnding.objects.get().made_by == world.person("lan").name
    assert kheo("end", "mini", "--by", "lan", "--json") == 0
    assert told(capsys) == {"campaign": "mini", "from_day": "2023-11-16", "paper": "7/LĐLĐ-TG", "reports": 0, "units": 0}


def test_it_is_taken_back_with_a_reason_after_it_was_shown(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    end(world, replaced(world), at=AFTER - timedelta(minutes=1))
    assert kheo("resume", "mini", "--by", "lan", "--dry-run") == 0
    assert capsys.readouterr().out == f"{WORDS}.\nChạy thử: 8 báo cáo sẽ phải nộp như cũ. Chưa lưu gì.\n"
    assert kheo("resume", "mini", "--by", "lan") == 1
    assert "Hãy ghi lý do" in capsys.readouterr().err
    assert Obligation.objects.filter(closed_at__isnull=False).count() == 8
    assert kheo("resume", "mini", "--by", "lan", "--reason", "Văn bản mới bị thu hồi.") == 0
    assert capsys.readouterr().out == "Đã lấy lại: 8 báo cáo phải nộp như cũ.\n"
    assert not Obligation.objects.filter(closed_at__isnull=False).exists()
    with pytest.raises(Refused, match="đang tiếp tục"):
        kheo("resume", "mini", "--by", "lan", "--reason", "Nữa.")


def test_what_cannot_be_taken_back_any_more_is_said_and_fails(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    ending = end(world, replaced(world), at=AFTER - timedelta(minutes=2)).ending
    Obligation.objects.filter(transitions__ending=ending).update(due_at=AFTER - timedelta(minutes=1))
    for done in ("--dry-run", "--reason=Nhầm."):
        assert kheo("resume", "mini", "--by", "lan", done) == 1
        assert "hông lấy lại được nữa. Hạn nộp" in capsys.readouterr().err
    assert kheo("resume", "mini", "--by", "lan", "--dry-run", "--json") == 1
    assert told(capsys)["blocked"].startswith("Hạn nộp")


def test_of_two_replacing_papers_one_is_named(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    replaced(world), replaced(world, "8/LĐLĐ-TG")
    with pytest.raises(Refused, match=r"Có nhiều văn bản thay thế, chọn một bằng --paper: .*8/LĐLĐ-TG"):
        kheo("end", "mini", "--by", "lan", "--dry-run")
    assert kheo("end", "mini", "--by", "lan", "--paper", "8 / LĐLĐ – TG") == 0
    assert CampaignEnding.objects.get().link.directive.full_number == "8/LĐLĐ-TG"
    assert kheo("end", "mini", "--by", "lan", "--dry-run") == 0
    assert "Công văn 8/LĐLĐ-TG thay thế" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (("end", "khong-co", "--by", "lan"), "Chưa có phong trào “khong-co”"),
        (("end", "mini", "--by", "khong-co"), "Không có người dùng “khong-co”"),
        (("end", "mini", "--by", "binh"), "không kết thúc được phong trào “mini”: cần thường trực phong trào của cấp cao nhất"),
        (("end", "mini", "--by", "lan", "--paper", "99/QĐ"), "không kết thúc được phong trào “mini”"),
        (("resume", "mini", "--by", "lan"), "Phong trào “mini” đang tiếp tục"),
    ],
)
def test_who_may_not_and_what_is_not_there_is_said(world: World, line: tuple[str, ...], words: str) -> None:
    replaced(world)
    with pytest.raises(Refused, match=words):
        kheo(*line)


def test_only_the_office_that_ended_it_takes_it_back(world: World) -> None:
    end(world, replaced(world))
    with pytest.raises(Refused, match="không lấy lại được: chỉ thường trực phong trào của cấp cao nhất"):
        kheo("resume", "mini", "--by", "binh", "--reason", "Nhầm.")
