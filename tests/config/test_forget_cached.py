"""What the cache kept for a while is not there any more once that is over."""

import pytest
from django.core.cache import cache
from django.db import connection

from kheo.config.jobs.purging import forget

pytestmark = pytest.mark.django_db


def kept() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM config_cache")
        return {key.rpartition(":")[2] for (key,) in cursor.fetchall()}


def test_what_is_over_is_deleted_at_every_beat_and_what_is_not_stays() -> None:
    """By itself the database's cache keeps it until it is full: how often somebody sent something would be told for months."""
    cache.clear()
    cache.set("over", [1.0], timeout=-1)
    cache.set("running", [2.0], timeout=3600)
    assert kept() == {"over", "running"}
    forget(lambda: True)
    assert kept() == {"running"}
    cache.clear()
