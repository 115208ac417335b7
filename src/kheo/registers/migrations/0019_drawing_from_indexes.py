"""Maps and calendars of very many entries are drawn from indexes, without a look at the entries themselves."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("registers", "0018_limits_beside_units")]
    operations = [
        migrations.RemoveIndex("entry", "entry_of_unit"),
        migrations.AddIndex(
            "entry",
            models.Index(
                fields=["register", "owner", "state"],
                include=["due_on", "latitude", "longitude", "handler", "id"],
                name="entry_of_unit",
            ),
        ),
        migrations.AddIndex(
            "entry",
            models.Index(
                fields=["register", "occurred_on"],
                include=["owner", "state", "handler", "id"],
                condition=Q(occurred_on__isnull=False),
                name="entry_occurred",
            ),
        ),
        migrations.AddIndex(
            "entry",
            models.Index(
                fields=["register", "planned_until"],
                include=["owner", "state", "handler", "id"],
                condition=Q(planned_until__isnull=False),
                name="entry_planned",
            ),
        ),
    ]
