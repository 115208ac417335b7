"""A demo says that it is one; anything else says nothing of it."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from kheo.config import clock
from kheo.demo.models import DemoClock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_clock() -> Iterator[None]:
    clock.reset()
    yield
    clock.reset()


def test_outside_a_demo_no_page_speaks_of_one() -> None:
    assert "bản trình diễn" not in Client().get(reverse("account_login")).content.decode()


def test_a_demo_says_what_day_it_is_there() -> None:
    DemoClock.objects.create(starts_at=datetime(2023, 11, 9, 2, tzinfo=UTC))
    page = Client().get(reverse("account_login")).content.decode()
    assert "bản trình diễn" in page
    assert "09/11/2023" in page
