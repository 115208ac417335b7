"""A cycle remembers how its due dates were planned: the day of the rule, the real day, and why they differ."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0002_editions_are_frozen")]

    operations = [
        migrations.AddField(
            "cycle",
            "plan",
            models.JSONField(null=True, help_text="due dates as planned at the opening: campaigns.queries.planned_dues"),
        ),
    ]
