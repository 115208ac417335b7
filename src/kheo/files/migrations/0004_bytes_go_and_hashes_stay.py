"""The bytes of a content may go once it is written down when, by whom and why; nothing else of its row changes, and only the same bytes
come back."""

import django.db.models.deletion
from django.db import migrations, models

SAME = """
CREATE FUNCTION kheo_content_goes_or_comes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.sha256, NEW.size) IS NOT DISTINCT FROM (OLD.id, OLD.sha256, OLD.size) THEN
    IF OLD.content = ''::bytea AND OLD.size > 0 AND encode(sha256(NEW.content), 'hex') = OLD.sha256 THEN RETURN NEW; END IF;
    IF NEW.content = ''::bytea AND EXISTS (SELECT FROM files_forgetting WHERE blob_id = OLD.id) THEN RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
FORWARD = (
    SAME,
    "DROP TRIGGER only_added ON files_blob;",
    "CREATE TRIGGER only_added BEFORE UPDATE ON files_blob FOR EACH ROW EXECUTE FUNCTION kheo_content_goes_or_comes();",
)
BACK = (
    "DROP TRIGGER only_added ON files_blob;",
    "CREATE TRIGGER only_added BEFORE UPDATE ON files_blob FOR EACH ROW EXECUTE FUNCTION kheo_only_added();",
    "DROP FUNCTION kheo_content_goes_or_comes();",
)


class Migration(migrations.Migration):
    dependencies = [("files", "0003_some_files_are_forgotten")]

    operations = [
        migrations.CreateModel(
            name="Forgetting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=120)),
                ("why", models.CharField(max_length=300)),
                (
                    "blob",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="forgetting", to="files.blob"),
                ),
            ],
            options={"db_table": "files_forgetting"},
        ),
        migrations.RunSQL(list(FORWARD), list(BACK)),
    ]
