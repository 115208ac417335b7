"""What was written beside the figures of a workbook, while somebody has to decide about it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0017_proposals")]

    operations = [
        migrations.AddField("workbookfile", "notes", models.JSONField(help_text="by cell, what was written beside its figure", null=True)),
    ]
