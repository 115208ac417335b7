"""The index of a unit's entries holds their limits, so that what is overdue is counted without a look at the entries."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registers", "0017_workbooks_in_the_background")]
    operations = [
        migrations.RemoveIndex("entry", "entry_of_unit"),
        migrations.AddIndex("entry", models.Index(fields=["register", "owner", "state"], include=["due_on"], name="entry_of_unit")),
    ]
