"""Entries are found by the words of what they are called: the same expression as in `queries.listing`, or the index is not used."""

from django.db import migrations

WORDS = "array_to_tsvector(array_remove(regexp_split_to_array(search, '[^a-z0-9]+'), ''))"


class Migration(migrations.Migration):
    dependencies = [("registers", "0004_what_was_known_stays")]
    operations = [
        migrations.RunSQL(
            f"CREATE INDEX words_of_an_entry ON registers_entry USING gin ({WORDS}) WITH (fastupdate = off)", "DROP INDEX words_of_an_entry"
        ),
    ]
