"""A file of a form is chosen once: it is held over an error and over a reading, for its sender alone, and a secret one never."""

import re

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from kheo.directives.models import Arrival, Issue
from kheo.files.models import StoredFile
from kheo.files.queries import content_of
from kheo.web.office_books import uploads
from tests.directives.papers import arrive, issue
from tests.web.office_books.test_books import PAPER, TYPED, at
from tests.web.visits import enter, text_of
from tests.world import World

SENT = PAPER.encode()


def a_file(data: bytes = SENT, name: str = "cong-van.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def held_in(answer: HttpResponse) -> str:
    found = re.search(r'name="tep-giu" value="([^"]+)"', answer.content.decode())
    return found[1] if found else ""


def kept_file() -> tuple[str, bytes]:
    paper = Arrival.objects.order_by("-pk")[0].directive
    assert paper is not None
    assert paper.file is not None
    return paper.file.name, content_of(paper.file)


def test_after_an_error_the_file_need_not_be_chosen_again(world: World) -> None:
    client, address = enter(world, "an"), at(world, "enter_arrival")
    refused = client.post(address, {**TYPED, "issued_on": "32/13/2023", "tep": a_file()})
    assert refused.status_code == 409
    assert "Đang giữ tệp cong-van.txt (1 kB), không phải chọn lại." in text_of(refused.content)
    assert StoredFile.objects.count() == 0
    again = client.post(address, {**TYPED, "issued_on": "hôm qua", "tep-giu": held_in(refused)})
    assert held_in(again) == held_in(refused), "a second error loses nothing either"
    assert client.post(address, {**TYPED, "tep-giu": held_in(again)}).status_code == 302
    assert kept_file() == ("cong-van.txt", SENT)


def test_a_file_that_was_read_is_written_with_the_paper(world: World) -> None:
    client = enter(world, "an")
    read = client.post(at(world, "read_arrival"), {"tep": a_file()})
    assert "bấm Ghi vào sổ là giữ luôn cả tệp" in text_of(read.content)
    assert client.post(at(world, "enter_arrival"), {**TYPED, "text": PAPER, "tep-giu": held_in(read)}).status_code == 302
    assert kept_file() == ("cong-van.txt", SENT)
    assert uploads_left(world, held_in(read)) is None, "what is in the books is held no more"


def uploads_left(world: World, name: str, who: str = "an") -> object:
    return cache.get(f"paper-of-form:{world.users[who].pk}:{name}")


def test_where_the_book_has_it_already_the_file_is_held_until_the_officer_decides(world: World) -> None:
    arrive(world)
    client, address = enter(world, "an"), at(world, "enter_arrival")
    twins = client.post(address, {**TYPED, "tep": a_file()})
    assert "Sổ đã có văn bản này?" in text_of(twins.content)
    assert client.post(address, {**TYPED, "tep-giu": held_in(twins), "van-ghi": "1"}).status_code == 302
    assert kept_file() == ("cong-van.txt", SENT)


def test_another_file_takes_its_place_and_one_that_is_not_wanted_is_left(world: World) -> None:
    client, address = enter(world, "an"), at(world, "enter_arrival")
    held = held_in(client.post(address, {**TYPED, "issued_on": "x", "tep": a_file()}))
    assert client.post(address, {**TYPED, "tep-giu": held, "tep": a_file(b"khac", "khac.txt")}).status_code == 302
    assert kept_file() == ("khac.txt", b"khac")
    held = held_in(client.post(address, {**TYPED, "issued_on": "x", "tep": a_file()}))
    assert client.post(address, {**TYPED, "full_number": "7/A", "tep-giu": held, "bo-tep": "1"}).status_code == 302
    assert StoredFile.objects.count() == 1


def test_nobody_else_gets_a_held_file_by_its_name(world: World) -> None:
    refused = enter(world, "an").post(at(world, "enter_arrival"), {**TYPED, "issued_on": "x", "tep": a_file()})
    taken = enter(world, "hoa").post(at(world, "enter_arrival"), {**TYPED, "tep-giu": held_in(refused)})
    assert (taken.status_code, StoredFile.objects.count()) == (409, 0)
    assert "Tệp chọn lúc trước không còn giữ được; chọn lại tệp." in text_of(taken.content)


def test_a_file_that_is_held_no_more_is_said_and_nothing_is_written_without_it(world: World) -> None:
    client, address = enter(world, "an"), at(world, "enter_arrival")
    held = held_in(client.post(address, {**TYPED, "issued_on": "x", "tep": a_file()}))
    cache.clear()
    answer = client.post(address, {**TYPED, "tep-giu": held})
    assert (answer.status_code, Arrival.objects.count()) == (409, 0)
    assert "không còn giữ được" in text_of(answer.content)


@pytest.mark.parametrize("name", ["read_arrival", "enter_arrival", "enter_issue"])
def test_a_paper_that_is_marked_secret_is_never_held(world: World, name: str) -> None:
    """Also where something else is wrong on the form, so that the act that would refuse it is not even asked."""
    marked = PAPER.replace("V/v", "MẬT\nV/v").encode()
    answer = enter(world, "an").post(at(world, name), {**TYPED, "issued_on": "x", "symbol": "KH", "book": "", "tep": a_file(marked)})
    assert (answer.status_code, held_in(answer)) == (409, "")
    assert cache.get(f"papers-of-forms:{world.users['an'].pk}") is None


def test_a_broken_file_is_not_held(world: World) -> None:
    answer = enter(world, "an").post(at(world, "enter_arrival"), {**TYPED, "tep": a_file(b"%PDF-1.4 x", "a.pdf")})
    assert (answer.status_code, held_in(answer)) == (409, "")


def test_only_the_newest_few_are_held_and_none_that_is_too_large(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client, address = enter(world, "an"), at(world, "enter_arrival")
    wrong = {**TYPED, "issued_on": "x"}
    names = [held_in(client.post(address, {**wrong, "tep": a_file(name=f"{each}.txt")})) for each in range(uploads.MOST_HELD + 1)]
    assert [uploads_left(world, name) is None for name in names] == [True, False, False, False]
    monkeypatch.setattr(uploads, "LARGEST_HELD", 10)
    assert held_in(client.post(address, {**wrong, "tep": a_file()})) == ""


def test_the_signed_file_of_an_outgoing_paper_is_held_as_well(world: World) -> None:
    client: Client = enter(world, "dung")
    address = at(world, "enter_issue", "D1")
    facts = {**TYPED, "symbol": "KH-LĐLĐ", "book": "Chung"}
    refused = client.post(address, {**facts, "issued_on": "x", "tep": a_file()})
    assert client.post(address, {**facts, "tep-giu": held_in(refused)}).status_code == 302
    row = Issue.objects.get()
    assert row.directive
    assert row.directive.file
    mending = reverse("correct_issue", args=[issue(world).pk])
    refused = client.post(mending, {**facts, "version": "1", "tep": a_file(b"da ky", "da-ky.txt")})
    assert "Đang giữ tệp da-ky.txt" in text_of(refused.content), "the reason is missing"
    assert client.post(mending, {**facts, "version": "1", "reason": "gắn tệp", "tep-giu": held_in(refused)}).status_code == 302
    assert StoredFile.objects.order_by("-pk")[0].name == "da-ky.txt"
