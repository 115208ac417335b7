"""The summary of what is wrong leads to what is wrong: on the page of every act and every form of every book, whatever was sent there.

The same is looked at on every page that any test of the product asks for (tests/summaries.py); here everything is wrong at once.
"""

import re
from collections.abc import Iterator, Mapping

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from kheo.people.models import User
from kheo.registers.models import Entry
from kheo.registers.queries.definitions import Book
from tests.registers.entries import put
from tests.registers.test_rights import TABLES, Stage, staged, standing, table, the_book
from tests.summaries import SummariesLead, leading_nowhere, unled
from tests.web.visits import day
from tests.world import later

LONG = "Chữ quá dài. " * 3000
LINKS = re.compile(r'<a href="#[^"]+"')


def sent_wrong(book: Book) -> Iterator[dict[str, str]]:
    """Nothing at all; and in every box, also in those that this page does not have, what no box takes."""
    yield {}
    yield {
        **dict.fromkeys(book.definition.by_key, LONG),
        **dict.fromkeys(("reason", "reply", "text"), LONG),
        **dict.fromkeys(("on", "handler", "other", "code", "kind", "source", "quantity", "amount_vnd", "don_vi", "anh-chup"), "không đúng"),
    }


def refused(world: Stage, who: str, address: str, sent: Mapping[str, str]) -> HttpResponse:
    """The page that comes back; nothing is kept."""
    client = Client()
    client.force_login(User.objects.get(pk=world.people[who].user_id))
    with transaction.atomic(), day(later(days=1)):
        answer: HttpResponse = client.post(address, sent)
        transaction.set_rollback(True)
    return answer


def summary(answer: HttpResponse) -> str:
    found = re.search(r'<div class="error-summary".*?</div>', answer.content.decode(), re.DOTALL)
    return found.group(0) if found else ""


def addresses(book: Book, entry: Entry) -> Iterator[str]:
    """The forms of an entry that its own unit fills in, beside the pages of acts."""
    yield reverse("new_entry", args=[book.register.code])
    yield reverse("edit_entry", args=[entry.pk])
    yield from (reverse("add_line", args=[entry.pk, each.code]) for each in book.definition.lines)
    yield from (reverse("add_link", args=[entry.pk, each.code]) for each in book.definition.links)
    if book.definition.quick is not None:
        yield reverse("file_quickly", args=[book.register.code])


@pytest.mark.parametrize("code", [file.stem for file in TABLES])
def test_on_the_page_of_every_act_it_leads_to_boxes_that_are_there(db: None, code: str) -> None:
    world, book = staged(code), the_book(code)
    rights, entry, leading = table(next(file for file in TABLES if file.stem == code)).rights, standing(world, book), 0
    for act in book.definition.acts:
        put(entry, book.definition, act.states[0])
        who = next(name for name, words in sorted(rights[act.states[0]].items()) if act.code in words)
        for sent in sent_wrong(book):
            answer = refused(world, who, reverse("act_on_entry", args=[entry.pk, act.code]), {"version": str(entry.version), **sent})
            if answer.status_code == 302:  # an act that asks nothing was done
                continue
            assert answer.status_code == 409, act.code
            assert (leading_nowhere(answer.content.decode()), unled(answer.content.decode())) == ([], []), act.code
            leading += len(LINKS.findall(summary(answer)))
    assert leading


@pytest.mark.parametrize("code", [file.stem for file in TABLES])
def test_on_every_other_form_as_well(db: None, code: str) -> None:
    world, book = staged(code), the_book(code)
    rights, entry, leading = table(next(file for file in TABLES if file.stem == code)).rights, standing(world, book), 0
    who = next(name for name in ("own.officer", "own.head", "own.office") if "edit" in rights[entry.state].get(name, ()))
    for address in addresses(book, entry):
        for sent in sent_wrong(book):
            answer = refused(world, who, address, {"version": str(entry.version), **sent})
            if answer.status_code in (302, 404):  # nothing is asked of a draft; another unit's to write
                continue
            assert answer.status_code == 409, address
            assert (leading_nowhere(answer.content.decode()), unled(answer.content.decode())) == ([], []), address
            leading += len(LINKS.findall(summary(answer)))
    assert leading


def test_on_the_form_of_a_line_that_is_frozen_it_leads_to_why(db: None) -> None:
    world, book = staged("ke-hoach"), the_book("ke-hoach")
    rights, entry = table(next(file for file in TABLES if file.stem == "ke-hoach")).rights, standing(world, book)
    put(entry, book.definition, "ban_hanh")
    who = next(name for name, words in sorted(rights["ban_hanh"].items()) if "dieu_chinh" in words)
    for sent in sent_wrong(book):
        page = refused(world, who, reverse("add_line", args=[entry.pk, "chi_tieu"]), sent).content.decode()
        assert '<a href="#o-reason">' in page
        assert (leading_nowhere(page), unled(page)) == ([], [])


def test_a_page_whose_summary_leads_nowhere_is_not_answered_with() -> None:
    """The control of what looks at every page that any test asks for: it does refuse one, and only for its summary."""
    bad = '<div class="error-summary"><a href="#o-ten">Chưa điền</a></div>'
    asked = RequestFactory().get("/so/")
    with pytest.raises(AssertionError, match=r"/so/: the summary of errors leads to \['o-ten'\]"):
        SummariesLead(lambda _: HttpResponse(bad))(asked)
    for good in (f'{bad}<p id="o-ten"></p>', bad.replace("error-summary", "notice")):
        assert SummariesLead(lambda _, page=good: HttpResponse(page))(asked).content.decode() == good
    assert SummariesLead(lambda _: HttpResponse(bad, content_type="text/plain"))(asked).content.decode() == bad
    assert "tests.summaries.SummariesLead" in settings.MIDDLEWARE


def test_a_box_that_says_what_is_wrong_and_is_not_led_to_is_found() -> None:
    page = '<div class="error-summary"><a href="#o-a">A</a></div><p class="field-error" id="p-a"></p><p class="field-error" id="p-b"></p>'
    assert unled(page) == ["b"]


def test_a_summary_that_leads_nowhere_is_found() -> None:
    links = '<li><a href="#i-a">A</a><br><a href="#i-b">B</a></li>'
    page = f'<input id="i-a"><div class="error-summary"><ul>{links}</ul></div><a href="#i-c">C</a>'
    assert leading_nowhere(page) == ["i-b"]
