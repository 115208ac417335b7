"""Zalo against a fake that takes, refuses, renews, is busy, slow, or answers nonsense. Nothing but a number and a link leaves."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from threading import Event
from urllib.parse import parse_qs, urlsplit

import pytest

from kheo.core.letters import Letter, LinkedLine, code_letter, digest_letter, trial_letter
from kheo.journal.actions import SYSTEM
from kheo.notices.actions import Chosen, ask_code, confirm_code, deliver
from kheo.notices.actions.tokens import current_token, token_keeper
from kheo.notices.channels import ZALO, Message, Outcome, ZaloChannel, ZaloService
from kheo.notices.channels.zalo import LONGEST_ANSWER, Tokens, renew
from kheo.notices.models import ChannelToken, Check, Preferences
from kheo.notices.queries.codes import code_of
from kheo.people.models import User
from tests.notices.zalo_server import ZaloDouble, zalo_server

NOW = datetime(2023, 11, 13, tzinfo=UTC)
LETTER = Letter("Khéo: 3 việc cần làm", "Báo cáo của CĐCS Một: 7.593 người", "<p>…</p>", "3 việc cần làm", "https://kheo.example.vn/")
MESSAGE = Message("84912345678", LETTER, "kheo-digest-7")


@pytest.fixture
def server() -> Iterator[ZaloDouble]:
    with zalo_server() as listening:
        yield listening


def channel(server: ZaloDouble, give: Callable[[str | None], str | None] = lambda _refused: "access", **changes: object) -> ZaloChannel:
    return ZaloChannel(server.service(**changes), give)


def test_only_a_number_and_a_link_leave(server: ZaloDouble) -> None:
    assert channel(server).send(MESSAGE) == Outcome("sent")
    assert server.asked == [
        {
            "phone": "84912345678",
            "template_id": "mau-1",
            "template_data": {"noi_dung": "3 việc cần làm", "duong_dan": "https://kheo.example.vn/"},
            "tracking_id": "kheo-digest-7",
        }
    ]
    assert "CĐCS" not in json.dumps(server.asked, ensure_ascii=False)


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (-118, Outcome("failed", "Zalo không nhận tin (mã -118)")),
        (-144, Outcome("later", "Zalo báo đã hết lượt gửi", timedelta(hours=6), is_down=True)),
        ((429, {"Retry-After": "120"}), Outcome("later", "Zalo đang bận (mã 429)", timedelta(minutes=2), is_down=True)),
        ((429, {"Retry-After": "soon"}), Outcome("later", "Zalo đang bận (mã 429)", is_down=True)),
        ((503, {}), Outcome("later", "Zalo đang bận (mã 503)", is_down=True)),
        ((500, {}), Outcome("unclear", "Zalo trả lời lỗi (mã 500)")),
        ((404, {}), Outcome("failed", "Zalo không nhận tin (mã 404)")),
        (b"<html>", Outcome("unclear", "Zalo trả lời không đọc được")),
        (b"[]", Outcome("unclear", "Zalo trả lời không đọc được")),
        (b'{"error": "0"}', Outcome("unclear", "Zalo trả lời không đọc được")),
        (b"\xff\xfe", Outcome("unclear", "Zalo trả lời không đọc được")),
        (b"{" + b" " * LONGEST_ANSWER + b"}", Outcome("unclear", "Zalo trả lời không đọc được")),
    ],
)
def test_what_became_of_a_message_is_said_honestly(server: ZaloDouble, answer: object, outcome: Outcome) -> None:
    server.script = [answer]
    assert channel(server).send(MESSAGE) == outcome


def test_a_redirect_is_not_followed(server: ZaloDouble) -> None:
    server.script = [(302, {"Location": f"http://127.0.0.1:{server.server_address[1]}/elsewhere"})]
    assert channel(server).send(MESSAGE) == Outcome("unclear", "Zalo trả lời lỗi (mã 302)")
    assert len(server.asked) == 1


def test_a_host_that_is_not_listed_is_never_spoken_to(server: ZaloDouble) -> None:
    for address in ("http://192.0.2.1/message", "https://zalo.me.example.vn/", "http://business.openapi.zalo.me/", "file:///etc/passwd"):
        refused = channel(server, send_url=address).send(MESSAGE)
        assert refused == Outcome("failed", "địa chỉ Zalo không nằm trong danh sách cho phép")
    assert server.asked == []


def test_the_real_addresses_are_listed() -> None:
    service = ZaloService("app", "s", "t", "r")
    assert service.is_allowed(service.send_url)
    assert service.is_allowed(service.token_url)
    assert not service.is_allowed("http://127.0.0.1/"), "this machine only where a test says so"


def test_a_slow_answer_leaves_it_open(server: ZaloDouble) -> None:
    never = Event()
    server.script = [never]
    assert channel(server, timeout=0.3).send(MESSAGE) == Outcome("unclear", "mất kết nối với Zalo khi đang gửi", is_down=True)
    never.set()


def test_a_closed_port_has_taken_nothing(server: ZaloDouble) -> None:
    with zalo_server() as gone:
        address = gone.service().send_url
    assert channel(server, send_url=address).send(MESSAGE) == Outcome("later", "không nối được Zalo", is_down=True)


def test_a_refused_token_is_renewed_once(server: ZaloDouble) -> None:
    given = iter(["old", "new"])
    server.script = [-124, 0]
    assert channel(server, lambda _refused: next(given)).send(MESSAGE) == Outcome("sent")
    assert server.tokens_seen == ["old", "new"]
    server.script = [-216, -216]
    assert channel(server).send(MESSAGE) == Outcome("later", "Zalo không nhận khoá truy cập", is_down=True)


def test_without_a_token_nothing_is_sent(server: ZaloDouble) -> None:
    assert channel(server, lambda _refused: None).send(MESSAGE) == Outcome("later", "Zalo không cấp khoá truy cập", is_down=True)
    assert server.asked == []


@pytest.mark.parametrize(
    "answer", [{"error": -14004}, {"access_token": "a"}, {"access_token": "a", "refresh_token": "", "expires_in": "1"},
               {"access_token": "a", "refresh_token": "b", "expires_in": "for ever"}]
)  # fmt: skip
def test_half_a_pair_of_tokens_is_none(server: ZaloDouble, answer: dict[str, object]) -> None:
    server.token_answer = answer
    assert renew(server.service(), "refresh-0") is None


def test_a_pair_of_tokens_has_its_time(server: ZaloDouble) -> None:
    assert renew(server.service(), "refresh-0") == Tokens("access-1", "refresh-1", timedelta(hours=25))


@pytest.mark.django_db
def test_tokens_are_kept_and_renewed_before_they_end(server: ZaloDouble) -> None:
    service = server.service()
    assert current_token(service, refused=None, at=NOW) == "access-1"
    assert current_token(service, refused=None, at=NOW + timedelta(hours=24)) == "access-1"
    assert current_token(service, refused=None, at=NOW + timedelta(hours=24, minutes=51)) == "access-2"
    assert server.refreshed == ["refresh-0", "refresh-1"], "each works once"
    assert token_keeper(service, lambda: NOW + timedelta(hours=25))("access-2") == "access-3"
    assert token_keeper(service, lambda: NOW + timedelta(hours=25))("access-2") == "access-3", "others use what one got"


@pytest.mark.django_db
def test_a_refresh_token_set_anew_begins_anew(server: ZaloDouble) -> None:
    current_token(server.service(), refused=None, at=NOW)
    other = ZaloService(
        "app", "s", "t", "refresh-new", **{name: getattr(server.service(), name) for name in ("send_url", "token_url", "hosts")}
    )
    current_token(other, refused=None, at=NOW)
    assert server.refreshed == ["refresh-0", "refresh-new"]
    assert ChannelToken.objects.count() == 2


@pytest.mark.django_db
def test_the_code_of_a_number_comes_through_zalo_itself_in_the_link(server: ZaloDouble) -> None:
    an = User.objects.create(username="an", full_name="An")
    asked = ask_code(an.pk, channel=ZALO, address="0912 345 678", by=SYSTEM, at=NOW)
    assert isinstance(asked, Chosen)
    assert deliver({ZALO: channel(server)}, site="https://kheo.example.vn", now=lambda: NOW).counts == {"sent": 1}
    code = code_of(Check.objects.get())
    (message,) = server.asked
    assert message["phone"] == "84912345678"
    assert message["template_data"] == {
        "noi_dung": "xác nhận số điện thoại này",
        "duong_dan": f"https://kheo.example.vn/thong-bao/cach-nhan/?ma={code}&kenh=zalo",
    }
    assert not Preferences.objects.get().by_zalo, "nothing is used before the code came back"
    brought = parse_qs(urlsplit(message["template_data"]["duong_dan"]).query)["ma"][0]
    confirmed = confirm_code(an.pk, channel=ZALO, code=brought, by=SYSTEM, at=NOW + timedelta(minutes=2))
    assert isinstance(confirmed, Chosen)
    kept = Preferences.objects.get()
    assert (kept.zalo_phone, kept.by_zalo, kept.zalo_verified_at) == ("84912345678", True, NOW + timedelta(minutes=2))


def test_each_kind_of_message_reads_as_a_sentence_within_zalo_s_bounds() -> None:
    """As the registered words put it: "Khéo nhắc anh/chị: {noi_dung}." """
    home, line = "https://kheo.example.vn/", LinkedLine("CĐCS Một: 7.593 người", "https://kheo.example.vn/bao-cao/1/")
    gists = [
        digest_letter("An", date(2023, 11, 13), [line] * 3, [line], home=home, settings=home).gist,
        digest_letter("An", date(2023, 11, 13), [], [line], home=home, settings=home).gist,
        code_letter("123456", 30, page=home, link=home).gist,
        trial_letter(home=home).gist,
    ]
    assert gists == ["3 việc cần làm", "có tin mới, mở ra xem", "xác nhận số điện thoại này", "tin thử, không phải làm gì"]
    assert all(len(gist) <= 30 for gist in gists)
    assert "123456" not in "".join(gists)
