"""Remarks get an answer of the unit and a word of the reviewer that they are settled; recipients keep the phrases they use again."""

import django.db.models.deletion
from django.db import migrations, models

PROTECT = django.db.models.deletion.PROTECT
ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


class Migration(migrations.Migration):
    dependencies = [("reports", "0008_workbooks_received"), ("org", "0002_no_overlapping_spans")]

    operations = [
        migrations.CreateModel(
            name="NoteAnswer",
            fields=[
                ID,
                ("kind", models.CharField(choices=[("corrected", "Đã sửa"), ("kept", "Giữ nguyên")], max_length=20)),
                ("text", models.CharField(blank=True, max_length=1000)),
                ("author", models.CharField(max_length=120)),
                ("written_at", models.DateTimeField()),
                ("note", models.OneToOneField(on_delete=PROTECT, related_name="answer", to="reports.cellnote")),
            ],
            options={
                "db_table": "reports_note_answer",
                "constraints": [
                    models.CheckConstraint(
                        condition=~models.Q(kind="kept") | ~models.Q(text=""),
                        name="kept_has_its_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NoteSettled",
            fields=[
                ID,
                ("settled_by", models.CharField(max_length=120)),
                ("settled_at", models.DateTimeField()),
                ("note", models.OneToOneField(on_delete=PROTECT, related_name="settled", to="reports.cellnote")),
            ],
            options={"db_table": "reports_note_settled"},
        ),
        migrations.CreateModel(
            name="Phrase",
            fields=[
                ID,
                ("kind", models.CharField(choices=[("remark", "nhận xét"), ("return", "lý do trả lại")], max_length=20)),
                ("text", models.CharField(max_length=200)),
                ("uses", models.IntegerField(default=0)),
                ("used_at", models.DateTimeField()),
                ("unit", models.ForeignKey(on_delete=PROTECT, related_name="+", to="org.unit")),
            ],
            options={
                "db_table": "reports_phrase",
                "constraints": [models.UniqueConstraint(fields=("unit", "kind", "text"), name="phrase_once")],
            },
        ),
    ]
