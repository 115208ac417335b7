"""The demo from the command line and with the server: built once, in an empty database only, its logins told each time."""

import signal
from pathlib import Path

import pytest

from kheo.demo.plan.tree import FEWEST
from tests.cli.running import Kheo, prepared
from tests.cli.test_up import served


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Kheo:
    """The program with the smallest demo there is."""
    kheo = prepared(tmp_path_factory.mktemp("town") / "data")
    told = kheo.json("demo", "--units", str(FEWEST), "--seed", "11", "--stage", "collecting")
    assert (told["stage"], told["units"], told["seed"]) == ("collecting", FEWEST, 11)
    assert {"an", "hoa", "binh", "lan", "kien", "chi", "quan"} <= {login["username"] for login in told["logins"]}
    return kheo


def test_a_built_demo_is_sound(town: Kheo) -> None:
    assert town.json("verify")["ok"] is True


def test_another_demo_is_not_built_over_it(town: Kheo) -> None:
    refused = town("demo", "--units", str(FEWEST), "--seed", "12")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "không có gì bị thay đổi" in refused.stderr


def test_the_server_tells_who_may_sign_in_and_keeps_the_demo(town: Kheo) -> None:
    before = town.json("verify")["journal"]
    with served(town, "--demo") as web:
        assert web.process.stdout is not None
        line = web.process.stdout.readline()
        while "Ctrl-C" not in line:
            web.said += line
            line = web.process.stdout.readline()
        assert "mật khẩu: thi-dua-2023" in web.said
        assert "Nguyễn Thị An, cán bộ nhập liệu" in web.said
        assert web.ends_by(signal.SIGTERM)[0] == 0
    assert town.json("verify")["journal"] == before


def test_an_office_of_its_own_gets_no_demo(office: Kheo) -> None:
    with served(office, "--demo") as web:
        _, errors = web.ends_by(signal.SIGTERM)
    assert "không nạp dữ liệu mẫu" in errors
    assert "BDV" in {row["code"] for row in office.json("units", "list", "--line", "party")}


@pytest.mark.parametrize("arguments", [["--units", "0"], ["--units", "-5"], ["--seed", "99999999999999999999999"]])
def test_an_impossible_demo_is_refused(tmp_path: Path, arguments: list[str]) -> None:
    refused = prepared(tmp_path)("demo", *arguments)
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
