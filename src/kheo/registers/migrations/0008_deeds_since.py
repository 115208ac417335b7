"""What was done since an instant, for programs that keep a copy of their own (docs/api.md)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registers", "0007_reach_of_saved_lists")]

    operations = [migrations.AddIndex("deed", models.Index(fields=["at"], name="deeds_since"))]
