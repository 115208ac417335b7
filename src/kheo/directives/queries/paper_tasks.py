"""What has to be done about papers, in the database's words: the parts of the one statement of `reminding`.

Of what was replaced nothing is asked any more, and of a unit that has ended nothing at all: its heirs are sent what it had not done.
"""

from enum import StrEnum

from kheo.core.paper_books.facts import OPEN


class PaperTask(StrEnum):
    """What somebody has to do about a paper."""

    ACKNOWLEDGE = "acknowledge"
    RELAY = "relay"
    ANSWER = "answer"
    RESEND = "resend"


# Letters that hold no more, because the unit that sent them says so: the letter itself was replaced by another paper of its books, or
# the paper that it passes down. `aside`: what came to whom by such a letter, in the whole branch below it.
ASIDE = """replaced AS (
  SELECT link.other_id AS paper, follower.keeper_id AS keeper
    FROM directives_link link JOIN directives_directive follower ON follower.id = link.directive_id
   WHERE link.role = 'replaces' AND link.withdrawn_at IS NULL AND link.from_day <= %(day)s),
     void AS (
  SELECT issue.id, issue.unit_id FROM replaced
    JOIN directives_issue issue ON issue.directive_id = replaced.paper AND issue.unit_id = replaced.keeper
   UNION
  SELECT issue.id, issue.unit_id FROM replaced
    JOIN directives_arrival arrival ON arrival.directive_id = replaced.paper AND arrival.unit_id = replaced.keeper
    JOIN directives_relay relay ON relay.arrival_id = arrival.id AND relay.withdrawn_at IS NULL
    JOIN directives_issue issue ON issue.id = relay.issue_id),
     aside AS MATERIALIZED (
  SELECT low.id AS passing_id FROM void JOIN directives_passing low ON low.issue_id = void.id {of_units}
   UNION
  SELECT low.passing_id
    FROM void
    JOIN LATERAL (
         SELECT array_agg(passing.unit_id) AS units FROM directives_passing passing WHERE passing.issue_id = void.id) letter ON true
    JOIN LATERAL (
         SELECT DISTINCT at.root_id AS root, cardinality(at.way) AS depth
           FROM directives_passing passing JOIN directives_chain_row at ON at.passing_id = passing.id
          WHERE passing.issue_id = void.id) chain ON true
    JOIN directives_chain_row low ON low.root_id = chain.root AND cardinality(low.way) > chain.depth
         AND low.way[chain.depth] = ANY(letter.units) AND low.way[chain.depth - 1] = void.unit_id {of_units})"""
OF_UNITS = "AND low.unit_id = ANY(%(units)s)"
# Units that came to stand below one after it had passed a directive on, and whom units followed that have ended.
_GONE = """NOT EXISTS (SELECT FROM org_unit_name known WHERE known.unit_id = passed.predecessor_id
          AND known.starts <= %(day)s AND (known.ends IS NULL OR known.ends > %(day)s))"""
HEIRS = f"""heirs AS (
  SELECT place.root_id AS root, place.unit_id AS unit, passed.predecessor_id AS forebear,
         greatest(event.day, (batch.recorded_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date) AS since
    FROM directives_chain_row place
    JOIN org_relation below ON below.parent_id = place.unit_id AND below.starts <= %(day)s AND (below.ends IS NULL OR below.ends > %(day)s)
    JOIN org_succession passed ON passed.successor_id = below.child_id
    JOIN org_unit_event event ON event.id = passed.event_id AND event.day <= %(day)s
    JOIN org_event_batch batch ON batch.id = event.batch_id
   WHERE place.relayed_on IS NOT NULL AND {_GONE} {{of_heirs}}
     AND NOT EXISTS (SELECT FROM directives_chain_row own WHERE own.root_id = place.root_id AND own.unit_id = below.child_id)
     AND NOT EXISTS (SELECT FROM org_unit_event counter WHERE counter.annuls_id = event.id AND counter.day <= %(day)s)
   UNION
  SELECT heirs.root, heirs.unit, passed.predecessor_id, heirs.since
    FROM heirs
    JOIN org_succession passed ON passed.successor_id = heirs.forebear
    JOIN org_unit_event event ON event.id = passed.event_id AND event.day <= %(day)s
   WHERE {_GONE}
     AND NOT EXISTS (SELECT FROM org_unit_event counter WHERE counter.annuls_id = event.id AND counter.day <= %(day)s))"""  # noqa: S608  # clauses of ours; values are parameters
OF_HEIRS = "AND place.unit_id = ANY(%(units)s)"
# Passed down and not acknowledged; acknowledged and not passed on by a unit that has somebody to pass it to; to be answered by a day.
# `whom`: only this person; `too`: the writers of the book as well, who see to it that it is answered once its day is over.
# A day that the letter asked for is not asked for once the letter holds no more; another day in the unit's book is its own.
OPEN_ONES = ", ".join(f"'{each.value}'" for each in sorted(OPEN))  # as the index of what is to be followed has it
WORK = f"""
SELECT 'acknowledge' AS task, passing.id, passing.unit_id AS unit, NULL::bigint AS whom, true AS too, NULL::date AS due_on,
       sent.day AS since, sent.again AS reminded_on
  FROM directives_passing passing
  JOIN directives_issue issue ON issue.id = passing.issue_id AND issue.standing = 'written'
  LEFT JOIN sent ON sent.day = (passing.sent_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
 WHERE passing.arrival_id IS NULL AND NOT EXISTS (SELECT FROM aside WHERE aside.passing_id = passing.id)
UNION ALL
SELECT 'relay', place.passing_id, place.unit_id, NULL, true, sent.relay_by, place.acknowledged_on, days.reminded_on
  FROM directives_chain_row place
  LEFT JOIN sent ON sent.day = place.sent_on
  LEFT JOIN days ON days.day = sent.relay_by
 WHERE place.is_inner AND place.relayed_on IS NULL AND place.acknowledged_on IS NOT NULL AND place.passing_id IS NOT NULL
   AND NOT EXISTS (SELECT FROM aside WHERE aside.passing_id = place.passing_id)
   AND EXISTS (SELECT FROM org_relation below WHERE below.parent_id = place.unit_id
        AND below.starts <= %(day)s AND (below.ends IS NULL OR below.ends > %(day)s))
UNION ALL
SELECT 'answer', arrival.id, arrival.unit_id, arrival.handler_user_id,
       arrival.handler_user_id IS NULL OR arrival.due_on < %(day)s OR NOT EXISTS (
         SELECT FROM org_post held JOIN people_user holder ON holder.id = held.user_id AND holder.is_active
          WHERE held.unit_id = arrival.unit_id AND held.user_id = arrival.handler_user_id
            AND held.starts <= %(day)s AND (held.ends IS NULL OR held.ends > %(day)s)),
       arrival.due_on, coalesce(arrival.passed_on, arrival.arrived_on), days.reminded_on
  FROM directives_arrival arrival LEFT JOIN days ON days.day = arrival.due_on
 WHERE arrival.standing = 'written' AND arrival.progress IN ({OPEN_ONES}) AND arrival.due_on IS NOT NULL
   AND NOT EXISTS (SELECT FROM directives_passing passing JOIN aside ON aside.passing_id = passing.id
        WHERE passing.arrival_id = arrival.id AND passing.plan_due_on = arrival.due_on)
UNION ALL
SELECT 'resend', heirs.root, heirs.unit, NULL, true, NULL, max(heirs.since), NULL
  FROM heirs JOIN directives_chain_row left_over ON left_over.root_id = heirs.root AND left_over.unit_id = heirs.forebear
 WHERE left_over.passing_id IS NOT NULL
   AND (left_over.acknowledged_on IS NULL OR left_over.is_inner AND left_over.relayed_on IS NULL)
   AND NOT EXISTS (SELECT FROM aside WHERE aside.passing_id = left_over.passing_id)
 GROUP BY heirs.root, heirs.unit
"""  # noqa: S608  # constants of ours
