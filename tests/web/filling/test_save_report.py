"""What the script of the report page sends, and what it gets back, whatever is sent."""

import json
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kheo.core.figures import Figure
from kheo.journal.models import JournalEntry
from kheo.reports.models import Report
from kheo.web.filling.intake import MOST_BYTES, MOST_TEXT
from tests.web.visits import enter
from tests.world import World, fill, submit


def address(world: World, code: str = "G1") -> str:
    return reverse("save_report", args=[world.obligation(code).pk])


def send(world: World, body: Any, who: str = "an") -> HttpResponse:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    answer: HttpResponse = enter(world, who).post(address(world), data=data, content_type="application/json")
    return answer


def cells(**texts: str) -> dict[str, Any]:
    """A message that fills empty cells; B01_KT stands for B01.KT."""
    return {"cells": {key.replace("_", "."): {"before": "", "after": text} for key, text in texts.items()}}


def stored(world: World) -> dict[str, Figure]:
    figures: dict[str, Figure] = world.report("G1").figures
    return figures


def test_stores_what_was_typed_and_says_how_it_stands(world: World) -> None:
    answer = send(world, {**cells(B01_KT="1.000", B01_VH="0", C201="?"), "sections": {"I": {"before": "", "after": "Tốt.\r\nRất tốt."}}})
    reply = json.loads(answer.content)
    assert answer.status_code == 200
    assert stored(world) == {"B01.KT": 1000, "B01.VH": 0, "C201": None}
    assert world.report("G1").narrative == {"I": "Tốt.\nRất tốt."}
    assert reply["values"] == {"B01.KT": "1.000", "B01.VH": "0", "C201": "chưa có số liệu"}
    assert reply["computed"] == {"B01": "1.000", "C202R": ""}
    assert (reply["version"], reply["saved_at"]) == (1, "09:00 02/04/2023")
    assert reply["count"] == {"answered": 3, "of": 6}
    assert reply["unanswered"] == ["B02", "C202", "C501"]
    assert reply["parts"]["chung"] == {"words": "3/5", "tone": ""}
    assert reply["sections"] == ["I"]
    assert (reply["errors"], reply["conflicts"], reply["problems"]) == ({}, {}, [])


@pytest.mark.parametrize(
    ("text", "figure", "shown"),
    [
        ("7593", 7593, "7.593"),
        ("1.000", 1000, "1.000"),
        ("１２３", 123, "123"),
        (" 12\u00a0345 ", 12345, "12.345"),
        ("0", 0, "0"),
        ("-", 0, "0"),
        ("…", None, "chưa có số liệu"),
        ("Chưa có số liệu", None, "chưa có số liệu"),
        ("x", "na", "không áp dụng"),
    ],
)
def test_reads_a_cell_as_officers_write_it(world: World, text: str, figure: Figure, shown: str) -> None:
    reply = json.loads(send(world, cells(B02=text)).content)
    assert (stored(world), reply["values"]) == ({"B02": figure}, {"B02": shown})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("9" * 500, "500 chữ số"),
        ("1,5", "số nguyên"),
        ("1,000", "chưa rõ"),
        ("1.00", "chưa rõ"),
        ("-5", "số âm"),
        ("😀", "không phải là một con số"),
        ("12 cái", "không phải là một con số"),
        ("a" * 100_000, "100.000 ký tự"),
        ("7" * 100_000, "100.000 chữ số"),
        ("\u0000", "không phải là một con số"),
        ("\ud800", "không phải là một con số"),
        ("=1+1", "không phải là một con số"),
    ],
)
def test_a_text_that_is_no_figure_gets_a_clear_answer_and_spoils_nothing_else(world: World, text: str, words: str) -> None:
    answer = send(world, cells(B02=text, C201="4"))
    reply = json.loads(answer.content)
    assert answer.status_code == 200
    assert stored(world) == {"C201": 4}
    assert list(reply["errors"]) == ["B02"]
    assert words in reply["errors"]["B02"]
    assert "ví dụ" in reply["errors"]["B02"]
    assert len(answer.content) < 5_000


def test_nothing_is_begun_by_a_message_that_says_nothing(world: World) -> None:
    answer = send(world, cells(B02="sai"))
    assert (answer.status_code, json.loads(answer.content)["version"]) == (200, 0)
    assert not Report.objects.exists()
    assert not JournalEntry.objects.filter(act="save_draft").exists()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"7",
        b"\xff\xfe",
        b"[" * 100_000,
        b"1" * 6_000,
        b'{"cells": []}',
        b'{"cells": {"B02": "5"}}',
        b'{"cells": {"B02": {"before": "", "after": 5}}}',
        b'{"cells": {"B02": {"after": "5"}}}',
        b'{"cells": {"B02": {"before": "", "after": "5", "state": "accepted"}}}',
        b'{"cells": {}, "state": "accepted"}',
        b'{"sections": {"I": {"before": null, "after": ""}}}',
    ],
    ids=lambda body: body[:30].decode("latin-1"),
)
def test_a_message_of_another_shape_is_refused_with_a_reason(world: World, body: bytes) -> None:
    answer = send(world, body)
    assert answer.status_code == 400
    assert "Hãy tải lại trang" in json.loads(answer.content)["message"]
    assert not Report.objects.exists()


@pytest.mark.parametrize("key", ["B99", "B01", "A06", "C202R", "", "__class__", "\ud800", "B02\u0000", "x" * 10_000])
def test_a_cell_that_nobody_types_into_is_refused(world: World, key: str) -> None:
    answer = send(world, {"cells": {key: {"before": "", "after": "5"}, "B02": {"before": "", "after": "5"}}})
    assert (answer.status_code, len(answer.content) < 500) == (400, True)
    assert "không có ô" in json.loads(answer.content)["message"]
    assert not Report.objects.exists()


def test_an_unknown_section_is_refused(world: World) -> None:
    assert send(world, {"sections": {"IX": {"before": "", "after": "x"}}}).status_code == 400


def test_a_body_over_the_limit_is_refused(world: World) -> None:
    """Just over our own limit, and over the one of the framework."""
    for size in (MOST_BYTES, 6 * 1024 * 1024):
        answer = send(world, {"sections": {"I": {"before": "", "after": "a" * size}}})
        assert answer.status_code == 413
        assert "quá lớn" in json.loads(answer.content)["message"]


def test_a_section_may_be_long_but_not_endless(world: World) -> None:
    longer = send(world, {"sections": {"I": {"before": "", "after": "ă" * 600}}})
    assert [problem["message"] for problem in json.loads(longer.content)["problems"]] == [
        "Mục I. Kết quả nổi bật: dài 600 ký tự, tối đa 500."
    ]
    endless = json.loads(send(world, {"sections": {"II": {"before": "", "after": "ă" * (MOST_TEXT + 1)}}}).content)
    assert endless["errors"] == {"section:II": "Đoạn này dài 20.001 ký tự, không lưu được quá 20.000. Hãy rút gọn."}
    assert world.report("G1").narrative == {"I": "ă" * 600}


def test_what_cannot_be_stored_is_left_out_of_a_section(world: World) -> None:
    assert send(world, {"sections": {"I": {"before": "", "after": "a\u0000b\ud800c"}}}).status_code == 200
    assert world.report("G1").narrative == {"I": "ab?c"}


def test_two_people_at_one_cell_both_see_it_and_nothing_is_lost(world: World) -> None:
    fill(world, "G1", {"B02": 5, "C201": 7}, by=world.person("hoa"))
    his = {"B02": {"before": "", "after": "6"}, "C201": {"before": "7", "after": "8"}}
    reply = json.loads(send(world, {"cells": his, "sections": {"I": {"before": "", "after": "Khác."}}}).content)
    hers = {"text": "5", "by": "Trần Thị Hoa"}
    assert reply["conflicts"] == {"B02": hers, "section:I": {"text": "Đã triển khai tốt.", "by": "Trần Thị Hoa"}}
    assert (reply["values"], reply["sections"]) == ({"C201": "8"}, [])
    assert stored(world) == {"B02": 5, "C201": 8}
    chosen = send(world, {"cells": {"B02": {"before": "5", "after": "6"}}})
    assert json.loads(chosen.content)["conflicts"] == {}
    assert stored(world) == {"B02": 6, "C201": 8}


@pytest.mark.parametrize("before", ["na", "không đọc được", "\u0000", "9" * 400])
def test_a_cell_whose_earlier_text_makes_no_sense_is_contested_not_overwritten(world: World, before: str) -> None:
    fill(world, "G1", {"B02": "na"}, by=world.person("hoa"))
    reply = json.loads(send(world, {"cells": {"B02": {"before": before, "after": "6"}}}).content)
    assert list(reply["conflicts"]) == ["B02"]
    assert stored(world) == {"B02": "na"}


def test_an_answer_is_taken_back_by_an_empty_text(world: World) -> None:
    fill(world, "G1", {"B02": 0, "C201": 1}, by=world.person("an"))
    reply = json.loads(send(world, {"cells": {"B02": {"before": "0", "after": ""}}}).content)
    assert (stored(world), reply["values"]) == ({"C201": 1}, {"B02": ""})


def test_problems_name_their_cell(world: World) -> None:
    reply = json.loads(send(world, cells(C201="3", C202="4", B01_KT="9", B01_VH="0", B02="1")).content)
    assert reply["problems"] == [
        {"target": "C201", "message": "Số trả lời đúng hạn (4) lớn hơn số tiếp nhận (3).", "severity": "error"},
        {"target": "section:I", "message": "Mục I. Kết quả nổi bật: chưa viết.", "severity": "error"},
        {"target": "B01.KT", "message": "Số đang duy trì (1) ít hơn số đăng ký mới (9): có đúng không?", "severity": "question"},
    ]
    assert (reply["headline"], reply["tone"]) == ("2 chỗ phải sửa, 1 chỗ cần xem lại, còn 1 ô chưa nhập", "is-error")
    assert reply["parts"] == {
        "chung": {"words": "1 lỗi", "tone": "is-error"},
        "N5": {"words": "0/1", "tone": ""},
        "loi-van": {"words": "0/2 mục", "tone": ""},
    }


def test_a_report_that_was_sent_takes_nothing_more(world: World) -> None:
    submit(world, "G1")
    for text in ("6", "sai"):
        answer = send(world, {"cells": {"B02": {"before": "5", "after": text}}})
        assert answer.status_code == 409
        assert "đang ở trạng thái “Đã nộp”" in json.loads(answer.content)["message"]
    assert stored(world)["B02"] == 5


def test_a_stranger_finds_nothing_and_a_visitor_is_sent_to_sign_in(world: World) -> None:
    assert send(world, cells(B02="1"), who="chi").status_code == 404
    assert Client().post(address(world), data=b"{}", content_type="application/json").status_code == 302
    assert enter(world, "an").get(address(world)).status_code == 405


def test_without_its_token_a_message_is_refused(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.users["an"])
    assert client.post(address(world), data=b"{}", content_type="application/json").status_code == 403


def test_queries_do_not_grow_with_what_is_saved(world: World) -> None:
    fill(world, "G1", {"C501": 1}, by=world.person("an"))
    client, counts = enter(world, "an"), []
    client.get("/")  # so that what is kept in memory is there
    for texts in (cells(B02="1"), cells(B01_KT="1", B01_VH="2", C201="3", C202="3")):
        with CaptureQueriesContext(connection) as captured:
            client.post(address(world), data=json.dumps(texts), content_type="application/json")
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 20
