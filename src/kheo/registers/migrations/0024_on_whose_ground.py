"""The unit on whose ground an entry is, where a field of its register says that: figures may count for it."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


def _ward() -> Any:
    return models.ForeignKey(
        "org.unit",
        django.db.models.deletion.PROTECT,
        db_index=False,
        help_text="the unit on whose ground it is, where a field says so",
        null=True,
        related_name="+",
    )


class Migration(migrations.Migration):
    dependencies = [("registers", "0023_pages_looked_at"), ("org", "0001_dated_units")]

    operations = [
        migrations.AddField("entry", "ward", _ward()),
        migrations.AddField("entryversion", "ward", _ward()),
        migrations.AddIndex(
            "entry",
            models.Index(fields=["register", "ward"], condition=Q(ward__isnull=False), name="entry_in_ward"),
        ),
    ]
