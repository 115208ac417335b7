"""What a change of units was found to do is kept, page by page, as long as no tree has changed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


class Migration(migrations.Migration):
    dependencies = [("reports", "0020_when_a_unit_ends"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="KeptPreview",
            fields=[
                ID,
                ("key", models.CharField(max_length=120)),
                ("stamp", models.CharField(max_length=200)),
                ("kept_at", models.DateTimeField()),
                ("facts", models.JSONField()),
                ("counts", models.JSONField()),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "db_table": "reports_kept_preview",
                "constraints": [models.UniqueConstraint(fields=["person", "key"], name="preview_kept_once")],
            },
        ),
        migrations.CreateModel(
            name="KeptPage",
            fields=[
                ID,
                ("section", models.CharField(max_length=20)),
                ("number", models.IntegerField()),
                ("rows", models.JSONField()),
                (
                    "preview",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="pages", to="reports.keptpreview"),
                ),
            ],
            options={
                "db_table": "reports_kept_page",
                "constraints": [models.UniqueConstraint(fields=["preview", "section", "number"], name="preview_page_once")],
            },
        ),
    ]
