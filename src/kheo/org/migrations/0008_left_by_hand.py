"""What ends a post is kept apart: that somebody left it, and that its unit ended. The database holds that no event reopens what was left.

Of the ends recorded so far those that an event made, or that are the end of the unit itself, are the unit's; all others were given by
hand. A post given when the unit's end was recorded already joins what that event ended, so that taking the event back reopens it.
"""

from django.db import migrations, models
from django.db.models import F, Q

BY_HAND = """
UPDATE org_post AS post SET ends_by_hand = post.ends
 WHERE post.ends IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM org_span_change AS change WHERE change.fact = 'post' AND change.act = 'ended' AND change.row = post.id)
   AND NOT EXISTS (SELECT 1 FROM org_unit_name AS name WHERE name.unit_id = post.unit_id AND name.ends = post.ends);
UPDATE org_post AS post SET ends_by_hand = first.ends_before
  FROM (SELECT DISTINCT ON (row) row, ends_before FROM org_span_change WHERE fact = 'post' AND act = 'ended' ORDER BY row, id) AS first
 WHERE first.row = post.id AND first.ends_before >= post.ends;
INSERT INTO org_span_change (event_id, act, fact, row)
SELECT DISTINCT ON (post.id) change.event_id, 'ended', 'post', post.id
  FROM org_post AS post
  JOIN org_unit_name AS name ON name.unit_id = post.unit_id AND name.ends = post.ends AND name.ends > name.starts
  JOIN org_span_change AS change ON change.fact = 'name' AND change.act = 'ended' AND change.row = name.id
  JOIN org_unit_event AS event ON event.id = change.event_id AND event.kind <> 'annulled'
 WHERE post.ends_by_hand IS NULL AND NOT EXISTS (SELECT 1 FROM org_unit_event AS counter WHERE counter.annuls_id = event.id)
   AND NOT EXISTS (
     SELECT 1 FROM org_unit_name AS more
      WHERE more.unit_id = post.unit_id AND more.starts = post.ends AND more.ends IS DISTINCT FROM more.starts)
   AND NOT EXISTS (SELECT 1 FROM org_span_change AS ended WHERE ended.fact = 'post' AND ended.act = 'ended' AND ended.row = post.id)
 ORDER BY post.id, change.event_id DESC
"""


class Migration(migrations.Migration):
    dependencies = [("org", "0007_search_of_names")]
    operations = [
        migrations.AddField("post", "ends_by_hand", models.DateField(null=True)),
        migrations.RunSQL(BY_HAND, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "post",
            models.CheckConstraint(
                condition=Q(ends_by_hand__isnull=True) | (Q(ends__isnull=False) & Q(ends__lte=F("ends_by_hand"))),
                name="a_post_left_stays_left",
            ),
        ),
    ]
