"""A published edition cannot be changed or deleted."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0001_editions_and_cycles"), ("journal", "0002_rows_are_only_added")]
    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON campaigns_edition FOR EACH ROW EXECUTE FUNCTION kheo_only_added();",
            "DROP TRIGGER only_added ON campaigns_edition;",
        )
    ]
