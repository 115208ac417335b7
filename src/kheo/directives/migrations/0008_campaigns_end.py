"""Campaigns end from a day by a paper that replaces theirs; papers amend one another."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

FIXED = "id, campaign_id, link_id, from_day, unit_id, made_at, made_by"


class Migration(migrations.Migration):
    dependencies = [("directives", "0007_first_numbers"), ("campaigns", "0003_planned_dues"), ("org", "0013_plans_for_gaps")]
    operations = [
        migrations.AlterField(
            model_name="directivelink",
            name="role",
            field=models.CharField(
                choices=[
                    ("based_on", "Căn cứ"),
                    ("replaces", "Thay thế"),
                    ("amends", "Sửa đổi, bổ sung"),
                    ("answers", "Trả lời"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="directivelink",
            name="from_day",
            field=models.DateField(help_text="the first day on which the other paper holds no more, or holds as changed", null=True),
        ),
        migrations.RemoveConstraint(model_name="directivelink", name="a_replacement_has_its_day"),
        migrations.AddConstraint(
            model_name="directivelink",
            constraint=models.CheckConstraint(
                condition=Q(role="replaces", from_day__isnull=False) | Q(role="amends") | Q(from_day__isnull=True) & ~Q(role="replaces"),
                name="a_replacement_has_its_day",
            ),
        ),
        migrations.CreateModel(
            name="CampaignEnding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_day", models.DateField(help_text="a window that begins on this day or later is not asked for")),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=320)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.CharField(blank=True, max_length=320)),
                ("withdrawn_why", models.CharField(blank=True, max_length=2000)),
                (
                    "campaign",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="endings", to="campaigns.campaign"),
                ),
                (
                    "link",
                    models.ForeignKey(
                        help_text="the replacement, with its day",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="endings",
                        to="directives.directivelink",
                    ),
                ),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit")),
            ],
            options={
                "db_table": "directives_ending",
                "constraints": [
                    models.UniqueConstraint(condition=Q(withdrawn_at=None), fields=("campaign",), name="campaign_ends_once"),
                    models.CheckConstraint(
                        condition=Q(withdrawn_at=None, withdrawn_by="", withdrawn_why="")
                        | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by="") & ~Q(withdrawn_why="")),
                        name="an_ending_is_taken_back_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            "CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON directives_ending FOR EACH ROW "
            f"EXECUTE FUNCTION kheo_paper_stays('{FIXED}', 'withdrawn_at');",
            "DROP TRIGGER stays ON directives_ending;",
        ),
    ]
