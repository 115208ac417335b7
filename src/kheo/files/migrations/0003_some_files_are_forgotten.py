"""A file of changes of units that was previewed and never recorded may go; every other file, and a content that a file names, stays."""

from django.db import migrations

TRIGGER = "CREATE TRIGGER only_added BEFORE {when} ON {table} FOR EACH ROW EXECUTE FUNCTION kheo_only_added();"
DROP = "DROP TRIGGER only_added ON {table};"
EITHER = "UPDATE OR DELETE"
# The key of the file alone would tell of a content that is still named only at the end of the transaction.
NAMED = """
CREATE FUNCTION kheo_content_is_named() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM files_stored_file WHERE blob_id = OLD.id) THEN
    RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN OLD;
END $$;
"""
FORWARD = (
    NAMED,
    "CREATE TRIGGER stays BEFORE DELETE ON files_blob FOR EACH ROW EXECUTE FUNCTION kheo_content_is_named();",
    DROP.format(table="files_stored_file"),
    DROP.format(table="files_blob"),
    TRIGGER.format(when="UPDATE", table="files_blob"),
    TRIGGER.format(when="UPDATE", table="files_stored_file"),
    "CREATE TRIGGER stays BEFORE DELETE ON files_stored_file FOR EACH ROW "
    "WHEN (OLD.media_type <> 'text/csv; kheo=unit-changes') EXECUTE FUNCTION kheo_only_added();",
)
BACK = (
    "DROP TRIGGER stays ON files_blob;",
    "DROP FUNCTION kheo_content_is_named();",
    "DROP TRIGGER stays ON files_stored_file;",
    DROP.format(table="files_stored_file"),
    DROP.format(table="files_blob"),
    TRIGGER.format(when=EITHER, table="files_blob"),
    TRIGGER.format(when=EITHER, table="files_stored_file"),
)


class Migration(migrations.Migration):
    dependencies = [("files", "0002_contents_as_they_came")]

    operations = [migrations.RunSQL(list(FORWARD), list(BACK))]
