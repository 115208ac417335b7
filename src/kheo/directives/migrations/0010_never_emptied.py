"""The books of papers, whose rows the database refuses to delete, cannot be emptied with TRUNCATE either."""

from django.db import migrations

TABLES = (
    "directives_arrival",
    "directives_book_start",
    "directives_campaign_paper",
    "directives_counter",
    "directives_directive",
    "directives_drafted_from",
    "directives_drafting",
    "directives_ending",
    "directives_issue",
    "directives_link",
    "directives_passing",
    "directives_relay",
    "directives_writing",
)


def _guard(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION kheo_never_emptied();",
        f"DROP TRIGGER never_emptied ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [("directives", "0009_campaign_papers"), ("journal", "0004_never_emptied")]
    operations = [*(_guard(table) for table in TABLES)]
