"""What lists, maps and counts of the entries on a unit's ground are answered from, as those of its own are."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("registers", "0024_on_whose_ground")]

    operations = [
        migrations.RemoveIndex("entry", "entry_in_ward"),
        migrations.AddIndex(
            "entry",
            models.Index(
                fields=["register", "ward", "state"],
                include=["due_on", "latitude", "longitude", "id"],
                condition=Q(ward__isnull=False),
                name="entry_in_ward",
            ),
        ),
        migrations.AddIndex(
            "entry",
            models.Index(
                fields=["register", "state", "-id"], include=["ward"], condition=Q(ward__isnull=False), name="entry_ground_in_state"
            ),
        ),
        migrations.AddIndex(
            "entry",
            models.Index(
                fields=["register", "state", "due_on", "id"],
                include=["ward"],
                condition=Q(ward__isnull=False, due_on__isnull=False),
                name="entry_ground_due",
            ),
        ),
    ]
