"""Names are found by how they begin and by their words, folded; children of a unit on a line without reading its other lines.

The words are those of `core.text.words`: the server that Khéo carries has no pg_trgm, and its parsers of text are not for names
(`27/7` would be a path), so the words are cut here and kept as a plain tsvector.
"""

from django.db import migrations, models

WORDS = "array_to_tsvector(array_remove(regexp_split_to_array(folded, '[^a-z0-9]+'), ''))"


class Migration(migrations.Migration):
    dependencies = [("org", "0006_snapshots_lighter")]
    operations = [
        migrations.RunSQL(
            f"CREATE INDEX words_of_a_name ON org_unit_name USING gin ({WORDS}) WITH (fastupdate = off)", "DROP INDEX words_of_a_name"
        ),
        migrations.AddIndex("unitname", models.Index(fields=["folded"], name="beginning_of_a_name", opclasses=["varchar_pattern_ops"])),
        migrations.AddIndex("relation", models.Index(fields=["line", "parent"], name="below_on_a_line")),
    ]
