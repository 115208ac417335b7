"""Indexes that counts are answered from without a look at the entries themselves, and the limits that still run, by when they end."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("registers", "0010_from_the_public")]
    operations = [
        migrations.RemoveIndex("entry", "entry_in_state"),
        migrations.AddIndex("entry", models.Index(fields=["register", "state", "-id"], include=["owner"], name="entry_in_state")),
        migrations.AddIndex(
            "entry",
            models.Index(
                fields=["register", "state", "due_on", "id"],
                include=["owner"],
                condition=Q(due_on__isnull=False),
                name="entry_due_in_state",
            ),
        ),
        migrations.AddIndex(
            "deadlinerun",
            models.Index(
                fields=["register", "clock", "due_on"],
                include=["entry"],
                condition=Q(known_to__isnull=True, met_on__isnull=True, paused_on__isnull=True),
                name="deadline_running",
            ),
        ),
        # A state is one of its register's: counted as if it had nothing to do with it, the planner expects a tenth of what there is.
        migrations.RunSQL(
            "CREATE STATISTICS states_of_registers (dependencies, mcv) ON register_id, state FROM registers_entry",
            "DROP STATISTICS states_of_registers",
        ),
    ]
