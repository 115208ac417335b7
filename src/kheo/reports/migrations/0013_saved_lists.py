"""Filters of a board kept under a name."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0012_openings"),
        ("org", "0002_no_overlapping_spans"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("query", models.CharField(max_length=600)),
                ("saved_by", models.CharField(max_length=120)),
                ("saved_at", models.DateTimeField()),
                ("owner", models.ForeignKey(null=True, on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("unit", models.ForeignKey(on_delete=PROTECT, related_name="+", to="org.unit")),
            ],
            options={
                "db_table": "reports_saved_list",
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "owner", "name"), name="list_once", nulls_distinct=False),
                ],
            },
        ),
    ]
