"""Tokens: shown once, kept as a hash, bound to the holder's posts of the moment; no session, and no way into one."""

import logging

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from kheo.journal.models import JournalEntry
from kheo.org.models import Post
from kheo.people.actions import MOST_TOKENS, PER_MINUTE, make_token
from kheo.people.models import AccessToken
from tests.api.asking import BASE, Program, program, token_of
from tests.web.visits import day, enter, text_of
from tests.world import PASSWORD, World, later

PAGE = "/tai-khoan/ma-truy-cap/"


def make(world: World, who: str = "an", **fields: object) -> str:
    page = enter(world, who).post(PAGE, {"name": "Máy cơ quan", "days": 30, **fields}).content.decode()
    _, found, rest = page.partition('id="ma">')
    return rest.split("<")[0] if found else ""


def test_a_token_is_shown_once_and_kept_only_as_a_hash(world: World) -> None:
    secret = make(world)
    kept = AccessToken.objects.get()
    assert secret.startswith(f"kheo_{kept.prefix}_")
    assert len(secret) > 50
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(token)::text FROM people_access_token token")
        assert secret.split("_", 2)[2] not in cursor.fetchone()[0]
    words = text_of(enter(world, "an").get(PAGE).content)
    assert f"kheo_{kept.prefix}" in words
    assert secret not in words
    entry = JournalEntry.objects.get(act="make_token")
    assert secret not in str(entry.detail)
    assert Program(secret).get("/obligations").status_code == 200


def test_a_token_needs_a_name_and_there_are_only_so_many(world: World) -> None:
    assert enter(world, "an").post(PAGE, {"name": " ", "days": 30}).status_code == 409
    for number in range(MOST_TOKENS):
        assert make(world, name=f"Máy {number}")
    assert enter(world, "an").post(PAGE, {"name": "thêm", "days": 30}).status_code == 409
    assert AccessToken.objects.count() == MOST_TOKENS


def test_a_revoked_token_is_dead_at_once_and_only_its_holder_revokes_it(world: World) -> None:
    secret = make(world)
    revoke = reverse("revoke_token", args=[AccessToken.objects.get().pk])
    assert enter(world, "chi").post(revoke).status_code == 404
    assert Program(secret).get("/obligations").status_code == 200
    assert enter(world, "an").post(revoke).status_code == 302
    assert Program(secret).get("/obligations").status_code == 401


def test_a_token_ends_by_itself(world: World) -> None:
    secret = make(world)
    with day(later(days=32)):
        assert Program(secret).get("/obligations").status_code == 401


@pytest.mark.parametrize("wrong", ["", "kheo_aa_bb", "x" * 5000, "kheo_é"])
def test_anything_else_is_no_token(world: World, wrong: str) -> None:
    answer = Program(wrong).get("/obligations")
    assert (answer.status_code, answer["Content-Type"], answer["WWW-Authenticate"]) == (401, "application/problem+json", "Bearer")


def test_an_account_that_is_closed_takes_its_tokens_with_it(world: World) -> None:
    asking = program(world, "an")
    type(world.users["an"]).objects.filter(pk=world.users["an"].pk).update(is_active=False)
    assert asking.get("/obligations").status_code == 401


NEW = {"oldpassword": PASSWORD, "password1": "một-thúng-cam-sành", "password2": "một-thúng-cam-sành"}


def test_a_new_password_ends_the_tokens_unless_they_are_left(world: World) -> None:
    asking, others = program(world, "an"), program(world, "chi")
    client, address = enter(world, "an"), reverse("account_change_password")
    page = client.get(address).content.decode()
    assert '<input type="checkbox" name="thu-hoi-ma" value="1" checked>Thu hồi cả 1 mã truy cập đang dùng được' in page
    wrong = client.post(address, {**NEW, "oldpassword": "sai"})
    assert "checked" not in wrong.content.decode()
    client.post(address, {**NEW, "oldpassword": "sai", "thu-hoi-ma": "1"})
    assert asking.get("/obligations").status_code == 200, "a password that was not changed ends nothing"
    assert client.post(address, {**NEW, "thu-hoi-ma": "1"}).status_code == 302
    assert (asking.get("/obligations").status_code, others.get("/obligations").status_code) == (401, 200)
    entry = JournalEntry.objects.get(act="revoke_token")
    assert (entry.actor_name, entry.object_id) == ("Nguyễn Thị An", AccessToken.objects.get(user=world.users["an"]).pk)
    assert "thu-hoi-ma" not in client.get(address).content.decode()


def test_whoever_clears_the_box_keeps_the_tokens(world: World) -> None:
    asking, client = program(world, "an"), enter(world, "an")
    assert client.post(reverse("account_change_password"), NEW).status_code == 302
    assert asking.get("/obligations").status_code == 200


def test_other_sessions_end_with_the_password(world: World) -> None:
    here, elsewhere = enter(world, "an"), enter(world, "an")
    assert here.post(reverse("account_change_password"), NEW).status_code == 302
    assert (here.get("/").status_code, elsewhere.get("/").status_code) == (200, 302)


def test_a_token_may_what_its_holder_may_at_that_moment(world: World) -> None:
    asking, path = program(world, "an"), f"/reports/{world.obligation('G1').pk}"
    assert asking.get(path).status_code == 200
    Post.objects.filter(user=world.users["an"]).update(ends=later(days=1).date())
    assert asking.get(path).status_code == 404


def test_a_session_opens_no_door_here_and_a_token_opens_none_there(world: World) -> None:
    assert enter(world, "an").get(f"{BASE}/obligations").status_code == 401
    asking = program(world, "an")
    assert asking.get("/obligations").status_code == 200
    assert not asking.client.cookies
    assert asking.client.get("/").status_code == 302


def test_a_token_that_asks_too_often_waits_and_others_do_not(world: World) -> None:
    first, second = program(world, "an"), program(world, "an")
    AccessToken.objects.order_by("pk").filter(pk=AccessToken.objects.earliest("pk").pk).update(asked=PER_MINUTE, window=later(days=1))
    answer = first.get("/obligations")
    assert (answer.status_code, 0 < int(answer["Retry-After"]) <= 60) == (429, True)
    assert second.get("/obligations").status_code == 200


def test_no_token_is_written_into_a_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    secret = token_of(world, "an")
    with caplog.at_level(logging.DEBUG):
        Program(secret).get("/reports/987654321")
        Program(secret[:-1]).get("/obligations")
        Program(secret).send("PATCH", f"/reports/{world.obligation('G1').pk}/draft", "{")
    assert caplog.records
    assert secret[:-1] not in caplog.text


def test_without_a_csrf_token_no_token_is_made(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.users["an"])
    assert client.post(PAGE, {"name": "a", "days": 30}).status_code == 403
    assert not AccessToken.objects.exists()


def test_a_lifetime_that_is_not_offered_is_a_fault_of_the_caller(world: World) -> None:
    from kheo.journal.actions import SYSTEM

    with pytest.raises(ValueError, match="not offered"):
        make_token(world.users["an"], name="a", days=9999, by=SYSTEM, at=later())
