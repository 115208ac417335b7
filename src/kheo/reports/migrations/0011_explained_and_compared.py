"""Explanations of odd figures in the draft; how similar units' figures scatter, kept as a cache."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0002_editions_are_frozen"),
        ("org", "0002_no_overlapping_spans"),
        ("reports", "0010_kept_as_sent"),
    ]

    operations = [
        migrations.AddField(
            "report", "explanations", models.JSONField(default=dict, help_text="by cell: why a figure that looks odd is right")
        ),
        migrations.CreateModel(
            name="PeerNorm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("scope", models.CharField(choices=[("recipient", "cùng nơi nhận"), ("subtree", "cùng cây")], max_length=10)),
                ("members", models.IntegerField()),
                ("norms", models.BinaryField()),
                ("counted_at", models.DateTimeField()),
                ("anchor", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit")),
                (
                    "cycle",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="peer_norms", to="campaigns.cycle"),
                ),
            ],
            options={
                "db_table": "reports_peer_norm",
                "constraints": [models.UniqueConstraint(fields=("cycle", "kind", "scope", "anchor"), name="peer_norm_once")],
            },
        ),
    ]
