"""Checking, publishing and listing registers from the command line."""

from pathlib import Path

from tests.cli.conftest import CAMPAIGN
from tests.cli.running import Kheo

FOLDER = CAMPAIGN.parent / "registers"
SMALL = Path(__file__).resolve().parents[1] / "files" / "so-nho.yaml"


def test_every_register_that_comes_with_the_program_is_sound(office: Kheo) -> None:
    told = office.does("register", "check", FOLDER, "--campaign", CAMPAIGN)
    assert told.count("Hợp lệ: ") == len(list(FOLDER.glob("*.yaml"))) > 5


def test_a_register_is_published_once_and_listed(office: Kheo, tmp_path: Path) -> None:
    file = tmp_path / "so.yaml"
    file.write_text(SMALL.read_text(encoding="utf-8").replace("campaign: mini", "campaign: 5-khong"), encoding="utf-8")
    assert office.does("register", "publish", file) == "Đã công bố sổ so-nho, bản 1.\n"
    assert office.does("register", "publish", file) == "Sổ so-nho: nội dung này đã là bản 1.\n"
    assert "so-nho\tSổ nhỏ\t0 hồ sơ, 0 chưa xong, 0 quá hạn\n" in office.does("register", "list")


def test_the_indexes_of_a_register_are_told_and_made_now(office: Kheo, tmp_path: Path) -> None:
    """Publishing leaves them to the worker; until then `verify` tells that lists are slower, and is green."""
    text = SMALL.read_text(encoding="utf-8").replace("campaign: mini", "campaign: 5-khong")
    file = tmp_path / "so.yaml"
    file.write_text(text.replace("so-nho", "so-muc").replace("prefix: SN", "prefix: SM"), encoding="utf-8")
    office.does("register", "publish", file)
    states = {each["field"]: each["state"] for each in office.json("register", "index", "so-muc", "--show")}
    assert states == {"loai": "missing", "linh_vuc": "missing", "dien_tich": "missing"}
    verified = office.json("verify")
    assert verified["ok"]
    assert sum("so-muc" in each for each in verified["remarks"]) == 3
    made = office.does("register", "index", "so-muc").splitlines()
    assert sorted(made) == [f"so-muc\t{key}\tđã có" for key in ("dien_tich", "linh_vuc", "loai")]
    assert not any("so-muc" in each for each in office.json("verify")["remarks"])
    refused = office("register", "index", "so-la")
    assert (refused.returncode, "Không có sổ so-la." in refused.stderr) == (1, True)


def test_a_register_of_plans_from_before_is_named_until_its_file_is_published_again(office: Kheo, tmp_path: Path) -> None:
    """What an installation that goes on from before has: the book without `carries_out` (decision 056)."""
    shipped = FOLDER / "ke-hoach.yaml"
    lines = shipped.read_text(encoding="utf-8").splitlines(keepends=True)
    before = tmp_path / "ke-hoach.yaml"
    before.write_text("".join(line for line in lines if not line.startswith("carries_out:")), encoding="utf-8")
    office.does("register", "publish", before)
    assert sum("(ke-hoach): tệp kèm theo Khéo khai carries_out" in each for each in office.json("verify")["remarks"]) == 1
    assert office.does("register", "publish", shipped) == "Đã công bố sổ ke-hoach, bản 2.\n"
    assert not any("carries_out" in each for each in office.json("verify")["remarks"])


def test_a_wrong_file_is_told_with_its_lines_and_does_not_hold_up_the_others(office: Kheo, tmp_path: Path) -> None:
    text = SMALL.read_text(encoding="utf-8").replace("campaign: mini", "campaign: 5-khong")
    (tmp_path / "a-sai.yaml").write_text(text.replace("to: da_gui", "to: khong_co", 1).replace("so-nho", "so-sai"), encoding="utf-8")
    (tmp_path / "b-dung.yaml").write_text(text.replace("so-nho", "so-dung").replace("prefix: SN", "prefix: SD"), encoding="utf-8")
    refused = office("register", "publish", tmp_path)
    assert refused.returncode == 1
    assert f"{tmp_path / 'a-sai.yaml'}:" in refused.stdout
    assert "Đã công bố sổ so-dung, bản 1." in refused.stdout
    assert "so-sai" not in office.does("register", "list")


def test_checking_tells_where_one_concept_is_of_two_units(office: Kheo, tmp_path: Path) -> None:
    people = "label: Số người, type: integer, column: people_count, at_most: 100000"
    text = SMALL.read_text(encoding="utf-8").replace("campaign: mini", "campaign: 5-khong")
    for name, unit in (("a", "người"), ("b", "lượt")):
        named = text.replace("so-nho", f"so-{name}").replace(people, f"{people}, unit: {unit}, concept: nguoi_du")
        (tmp_path / f"{name}.yaml").write_text(named, encoding="utf-8")
    refused = office("register", "check", tmp_path)
    assert refused.returncode == 1
    assert "Hợp lệ: Sổ nhỏ (so-a)" in refused.stdout
    assert f"{tmp_path / 'b.yaml'}" in refused.stdout
    assert "cùng khái niệm thì cùng kiểu, cùng số lẻ, cùng đơn vị tính" in refused.stdout
    assert office("register", "check", tmp_path / "a.yaml").returncode == 0


def test_pages_are_looked_at_only_where_the_office_turned_it_on(office: Kheo) -> None:
    refused = office("register", "pages")
    assert (refused.returncode, "chưa bật KHEO_LINK_CHECK=1" in refused.stderr) == (1, True)
    office.does("register", "publish", FOLDER / "mo-hinh.yaml", FOLDER / "tin-bai.yaml")
    assert "tin-bai\t0 địa chỉ tới lượt, ở 0 trang\n" in office.does("register", "pages", "--show")
