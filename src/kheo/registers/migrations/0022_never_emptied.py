"""Tables whose rows the database refuses to delete cannot be emptied with TRUNCATE either."""

from django.db import migrations

TABLES = (
    "registers_deadline",
    "registers_deed",
    "registers_edition",
    "registers_entry_version",
    "registers_line",
    "registers_link",
    "registers_message",
    "registers_public_entry",
    "registers_state_span",
    "registers_text",
)


def _guard(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION kheo_never_emptied();",
        f"DROP TRIGGER never_emptied ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [("registers", "0021_exports_in_pieces"), ("journal", "0004_never_emptied")]
    operations = [*(_guard(table) for table in TABLES)]
