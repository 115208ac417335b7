"""The journal's first head, and a trigger that refuses to change or delete a row."""

from django.db import migrations

# One function serves every table whose rows are only ever added; later rooms' migrations name it.
FORWARD = """
INSERT INTO journal_head (id, number, hash) VALUES (1, 0, repeat('0', 64));
CREATE FUNCTION kheo_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON journal_entry FOR EACH ROW EXECUTE FUNCTION kheo_only_added();
"""
BACKWARD = """
DROP TRIGGER only_added ON journal_entry;
DROP FUNCTION kheo_only_added();
DELETE FROM journal_head;
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_chain")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
