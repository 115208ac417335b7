"""Drafts of campaigns made from papers, with what people corrected."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("directives", "0004_plans_due"), ("campaigns", "0003_planned_dues"), ("org", "0013_plans_for_gaps")]
    operations = [
        migrations.CreateModel(
            name="Drafting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=300)),
                ("papers", models.JSONField()),
                ("corrections", models.JSONField(default=list)),
                ("typed", models.JSONField(default=dict)),
                ("chosen", models.JSONField(default=dict)),
                ("seen", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Đang soạn"), ("published", "Đã công bố"), ("discarded", "Đã bỏ")], default="open", max_length=20
                    ),
                ),
                ("version", models.IntegerField(default=1)),
                ("written_by", models.CharField(max_length=320)),
                ("written_at", models.DateTimeField()),
                (
                    "edition",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="campaigns.edition"),
                ),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit")),
            ],
            options={
                "db_table": "directives_drafting",
                "indexes": [models.Index(fields=["unit", "-id"], name="drafts_of_a_unit")],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(state="published", edition__isnull=False) | (~Q(state="published") & Q(edition=None)),
                        name="a_published_draft_has_its_edition",
                    )
                ],
            },
        ),
    ]
