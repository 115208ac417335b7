"""By which units' posts a notice was heard: whoever holds none of them any more gets no news of them."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_dropped_deliveries")]

    operations = [
        migrations.AddField(
            "notice",
            "heard_at",
            ArrayField(models.BigIntegerField(), null=True, help_text="units by whose posts it was heard; empty: by none in particular"),
        )
    ]
