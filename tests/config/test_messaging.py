"""What the environment says about messages: nothing is needed to try Khéo, wrong values are all named, secrets never."""

import pytest

from kheo.config.environment import read_environment
from kheo.config.messaging import Smtp
from kheo.config.refusals import Refused
from tests.config.test_environment import PRODUCTION

ZALO = {
    "KHEO_ZALO_APP_ID": "1",
    "KHEO_ZALO_SECRET": "bi-mat-zalo",
    "KHEO_ZALO_TEMPLATE": "2",
    "KHEO_ZALO_REFRESH_TOKEN": "khoa-lam-moi",
}
MAIL = {
    "KHEO_SMTP": "smtps://kheo:m%40t@thu.example.vn",
    "KHEO_MAIL_FROM": "Khéo <kheo@example.vn>",
    "KHEO_ADDRESS": "https://kheo.example.vn/",
}


def test_nothing_is_needed_to_try() -> None:
    found = read_environment({}).messaging
    assert (found.smtp, found.zalo, found.site) == (None, {}, "http://localhost:8000")


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtps://kheo:m%40t@thu.example.vn", Smtp("thu.example.vn", 465, "tls", "kheo", "m@t")),
        ("smtp://thu.example.vn", Smtp("thu.example.vn", 587, "starttls", "", "")),
        ("smtp+plain://localhost:2525", Smtp("localhost", 2525, "none", "", "")),
    ],
)
def test_a_mail_server_is_named_by_its_address(url: str, server: Smtp) -> None:
    found = read_environment({**PRODUCTION, **MAIL, "KHEO_SMTP": url}).messaging
    assert (found.smtp, found.sender, found.site) == (server, "Khéo <kheo@example.vn>", "https://kheo.example.vn")


def test_zalo_has_all_its_settings() -> None:
    assert read_environment({**PRODUCTION, **MAIL, **ZALO}).messaging.zalo == ZALO


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"KHEO_SMTP": "thu.example.vn"}, "KHEO_SMTP sai"),
        ({"KHEO_SMTP": "smtp://thu.example.vn:99999"}, "KHEO_SMTP sai"),
        ({"KHEO_SMTP": "smtp://thu.example.vn/x"}, "KHEO_SMTP sai"),
        ({"KHEO_SMTP": "smtp+plain://thu.example.vn"}, "không mã hoá"),
        ({"KHEO_MAIL_FROM": ""}, "Có KHEO_SMTP thì cần KHEO_MAIL_FROM"),
        ({"KHEO_MAIL_FROM": "Khéo"}, "KHEO_MAIL_FROM: cần dạng"),
        ({"KHEO_ADDRESS": ""}, "Gửi tin thì cần KHEO_ADDRESS"),
        ({"KHEO_ADDRESS": "http://kheo.example.vn"}, "KHEO_ADDRESS=http://kheo.example.vn"),
        ({"KHEO_ADDRESS": "https://kheo.example.vn/trang"}, "KHEO_ADDRESS=https://kheo.example.vn/trang"),
        ({"KHEO_ZALO_APP_ID": "1"}, "Zalo còn thiếu KHEO_ZALO_SECRET, KHEO_ZALO_TEMPLATE, KHEO_ZALO_REFRESH_TOKEN"),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, str], reason: str) -> None:
    with pytest.raises(Refused) as refused:
        read_environment({**PRODUCTION, **MAIL, **change})
    assert reason in refused.value.vietnamese


def test_no_secret_is_repeated() -> None:
    wrong = {**PRODUCTION, **MAIL, **ZALO, "KHEO_SMTP": "smtps://kheo:mat-khau-thu@:1", "KHEO_ZALO_TEMPLATE": ""}
    with pytest.raises(Refused) as refused:
        read_environment(wrong)
    for secret in ("mat-khau-thu", "bi-mat-zalo", "khoa-lam-moi"):
        assert secret not in refused.value.vietnamese + refused.value.english
