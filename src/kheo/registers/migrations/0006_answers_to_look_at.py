import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("registers", "0005_search_of_entries")]

    operations = [
        migrations.CreateModel(
            name="AnswerFlag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(help_text="of the field", max_length=40)),
                ("why", models.CharField(max_length=10)),
                ("message", models.TextField(help_text="for people; nothing personal")),
                ("made_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "edition",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registers.registeredition"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="flags", to="registers.entry"
                    ),
                ),
            ],
            options={
                "db_table": "registers_answer_flag",
                "indexes": [models.Index(condition=Q(("settled_at__isnull", True)), fields=["entry"], name="flags_of_entry")],
                "constraints": [
                    models.UniqueConstraint(condition=Q(("settled_at__isnull", True)), fields=("entry", "key"), name="answer_flagged_once")
                ],
            },
        ),
    ]
