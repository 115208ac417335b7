"""What is asked about an earlier instant comes from indexes alone: when a report was started, and which reports were recalled."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("reports", "0018_notes_of_workbooks")]

    operations: ClassVar = [
        migrations.RemoveIndex(model_name="report", name="report_standing"),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                fields=["obligation"],
                include=["id", "state", "started_at", "received_at", "accepted", "accepted_at"],
                name="report_standing",
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["revision"], condition=models.Q(act="recall"), name="decision_recall"),
        ),
    ]
