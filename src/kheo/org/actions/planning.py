"""What the database's planner is told after many rows came at once: until then it plans for the tables as they were."""

from django.db import connection

MANY = 1_000
TABLES = ("org_unit_name", "org_unit_kind", "org_unit_code", "org_relation", "org_succession")


def after_many(rows: int) -> None:
    """Count the tables of units anew, inside the transaction that filled them, where that was with many rows.

    A search over a country that was planned for a table of ten rows reads the whole of it once for each name.
    """
    if rows >= MANY:
        with connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"ANALYZE {table}")
