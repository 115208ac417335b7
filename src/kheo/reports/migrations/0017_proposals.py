"""Proposals that need an answer from above, and what is said about them; what was said is only ever added."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))
STAGES = ["drafted", "open", "forwarded", "answered", "closed", "withdrawn"]


def _to(model: str, name: str, *, null: bool = False) -> "models.ForeignKey[object, object]":
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name=name, to=model, null=null)


class Migration(migrations.Migration):
    dependencies = [("reports", "0016_further_recipients"), ("org", "0001_dated_units"), ("journal", "0002_rows_are_only_added")]

    operations = [
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ID,
                ("section", models.CharField(max_length=40)),
                ("text", models.TextField()),
                ("stage", models.CharField(default="drafted", max_length=20)),
                ("version", models.IntegerField(default=1)),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.CharField(max_length=120)),
                ("changed_at", models.DateTimeField()),
                ("holder", _to("org.unit", "+")),
                ("obligation", _to("reports.obligation", "proposals")),
                ("thread", _to("reports.proposal", "merged", null=True)),
                ("wanted", _to("org.unit", "+", null=True)),
            ],
            options={
                "db_table": "reports_proposal",
                "indexes": [models.Index(fields=["holder", "stage"], name="proposal_at_holder")],
                "constraints": [
                    models.CheckConstraint(condition=Q(stage__in=STAGES), name="proposal_stage_known"),
                    models.CheckConstraint(condition=~Q(thread=F("id")), name="proposal_not_its_own_thread"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProposalMessage",
            fields=[
                ID,
                ("move", models.CharField(max_length=20)),
                ("text", models.TextField(blank=True)),
                ("author", models.CharField(max_length=120)),
                ("written_at", models.DateTimeField()),
                ("proposal", _to("reports.proposal", "messages")),
                ("to", _to("org.unit", "+", null=True)),
                ("unit", _to("org.unit", "+")),
            ],
            options={"db_table": "reports_proposal_message"},
        ),
        migrations.RunSQL(
            "CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON reports_proposal_message"
            " FOR EACH ROW EXECUTE FUNCTION kheo_only_added();",
            "DROP TRIGGER only_added ON reports_proposal_message;",
        ),
    ]
