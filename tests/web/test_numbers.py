"""Numbers of forms and addresses: plain digits or nothing."""

import pytest
from django.http import QueryDict

from kheo.web.numbers import NEVER, number_in, number_of, pairs_in


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("7", 7), ("0012", 12), ("9" * 18, 10**18 - 1)])
def test_reads_digits(text: str, number: int) -> None:
    assert number_of(text) == number


@pytest.mark.parametrize("text", ["", "-1", "+1", " 1", "1.0", "1e3", "²", "١٢", "１２", "0x1", "9" * 19, "9" * 10_000])
def test_anything_else_is_no_number(text: str) -> None:
    assert number_of(text) == NEVER


def test_a_field_that_is_absent_is_no_number() -> None:
    assert (number_in(QueryDict("lan=3"), "lan"), number_in(QueryDict("lan=3"), "so")) == (3, NEVER)


def test_reads_what_is_ticked_with_its_version_each_once() -> None:
    assert pairs_in(["12.3", "7.1", "12.4"]) == {12: 4, 7: 1}


@pytest.mark.parametrize("text", ["", ".", "1", "1.", ".1", "1.2.3", "-1.2", "a.b", "１.２"])
def test_what_is_no_pair_is_no_tick(text: str) -> None:
    assert pairs_in([text]) == {}
