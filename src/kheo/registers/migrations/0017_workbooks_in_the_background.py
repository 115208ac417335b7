"""Workbooks of long lists, written by a worker and kept for a day."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registers", "0016_sent_once_by_whatever_way"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="EntryExport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordered_at", models.DateTimeField(db_index=True)),
                ("query", models.TextField(blank=True)),
                ("entries", models.IntegerField(help_text="when it was ordered; then as written")),
                ("name", models.CharField(max_length=255)),
                ("finished_at", models.DateTimeField(null=True)),
                ("problem", models.CharField(blank=True, max_length=300)),
                ("seen", models.CharField(blank=True, max_length=64)),
                ("size", models.IntegerField(default=0)),
                ("content", models.BinaryField(null=True)),
                (
                    "ordered_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "register",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registers.register"
                    ),
                ),
            ],
            options={"db_table": "registers_export"},
        ),
    ]
