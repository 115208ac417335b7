"""Contents are put away as they came: workbooks, PDF and photos are packed already, and packing them again was a fifth of storing one."""

from django.db import migrations

FORWARD = "ALTER TABLE files_blob ALTER COLUMN content SET STORAGE EXTERNAL"
BACKWARD = "ALTER TABLE files_blob ALTER COLUMN content SET STORAGE EXTENDED"


class Migration(migrations.Migration):
    dependencies = [("files", "0001_shelf")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
