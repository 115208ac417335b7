"""Due dates can be moved on by an act of their own; the requests for it and the answers are kept beside. Rows are only ever added."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

TABLES = ("reports_extension", "reports_extension_request", "reports_extension_answer")
ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_recalled"), ("journal", "0002_rows_are_only_added")]

    operations = [
        migrations.AddField(
            "obligation",
            "promised_at",
            models.DateTimeField(null=True, help_text="what due_at was at the opening, where an extension has moved it"),
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                ID,
                ("before", models.DateTimeField()),
                ("after", models.DateTimeField()),
                ("reason", models.TextField()),
                ("granted_at", models.DateTimeField()),
                ("granted_by", models.CharField(max_length=120)),
                (
                    "obligation",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="extensions", to="reports.obligation"),
                ),
            ],
            options={
                "db_table": "reports_extension",
                "constraints": [models.CheckConstraint(condition=Q(after__gt=F("before")), name="extension_goes_forward")],
            },
        ),
        migrations.CreateModel(
            name="ExtensionRequest",
            fields=[
                ID,
                ("wanted", models.DateTimeField()),
                ("reason", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.CharField(max_length=120)),
                (
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="extension_requests", to="reports.obligation"
                    ),
                ),
            ],
            options={"db_table": "reports_extension_request"},
        ),
        migrations.CreateModel(
            name="ExtensionAnswer",
            fields=[
                ID,
                ("is_granted", models.BooleanField()),
                ("reason", models.TextField()),
                ("answered_at", models.DateTimeField()),
                ("answered_by", models.CharField(max_length=120)),
                (
                    "request",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="answer", to="reports.extensionrequest"),
                ),
            ],
            options={"db_table": "reports_extension_answer"},
        ),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION kheo_only_added();",
                f"DROP TRIGGER only_added ON {table};",
            )
            for table in TABLES
        ),
    ]
