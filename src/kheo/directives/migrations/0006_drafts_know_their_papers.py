"""From which papers of the books a draft was begun; no draft goes away or changes its unit."""

import django.db.models.deletion
from django.db import migrations, models

FIXED = {"directives_drafting": "id, unit_id", "directives_drafted_from": "id, drafting_id, directive_id"}


def _stays(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION kheo_paper_stays('{FIXED[table]}', '');",
        f"DROP TRIGGER stays ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [("directives", "0005_drafts_of_campaigns")]
    operations = [
        migrations.CreateModel(
            name="DraftedFrom",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "directive",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="draftings", to="directives.directive"),
                ),
                (
                    "drafting",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="sources", to="directives.drafting"),
                ),
            ],
            options={
                "db_table": "directives_drafted_from",
                "constraints": [models.UniqueConstraint(fields=["drafting", "directive"], name="drafted_from_once")],
            },
        ),
        *(_stays(table) for table in FIXED),
    ]
