"""How far each directive has come, unit by unit: a cache of passings, arrivals and relays."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("directives", "0002_numbers_stay"), ("org", "0013_plans_for_gaps")]
    operations = [
        migrations.CreateModel(
            name="ChainRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("way", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ("is_inner", models.BooleanField()),
                ("sent_on", models.DateField()),
                ("acknowledged_on", models.DateField(null=True)),
                ("relayed_on", models.DateField(null=True)),
                (
                    "passing",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="chain_row", to="directives.passing"
                    ),
                ),
                ("root", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="chain", to="directives.issue")),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit")),
            ],
            options={
                "db_table": "directives_chain_row",
                "indexes": [models.Index(fields=["unit", "-id"], name="chains_of_a_unit")],
                "constraints": [
                    models.UniqueConstraint(fields=["root", "unit"], name="once_in_a_chain"),
                    models.CheckConstraint(condition=Q(relayed_on=None) | Q(relayed_on__gte=F("sent_on")), name="relayed_after_it_came"),
                ],
            },
        ),
    ]
