import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0021_previews_are_kept"),
        ("files", "0002_contents_as_they_came"),
        ("org", "0007_search_of_names"),
    ]

    operations = [
        migrations.CreateModel(
            name="UnitImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.CharField(max_length=20)),
                ("on", models.DateField()),
                ("decision_number", models.CharField(blank=True, max_length=200)),
                ("decision_day", models.DateField(null=True)),
                ("rows", models.JSONField()),
                ("problems", models.JSONField(default=list)),
                ("notes", models.JSONField(default=list)),
                ("choices", models.JSONField(default=dict)),
                ("result", models.JSONField(null=True)),
                (
                    "batch",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.eventbatch"),
                ),
                ("file", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile")),
            ],
            options={"db_table": "reports_unit_import"},
        ),
    ]
