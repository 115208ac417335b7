"""No page reads the text of a whole campaign or register beside what it shows: that is a hundred kB, and two milliseconds of every page."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kheo.registers.actions import Made, Move, act_on_entry, edit_entry
from kheo.registers.queries.holding import values_of
from tests.registers.books import WISH, recorded, shipped
from tests.web.visits import enter
from tests.world import OPENING, World

HEAVY = ('"campaigns_edition"."source"', '"registers_edition"."source"')


def heavy_in(asked: CaptureQueriesContext) -> list[str]:
    return [each["sql"] for each in asked if any(column in each["sql"] for column in HEAVY)]


@pytest.mark.parametrize("who", ["an", "binh", "lan"])
def test_no_page_of_the_navigation_reads_a_whole_definition(world: World, who: str) -> None:
    shipped("phan-anh")
    client = enter(world, who)
    first = client.get(reverse("home")).content.decode()
    addresses = sorted(set(re.findall(r'<a[^>]+href="(/[^"#?]*)"', first.split("<main")[0])) | {reverse("home")})
    assert len(addresses) > 4
    for address in addresses:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address, follow=True).status_code == 200, address
        assert heavy_in(asked) == [], address


def test_no_act_on_an_entry_reads_a_whole_definition(world: World) -> None:
    book, an = shipped("phan-anh"), world.person("an")
    entry = recorded(book, world, WISH)
    values = {**values_of(book.definition, entry), "tom_tat": "Đèn hẻm 12 hỏng", "noi_dung": WISH["noi_dung"]}
    with CaptureQueriesContext(connection) as asked:
        assert isinstance(edit_entry(entry.pk, values, version=1, by=an, at=OPENING), Made)
        assert isinstance(act_on_entry(entry.pk, Move("giao", 2, handler=world.units["G1"]), by=an, at=OPENING), Made)
    assert heavy_in(asked) == []
