"""Tables whose rows the database refuses to delete cannot be emptied with TRUNCATE either."""

from django.db import migrations

TABLES = (
    "reports_call_in",
    "reports_called_in",
    "reports_decision",
    "reports_dispatch_note",
    "reports_dispatch_sending",
    "reports_extension",
    "reports_extension_answer",
    "reports_extension_request",
    "reports_kept_as_sent",
    "reports_proposal_message",
    "reports_revision",
    "reports_transition",
)


def _guard(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION kheo_never_emptied();",
        f"DROP TRIGGER never_emptied ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [("reports", "0026_how_far_sent_follows"), ("journal", "0004_never_emptied")]
    operations = [*(_guard(table) for table in TABLES)]
