"""What stands between a draft and its receipt on the pages, a program can do as well: explain, answer remarks, vouch for a text."""

from typing import Any

import pytest

from kheo.reports.actions import Done, remark, return_report
from kheo.reports.models import Report
from tests.api.asking import program
from tests.api.test_reports import body, path
from tests.web.visits import day
from tests.world import GOOD, World, later, submit
from tests.years import NEXT_YEAR, accepted_once, year_after

ODD: dict[str, Any] = {key: {"before": "", "after": 300 if key == "C201" else figure} for key, figure in GOOD.items()}
WHY = "Mở rộng ra toàn quận."


def sections(text: str) -> dict[str, Any]:
    return {"I": {"before": "", "after": text}}


def test_an_odd_figure_is_explained_and_then_sent(world: World) -> None:
    accepted_once(world, "G1")
    after = year_after(world)
    with day(NEXT_YEAR):
        an, hoa = program(after, "an", NEXT_YEAR), program(after, "hoa", NEXT_YEAR)
        an.send("PATCH", path(after, tail="/draft"), {"cells": ODD, "sections": sections("Đã làm.")})
        asked = [each for each in body(an.get(path(after)))["problems"] if each["severity"] == "explain"]
        assert [each["place"] for each in asked] == ["explain:C201"]
        refused = hoa.send("POST", path(after, tail="/submit"), {"version": 1})
        assert (refused.status_code, [each["place"] for each in body(refused)["problems"]]) == (409, ["explain:C201"])
        saved = an.send("PATCH", path(after, tail="/draft"), {"explanations": {"C201": {"before": "", "after": WHY}}})
        assert (body(saved)["version"], body(saved)["saved"]) == (2, ["explain:C201"])
        report = body(an.get(path(after)))
        assert (report["explanations"], [each["severity"] for each in report["problems"]]) == ({"C201": WHY}, ["explained"])
        assert hoa.send("POST", path(after, tail="/submit"), {"version": 2}).status_code == 200
    latest = after.report("G1").latest
    assert latest
    assert latest.enclosures == {"explanations": {"C201": WHY}}


def test_an_explanation_that_somebody_else_wrote_meanwhile_comes_back_as_a_conflict(world: World) -> None:
    an, hoa = program(world, "an"), program(world, "hoa")
    hoa.send("PATCH", path(world, tail="/draft"), {"explanations": {"C201": {"before": "", "after": WHY}}})
    answer = an.send("PATCH", path(world, tail="/draft"), {"explanations": {"C201": {"before": "", "after": "Khác."}}})
    assert body(answer)["conflicts"] == [{"place": "explain:C201", "current": WHY, "by": "Trần Thị Hoa"}]


@pytest.mark.parametrize("key", ["C501", "X9"])
def test_what_takes_no_explanation_is_refused_with_its_place(world: World, key: str) -> None:
    sent = {"explanations": {key: {"before": "", "after": WHY}}}
    answer = program(world, "an").send("PATCH", path(world, tail="/draft"), sent)
    assert (answer.status_code, [each["place"] for each in body(answer)["problems"]]) == (422, [f"explanations.{key}"])
    assert not Report.objects.exists()


def test_a_remark_is_read_answered_and_the_report_sent_again(world: World) -> None:
    submit(world, "G1")
    owed, version, binh = world.obligation("G1").pk, world.report("G1").version, world.person("binh")
    for target in ("B02", "C201"):
        assert isinstance(remark(owed, target=target, text="Vì sao?", version=version, by=binh, at=later(minutes=1)), Done)
    assert isinstance(return_report(owed, reason="Xem lại.", version=version, by=binh, at=later(minutes=2)), Done)
    an, hoa = program(world, "an"), program(world, "hoa")
    an.send("PATCH", path(world, tail="/draft"), {"cells": {"B02": {"before": 5, "after": 6}}})
    assert [(each["place"], each["answered"]) for each in body(an.get(path(world)))["remarks"]] == [("B02", "corrected"), ("C201", "")]
    version = body(an.get(path(world)))["version"]
    refused = hoa.send("POST", path(world, tail="/submit"), {"version": version})
    assert (refused.status_code, [each["place"] for each in body(refused)["problems"]]) == (409, ["C201"])
    kept = an.send("POST", path(world, tail="/answers"), {"place": "C201", "text": "Đúng như sổ."})
    assert (kept.status_code, body(kept)) == (200, {"version": version + 1})
    told = body(an.get(path(world)))["remarks"][1]
    assert told == {"place": "C201", "text": "Vì sao?", "by": "Lê Văn Bình", "answered": "kept"}
    assert hoa.send("POST", path(world, tail="/submit"), {"version": version + 1}).status_code == 200


@pytest.mark.parametrize(("place", "text"), [("B02", ""), ("A99", "Đúng."), ("section:I", "Đúng.")])
def test_an_answer_that_fits_no_remark_or_says_nothing_is_refused(world: World, place: str, text: str) -> None:
    submit(world, "G1")
    owed, version, binh = world.obligation("G1").pk, world.report("G1").version, world.person("binh")
    remark(owed, target="B02", text="Vì sao?", version=version, by=binh, at=later(minutes=1))
    return_report(owed, reason="Xem lại.", version=version, by=binh, at=later(minutes=2))
    answer = program(world, "an").send("POST", path(world, tail="/answers"), {"place": place, "text": text})
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    assert body(program(world, "an").get(path(world)))["remarks"][0]["answered"] == ""


def test_what_looks_like_personal_data_is_sent_only_when_the_signer_vouches_for_it(world: World) -> None:
    an, hoa = program(world, "an"), program(world, "hoa")
    cells = {key: {"before": "", "after": figure} for key, figure in GOOD.items()}
    an.send("PATCH", path(world, tail="/draft"), {"cells": cells, "sections": sections("Liên hệ 0912 345 678.")})
    places = [each["place"] for each in body(an.get(path(world)))["problems"] if each["severity"] == "confirm"]
    assert places == ["section:I"]
    assert hoa.send("POST", path(world, tail="/submit"), {"version": 1}).status_code == 409
    assert hoa.send("POST", path(world, tail="/submit"), {"version": 1, "confirmed": ["section:III"]}).status_code == 409
    assert hoa.send("POST", path(world, tail="/submit"), {"version": 1, "confirmed": places}).status_code == 200


def test_an_answer_with_what_looks_like_personal_data_is_taken_when_it_is_vouched_for(world: World) -> None:
    submit(world, "G1")
    owed, version, binh = world.obligation("G1").pk, world.report("G1").version, world.person("binh")
    remark(owed, target="B02", text="Vì sao?", version=version, by=binh, at=later(minutes=1))
    return_report(owed, reason="Xem lại.", version=version, by=binh, at=later(minutes=2))
    an, sent = program(world, "an"), {"place": "B02", "text": "Hỏi chị Hoa 0912 345 678."}
    refused = an.send("POST", path(world, tail="/answers"), sent)
    assert (refused.status_code, "có số điện thoại (“0912 345 678”)" in body(refused)["title"]) == (409, True)
    assert an.send("POST", path(world, tail="/answers"), {**sent, "confirmed": True}).status_code == 200
