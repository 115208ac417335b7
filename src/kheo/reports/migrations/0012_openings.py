"""How often the number of an indicator is opened, counted by cycle and indicator only."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0011_explained_and_compared"), ("campaigns", "0003_planned_dues")]

    operations = [
        migrations.CreateModel(
            name="IndicatorOpening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("indicator", models.CharField(max_length=12)),
                ("times", models.IntegerField()),
                ("cycle", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="campaigns.cycle")),
            ],
            options={
                "db_table": "reports_indicator_opening",
                "constraints": [models.UniqueConstraint(fields=["cycle", "indicator"], name="opening_once")],
            },
        ),
    ]
