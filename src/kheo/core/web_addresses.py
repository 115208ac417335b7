"""Addresses of pages on the web: which may be written down, and which addresses of machines the public can reach at all."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

PORTS = {"http": 80, "https": 443}
IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
# What may stand in a path or a question as it is; everything else is written as %XX, and what already is stays.
_KEPT = "/%:@!$&'()*+,;=-._~?"
_LONGEST_HOST = 253

# Where pages of the public are: an address outside, or inside what is taken out again, is no address of the public. Lists of the IANA
# (Special-Purpose Address Registries); what `is_global` of Python 3.11 takes for public and is not stands here by itself.
_PUBLIC_6 = ipaddress.ip_network("2000::/3")
_NOT_PUBLIC_4 = tuple(ipaddress.ip_network(each) for each in ("192.0.0.0/24", "192.88.99.0/24"))
# 2001::/23: for protocols (Teredo among them); 2002::/16: 6to4, an IPv4 address inside; 3fff::/20: for books.
_NOT_PUBLIC_6 = tuple(ipaddress.ip_network(each) for each in ("2001::/23", "2002::/16", "3fff::/20"))


@dataclass(frozen=True)
class WebAddress:
    """An address taken apart: `host` in ASCII, `target` as it is asked for (path and question, no fragment)."""

    scheme: str
    host: str
    target: str

    @property
    def port(self) -> int:
        """The usual one; no other is ever asked for."""
        return PORTS[self.scheme]

    @property
    def is_front_page(self) -> bool:
        """Whether it names a site and no page of it."""
        return self.target.partition("?")[0] == "/"

    def __str__(self) -> str:
        return f"{self.scheme}://{f'[{self.host}]' if ':' in self.host else self.host}{self.target}"


def read_web_address(text: str) -> WebAddress | str:
    """The address of a page that a text gives, or why it is none, in Vietnamese. Never guesses: no scheme is put before it."""
    if any(letter.isspace() or not letter.isprintable() or letter == "\\" for letter in text):
        return "Địa chỉ có khoảng trắng hoặc ký tự lạ; chép nguyên địa chỉ từ trình duyệt."
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").rstrip("."), parts.port
        ascii_host = host if ":" in host else host.encode("idna").decode("ascii")
    except ValueError:  # UnicodeError of the host's letters is one
        return "Địa chỉ viết sai ở phần tên miền."
    if parts.scheme not in PORTS:
        return "Địa chỉ phải bắt đầu bằng https:// hoặc http://."
    if parts.username is not None or parts.password is not None:
        return "Địa chỉ không được kèm tên, mật khẩu (phần trước dấu @)."
    if not ascii_host or len(ascii_host) > _LONGEST_HOST:
        return "Địa chỉ thiếu tên miền, ví dụ https://bao.example.vn/bai-viet."
    if port not in (None, PORTS[parts.scheme]):
        return f"Địa chỉ có cổng :{port}; chỉ nhận trang mở được bằng địa chỉ thường, không có cổng."
    question = f"?{quote(parts.query, safe=_KEPT)}" if parts.query else ""
    return WebAddress(parts.scheme, ascii_host, (quote(parts.path, safe=_KEPT) or "/") + question)


def is_public(address: IPAddress) -> bool:
    """Whether everybody on the internet means the same machine by it, and nothing inside a network hides behind it.

    Loopback, private, shared (CGNAT), link-local, multicast, reserved and documentation addresses are not; nor are those that carry an
    IPv4 address inside (mapped, compatible, NAT64, 6to4, Teredo): what they lead to is not told by them.
    """
    if not address.is_global or address.is_multicast:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in each for each in _NOT_PUBLIC_4)
    return address in _PUBLIC_6 and address.scope_id is None and not any(address in each for each in _NOT_PUBLIC_6)
