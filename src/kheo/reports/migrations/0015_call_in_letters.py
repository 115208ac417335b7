"""Call-in letters and whom they were about. Rows are only ever added."""

import django.db.models.deletion
from django.db import migrations, models

TABLES = ("reports_call_in", "reports_called_in")
ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0003_planned_dues"),
        ("org", "0002_no_overlapping_spans"),
        ("reports", "0014_evidence"),
    ]

    operations = [
        migrations.CreateModel(
            name="CallIn",
            fields=[
                ID,
                ("expected", models.IntegerField()),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=120)),
                (
                    "cycle",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="call_ins", to="campaigns.cycle"),
                ),
                ("recipient", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit")),
            ],
            options={
                "db_table": "reports_call_in",
                "indexes": [models.Index(fields=["cycle", "recipient", "-made_at"], name="call_ins_of_recipient")],
            },
        ),
        migrations.CreateModel(
            name="CalledIn",
            fields=[
                ID,
                ("state", models.CharField(max_length=20)),
                ("due_at", models.DateTimeField()),
                ("reminded", models.CharField(blank=True, max_length=400)),
                (
                    "call_in",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="reports.callin"),
                ),
                (
                    "obligation",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="called_in", to="reports.obligation"),
                ),
            ],
            options={
                "db_table": "reports_called_in",
                "constraints": [models.UniqueConstraint(fields=["call_in", "obligation"], name="called_in_once")],
            },
        ),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION kheo_only_added();",
                f"DROP TRIGGER only_added ON {table};",
            )
            for table in TABLES
        ),
    ]
