"""Loading units, publishing campaigns and opening cycles from the command line."""

import csv
import io
from pathlib import Path

import pytest

from tests.cli.conftest import CAMPAIGN, PARTY, UNITS
from tests.cli.running import Kheo


def test_units_come_back_as_they_were_loaded(office: Kheo) -> None:
    listed = list(csv.reader(io.StringIO(office.does("units", "list", "--on", "2023-01-01", "--line", "union", "--csv"))))
    loaded = list(csv.reader(io.StringIO(UNITS)))
    assert listed[0] == loaded[0]
    assert sorted(listed[1:]) == sorted(loaded[1:])


def test_units_have_their_days(office: Kheo) -> None:
    assert office.json("units", "list", "--on", "2019-12-31") == []
    assert {row["code"] for row in office.json("units", "list", "--on", "01/01/2020", "--line", "party")} == {"BDV", "LDLD"}


def test_loading_again_changes_nothing(office: Kheo, tmp_path: Path) -> None:
    file = tmp_path / "party.csv"
    file.write_text(PARTY, encoding="utf-8")
    assert office.does("units", "load", file, "--line", "party") == "Đã nạp 0 đơn vị mới; 2 đơn vị đã có, không đổi.\n"


def test_wrong_rows_are_all_listed_and_nothing_is_loaded(office: Kheo, tmp_path: Path) -> None:
    file = tmp_path / "sai.csv"
    file.write_text(
        "code,name,kind,parent_code\nX1,Một,grassroots_union,KHONG_CO\nX2,Hai,loai_la,D1\nX3,Ba,grassroots_union,D1\n", encoding="utf-8"
    )
    refused = office("units", "load", file)
    assert refused.returncode == 1
    assert [line.split(": ")[0] for line in refused.stdout.splitlines()] == [f"{file}:2", f"{file}:3"]
    assert refused.stderr.splitlines()[-1] == "Lỗi: 2 chỗ sai; không có gì được lưu."
    assert {"X1", "X2", "X3"}.isdisjoint(row["code"] for row in office.json("units", "list"))


def test_a_sound_definition_is_told_with_its_hash(office: Kheo) -> None:
    answer = office.json("campaign", "check", CAMPAIGN)
    assert (answer["ok"], answer["problems"]) == (True, [])
    assert answer["definition"]["campaign"] == "5-khong"
    assert answer["definition"]["hash"] in office.does("campaign", "check", CAMPAIGN)


def test_a_wrong_definition_is_told_with_lines_and_not_published(office: Kheo, tmp_path: Path) -> None:
    file = tmp_path / "sai.yaml"
    text = CAMPAIGN.read_text(encoding="utf-8")
    file.write_text(text.replace("calendar: vn", "calendar: mặt-trăng"), encoding="utf-8")
    line = next(number for number, each in enumerate(text.splitlines(), 1) if "calendar: vn" in each)
    for command in ("check", "publish"):
        refused = office("campaign", command, file)
        assert refused.returncode == 1
        assert refused.stdout.startswith(f"{file}:{line}: regime.calendar: "), refused.stdout
    answer = office("campaign", "check", file, "--json")
    assert answer.returncode == 1
    assert '"ok": false' in answer.stdout


def test_the_same_definition_is_published_once(office: Kheo) -> None:
    assert office.does("campaign", "publish", CAMPAIGN) == "Nội dung này đã được công bố: 5-khong, bản 1. Không có gì thay đổi.\n"


def test_a_file_that_is_no_text_is_refused(office: Kheo, tmp_path: Path) -> None:
    file = tmp_path / "ảnh.yaml"
    file.write_bytes(b"\xff\xfe\x00binary")
    for command in ("check", "publish"):
        refused = office("campaign", command, file)
        assert refused.returncode == 1
        assert "Traceback" not in refused.stderr


def test_opening_a_cycle_twice_changes_nothing(office: Kheo) -> None:
    before = office.json("cycle", "status", "5-khong", "2023-N")["units"]
    assert "đã mở từ trước" in office.does("cycle", "open", "5-khong", "2023-N")
    assert office.json("cycle", "status", "5-khong", "2023-N")["units"] == before


def test_the_status_counts_every_obligation(office: Kheo) -> None:
    status = office.json("cycle", "status", "5-khong", "2023-N")
    assert {unit["code"]: (unit["expected"], unit["not_started"]) for unit in status["units"]} == {
        "LDLD": (5, 5),
        "D1": (3, 3),
        "D2": (1, 1),
    }
    assert "Liên đoàn Lao động Quận 1\t3\t0\t0\t0\t0\t3\t3\t0" in office.does("cycle", "status", "5-khong", "2023-N")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["cycle", "open", "6-khong", "2023-N"], "Chưa có phong trào “6-khong”. Hãy công bố trước: kheo campaign publish TỆP.yaml"),
        (["cycle", "status", "5-khong", "2024-N"], "Chưa mở kỳ 2024-N của phong trào 5-khong. Mở: kheo cycle open 5-khong 2024-N"),
    ],
)
def test_what_is_not_there_is_told_with_the_way_to_it(office: Kheo, arguments: list[str], line: str) -> None:
    refused = office(*arguments)
    assert (refused.returncode, refused.stdout, refused.stderr) == (1, "", f"Lỗi: {line}\n")


def test_an_impossible_cycle_stores_nothing(office: Kheo) -> None:
    refused = office("cycle", "open", "5-khong", "2023-Q1")
    assert refused.returncode == 1
    assert "2023-Q1" in refused.stdout
    assert office("cycle", "status", "5-khong", "2023-Q1").returncode == 1


def test_the_real_due_dates_of_a_year_are_listed_with_what_moved_them(office: Kheo) -> None:
    """18/11/2023 was a Saturday; the grassroots unions are planned back from their recipients."""
    rows = [" ".join(line.split()) for line in office.does("campaign", "check", CAMPAIGN, "--year", "2023").splitlines()]
    moved = "thứ Bảy 18/11/2023 thứ Hai 20/11/2023 18/11/2023 là thứ Bảy: chuyển sang ngày làm việc kế tiếp"
    assert f"2023-N Liên đoàn Lao động Thành phố 10/11/2023 {moved}" in rows
    planned = "2023-N Công đoàn cơ sở thuộc cấp trên trực tiếp 10/11/2023 = thứ Hai 13/11/2023 2 ngày làm việc trước"
    assert any(row.startswith(planned) for row in rows)
    years = office.json("campaign", "check", CAMPAIGN, "--year", "2026")["dates"]
    assert [tier["due"] for tier in years[1]["tiers"]] == ["2026-11-12", "2026-11-16", "2026-11-18"]


def test_a_date_that_the_calendar_makes_impossible_is_told_with_its_line(office: Kheo, tmp_path: Path) -> None:
    file = tmp_path / "sai.yaml"
    text = CAMPAIGN.read_text(encoding="utf-8")
    rule = "N: { before: reporting_units, working_days: 2 }"
    file.write_text(text.replace(rule, rule.replace("2", "9")), encoding="utf-8")
    refused = office("campaign", "publish", file)
    line = next(number for number, each in enumerate(text.splitlines(), 1) if "N: { before: reporting_units" in each)
    assert refused.returncode == 1
    assert refused.stdout.startswith(f"{file}:{line}: regime.tiers[0].due.N: Hạn "), refused.stdout


def test_a_cycle_is_rehearsed_before_it_is_opened(office: Kheo) -> None:
    said = office.does("cycle", "open", "5-khong", "2024-6T", "--dry-run")
    assert "thứ Bảy 18/05/2024  thứ Hai 20/05/2024" in said
    assert "Chạy thử: 6 tháng đầu năm 2024 sẽ có 5 đơn vị phải báo cáo. Chưa lưu gì." in said
    assert office("cycle", "status", "5-khong", "2024-6T").returncode == 1
