"""What every response says to the browser, and what the log keeps of a request."""

import logging

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import DataError, connection, transaction
from django.test import Client, RequestFactory
from django.urls import reverse

from kheo.config.logs import WithoutPersonalData

pytestmark = pytest.mark.django_db
ADDRESSES = ["/healthz", "/khong-co-trang-nay", "/tai-khoan/dang-nhap/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_are_closed_to_foreign_scripts_frames_and_caches(client: Client, address: str) -> None:
    headers = client.get(address).headers
    policy = {part.split()[0]: part.split()[1:] for part in headers["Content-Security-Policy"].split("; ")}
    assert policy == {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in headers["Cache-Control"]
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "Server" not in headers


def on_the_wire(method: str, address: str) -> tuple[int, bytes]:
    """The length that is told, and the body: as a server gets them. The test client takes bodies off by itself."""
    told: dict[str, str] = {}
    environ = RequestFactory().generic(method, address).environ
    body = b"".join(WSGIHandler()(environ, lambda _, headers: told.update(headers)))
    return int(told["Content-Length"]), body


def test_an_answer_to_head_has_the_length_of_the_page_and_no_body(client: Client) -> None:
    """A body would be read as the next answer on the connection, which may be somebody else's behind a proxy."""
    for address in ("/khong-co-trang-nay", "/tai-khoan/dang-nhap/"):
        length, body = on_the_wire("GET", address)
        assert (length, bool(body)) == (len(body), True)
        assert on_the_wire("HEAD", address)[1] == b""
    assert on_the_wire("HEAD", "/khong-co-trang-nay")[0] == on_the_wire("GET", "/khong-co-trang-nay")[0] > 1000


def test_health_says_ok_and_nothing_else(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_health_takes_no_orders(client: Client) -> None:
    assert client.post("/healthz").status_code == 405


def test_only_the_needed_pages_of_the_account_library_are_there(client: Client) -> None:
    assert reverse("account_login") == "/tai-khoan/dang-nhap/"
    assert {client.get(f"/tai-khoan/{page}/").status_code for page in ("signup", "dang-ky", "email", "password/reset", "inactive")} == {404}


def test_signing_out_needs_a_post(client: Client, django_user_model: type) -> None:
    user = django_user_model.objects.create_user("an", "Nguyễn Thị An", "mật khẩu dài của An")  # type: ignore[attr-defined]
    client.force_login(user)
    client.get(reverse("account_logout"))
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("name", ["an", "an@example.vn", "AN@example.vn"])
def test_one_signs_in_by_name_or_address(client: Client, django_user_model: type, name: str) -> None:
    django_user_model.objects.create_user("an", "Nguyễn Thị An", "mật khẩu dài của An", "an@example.vn")  # type: ignore[attr-defined]
    client.post(reverse("account_login"), {"login": name, "password": "mật khẩu dài của An"})
    assert "_auth_user_id" in client.session


def test_guessing_passwords_is_stopped(client: Client, django_user_model: type) -> None:
    django_user_model.objects.create_user("an", "Nguyễn Thị An", "mật khẩu dài của An")  # type: ignore[attr-defined]
    for _ in range(10):
        client.post(reverse("account_login"), {"login": "an", "password": "đoán mò"})
    client.post(reverse("account_login"), {"login": "an", "password": "mật khẩu dài của An"})
    assert "_auth_user_id" not in client.session, "after ten wrong guesses even the right one has to wait"


def logged(message: str, *values: object) -> str:
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, message, values, None)
    assert WithoutPersonalData().filter(record)
    return record.getMessage()


def test_the_log_keeps_no_search_words() -> None:
    assert logged("Not Found: %s", "/don-vi/?ten=Nguyễn Thị An") == "Not Found: /don-vi/"


def test_the_log_keeps_no_values_of_a_failed_statement() -> None:
    fault = 'duplicate key value violates unique constraint "one"\nDETAIL:  Key (email)=(an@example.vn) already exists.'
    assert "an@example.vn" not in logged("%s", fault)
    assert "duplicate key" in logged("%s", fault)


FAULTS = [
    "invalid input syntax for type bigint: {}",
    "invalid input value for enum state: {}",
    "malformed array literal: {}",
    "date/time field value out of range: {}",
    "value {} is out of range for type integer",
]


@pytest.mark.parametrize("words", FAULTS)
def test_the_log_keeps_no_value_that_the_database_cannot_read_nor_the_statement(words: str) -> None:
    value = "An, 0903 123 456,\nấp Một"
    told = logged("%s", words.format(f'"{value}"') + "\nLINE 1: UPDATE report SET words = 'An, 0903 123 456'\n               ^")
    assert not [word for word in ("An", "0903", "ấp", "UPDATE") if word in told]
    assert told.startswith(words.split(" {}")[0])


def test_the_log_keeps_what_the_database_itself_says_of_a_real_fault() -> None:
    """Not only of the shapes above: a statement that fails with somebody's words in it."""
    with pytest.raises(DataError) as caught, connection.cursor() as cursor, transaction.atomic():
        cursor.execute("SELECT %s::bigint AS many", ["Nguyễn Thị An 0903 123 456"])
    assert "0903" in str(caught.value)
    assert logged("%s", caught.value).startswith("invalid input syntax for type bigint")
    assert "0903" not in logged("%s", caught.value)
