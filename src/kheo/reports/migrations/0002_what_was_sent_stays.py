"""Revisions and decisions are only ever added."""

from django.db import migrations

TABLES = ("reports_revision", "reports_decision")


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_reports_and_rollups"), ("journal", "0002_rows_are_only_added")]
    operations = [
        migrations.RunSQL(
            f"CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION kheo_only_added();",
            f"DROP TRIGGER only_added ON {table};",
        )
        for table in TABLES
    ]
