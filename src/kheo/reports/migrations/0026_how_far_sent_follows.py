"""Of what was sent: how many cells a register counted, and how many of these were sent with another number."""

from django.db import migrations, models
from django.db.models import Func

# Where nothing was counted "not applicable" says the same (core.counted_cells). What was sent never changes, so these never do.
FUNCTIONS = """
CREATE FUNCTION reports_counted_cells(enclosures jsonb) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT count(*)::integer FROM jsonb_object_keys(coalesce(enclosures->'counted', '{}'))
$$;
CREATE FUNCTION reports_other_cells(enclosures jsonb, figures jsonb) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT count(*)::integer FROM jsonb_each(coalesce(enclosures->'counted', '{}')) AS cell(key, value)
   WHERE figures->cell.key IS DISTINCT FROM cell.value->'number'
     AND NOT (coalesce(figures->cell.key = '"na"', false) AND cell.value->'number' = '0')
$$;
"""
BACK = "DROP FUNCTION reports_counted_cells(jsonb); DROP FUNCTION reports_other_cells(jsonb, jsonb);"


def _generated(function: str, *of: str) -> models.GeneratedField:
    return models.GeneratedField(expression=Func(*of, function=function), output_field=models.IntegerField(), db_persist=True)


class Migration(migrations.Migration):
    dependencies = [("reports", "0025_closed_with_a_campaign")]

    operations = [
        migrations.RunSQL(FUNCTIONS, BACK),
        migrations.AddField("revision", "counted_cells", _generated("reports_counted_cells", "enclosures")),
        migrations.AddField("revision", "other_cells", _generated("reports_other_cells", "enclosures", "figures")),
        migrations.AddIndex("revision", models.Index(fields=["id"], include=["counted_cells", "other_cells"], name="revision_follows")),
    ]
