"""TRUNCATE passes by every trigger of rows: tables whose rows are never deleted get a trigger that refuses it as well."""

from django.db import migrations

# One function serves every such table; later rooms' migrations name it.
FORWARD = """
CREATE FUNCTION kheo_never_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is never emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON journal_entry FOR EACH STATEMENT EXECUTE FUNCTION kheo_never_emptied();
"""
BACKWARD = """
DROP TRIGGER never_emptied ON journal_entry;
DROP FUNCTION kheo_never_emptied();
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_rows_about_posts")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
