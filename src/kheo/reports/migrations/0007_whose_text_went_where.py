"""Sources of the paragraphs that a consolidating unit takes from the reports below it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0006_extensions")]

    operations = [
        migrations.CreateModel(
            name="PassageSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("section", models.CharField(max_length=40)),
                ("position", models.IntegerField(null=True)),
                ("text", models.TextField()),
                ("source_section", models.CharField(max_length=40)),
                ("excerpt", models.TextField()),
                ("picked_at", models.DateTimeField()),
                ("picked_by", models.CharField(max_length=120)),
                (
                    "report",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="passage_sources", to="reports.report"),
                ),
                (
                    "revision",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="used_in", to="reports.revision"),
                ),
            ],
            options={
                "db_table": "reports_passage_source",
                "indexes": [models.Index(fields=["report", "section", "position"], name="source_in_section")],
            },
        ),
    ]
