"""One table of what was sent once, whether a telephone or a program sent it: the rows of both are kept."""

from django.conf import settings
from django.db import migrations, models

# When it came was written beside an entry that was made in the same instant: the entry's own row tells it.
# What a copy leaves to be checked is checked before tables are changed.
_TAKE = """
INSERT INTO registers_sending (entry_id, person_id, way, key, content, said_at)
SELECT entry_id, person_id, 'phone', key::text, content, said_at FROM registers_filing;
SET CONSTRAINTS ALL IMMEDIATE
"""
_GIVE_BACK = """
INSERT INTO registers_filing (entry_id, person_id, key, content, said_at, came_at)
SELECT entry_id, person_id, key::uuid, content, said_at, created_at
FROM registers_sending JOIN registers_entry ON registers_entry.id = entry_id WHERE way = 'phone';
DELETE FROM registers_sending WHERE way = 'phone';
SET CONSTRAINTS ALL IMMEDIATE
"""


class Migration(migrations.Migration):
    dependencies = [("registers", "0015_files_kept_on_order"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.RemoveConstraint("entrysending", "sent_once"),
        migrations.AddField(
            "entrysending",
            "way",
            models.CharField(choices=[("phone", "ghi tại chỗ"), ("api", "chương trình gửi")], default="api", max_length=8),
            preserve_default=False,
        ),
        migrations.AddField("entrysending", "said_at", models.DateTimeField(null=True)),
        migrations.AddConstraint("entrysending", models.UniqueConstraint(fields=("person", "way", "key"), name="sent_once")),
        migrations.RunSQL(_TAKE, _GIVE_BACK),
        migrations.DeleteModel("EntryFiling"),
    ]
