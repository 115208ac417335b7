"""No row of the books goes away, a number keeps its book, year and unit, a cancelled one is never used again; writings are only added."""

from django.db import migrations

# Table -> the columns that never change once they are written.
FIXED = {
    "directives_directive": "id, keeper_id, written_at",
    "directives_link": "id, directive_id, other_id, role, from_day, made_at",
    "directives_counter": "id, unit_id, book, year",
    "directives_arrival": "id, unit_id, year, number",
    "directives_issue": "id, unit_id, book, year, number",
    "directives_passing": "id, issue_id, unit_id, sent_at",
    "directives_relay": "id, arrival_id, issue_id, made_at",
}
ONCE = {
    "directives_link": "withdrawn_at",
    "directives_relay": "withdrawn_at",
    "directives_passing": "arrival_id",
}
FUNCTIONS = """
CREATE FUNCTION kheo_paper_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  was jsonb := to_jsonb(OLD);
  says jsonb;
  each text;
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'rows of % are never deleted', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  says := to_jsonb(NEW);
  FOREACH each IN ARRAY string_to_array(TG_ARGV[0], ', ') LOOP
    IF was -> each IS DISTINCT FROM says -> each THEN
      RAISE EXCEPTION '% of % never changes', each, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END LOOP;
  IF TG_ARGV[1] <> '' AND was ->> TG_ARGV[1] IS NOT NULL AND was -> TG_ARGV[1] IS DISTINCT FROM says -> TG_ARGV[1] THEN
    RAISE EXCEPTION '% of % is written once', TG_ARGV[1], TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF was ->> 'standing' = 'cancelled' AND says ->> 'standing' <> 'cancelled' THEN
    RAISE EXCEPTION 'a cancelled number is not used again' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_TABLE_NAME = 'directives_counter' AND (says ->> 'last')::int < (was ->> 'last')::int THEN
    RAISE EXCEPTION 'a counter only grows' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
"""


def _trigger(table: str) -> migrations.RunSQL:
    asked = f"'{FIXED[table]}', '{ONCE.get(table, '')}'"
    return migrations.RunSQL(
        f"CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION kheo_paper_stays({asked});",
        f"DROP TRIGGER stays ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [("directives", "0001_papers_and_their_books"), ("journal", "0002_rows_are_only_added")]
    operations = [
        migrations.RunSQL(FUNCTIONS, "DROP FUNCTION kheo_paper_stays();"),
        *(_trigger(table) for table in FIXED),
        migrations.RunSQL(
            "CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON directives_writing FOR EACH ROW EXECUTE FUNCTION kheo_only_added();",
            "DROP TRIGGER only_added ON directives_writing;",
        ),
    ]
