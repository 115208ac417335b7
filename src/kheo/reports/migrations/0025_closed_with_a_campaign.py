"""Reports that were closed because their campaign ended, or are wanted again because it goes on."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("reports", "0024_where_tables_stand"), ("directives", "0008_campaigns_end")]

    operations = [
        migrations.AddField(
            "transition",
            "ending",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directives.campaignending"),
        ),
        migrations.AddConstraint(
            "transition",
            models.CheckConstraint(condition=Q(ending=None) | Q(act__in=("close", "reopen")), name="an_ending_closes_or_reopens"),
        ),
    ]
