"""Tables whose rows the database refuses to delete cannot be emptied with TRUNCATE either."""

from django.db import migrations

TABLES = ("campaigns_edition",)


def _guard(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION kheo_never_emptied();",
        f"DROP TRIGGER never_emptied ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0003_planned_dues"), ("journal", "0004_never_emptied")]
    operations = [*(_guard(table) for table in TABLES)]
