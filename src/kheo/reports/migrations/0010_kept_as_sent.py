"""A unit may decide that what it sent stays as it is, although figures below have changed. Such words are only ever added."""

import django.db.models.deletion
from django.db import migrations, models

TABLE = "reports_kept_as_sent"


class Migration(migrations.Migration):
    dependencies = [("reports", "0009_remarks_are_answered"), ("journal", "0002_rows_are_only_added")]

    operations = [
        migrations.CreateModel(
            name="KeptAsSent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seal", models.CharField(max_length=16)),
                ("reason", models.TextField()),
                ("decided_by", models.CharField(max_length=120)),
                ("decided_at", models.DateTimeField()),
                (
                    "revision",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="kept", to="reports.revision"),
                ),
            ],
            options={"db_table": TABLE},
        ),
        migrations.RunSQL(
            f"CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION kheo_only_added();",
            f"DROP TRIGGER only_added ON {TABLE};",
        ),
    ]
