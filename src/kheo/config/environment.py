"""What the environment may say to Khéo: read once, every wrong value named at once."""

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from kheo.config.messaging import Messaging, read_messaging
from kheo.config.refusals import Refused

Mode = Literal["development", "production"]

SHORTEST_SECRET = 50
EXAMPLE_SECRETS = ("change", "example", "secret-key", "insecure", "your-", "vi-du", "doi-toi", "0123456789", "abcdefgh")
# Options of a PostgreSQL address that are handed on; anything else is more likely a slip than a wish.
POSTGRES_OPTIONS = frozenset(
    {
        "host",
        "port",
        "user",
        "sslmode",
        "sslrootcert",
        "sslcert",
        "sslkey",
        "connect_timeout",
        "application_name",
        "target_session_attrs",
        "options",
    }
)


# A letter that calls in late reports says who was reminded in the 120 days before.
LEAST_KEPT = 130


@dataclass(frozen=True)
class Environment:
    """The settings that may differ from one installation to another."""

    mode: Mode
    debug: bool
    data_dir: Path
    secret_key: str | None
    allowed_hosts: tuple[str, ...]
    trusted_proxies: int
    database: Mapping[str, Any] | None
    log_level: str
    is_serving: bool
    messaging: Messaging
    notices_kept_days: int
    map_tiles: str | None
    map_credit: str
    has_public_form: bool
    has_public_pages: bool
    checks_links: bool

    @property
    def is_production(self) -> bool:
        return self.mode == "production"


def project_dir() -> Path:
    """The folder of the checkout, or the current folder when Khéo was installed from a wheel."""
    above = Path(__file__).resolve().parents[3]
    return above if (above / "pyproject.toml").is_file() else Path.cwd()


def campaigns_dir() -> Path:
    """The definitions and calendars that come with the product: of the checkout, or those packed into the wheel."""
    checkout = project_dir() / "campaigns"
    return checkout if checkout.is_dir() else Path(__file__).resolve().parent / "campaigns"


def data_dir(environ: Mapping[str, str] = os.environ) -> Path:
    """Where the embedded database and everything else that must be kept lives."""
    named = environ.get("KHEO_DATA", "").strip()
    return Path(named).expanduser().absolute() if named else project_dir() / "var"


def read_environment(environ: Mapping[str, str]) -> Environment:
    """The environment's settings; raises Refused with every fault in it, not only the first."""
    reader = _Reader(environ)
    mode: Mode = "production" if reader.one_of("KHEO_MODE", ("development", "production")) == "production" else "development"
    environment = Environment(
        mode=mode,
        debug=reader.is_on("KHEO_DEBUG"),
        data_dir=data_dir(environ),
        secret_key=reader.text("KHEO_SECRET_KEY"),
        allowed_hosts=reader.hosts("KHEO_ALLOWED_HOSTS"),
        trusted_proxies=reader.count("KHEO_TRUSTED_PROXIES", default=1 if mode == "production" else 0),
        database=reader.postgres("DATABASE_URL"),
        log_level=reader.one_of("KHEO_LOG_LEVEL", ("INFO", "DEBUG", "WARNING", "ERROR")),
        is_serving=reader.is_on("KHEO_SERVING"),
        messaging=read_messaging(environ, is_production=mode == "production", problems=reader.problems),
        notices_kept_days=reader.days("KHEO_NOTICES_KEPT_DAYS", default=400, least=LEAST_KEPT, most=3660),
        map_tiles=reader.tiles("KHEO_MAP_TILES"),
        map_credit=reader.text("KHEO_MAP_CREDIT") or "",
        has_public_form=reader.is_on("KHEO_PUBLIC_FORM"),
        has_public_pages=reader.is_on("KHEO_PUBLIC_PAGES"),
        checks_links=reader.is_on("KHEO_LINK_CHECK"),
    )
    if environment.is_production:
        reader.problems.extend(_missing_in_production(environment))
    if reader.problems:
        raise Refused(
            "Khéo không khởi động vì cấu hình sai:\n" + "\n".join(f"  - {vi}" for vi, _ in reader.problems),
            "Kheo does not start, its configuration is wrong:\n" + "\n".join(f"  - {en}" for _, en in reader.problems),
        )
    return environment


def _missing_in_production(environment: Environment) -> list[tuple[str, str]]:
    problems = []
    secret = environment.secret_key
    if secret is None:
        problems.append(("Thiếu KHEO_SECRET_KEY (chuỗi bí mật, ngẫu nhiên, ít nhất 50 ký tự).", "KHEO_SECRET_KEY is missing."))
    elif len(secret) < SHORTEST_SECRET or len(set(secret)) < 12:
        problems.append(
            (
                f"KHEO_SECRET_KEY quá ngắn hoặc quá đơn giản: cần ít nhất {SHORTEST_SECRET} ký tự ngẫu nhiên.",
                f"KHEO_SECRET_KEY is too short or too plain: at least {SHORTEST_SECRET} random characters are needed.",
            )
        )
    elif any(example in secret.lower() for example in EXAMPLE_SECRETS):
        problems.append(("KHEO_SECRET_KEY là chuỗi mẫu trong hướng dẫn: hãy tạo chuỗi riêng.", "KHEO_SECRET_KEY is an example value."))
    if not environment.allowed_hosts:
        problems.append(("Thiếu KHEO_ALLOWED_HOSTS (tên miền mà người dùng gõ vào trình duyệt).", "KHEO_ALLOWED_HOSTS is missing."))
    if environment.database is None:
        problems.append(("Thiếu DATABASE_URL (địa chỉ máy chủ PostgreSQL).", "DATABASE_URL is missing."))
    if environment.debug:
        problems.append(("KHEO_DEBUG không được bật khi vận hành thật.", "KHEO_DEBUG must be off in production."))
    return problems


class _Reader:
    """Reads single variables and keeps what is wrong with them, in Vietnamese and English."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.problems: list[tuple[str, str]] = []

    def text(self, name: str) -> str | None:
        return self.environ.get(name, "").strip() or None

    def one_of(self, name: str, choices: tuple[str, ...]) -> str:
        value = self.text(name) or choices[0]
        if value not in choices:
            allowed = ", ".join(choices)
            self.problems.append((f"{name}={value}: chỉ nhận {allowed}.", f"{name}={value}: must be one of {allowed}."))
        return value

    def is_on(self, name: str) -> bool:
        value = self.text(name) or "0"
        if value not in ("0", "1"):
            self.problems.append((f"{name}={value}: chỉ nhận 0 hoặc 1.", f"{name}={value}: must be 0 or 1."))
        return value == "1"

    def count(self, name: str, default: int) -> int:
        value = self.text(name)
        if value is None:
            return default
        if not (value.isascii() and value.isdigit() and int(value) <= 9):
            self.problems.append((f"{name}={value}: cần một số từ 0 đến 9.", f"{name}={value}: must be a number from 0 to 9."))
            return default
        return int(value)

    def days(self, name: str, default: int, least: int, most: int) -> int:
        value = self.text(name)
        if value is None:
            return default
        if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
            words = (f"{name}={value}: cần một số ngày từ {least} đến {most}.", f"{name}={value}: must be {least} to {most} days.")
            self.problems.append(words)
            return default
        return int(value)

    def tiles(self, name: str) -> str | None:
        """The address of a map's tiles, to which browsers go by themselves: of one https server."""
        value = self.text(name)
        if value is None:
            return None
        parts = urlsplit(value)
        if parts.scheme != "https" or not _is_host(parts.hostname or "") or not all(each in value for each in ("{z}", "{x}", "{y}")):
            words = (
                f"{name}={value}: cần địa chỉ https://… có {{z}}, {{x}}, {{y}}.",
                f"{name}={value}: must be https://… with {{z}}, {{x}}, {{y}}.",
            )
            self.problems.append(words)
            return None
        return value

    def hosts(self, name: str) -> tuple[str, ...]:
        hosts = tuple(host.strip() for host in (self.text(name) or "").split(",") if host.strip())
        for host in hosts:
            if not _is_host(host):
                self.problems.append(
                    (
                        f"{name}: “{host}” không phải tên miền (không viết http://, cổng hay dấu *).",
                        f"{name}: “{host}” is not a host name (no http://, port or *).",
                    )
                )
        return hosts

    def postgres(self, name: str) -> Mapping[str, Any] | None:
        value = self.text(name)
        if value is None:
            return None
        try:
            return parse_database_url(value)
        except ValueError as fault:
            # The value itself is not repeated: it may hold a password.
            self.problems.append((f"{name} sai: {fault}", f"{name} is wrong: {fault}"))
            return None


def _is_host(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        labels = host.removeprefix(".").split(".")
        return all(label and label.replace("-", "").isalnum() for label in labels)
    return True


def parse_database_url(url: str) -> dict[str, Any]:
    """Django's database settings for `postgresql://user:password@host:port/name?sslmode=…`; ValueError says what is wrong."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise ValueError("phải bắt đầu bằng postgresql:// (Khéo chỉ dùng PostgreSQL)")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    unknown = sorted(set(options) - POSTGRES_OPTIONS)
    if unknown:
        raise ValueError(f"không hiểu tham số {', '.join(unknown)}")
    name = unquote(parts.path.removeprefix("/"))
    if not name or "/" in name:
        raise ValueError("thiếu tên cơ sở dữ liệu sau máy chủ, ví dụ postgresql://kheo@máy-chủ/kheo")
    try:
        port = str(parts.port or options.pop("port", ""))
    except ValueError:
        raise ValueError("cổng không phải là số từ 1 đến 65535") from None
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or options.pop("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or unquote(parts.hostname or ""),
        "PORT": port,
        "OPTIONS": options,
    }
