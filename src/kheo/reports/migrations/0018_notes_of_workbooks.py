"""What was written beside the figures of a workbook, and the one report that files were handed in for."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0017_proposals")]

    operations = [
        migrations.AddField("workbookfile", "notes", models.JSONField(help_text="by cell, what was written beside its figure", null=True)),
        migrations.AddField(
            "workbookbatch",
            "wanted",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reports.obligation"),
        ),
    ]
