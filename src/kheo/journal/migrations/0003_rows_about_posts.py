"""Whether anybody got or lost a post since an earlier look is known from the newest row about posts."""

from django.db import migrations, models

ABOUT_POSTS = models.Q(object_type__in=("post", "posts"))


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_rows_are_only_added")]

    operations = [
        migrations.AddIndex("journalentry", models.Index(fields=["-number"], name="journal_of_posts", condition=ABOUT_POSTS)),
    ]
