"""Everybody who ever sent an invitation is remembered with it; addresses of invitations that are over are found without a search."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

# Who sent it before somebody sent it anew stands in the journal only.
FROM_JOURNAL = """
UPDATE org_invitation AS invitation SET senders = told.actors
  FROM (SELECT object_id, array_agg(DISTINCT actor_id) AS actors FROM journal_entry
         WHERE object_type = 'invitation' AND act IN ('invite', 'send_invitation_anew') AND actor_id IS NOT NULL GROUP BY object_id) AS told
 WHERE told.object_id = invitation.id
"""


class Migration(migrations.Migration):
    dependencies = [("org", "0010_snapshots_without_a_key"), ("journal", "0001_chain")]
    operations = [
        migrations.AddField(
            "invitation", "senders", ArrayField(models.BigIntegerField(), default=list, help_text="numbers of accounts", size=None)
        ),
        migrations.AddIndex(
            "invitation", models.Index(fields=["expires_at"], condition=~models.Q(email=""), name="invitation_with_address")
        ),
        migrations.RunSQL(FROM_JOURNAL, migrations.RunSQL.noop),
    ]
