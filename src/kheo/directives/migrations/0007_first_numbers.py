"""A book that was begun on paper goes on at its next number; what was said of it is only ever added."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("directives", "0006_drafts_know_their_papers"), ("journal", "0002_rows_are_only_added")]
    operations = [
        migrations.AddField("bookcounter", "start_at", models.IntegerField(default=1, db_default=1)),
        migrations.CreateModel(
            name="BookStart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("after", models.IntegerField()),
                ("first", models.IntegerField()),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("writer", models.CharField(max_length=320)),
                ("at", models.DateTimeField()),
                (
                    "counter",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="starts", to="directives.bookcounter"),
                ),
            ],
            options={
                "db_table": "directives_book_start",
                "constraints": [models.CheckConstraint(condition=Q(first__gt=F("after")), name="starts_after_the_last")],
            },
        ),
        migrations.RunSQL(
            "CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON directives_book_start FOR EACH ROW EXECUTE FUNCTION kheo_only_added();",
            "DROP TRIGGER only_added ON directives_book_start;",
        ),
    ]
