"""Photographs and PDFs with the contents of a report."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("files", "0001_shelf"), ("reports", "0013_saved_lists")]

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.CharField(max_length=16)),
                ("kind", models.CharField(choices=[("photo", "ảnh"), ("pdf", "PDF")], max_length=10)),
                ("caption", models.CharField(blank=True, max_length=200)),
                ("added_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
                ("file", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile")),
                (
                    "report",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="attachments", to="reports.report"),
                ),
                (
                    "thumbnail",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"),
                ),
            ],
            options={
                "db_table": "reports_attachment",
                "indexes": [models.Index(condition=models.Q(("removed_at", None)), fields=["report"], name="attachment_of_draft")],
            },
        ),
    ]
