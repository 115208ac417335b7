"""A table of a register holds its lines as well: rows of two sheets, each counted in its own."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("registers", "0019_drawing_from_indexes")]

    operations = [
        migrations.AddField(
            "importrow",
            "of_lines",
            models.BooleanField(default=False, db_default=False, help_text="of the table of lines, not of that of the entries"),
        ),
        migrations.AlterField("importrow", "number", models.IntegerField(help_text="as the sender's program counts it, in its sheet")),
        migrations.RemoveIndex("importrow", "import_rows_waiting"),
        migrations.RemoveConstraint("importrow", "import_row_once"),
        migrations.AddConstraint("importrow", models.UniqueConstraint(fields=["table", "of_lines", "number"], name="import_row_once")),
        migrations.AddIndex(
            "importrow", models.Index(condition=Q(result=""), fields=["table", "of_lines", "number"], name="import_rows_waiting")
        ),
    ]
