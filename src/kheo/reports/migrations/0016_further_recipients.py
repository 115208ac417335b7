"""One report, several recipients: where it goes besides, what was sent there, what was asked about it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))
ONLY_ADDED = ("reports_dispatch_sending", "reports_dispatch_note")


def _to(model: str, name: str) -> "models.ForeignKey[object, object]":
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name=name, to=model)


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0015_call_in_letters"),
        ("org", "0001_dated_units"),
        ("journal", "0002_rows_are_only_added"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Dispatch",
            fields=[
                ID,
                ("copy", models.CharField(help_text="id of the further recipient in the tier of the edition", max_length=40)),
                ("due_at", models.DateTimeField(help_text="the first instant that is late")),
                ("obligation", _to("reports.obligation", "dispatches")),
                ("recipient", _to("org.unit", "+")),
            ],
            options={
                "db_table": "reports_dispatch",
                "indexes": [models.Index(fields=["recipient", "due_at"], name="dispatch_to_recipient")],
                "constraints": [models.UniqueConstraint(fields=["obligation", "copy"], name="dispatch_once")],
            },
        ),
        migrations.CreateModel(
            name="DispatchSending",
            fields=[
                ID,
                ("number", models.IntegerField()),
                ("sent_at", models.DateTimeField()),
                ("previous_hash", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
                ("dispatch", _to("reports.dispatch", "sendings")),
                ("revision", _to("reports.revision", "sendings")),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "reports_dispatch_sending",
                "constraints": [
                    models.UniqueConstraint(fields=["dispatch", "number"], name="sending_number"),
                    models.UniqueConstraint(fields=["dispatch", "revision"], name="revision_sent_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DispatchNote",
            fields=[
                ID,
                ("deed", models.CharField(max_length=20)),
                ("text", models.TextField(blank=True)),
                ("written_at", models.DateTimeField()),
                ("author", models.CharField(max_length=120)),
                ("dispatch", _to("reports.dispatch", "notes")),
                ("sending", _to("reports.dispatchsending", "notes")),
            ],
            options={
                "db_table": "reports_dispatch_note",
                "constraints": [
                    models.UniqueConstraint(condition=Q(deed="acknowledge"), fields=["sending"], name="acknowledged_once"),
                ],
            },
        ),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION kheo_only_added();",
                f"DROP TRIGGER only_added ON {table};",
            )
            for table in ONLY_ADDED
        ),
    ]
