"""`kheo consolidate`: three files from one moment, or one clear line."""

import json
import zipfile
from pathlib import Path

from tests.cli.running import Kheo


def test_writes_word_excel_and_json(office: Kheo, tmp_path: Path) -> None:
    told = office.does("consolidate", "5-khong", "2023-N", "--out", tmp_path / "ra")
    files = sorted(path.name for path in (tmp_path / "ra").iterdir())
    assert files == ["bao-cao.docx", "phu-luc.xlsx", "tong-hop.json"]
    assert [line for line in told.splitlines() if line.startswith("/")] == [
        str(tmp_path / "ra" / name) for name in ("bao-cao.docx", "phu-luc.xlsx", "tong-hop.json")
    ]
    assert all(zipfile.is_zipfile(tmp_path / "ra" / name) for name in files[:2])
    data = json.loads((tmp_path / "ra" / "tong-hop.json").read_text(encoding="utf-8"))
    assert (data["campaign"], data["cycle"], data["unit"]["code"]) == ("5-khong", "2023-N", "LDLD")
    assert data["obligations"]["expected"] == data["obligations"]["not_started"] == 5
    assert set(data["missing_units"]) == {"LDLD", "D1", "D2", "G1", "G2"}


def test_a_unit_can_be_chosen(office: Kheo, tmp_path: Path) -> None:
    office.does("consolidate", "5-khong", "2023-N", "--unit", "D1", "--out", tmp_path)
    data = json.loads((tmp_path / "tong-hop.json").read_text(encoding="utf-8"))
    assert (data["unit"]["code"], data["obligations"]["expected"]) == ("D1", 3)


def test_an_earlier_day_can_be_chosen(office: Kheo, tmp_path: Path) -> None:
    office.does("consolidate", "5-khong", "2023-N", "--as-of", "2023-11-15", "--out", tmp_path)
    data = json.loads((tmp_path / "tong-hop.json").read_text(encoding="utf-8"))
    assert data["as_of"].startswith("2023-11-16T00:00:00")


def test_the_structure_of_another_day_or_line_can_be_chosen(office: Kheo, tmp_path: Path) -> None:
    office.does("consolidate", "5-khong", "2023-N", "--structure", "01/07/2025", "--unit", "D1", "--out", tmp_path)
    data = json.loads((tmp_path / "tong-hop.json").read_text(encoding="utf-8"))
    assert (data["unit"]["code"], data["obligations"]["expected"]) == ("D1", 3)
    assert (data["structure"], data["outside"]) == ({"line": "union", "day": "2025-07-01"}, 0)
    refused = office("consolidate", "5-khong", "2023-N", "--structure", "1999-01-01", "--out", tmp_path)
    assert (refused.returncode, refused.stderr) == (1, "Lỗi: Ngày đó cây này chưa có đơn vị nào.\n")
    refused = office("consolidate", "5-khong", "2023-N", "--structure", "2025-07-01", "--unit", "D9", "--out", tmp_path)
    assert (refused.returncode, refused.stderr) == (1, "Lỗi: Ngày 01/07/2025 cây này không có đơn vị mã “D9”.\n")


def test_an_unknown_unit_is_told(office: Kheo, tmp_path: Path) -> None:
    refused = office("consolidate", "5-khong", "2023-N", "--unit", "D9", "--out", tmp_path / "ra")
    assert refused.returncode == 1
    assert refused.stderr == "Lỗi: Cây tổ chức của kỳ này không có đơn vị mã “D9”.\n"
    assert not (tmp_path / "ra").exists()


def test_a_place_that_cannot_be_written_is_told(office: Kheo, tmp_path: Path) -> None:
    (tmp_path / "tệp").write_text("", encoding="utf-8")
    refused = office("consolidate", "5-khong", "2023-N", "--out", tmp_path / "tệp" / "ra")
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1].startswith(f"Lỗi: Không ghi được vào {tmp_path / 'tệp' / 'ra'}: ")
