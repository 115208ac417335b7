"""A small office on the command line: three levels of units, the campaign published, its yearly cycle open."""

from pathlib import Path

import pytest

from tests.cli.running import Kheo, prepared

UNITS = """code,name,kind,parent_code
LDLD,Liên đoàn Lao động Thành phố,provincial_federation,
D1,Liên đoàn Lao động Quận 1,district_federation,LDLD
D2,Liên đoàn Lao động Quận 2,district_federation,LDLD
G1,Công đoàn cơ sở Một,grassroots_union,D1
G2,Công đoàn cơ sở Hai,grassroots_union,D1
"""
PARTY = """code,name,kind,parent_code
BDV,Ban Dân vận Thành ủy,party_board,
LDLD,Liên đoàn Lao động Thành phố,provincial_federation,BDV
"""
CAMPAIGN = Path(__file__).resolve().parents[2] / "campaigns" / "5-khong.yaml"


@pytest.fixture
def kheo(tmp_path: Path) -> Kheo:
    """The program with an empty data folder."""
    return Kheo(tmp_path / "data")


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Kheo:
    """The program with the small office; all tests share it, so they leave it as they found it."""
    folder = tmp_path_factory.mktemp("office")
    program = prepared(folder / "data")
    (folder / "units.csv").write_text(UNITS, encoding="utf-8")
    (folder / "party.csv").write_text(PARTY, encoding="utf-8")
    program.does("units", "load", folder / "units.csv", "--on", "2020-01-01")
    program.does("units", "load", folder / "party.csv", "--on", "2020-01-01", "--line", "party")
    program.does("campaign", "publish", CAMPAIGN)
    program.does("cycle", "open", "5-khong", "2023-N")
    return program
