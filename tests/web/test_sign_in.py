"""Signing in, signing out, a new password: all in plain Vietnamese, and nothing that tells who has an account."""

import re

import pytest
from django.test import Client

from kheo.people.models import User

pytestmark = pytest.mark.django_db

SIGN_IN = "/tai-khoan/dang-nhap/"
NEW_PASSWORD = "/tai-khoan/doi-mat-khau/"
ENGLISH = re.compile(r"\b(password|username|sign in|incorrect|required|please|successfully|forgot)\b", re.IGNORECASE)


@pytest.fixture
def an() -> User:
    return User.objects.create_user("an", "Nguyễn Văn An", password="chín-bè-rau-muống")


def words(page: str) -> str:
    """What a person reads: the text without tags."""
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def without_typed(page: str) -> str:
    """The page without what each visit makes anew: the form's token, and the name that was typed."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|id="id_login" name="login" value="[^"]*"', "", page)


def test_the_page_says_what_kheo_is_in_vietnamese(client: Client) -> None:
    page = client.get(SIGN_IN).content.decode()
    assert "Đăng nhập" in words(page)
    assert ENGLISH.findall(words(page)) == []


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client: Client, an: User) -> None:
    wrong = client.post(SIGN_IN, {"login": "an", "password": "sai"}).content.decode()
    unknown = client.post(SIGN_IN, {"login": "khong-co-ai", "password": "sai"}).content.decode()
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng." in wrong
    assert ENGLISH.findall(words(wrong)) == []
    assert without_typed(wrong) == without_typed(unknown)


def test_a_closed_account_is_told_so_only_with_its_password_and_its_sessions_end(client: Client, an: User) -> None:
    inside = Client()
    inside.force_login(an)
    assert inside.get("/").status_code == 200
    User.objects.filter(pk=an.pk).update(is_active=False)
    wrong = client.post(SIGN_IN, {"login": "an", "password": "sai"})
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng." in wrong.content.decode()
    closed = client.post(SIGN_IN, {"login": "an", "password": "chín-bè-rau-muống"})
    assert (closed.status_code, "Tài khoản đang tạm dừng" in closed.content.decode()) == (403, True)
    assert "_auth_user_id" not in client.session
    assert inside.get("/").status_code == 302


@pytest.mark.parametrize(
    "away", ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)", "\thttps://example.org"]
)
def test_signing_in_leads_nowhere_else(client: Client, an: User, away: str) -> None:
    answer = client.post(SIGN_IN, {"login": "an", "password": "chín-bè-rau-muống", "next": away})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    client.post("/tai-khoan/dang-xuat/", {"next": away})
    client.force_login(an)
    assert client.post("/tai-khoan/dang-xuat/", {"next": away}).headers["Location"] == SIGN_IN


def test_empty_fields_are_named_at_the_field(client: Client) -> None:
    page = client.post(SIGN_IN, {}).content.decode()
    assert 'aria-describedby="loi-ten"' in page
    assert "Hãy ghi mật khẩu" in page


def test_too_many_tries_are_told_to_wait(client: Client, an: User) -> None:
    answers = [client.post(SIGN_IN, {"login": "an", "password": f"sai-{attempt}"}).content.decode() for attempt in range(12)]
    assert "Đã thử quá nhiều lần" in answers[-1] or "Gửi quá nhiều lần" in answers[-1]
    assert ENGLISH.findall(words(answers[-1])) == []


def test_the_wanted_page_is_kept_through_signing_in(client: Client, an: User) -> None:
    page = client.get(f"{SIGN_IN}?next=/tien-do/").content.decode()
    assert '<input type="hidden" name="next" value="/tien-do/">' in page
    answer = client.post(SIGN_IN, {"login": "an", "password": "chín-bè-rau-muống", "next": "/tien-do/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/tien-do/")


def test_signing_out_asks_first(client: Client, an: User) -> None:
    client.force_login(an)
    page = client.get("/tai-khoan/dang-xuat/").content.decode()
    assert "Đăng xuất khỏi Khéo?" in page
    assert "_auth_user_id" in client.session
    client.post("/tai-khoan/dang-xuat/")
    assert "_auth_user_id" not in client.session


def test_a_new_password_is_refused_with_reasons_in_vietnamese(client: Client, an: User) -> None:
    client.force_login(an)
    page = client.post(NEW_PASSWORD, {"oldpassword": "sai", "password1": "12345", "password2": "123456"}).content.decode()
    assert "Mật khẩu đang dùng chưa đúng" in page
    assert "cần ít nhất 10 ký tự" in page
    assert "không được chỉ toàn chữ số" in page
    assert ENGLISH.findall(words(page)) == []


def test_a_new_password_is_taken(client: Client, an: User) -> None:
    client.force_login(an)
    fields = {"oldpassword": "chín-bè-rau-muống", "password1": "một-thúng-cam-sành", "password2": "một-thúng-cam-sành"}
    answer = client.post(NEW_PASSWORD, fields)
    an.refresh_from_db()
    assert answer.status_code == 302
    assert an.check_password("một-thúng-cam-sành")


def test_what_is_absent_is_the_same_bytes_for_everyone(client: Client, an: User) -> None:
    stranger = client.get("/khong-co-trang-nay/")
    client.force_login(an)
    known = [client.get("/khong-co-trang-nay/"), client.get("/trang-khac-cung-khong-co/")]
    assert {answer.status_code for answer in [stranger, *known]} == {404}
    assert {answer.content for answer in known} == {stranger.content}
