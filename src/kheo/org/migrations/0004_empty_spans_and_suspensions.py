"""A span may be empty (`starts = ends`): what a counter-event leaves of it. Suspensions of a unit do not overlap.

An empty range overlaps nothing, so the exclusion constraints of 0002 hold as they are.
"""

from django.db import migrations

TABLES = ("org_unit_name", "org_unit_kind", "org_unit_code", "org_relation", "org_post")


def _span(table: str, rule: str) -> str:
    return f"ALTER TABLE {table} ADD CONSTRAINT {table}_span CHECK (ends IS NULL OR ends {rule} starts);"


def _drop(table: str) -> str:
    return f"ALTER TABLE {table} DROP CONSTRAINT {table}_span;"


ONE_SUSPENSION = """
ALTER TABLE org_suspension ADD CONSTRAINT one_suspension_a_day
  EXCLUDE USING gist (int8range(unit_id, unit_id, '[]') WITH &&, daterange(starts, ends) WITH &&);
"""
FORWARD = "\n".join([_drop(table) + _span(table, ">=") for table in TABLES] + [ONE_SUSPENSION, _span("org_suspension", ">=")])
BACKWARD = "\n".join(
    [_drop(table) + _span(table, ">") for table in TABLES]
    + ["ALTER TABLE org_suspension DROP CONSTRAINT one_suspension_a_day;", _drop("org_suspension")]
)


class Migration(migrations.Migration):
    dependencies = [("org", "0003_events_of_units")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
