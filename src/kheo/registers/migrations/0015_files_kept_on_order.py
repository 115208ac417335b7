"""What somebody has said must stay, whatever its time."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registers", "0014_sent_once")]

    operations = [
        migrations.CreateModel(
            name="EntryHold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=300)),
                ("placed_by", models.CharField(max_length=120)),
                ("placed_at", models.DateTimeField()),
                ("lifted_by", models.CharField(blank=True, max_length=120)),
                ("lifted_at", models.DateTimeField(null=True)),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="registers.entry"
                    ),
                ),
            ],
            options={
                "db_table": "registers_hold",
                "constraints": [models.UniqueConstraint(condition=models.Q(("lifted_at", None)), fields=("entry",), name="hold_once")],
            },
        ),
    ]
