"""Indexes of declared fields that are filtered or sorted by: made beside running work, used once they stand."""

from datetime import datetime

from django.db import connection

from kheo.registers.models import FieldIndex
from kheo.registers.queries.conditions import expression
from kheo.registers.queries.definitions import Book

LONGEST_NAME = 63


def provision_indexes(book: Book, *, at: datetime) -> list[str]:
    """Make the index of every filtered or sorted field of the tail that has none; gives the keys. Not within a transaction.

    Made concurrently, so that nobody waits for it; one that was broken off is made again. Fields of several choices have no order and
    are narrowed by the other columns.
    """
    wanted = {each.key: each for each in book.definition.asked if each.in_tail and (each.filter or each.sort) and each.type != "choices"}
    standing = set(FieldIndex.objects.filter(register=book.register, status="active").values_list("key", flat=True))
    made = []
    for key in sorted(wanted.keys() - standing):
        name = f"entry_{book.register.pk}_{key}"[:LONGEST_NAME]
        row = {"name": name, "status": "provisioning", "changed_at": at}
        FieldIndex.objects.update_or_create(register=book.register, key=key, defaults=row)
        sql = expression(wanted[key]).sql.replace("e.extra", "extra")
        with connection.cursor() as cursor:
            cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
            cursor.execute(f"CREATE INDEX CONCURRENTLY {name} ON registers_entry (({sql}), id) WHERE register_id = {book.register.pk}")
        FieldIndex.objects.filter(register=book.register, key=key).update(status="active", changed_at=at)
        made.append(key)
    if made:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE registers_entry")  # without it nothing is known of what the new expressions give
    return made
