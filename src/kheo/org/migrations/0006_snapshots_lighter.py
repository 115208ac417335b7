"""Nobody asks for a unit in all frozen trees at once: the pair with the snapshot serves, and freezing writes one index less."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("org", "0005_snapshots_in_bulk")]

    operations: ClassVar = [
        migrations.AlterField(
            model_name="snapshotunit",
            name="unit",
            field=models.ForeignKey(
                db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"
            ),
        ),
    ]
