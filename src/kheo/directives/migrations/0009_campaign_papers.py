"""The campaign office says on which paper of its books a campaign rests that was published from a file."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

FIXED = "id, campaign_id, directive_id, unit_id, made_at, made_by"


class Migration(migrations.Migration):
    dependencies = [("directives", "0008_campaigns_end"), ("campaigns", "0003_planned_dues"), ("org", "0013_plans_for_gaps")]
    operations = [
        migrations.CreateModel(
            name="CampaignPaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=320)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.CharField(blank=True, max_length=320)),
                ("withdrawn_why", models.CharField(blank=True, max_length=500)),
                (
                    "campaign",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="papers", to="campaigns.campaign"),
                ),
                (
                    "directive",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="campaign_ties", to="directives.directive"),
                ),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit")),
            ],
            options={
                "db_table": "directives_campaign_paper",
                "constraints": [
                    models.UniqueConstraint(condition=Q(withdrawn_at=None), fields=("campaign", "directive"), name="tied_once"),
                    models.CheckConstraint(
                        condition=Q(withdrawn_at=None, withdrawn_by="", withdrawn_why="")
                        | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by="") & ~Q(withdrawn_why="")),
                        name="a_tie_is_taken_back_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            "CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON directives_campaign_paper FOR EACH ROW "
            f"EXECUTE FUNCTION kheo_paper_stays('{FIXED}', 'withdrawn_at');",
            "DROP TRIGGER stays ON directives_campaign_paper;",
        ),
    ]
