"""Settings from the environment: none are needed to try Khéo, wrong ones are all named, production has its own demands."""

from pathlib import Path

import pytest

from kheo.config.environment import parse_database_url, project_dir, read_environment
from kheo.config.refusals import Refused

SECRET = "k7Q!zv2#mP9x@Lw4sRt8uYb1nC6dEf3gHj5aKo0iUqWeXyZ%vBNM"
PRODUCTION = {
    "KHEO_MODE": "production",
    "KHEO_SECRET_KEY": SECRET,
    "KHEO_ALLOWED_HOSTS": "thidua.example.vn, 10.0.0.5",
    "DATABASE_URL": "postgresql://kheo:m%40t-kh%E1%BA%A9u@db.example.vn:5433/kheo?sslmode=verify-full",
}


def refusal(environ: dict[str, str]) -> Refused:
    with pytest.raises(Refused) as refused:
        read_environment(environ)
    return refused.value


def test_development_needs_no_setting() -> None:
    environment = read_environment({})
    assert (environment.mode, environment.debug, environment.database) == ("development", False, None)
    assert environment.data_dir == project_dir() / "var"


def test_the_data_folder_can_be_named() -> None:
    assert read_environment({"KHEO_DATA": "/srv/kheo"}).data_dir == Path("/srv/kheo")


def test_production_starts_with_its_secrets() -> None:
    environment = read_environment(PRODUCTION)
    assert environment.is_production
    assert environment.allowed_hosts == ("thidua.example.vn", "10.0.0.5")
    assert environment.trusted_proxies == 1
    assert environment.database is not None
    assert environment.database["PASSWORD"] == "m@t-khẩu"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"KHEO_SECRET_KEY": ""}, "Thiếu KHEO_SECRET_KEY"),
        ({"KHEO_SECRET_KEY": "quá ngắn"}, "KHEO_SECRET_KEY quá ngắn hoặc quá đơn giản"),
        ({"KHEO_SECRET_KEY": "a" * 60}, "KHEO_SECRET_KEY quá ngắn hoặc quá đơn giản"),
        ({"KHEO_SECRET_KEY": "django-insecure-" + SECRET}, "KHEO_SECRET_KEY là chuỗi mẫu"),
        ({"KHEO_ALLOWED_HOSTS": ""}, "Thiếu KHEO_ALLOWED_HOSTS"),
        ({"KHEO_ALLOWED_HOSTS": "*"}, "“*” không phải tên miền"),
        ({"KHEO_ALLOWED_HOSTS": "https://thidua.example.vn"}, "“https://thidua.example.vn” không phải tên miền"),
        ({"DATABASE_URL": ""}, "Thiếu DATABASE_URL"),
        ({"KHEO_DEBUG": "1"}, "KHEO_DEBUG không được bật"),
    ],
)
def test_production_refuses_to_start(change: dict[str, str], reason: str) -> None:
    assert reason in refusal(PRODUCTION | change).vietnamese


def test_every_fault_is_named_at_once() -> None:
    told = refusal({"KHEO_MODE": "prod", "KHEO_DEBUG": "yes", "KHEO_TRUSTED_PROXIES": "-1", "KHEO_LOG_LEVEL": "loud", "DATABASE_URL": "x"})
    assert told.vietnamese.splitlines() == [
        "Khéo không khởi động vì cấu hình sai:",
        "  - KHEO_MODE=prod: chỉ nhận development, production.",
        "  - KHEO_DEBUG=yes: chỉ nhận 0 hoặc 1.",
        "  - KHEO_TRUSTED_PROXIES=-1: cần một số từ 0 đến 9.",
        "  - DATABASE_URL sai: phải bắt đầu bằng postgresql:// (Khéo chỉ dùng PostgreSQL)",
        "  - KHEO_LOG_LEVEL=loud: chỉ nhận INFO, DEBUG, WARNING, ERROR.",
    ]


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("mysql://kheo@db/kheo", "phải bắt đầu bằng postgresql://"),
        ("postgresql://kheo@db", "thiếu tên cơ sở dữ liệu"),
        ("postgresql://kheo@db:99999/kheo", "cổng không phải là số từ 1 đến 65535"),
        ("postgresql://kheo@db/kheo?sslmod=require", "không hiểu tham số sslmod"),
    ],
)
def test_a_wrong_database_address_is_told(url: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason.replace("?", r"\?")):
        parse_database_url(url)


def test_a_wrong_database_address_does_not_show_its_password() -> None:
    assert "bí-mật" not in str(refusal({"DATABASE_URL": "mysql://kheo:bí-mật@db/kheo"}))


def test_a_database_address_may_name_a_socket() -> None:
    settings = parse_database_url("postgresql://kheo@/kheo?host=%2Frun%2Fpostgresql&port=5433")
    assert {key: settings[key] for key in ("HOST", "PORT", "USER", "NAME", "OPTIONS")} == {
        "HOST": "/run/postgresql",
        "PORT": "5433",
        "USER": "kheo",
        "NAME": "kheo",
        "OPTIONS": {},
    }


def test_a_server_of_tiles_is_one_https_address_with_its_three_places() -> None:
    assert read_environment({}).map_tiles is None
    good = "https://nen.example.vn/{z}/{x}/{y}.png"
    assert read_environment({"KHEO_MAP_TILES": good, "KHEO_MAP_CREDIT": "Sở"}).map_tiles == good
    for wrong in (
        "http://nen.example.vn/{z}/{x}/{y}.png",
        "https://nen.example.vn/{z}.png",
        "https://a b/{z}/{x}/{y}",
        "javascript:{z}{x}{y}",
    ):
        with pytest.raises(Refused) as refused:
            read_environment({"KHEO_MAP_TILES": wrong})
        assert "KHEO_MAP_TILES" in str(refused.value)
