"""What is meant to be done about wards without a union."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL), ("org", "0012_borders")]

    operations = [
        migrations.CreateModel(
            name="GapPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("covers", models.CharField(blank=True, help_text="name of an official, as whoever wrote it says", max_length=120)),
                ("founded_on", models.DateField(help_text="when a union is to be founded; empty: not known", null=True)),
                ("note", models.CharField(blank=True, max_length=400)),
                ("maker", models.CharField(help_text="name and post, as they were", max_length=320)),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        help_text="the ward or commune", on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"
                    ),
                ),
            ],
            options={"db_table": "org_gap_plan"},
        ),
        migrations.AddIndex("gapplan", models.Index(fields=["unit", "-id"], name="gap_plan_newest")),
    ]
