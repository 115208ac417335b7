"""What becomes of the report of a unit that ends in mid-cycle: closed, handed to its successor, or sent to another recipient."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))
ACTS = [
    ("hand_over", "giao đơn vị kế thừa nộp thay"),
    ("reroute", "chuyển nơi nhận"),
    ("close", "thôi thu"),
    ("reopen", "thu lại"),
]


def _to(model: str, name: str, *, null: bool = False, told: str = "") -> "models.ForeignKey[object, object]":
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name=name, to=model, null=null, help_text=told)


class Migration(migrations.Migration):
    dependencies = [("reports", "0019_standing_at_earlier_instants"), ("org", "0005_snapshots_in_bulk")]

    operations = [
        migrations.AddField("obligation", "filler", _to("org.unit", "+", null=True, told="the successor that answers instead")),
        migrations.AddField("obligation", "first_recipient", _to("org.unit", "+", null=True, told="at the opening, where re-routed")),
        migrations.AddField(
            "obligation", "closed_at", models.DateTimeField(null=True, help_text="no report is wanted any more: a named gap")
        ),
        migrations.AddIndex(
            "obligation", models.Index(fields=["filler"], name="obligation_filled_instead", condition=Q(filler__isnull=False))
        ),
        migrations.CreateModel(
            name="Transition",
            fields=[
                ID,
                ("act", models.CharField(choices=ACTS, max_length=20)),
                ("reason", models.TextField()),
                ("decided_at", models.DateTimeField()),
                ("decided_by", models.CharField(max_length=120)),
                ("former", _to("org.unit", "+", null=True)),
                ("obligation", _to("reports.obligation", "transitions")),
                ("to", _to("org.unit", "+", null=True)),
            ],
            options={
                "db_table": "reports_transition",
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(act__in=("hand_over", "reroute"), to__isnull=False, former__isnull=False)
                        | Q(act__in=("close", "reopen"), to__isnull=True, former__isnull=True),
                        name="transition_names_its_units",
                    )
                ],
            },
        ),
        migrations.RunSQL(
            "CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON reports_transition FOR EACH ROW EXECUTE FUNCTION kheo_only_added();",
            "DROP TRIGGER only_added ON reports_transition;",
        ),
    ]
