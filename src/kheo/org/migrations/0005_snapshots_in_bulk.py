"""A frozen tree of a country is written in one COPY; its keys are not looked up row by row (`org.actions.freezing`)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("org", "0004_empty_spans_and_suspensions"),
    ]

    operations = [
        migrations.AlterField(
            model_name="snapshotunit",
            name="snapshot",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="units",
                to="org.treesnapshot",
            ),
        ),
        migrations.AlterField(
            model_name="snapshotunit",
            name="unit",
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"),
        ),
    ]
