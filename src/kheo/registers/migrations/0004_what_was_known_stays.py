"""Editions, versions and deeds are only ever added; spans, limits, texts, lines and links are closed once, nothing else of them changes."""

from django.db import migrations

ONLY_ADDED = ("registers_edition", "registers_entry_version", "registers_deed")
CLOSED_ONCE = ("registers_deadline", "registers_text", "registers_line", "registers_link")

FUNCTIONS = """
CREATE FUNCTION kheo_closed_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.known_to IS NULL AND NEW.known_to IS NOT NULL AND to_jsonb(NEW) - 'known_to' = to_jsonb(OLD) - 'known_to' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'rows of % are closed once and never changed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE FUNCTION kheo_span_ended_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE'
     AND to_jsonb(NEW) - '{ends,end_known_from,known_to}'::text[] = to_jsonb(OLD) - '{ends,end_known_from,known_to}'::text[]
     AND (OLD.end_known_from IS NULL OR (NEW.ends = OLD.ends AND NEW.end_known_from = OLD.end_known_from))
     AND (OLD.known_to IS NULL OR NEW.known_to = OLD.known_to) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a span ends once and is withdrawn once' USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
DROP = "DROP FUNCTION kheo_closed_once(); DROP FUNCTION kheo_span_ended_once();"


def _trigger(table: str, function: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {function}();",
        f"DROP TRIGGER stays ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [("registers", "0003_beside_entries"), ("journal", "0002_rows_are_only_added")]
    operations = [
        migrations.RunSQL(FUNCTIONS, DROP),
        *(_trigger(table, "kheo_only_added") for table in ONLY_ADDED),
        *(_trigger(table, "kheo_closed_once") for table in CLOSED_ONCE),
        _trigger("registers_state_span", "kheo_span_ended_once"),
    ]
