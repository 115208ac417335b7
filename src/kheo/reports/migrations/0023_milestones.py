"""Sums are kept for looking back into large cycles."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0003_planned_dues"), ("reports", "0022_tables_of_units")]

    operations = [
        migrations.CreateModel(
            name="Milestone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("instant", models.DateTimeField()),
                ("revisions", models.BinaryField()),
                ("places", models.BinaryField()),
                ("cuts", models.BinaryField()),
                ("tallies", models.BinaryField()),
                (
                    "cycle",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="campaigns.cycle"),
                ),
            ],
            options={
                "db_table": "reports_milestone",
                "constraints": [models.UniqueConstraint(fields=["cycle", "instant"], name="milestone_once")],
            },
        ),
    ]
