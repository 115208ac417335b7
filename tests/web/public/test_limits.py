"""How much comes from one place, to one unit and in all; who comes too late loses nothing and is told another way."""

import pytest
from allauth.core.internal.ratelimit import parse_rates
from django.conf import LazySettings
from django.db import connection
from django.test import Client

from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book
from kheo.web.public import gate
from tests.web.public.sending import WISH, code_in, followed, send
from tests.web.visits import text_of
from tests.world import World

pytestmark = pytest.mark.django_db


def test_so_many_from_one_address_and_what_was_typed_stays(world: World, petitions: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(gate.RATES, "file", "2/h/key")
    client = Client()
    for _ in range(2):
        assert send(client, world, tom_tat="").status_code == 409  # what is not taken in is not counted
        assert code_in(send(client, world))
    answer = send(client, world)
    assert answer.status_code == 429
    assert "Từ mạng này vừa có nhiều lượt gửi" in text_of(answer.content)
    assert 'value="Đèn hẻm hỏng"' in answer.content.decode()
    assert Entry.objects.count() == 2
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert code_in(send(elsewhere, world))


def test_so_many_sendings_in_all(world: World, petitions: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(gate.RATES, "file-all", "2/h/key")
    answers = [send(Client(REMOTE_ADDR=f"203.0.113.{number}"), world).status_code for number in range(4)]
    assert answers == [200, 200, 429, 429]


def test_whoever_floods_one_unit_shuts_out_no_other(world: World, petitions: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """And whoever comes too late there is told whom to go to or call, and loses nothing."""
    monkeypatch.setitem(gate.RATES, "file-unit", "2/h/key")
    answers = [send(Client(REMOTE_ADDR=f"203.0.113.{number}"), world) for number in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 429]
    told = text_of(answers[2].content)
    assert "Nơi nhận này đang có quá nhiều lượt gửi qua biểu mẫu." in told
    assert "hoặc đến, gọi Công đoàn cơ sở Một." in told
    assert 'value="Đèn hẻm hỏng"' in answers[2].content.decode()
    assert code_in(send(Client(REMOTE_ADDR="203.0.113.2"), world, noi=world.units["G2"]))


def test_no_fifteen_addresses_use_up_what_everybody_has(world: World) -> None:
    rates = {name: parse_rates(said) for name, said in gate.RATES.items()}
    hourly = {name: min(each.amount for each in found if each.duration == 3600) for name, found in rates.items() if "file" in name}
    assert 15 * hourly["file"] < hourly["file-all"] / 5
    assert hourly["file-unit"] < hourly["file-all"] / 5
    assert hourly["file"] * 5 < hourly["file-unit"]


def test_somebody_with_a_whole_network_of_addresses_is_one(world: World, petitions: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(gate.RATES, "file", "1/h/key")
    monkeypatch.setitem(gate.RATES, "file-block", "3/h/key")
    same = [send(Client(REMOTE_ADDR=f"2001:db8:1:1::{number}"), world).status_code for number in range(1, 3)]
    assert same == [200, 429]
    others = [send(Client(REMOTE_ADDR=f"2001:db8:1:{number}::1"), world).status_code for number in range(2, 6)]
    assert others == [200, 200, 429, 429]
    assert send(Client(REMOTE_ADDR="2001:db8:2:1::1"), world).status_code == 200


def test_ipv4_addresses_that_are_written_as_ipv6_are_not_all_one(world: World, petitions: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a server writes them that listens on one socket for both."""
    monkeypatch.setitem(gate.RATES, "file", "1/h/key")
    answers = [send(Client(REMOTE_ADDR=f"::ffff:203.0.113.{number}"), world).status_code for number in (1, 2, 1)]
    assert answers == [200, 200, 429]
    assert send(Client(REMOTE_ADDR="203.0.113.2"), world).status_code == 429


@pytest.mark.parametrize(("trusted", "answers"), [(0, [200, 429, 429]), (1, [200, 200, 429])])
def test_who_somebody_says_to_be_is_believed_of_trusted_proxies_alone(
    world: World, petitions: Book, settings: LazySettings, monkeypatch: pytest.MonkeyPatch, trusted: int, answers: list[int]
) -> None:
    """Behind one proxy the last address is what it saw; what the sender wrote before it counts for nothing."""
    monkeypatch.setitem(gate.RATES, "file", "1/h/key")
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = trusted
    found = []
    for number, said in enumerate(("198.51.100.1", "198.51.100.2", "198.51.100.2")):
        client = Client(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=f"192.0.2.{number}, {said}")
        found.append(send(client, world).status_code)
    assert found == answers


def test_of_whom_was_stopped_the_log_says_no_address(
    world: World, petitions: Book, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(gate.RATES, "file", "0/h/key")
    assert send(Client(REMOTE_ADDR="203.0.113.77"), world).status_code == 429
    assert f"public form: file is used up (unit {world.units['G1']})" in caplog.text
    assert "203.0.113" not in caplog.text


def test_names_of_places_by_number_are_counted_like_those_by_name(world: World, petitions: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(gate.RATES, "search", "3/m/key")
    client, unit = Client(), world.units["G1"]
    asked = ({"noi": unit}, {"noi": world.units["G2"]}, {"tim": "mot"}, {"noi": unit}, {"tim": "hai"})
    assert [client.get("/gop-y/phan-anh/", each).status_code for each in asked] == [200, 200, 200, 429, 429]
    assert "Công đoàn" not in text_of(client.get("/gop-y/phan-anh/", {"noi": unit}).content)


def test_forms_sent_to_learn_names_by_number_are_counted_too(world: World, petitions: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(gate.RATES, "try", "2/h/key")
    client = Client()
    answers = [client.post("/gop-y/phan-anh/", {"noi": world.units["G1"], **WISH}) for _ in range(3)]
    assert [each.status_code for each in answers] == [409, 409, 429]
    assert ["Công đoàn cơ sở Một" in text_of(each.content) for each in answers] == [True, True, False]
    assert 'value="Đèn hẻm hỏng"' in answers[2].content.decode()


def test_no_address_stands_in_the_cache(world: World, petitions: Book) -> None:
    """Not even of who was stopped, tried a wrong code, or asked for a name."""
    client = Client(REMOTE_ADDR="203.0.113.77")
    client.get("/gop-y/phan-anh/", {"tim": "mot"})
    code_in(send(client, world))
    followed(client, "0000-0000-0000-0000")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM config_cache")
        rows = cursor.fetchall()
    assert sum("kheo.public" in key for key, _ in rows) >= 5
    assert [row for row in rows if "203.0.113" in str(row)] == []
