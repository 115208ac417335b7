"""The database itself refuses two names, kinds, codes or parents of one unit on the same day.

The server that Khéo carries has no btree_gist, so equality is written as an overlap of one-point int8 ranges; text is
hashed to int8 first (a collision, one in 2^64, would refuse a legal row: never accept a wrong one).
"""

from django.db import migrations

RULES = {
    "org_unit_name": ("one_name_a_day", ["unit_id"]),
    "org_unit_kind": ("one_kind_a_day", ["unit_id"]),
    "org_unit_code": ("one_code_a_day", ["unit_id", "hashtextextended(scheme, 0)"]),
    "org_relation": ("one_parent_a_day", ["child_id", "hashtextextended(line, 0)"]),
    "org_post": ("one_post_a_day", ["user_id", "unit_id", "hashtextextended(role, 0)"]),
}
# A code value belongs to one unit a day, within its scheme.
VALUE_RULE = ("org_unit_code", "one_unit_a_code", ["hashtextextended(scheme || chr(31) || value, 0)"])


def _exclusion(table: str, name: str, keys: list[str]) -> str:
    equal = ", ".join(f"int8range({key}, {key}, '[]') WITH &&" for key in keys)
    return f"ALTER TABLE {table} ADD CONSTRAINT {name} EXCLUDE USING gist ({equal}, daterange(starts, ends) WITH &&);"


def _ordered(table: str) -> str:
    return f"ALTER TABLE {table} ADD CONSTRAINT {table}_span CHECK (ends IS NULL OR ends > starts);"


ALL = [(table, name, keys) for table, (name, keys) in RULES.items()] + [VALUE_RULE]
FORWARD = "\n".join([_exclusion(*rule) for rule in ALL] + [_ordered(table) for table in RULES])
BACKWARD = "\n".join(
    [f"ALTER TABLE {table} DROP CONSTRAINT {name};" for table, name, _ in ALL]
    + [f"ALTER TABLE {table} DROP CONSTRAINT {table}_span;" for table in RULES]
)


class Migration(migrations.Migration):
    dependencies = [("org", "0001_dated_units")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
