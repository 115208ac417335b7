"""Recording what happens to units from the command line, listing it, taking it back."""

import csv
import io
from pathlib import Path

import pytest

from kheo.core.change_files.product import COLUMNS
from tests.cli.conftest import UNITS
from tests.cli.running import Kheo, prepared


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Kheo:
    """An office of its own, since these tests change the tree; each takes back what it did."""
    folder = tmp_path_factory.mktemp("town")
    program = prepared(folder / "data")
    (folder / "units.csv").write_text(UNITS, encoding="utf-8")
    program.does("units", "load", folder / "units.csv", "--on", "2020-01-01")
    return program


def file(folder: Path, *lines: str) -> Path:
    path = folder / "doi.csv"
    path.write_text("\n".join([",".join(COLUMNS), *lines]), encoding="utf-8")
    return path


NEW = "2025-07-01,established,G12,Công đoàn Một Hai,grassroots_union,D1,,,,5/QĐ,2025-06-20,"
MERGED = ["2025-07-01,merged,G1,,,,,,G12,5/QĐ,2025-06-20,", "2025-07-01,merged,G2,,,,,,G12,5/QĐ,2025-06-20,"]
CLOSED = "2025-08-01,closed,D2,,,,,,,,,"


def codes(town: Kheo, day: str) -> set[str]:
    return {row["code"] for row in town.json("units", "list", "--on", day)}


def test_changes_take_effect_on_their_days_and_a_batch_is_taken_back(town: Kheo, tmp_path: Path) -> None:
    changes = file(tmp_path, NEW, *MERGED, CLOSED)
    before = codes(town, "2025-06-30")
    told = town.does("units", "changes", changes).splitlines()
    batch = town.json("units", "events")[0]["batch"]
    assert told == [
        f"Đã ghi 3 sự kiện, đợt số {batch} (kết thúc hoạt động 1, thành lập 1, hợp nhất 1).",
        "1 đơn vị kết thúc mà tệp không ghi ai kế thừa.",
        "1 sự kiện không rõ số quyết định.",
    ]
    assert [codes(town, day) for day in ("2025-06-30", "2025-07-01", "2025-08-01")] == [
        before,
        before - {"G1", "G2"} | {"G12"},
        before - {"G1", "G2", "D2"} | {"G12"},
    ]
    again = town("units", "changes", changes)
    assert again.returncode == 1
    assert again.stdout == f"{changes}:1: Tệp này đã được ghi rồi (đợt số {batch}); huỷ đợt đó trước nếu muốn ghi lại.\n"
    undone = town.does("units", "undo", "--batch", str(batch), "--reason", "Ghi nhầm")
    assert undone.startswith("Đã huỷ 3 sự kiện, đợt số ")
    assert codes(town, "2025-08-01") == before


def test_a_trial_says_the_same_and_stores_nothing(town: Kheo, tmp_path: Path) -> None:
    events = town.json("units", "events")
    answer = town.json("units", "changes", file(tmp_path, NEW, *MERGED), "--dry-run")
    assert answer == {
        "ok": True,
        "dry_run": True,
        "batch": None,
        "events": 2,
        "counts": {"established": 1, "merged": 1},
        "without_successor": 0,
        "without_decision": 0,
        "posts_ended": 0,
        "reports_touched": {"reports": 0, "drafts": 0, "waiting": 0, "received": 0, "first_due": None, "last_due": None},
        "touched": {"bao-cao": 0, "xin-gia-han": 0, "ban-gui": 0, "kien-nghi": 0, "don-doc": 0, "ho-so": 0, "loi-moi": 0},
        "problems": [],
        "doubts": [],
    }
    assert town.json("units", "events") == events
    assert "G12" not in codes(town, "2025-07-01")


def test_wrong_lines_are_all_told_and_nothing_is_stored(town: Kheo, tmp_path: Path) -> None:
    changes = file(tmp_path, "2025-07-01,closed,D1,,,,,,,,,", "2025-07-01,renamed,G9,X,,,,,,,,", "2025-07-01,code_changed,LDLD,,,,,D2,,,,")
    refused = town("units", "changes", changes)
    assert refused.returncode == 1
    places = [line.split(": ")[0] for line in refused.stdout.splitlines()]
    assert places == [f"{changes}:{number}" for number in (2, 2, 3, 4, 4)]
    assert refused.stderr.splitlines()[-1] == "Lỗi: 5 chỗ sai; không có gì được lưu."
    assert "D1" in codes(town, "2025-07-01")


def test_what_happened_to_a_unit_is_found_by_its_code_of_a_day(town: Kheo, tmp_path: Path) -> None:
    town.does("units", "changes", file(tmp_path, "2025-07-01,code_changed,G1,,,,,G100,,7/QĐ,,"))
    days = ("--from", "2025-07-01", "--to", "2025-07-01")
    (found,) = (each for each in town.json("units", "events", "--unit", "G100", *days) if each["kind"] == "code_changed")
    assert (found["unit_code"], found["decision_number"], found["detail"]) == ("G1", "7/QĐ", {"code": "G100"})
    listed = list(csv.DictReader(io.StringIO(town.does("units", "events", "--unit", "G1", "--on", "2025-06-30", "--csv"))))
    assert [int(row["id"]) for row in listed if not row["annulled_by"] and row["kind"] == "code_changed"] == [found["id"]]
    unknown = town("units", "events", "--unit", "G100", "--on", "2025-06-30")
    assert unknown.stderr == "Lỗi: không có đơn vị mang mã G100 vào ngày 30/06/2025 (chọn ngày khác bằng --on).\n"
    town.does("units", "undo", str(found["id"]), "--reason", "Thử", "--from", "2025-09-01")
    carried = [codes(town, day) & {"G1", "G100"} for day in ("2025-08-31", "2025-09-01")]
    assert carried == [{"G100"}, {"G1"}]
    assert "đổi mã [đã huỷ]" in town.does("units", "events", "--unit", "G1", "--on", "2025-06-30")


def test_undo_wants_one_thing_and_a_reason(town: Kheo) -> None:
    for wrong in (["--reason", "x"], ["3", "--batch", "3", "--reason", "x"]):
        refused = town("units", "undo", *wrong)
        assert (refused.returncode, refused.stderr) == (1, "Lỗi: cần số của một sự kiện, hoặc --batch ĐỢT.\n")
    assert town("units", "undo", "3").returncode == 2
    nothing = town("units", "undo", "--batch", "9999", "--reason", "x")
    assert nothing.stderr == "Lỗi: đợt số 9999 không có sự kiện nào để huỷ.\n"
