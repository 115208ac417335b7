"""A revision may carry more than figures and words: explanations, attachments, sources. Its hash covers them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_counted_from_an_index")]

    operations = [
        migrations.AddField(
            "revision",
            "enclosures",
            models.JSONField(null=True, help_text="what was sent beside figures and narrative, by kind: reports.queries.enclosures"),
        ),
    ]
