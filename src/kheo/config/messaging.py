"""What the environment says about sending messages: the mail server, the Zalo account, the address that links begin with."""

from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Literal
from urllib.parse import unquote, urlsplit

Security = Literal["starttls", "tls", "none"]
Problems = list[tuple[str, str]]
# scheme -> (how the connection is secured, the usual port)
SCHEMES: dict[str, tuple[Security, int]] = {"smtp": ("starttls", 587), "smtps": ("tls", 465), "smtp+plain": ("none", 25)}
LOOPBACK = ("localhost", "127.0.0.1", "::1")
ZALO = ("KHEO_ZALO_APP_ID", "KHEO_ZALO_SECRET", "KHEO_ZALO_TEMPLATE", "KHEO_ZALO_REFRESH_TOKEN")


@dataclass(frozen=True)
class Smtp:
    """An SMTP server."""

    host: str
    port: int
    security: Security
    user: str
    password: str


@dataclass(frozen=True)
class Messaging:
    """How messages leave: `smtp` None and `zalo` empty where they do not."""

    site: str
    sender: str
    smtp: Smtp | None
    zalo: Mapping[str, str]


def read_messaging(environ: Mapping[str, str], *, is_production: bool, problems: Problems) -> Messaging:
    """The settings; what is wrong with them is added to `problems`, in Vietnamese and English."""
    smtp = _smtp(_text(environ, "KHEO_SMTP"), is_production, problems)
    sender = _text(environ, "KHEO_MAIL_FROM")
    if sender and "@" not in parseaddr(sender)[1]:
        problems.append(("KHEO_MAIL_FROM: cần dạng “Khéo <kheo@co-quan.vn>”.", "KHEO_MAIL_FROM: must be like “Kheo <kheo@office.vn>”."))
    if smtp and not sender:
        problems.append(("Có KHEO_SMTP thì cần KHEO_MAIL_FROM (địa chỉ người gửi).", "KHEO_SMTP needs KHEO_MAIL_FROM."))
    site = _site(_text(environ, "KHEO_ADDRESS"), is_production, problems)
    if (smtp or _text(environ, ZALO[0])) and is_production and not site:
        problems.append(
            ("Gửi tin thì cần KHEO_ADDRESS (địa chỉ mà người dùng mở, ví dụ https://kheo.example.vn).", "Messages need KHEO_ADDRESS.")
        )
    return Messaging(site or "http://localhost:8000", sender or "Khéo <kheo@localhost>", smtp, _zalo(environ, problems))


def _text(environ: Mapping[str, str], name: str) -> str:
    return environ.get(name, "").strip()


def _smtp(url: str, is_production: bool, problems: Problems) -> Smtp | None:
    """`smtps://user:password@host:465`. The value is never repeated: it may hold a password."""
    if not url:
        return None
    parts = urlsplit(url)
    security, usual = SCHEMES.get(parts.scheme, ("none", 0))
    try:
        port = parts.port or usual
    except ValueError:
        port = 0
    if not parts.hostname or not port or parts.path.strip("/") or parts.query:
        problems.append(
            (
                "KHEO_SMTP sai: cần dạng smtps://tên:mật-khẩu@máy-chủ:465, smtp:// (STARTTLS) hoặc smtp+plain://.",
                "KHEO_SMTP is wrong: must be like smtps://user:password@host:465, smtp:// (STARTTLS) or smtp+plain://.",
            )
        )
        return None
    if security == "none" and is_production and parts.hostname not in LOOPBACK:
        problems.append(
            (
                "KHEO_SMTP: smtp+plain:// không mã hoá, chỉ dùng với máy chủ thư trên cùng máy.",
                "KHEO_SMTP: smtp+plain:// is for this machine only.",
            )
        )
    return Smtp(parts.hostname, port, security, unquote(parts.username or ""), unquote(parts.password or ""))


def _site(url: str, is_production: bool, problems: Problems) -> str:
    parts = urlsplit(url)
    if not url:
        return ""
    schemes = ("https",) if is_production else ("https", "http")
    if parts.scheme not in schemes or not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        problems.append(
            (f"KHEO_ADDRESS={url}: cần dạng https://kheo.example.vn.", f"KHEO_ADDRESS={url}: must be like https://kheo.example.vn.")
        )
    return url.rstrip("/")


def _zalo(environ: Mapping[str, str], problems: Problems) -> Mapping[str, str]:
    """All of its settings or none."""
    found = {name: _text(environ, name) for name in ZALO}
    missing = [name for name, value in found.items() if not value]
    if missing and len(missing) < len(ZALO):
        problems.append((f"Zalo còn thiếu {', '.join(missing)}.", f"Zalo still needs {', '.join(missing)}."))
    return {} if missing else found
