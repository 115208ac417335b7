"""Under which unit the rows of a table stand that name no unit above."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0023_milestones")]

    operations = [
        migrations.AddField(
            "unitimport",
            "top",
            models.BigIntegerField(null=True, help_text="unit under which rows stand that say nothing; empty: the top unit of the line"),
        )
    ]
