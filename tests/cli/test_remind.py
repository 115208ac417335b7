"""`kheo remind`: who would be told what at an instant, and telling it now."""

from tests.cli.running import Kheo

ASKS = ("remind", "--dry-run", "--at", "2023-11-13T07:00")


def test_says_who_would_be_told_and_writes_nothing(office: Kheo) -> None:
    said = office.does(*ASKS)
    assert said == office.does(*ASKS)
    assert said.splitlines()[-1] == "Sẽ nhắc 0 người.", "nobody holds a post in the small office"
    assert office.json(*ASKS) == []


def test_another_instant_is_only_to_look_at(office: Kheo) -> None:
    refused = office("remind", "--at", "2023-11-13T07:00")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == "Lỗi: --at chỉ dùng với --dry-run: không ai được nhắc việc của một ngày khác.\n"


def test_what_is_no_instant_is_told(office: Kheo) -> None:
    refused = office("remind", "--dry-run", "--at", "hôm qua")
    assert refused.returncode == 2
    assert "“hôm qua” không phải là thời điểm" in refused.stderr


def test_reminds_now(office: Kheo) -> None:
    assert office.json("remind") == {"digests": 0, "was_busy": False, "deliveries": {}}
    assert office.does("remind").splitlines()[0] == "Đã nhắc 0 người."
