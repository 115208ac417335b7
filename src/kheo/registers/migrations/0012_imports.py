from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


def _to(model: str, *, null: bool = False) -> Any:
    return models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=model, null=null)


class Migration(migrations.Migration):
    dependencies = [("registers", "0011_counting_from_indexes"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="EntryImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sent_at", models.DateTimeField()),
                ("unit", models.BigIntegerField(help_text="whose entries rows become that name no unit", null=True)),
                ("name", models.CharField(max_length=255)),
                ("sha256", models.CharField(max_length=64)),
                ("columns", models.JSONField(default=list)),
                ("notes", models.JSONField(default=list)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("takes_doubtful", models.BooleanField(default=False)),
                ("finished_at", models.DateTimeField(null=True)),
                ("edition", _to("registers.registeredition")),
                ("register", _to("registers.register")),
                ("sent_by", _to(settings.AUTH_USER_MODEL)),
            ],
            options={
                "db_table": "registers_import",
                "indexes": [models.Index(fields=["sent_by", "register", "-id"], name="import_of_sender")],
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField(help_text="as the sender's program counts it")),
                ("plan", models.CharField(max_length=10)),
                ("is_doubtful", models.BooleanField(default=False)),
                ("title", models.CharField(blank=True, max_length=320)),
                (
                    "detail",
                    models.JSONField(default=dict, help_text="as kept by actions.importing.plans; less once it is written"),
                ),
                ("result", models.CharField(blank=True, max_length=10)),
                ("message", models.TextField(blank=True)),
                ("entry", _to("registers.entry", null=True)),
                (
                    "table",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="registers.entryimport"
                    ),
                ),
            ],
            options={
                "db_table": "registers_import_row",
                "indexes": [models.Index(condition=Q(("result", "")), fields=["table", "number"], name="import_rows_waiting")],
                "constraints": [models.UniqueConstraint(fields=("table", "number"), name="import_row_once")],
            },
        ),
    ]
