"""Workbooks that came in: batches of files, and what became of each."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_shelf"),
        ("reports", "0007_whose_text_went_where"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="WorkbookBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sender", models.CharField(max_length=120)),
                ("sent_at", models.DateTimeField()),
                (
                    "channel",
                    models.CharField(choices=[("page", "trang nộp bằng Excel"), ("api", "API"), ("command", "dòng lệnh")], max_length=10),
                ),
                ("finished_at", models.DateTimeField(null=True)),
                ("sent_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "db_table": "reports_workbook_batch",
            },
        ),
        migrations.CreateModel(
            name="WorkbookFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField(help_text="its place in the batch, from 1")),
                ("name", models.CharField(max_length=255)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("waiting", "chờ đọc"),
                            ("stored", "đã nhận"),
                            ("same", "giống số đã có"),
                            ("decide", "cần quyết định"),
                            ("refused", "không nhận"),
                            ("declined", "đã bỏ qua"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "need",
                    models.CharField(
                        blank=True, choices=[("overwrite", "ghi đè"), ("recall", "rút lại"), ("revise", "bổ sung")], max_length=10
                    ),
                ),
                ("message", models.TextField(blank=True)),
                (
                    "problems",
                    models.JSONField(
                        default=list, help_text="all of them, in the order of the sheets: {sheet, cell, message, expected, severity}"
                    ),
                ),
                ("figures", models.JSONField(null=True)),
                ("narrative", models.JSONField(null=True)),
                ("cells", models.IntegerField(default=0, help_text="places of the draft that it changed")),
                ("decided_by", models.CharField(blank=True, max_length=120)),
                ("decided_at", models.DateTimeField(null=True)),
                ("batch", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="files", to="reports.workbookbatch")),
                (
                    "obligation",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="workbooks", to="reports.obligation"
                    ),
                ),
                (
                    "stored",
                    models.ForeignKey(
                        help_text="empty for what was not taken in",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
            ],
            options={
                "db_table": "reports_workbook_file",
            },
        ),
        migrations.AddIndex(
            model_name="workbookbatch",
            index=models.Index(fields=["sent_by", "-sent_at"], name="workbook_batch_of_sender"),
        ),
        migrations.AddIndex(
            model_name="workbookfile",
            index=models.Index(condition=models.Q(("outcome", "decide")), fields=["obligation"], name="workbook_file_undecided"),
        ),
        migrations.AddIndex(
            model_name="workbookfile",
            index=models.Index(fields=["batch", "outcome", "number"], name="workbook_file_by_outcome"),
        ),
        migrations.AddConstraint(
            model_name="workbookfile",
            constraint=models.UniqueConstraint(fields=("batch", "number"), name="workbook_file_number"),
        ),
    ]
