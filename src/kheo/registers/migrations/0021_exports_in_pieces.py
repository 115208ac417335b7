"""A workbook that was written is kept in pieces: nobody holds it whole."""

import django.db.models.deletion
from django.db import migrations, models

# Those that wait to be taken stay as they are, in one piece each.
_MOVED = "INSERT INTO registers_export_piece (export_id, number, content) SELECT id, 0, content FROM registers_export WHERE content <> ''"
_BACK = """
UPDATE registers_export AS e SET content = (
  SELECT string_agg(p.content, ''::bytea ORDER BY p.number) FROM registers_export_piece AS p WHERE p.export_id = e.id
)
"""


class Migration(migrations.Migration):
    dependencies = [("registers", "0020_lines_come_back")]

    operations = [
        migrations.CreateModel(
            name="ExportPiece",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("content", models.BinaryField()),
                (
                    "export",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="pieces", to="registers.entryexport"
                    ),
                ),
            ],
            options={
                "db_table": "registers_export_piece",
                "constraints": [models.UniqueConstraint(fields=("export", "number"), name="export_piece_once")],
            },
        ),
        migrations.RunSQL(_MOVED, _BACK),
        migrations.RemoveField("entryexport", "content"),
        migrations.AlterField("entryexport", "size", models.BigIntegerField(default=0)),
    ]
