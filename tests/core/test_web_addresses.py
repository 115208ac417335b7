"""Addresses of pages: what may be written down, and which machines the public can reach."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kheo.core.web_addresses import WebAddress, is_public, read_web_address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://bao.example.vn/bai/1", WebAddress("https", "bao.example.vn", "/bai/1")),
        ("http://bao.example.vn", WebAddress("http", "bao.example.vn", "/")),
        ("HTTPS://Bao.Example.VN:443/A?b=c#d", WebAddress("https", "bao.example.vn", "/A?b=c")),
        ("http://bao.example.vn:80/", WebAddress("http", "bao.example.vn", "/")),
        ("https://báo.vn/điểm đến".replace(" ", "-"), WebAddress("https", "xn--bo-mia.vn", "/%C4%91i%E1%BB%83m-%C4%91%E1%BA%BFn")),
        ("https://bao.example.vn/a%20b?c=%C4%91", WebAddress("https", "bao.example.vn", "/a%20b?c=%C4%91")),
        ("https://[2001:4860:4860::8888]/", WebAddress("https", "2001:4860:4860::8888", "/")),
    ],
)
def test_reads_the_address_of_a_page(text: str, address: WebAddress) -> None:
    assert read_web_address(text) == address


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("bao.example.vn/bai", "phải bắt đầu bằng https://"),
        ("ftp://bao.example.vn/", "phải bắt đầu bằng https://"),
        ("file:///etc/passwd", "phải bắt đầu bằng https://"),
        ("javascript:alert(1)", "phải bắt đầu bằng https://"),
        ("https:///bai", "thiếu tên miền"),
        ("https://ai:mat@bao.example.vn/", "không được kèm tên, mật khẩu"),
        ("https://bao.example.vn@10.0.0.1/", "không được kèm tên, mật khẩu"),
        ("https://@bao.example.vn/", "không được kèm tên, mật khẩu"),
        ("http://bao.example.vn:8080/", "có cổng :8080"),
        ("http://bao.example.vn:443/", "có cổng :443"),
        ("https://bao.example.vn:99999/", "viết sai ở phần tên miền"),
        ("https://bao.example.vn/a b", "khoảng trắng"),
        ("https://bao.example.vn/\r\nHost: 10.0.0.1", "khoảng trắng"),
        ("https://bao.example.vn\\@10.0.0.1/", "ký tự lạ"),
        (f"https://{'a' * 64}.vn/", "viết sai ở phần tên miền"),
        (f"https://{'a.' * 130}vn/", "thiếu tên miền"),
        ("https://[::1/", "viết sai ở phần tên miền"),
    ],
)
def test_says_why_a_text_is_no_address(text: str, why: str) -> None:
    said = read_web_address(text)
    assert isinstance(said, str)
    assert why in said


@given(st.text(max_size=60))
def test_whatever_is_read_can_be_asked_for_in_one_line_of_ascii(text: str) -> None:
    read = read_web_address(f"https://bao.example.vn/{text}")
    if isinstance(read, WebAddress):
        assert str(read).isascii()
        assert not any(letter.isspace() for letter in str(read))
        assert read_web_address(str(read)) == read


PRIVATE = """
0.0.0.0 10.0.0.1 100.64.0.1 100.127.255.255 127.0.0.1 127.9.9.9 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.8 192.0.0.170 192.0.2.1
192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255
:: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1 100::1 2001::1 2001:20::1 2001:db8::1
2002:7f00:1::1 2002:808:808::1 3fff::1 5f00::1 fc00::1 fd12:3456::1 fe80::1 fec0::1 ff02::1 ff0e::1 2606:4700::1111%1
""".split()  # noqa: SIM905  # one list is read more easily than forty quotes


@pytest.mark.parametrize("address", PRIVATE)
def test_no_machine_inside_a_network_is_one_of_the_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "192.0.1.1", "2606:4700::1111", "2a00:1450::1"])
def test_machines_of_the_public_are(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))
