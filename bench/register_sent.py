"""What was sent with numbers that registers counted, and how far these have gone since: pages of one ward, everything taken back."""

import sys
from datetime import timedelta
from typing import Any

from bench.register_goals import PAGE, _cycle, _obligations, goal, page, person, taken_back
from bench.registers import FOUNDED, NOW

WARD, FIRST, LAST = 4, 5, 94  # the unions of the first ward
SENT = NOW - timedelta(days=2)
WORDS = "Theo sổ của đơn vị."


def sent() -> None:
    """Sends every report of a ward by its head, changes entries behind one of them, and looks at what is told of both."""
    from django.urls import reverse

    from kheo.registers.models import Entry
    from kheo.reports.models import Report
    from kheo.reports.queries.counted import listed_for
    from kheo.reports.queries.drift import behind, drifts_of

    cycle, owed = _cycle(), _obligations(FIRST, LAST)
    with taken_back():
        head = _head_of(range(FIRST, LAST + 1))
        went = [each for each in owed if _sends(each, head)]
        done, own = len(went), went[0]
        print(f"{done} of {len(owed)} reports sent", file=sys.stderr)
        _officer_of(own.unit_id)
        _analysed()
        for view in ("city", "district"):
            address = reverse("discipline", args=[cycle.pk, {"city": 2, "district": 3}[view]]) + "?xem=so-voi-so"
            page(f"page: how reports follow registers, {done} sent", view, address)
        page("page: a report that was sent, nothing changed since", "officer", f"/bao-cao/{own.pk}/")
        changed = _changed(own, listed_for(own), head)
        latest = Report.objects.select_related("latest").get(obligation=own).latest
        found = behind(own, latest)
        print(f"{changed} entries changed; drift: {dict(found.drift)}", file=sys.stderr)
        goal("what has drifted in one report, with why", lambda: behind(own, latest), cpu=PAGE)
        page("page: a report that was sent, with its drift", "officer", f"/bao-cao/{own.pk}/")
        key = next(iter(drifts_of(own, latest)), "B02")
        page("page: entries behind a drifted cell", "officer", f"/bao-cao/{own.pk}/{key}/ho-so/")
        print(Entry.objects.filter(owner=own.unit_id).count(), "entries of that unit", file=sys.stderr)


def _head_of(units: range) -> Any:
    """The head of the first union, of all of them for once."""
    from kheo.org.models import Post
    from kheo.people.models import User

    user = User.objects.get(username="head")
    held = set(Post.objects.filter(user=user).values_list("unit_id", flat=True))
    Post.objects.bulk_create([Post(user=user, unit_id=unit, role="head", starts=FOUNDED) for unit in units if unit not in held])
    return person("head")


def _analysed() -> None:
    """The server knows what has been sent, as it does a minute after anybody sends; taken back with the rest."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE reports_report, reports_revision, reports_obligation")


def _officer_of(unit: int) -> None:
    from kheo.org.models import Post
    from kheo.people.models import User

    if not Post.objects.filter(user__username="officer", unit_id=unit).exists():
        Post.objects.create(user=User.objects.get(username="officer"), unit_id=unit, role="officer", starts=FOUNDED)


def _sends(obligation: Any, head: Any) -> bool:
    """A report with what its registers count, another number in every fifth, zero elsewhere; every question answered."""
    from kheo.campaigns.queries import definition_of
    from kheo.reports.actions import Change, Receipt, save_draft, submit_report
    from kheo.reports.models import Report
    from kheo.reports.queries.counted import counted_of

    definition = definition_of(obligation.cycle.edition_id)
    counted = counted_of(obligation)
    figures: dict[str, Any] = {cell.key: 0 for cell in definition.input_cells}
    for number, (key, cell) in enumerate(counted.items()):
        figures[key] = cell.number + (1 if number % 5 == 4 and obligation.unit_id % 3 == 0 else 0)
    sections = {each.id: Change("", "Đã triển khai.") for each in definition.outline}
    report = Report.objects.filter(obligation=obligation).first()
    before = report.figures if report else {}
    cells = {key: Change(before.get(key, ""), value) for key, value in figures.items()}
    save_draft(obligation.pk, cells=cells, sections=sections, by=head, at=SENT)
    for _ in range(6):
        report = Report.objects.get(obligation=obligation)
        outcome = submit_report(obligation.pk, version=report.version, by=head, at=SENT)
        if isinstance(outcome, Receipt):
            return True
        asked = {each.target.removeprefix("explain:") for each in outcome.problems if each.target.startswith("explain:")}
        if not asked:
            print(outcome.message, [(each.target, each.message) for each in outcome.problems][:3], file=sys.stderr)
            return False
        save_draft(obligation.pk, cells={}, sections={}, explanations={key: Change("", WORDS) for key in asked}, by=head, at=SENT)
    return False


def _changed(obligation: Any, listed: Any, head: Any) -> int:
    """Up to twenty entries behind the numbers, brought on by whatever act its head may do without more than a reason."""
    from kheo.registers.access import entry_to_read
    from kheo.registers.actions import Made, Move, act_on_entry

    entries = dict.fromkeys(fact.entry for each in listed.values() for fact in each.facts)
    done = 0
    for entry in list(entries)[:60]:
        reached = entry_to_read(head, entry)
        for act in reached.acts:
            if act.to is None:
                continue
            move = Move(act.code, reached.entry.version, reason="Ghi nhầm" if act.reason != "none" else "")
            if isinstance(act_on_entry(entry, move, by=head, at=NOW), Made):
                done += 1
                break
        if done == 20:
            break
    return done


def sent_by_all() -> None:
    """The same where the whole city has sent: the reports of the ward's unions, copied to every other unit that owes one."""
    from django.urls import reverse

    cycle = _cycle()
    with taken_back():
        head = _head_of(range(FIRST, LAST + 1))
        done = sum(_sends(each, head) for each in _obligations(FIRST, FIRST + 19))
        print(f"{done} reports sent, then {_copied(cycle.pk):,} copied from them", file=sys.stderr)
        _analysed()
        for view, unit in (("city", 2), ("district", 3)):
            address = reverse("discipline", args=[cycle.pk, unit]) + "?xem=so-voi-so"
            page("page: how reports follow registers, all sent", view, address, rounds=3)
        page("page: a report that was sent, nothing changed since", "officer", f"/bao-cao/{_obligations(FIRST, FIRST)[0].pk}/", rounds=3)


def _copied(cycle: int) -> int:
    """Reports and what was sent, by turns of those there are; every row in one statement for each table."""
    from django.db import connection

    from kheo.reports.models import Report, Revision

    reports = ", ".join(_columns(Report, "obligation_id", "latest_id", "accepted_id"))
    sent = ", ".join(f"template.{each}" for each in _columns(Revision, "report_id"))
    with connection.cursor() as cursor:
        cursor.execute(
            f"""CREATE TEMP TABLE copies ON COMMIT DROP AS
                WITH there AS (SELECT id, latest_id, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS many
                                 FROM reports_report WHERE latest_id IS NOT NULL),
                     owed AS (SELECT owed.id, row_number() OVER (ORDER BY owed.id) AS place FROM reports_obligation owed
                               WHERE owed.cycle_id = %s AND NOT EXISTS (SELECT FROM reports_report WHERE obligation_id = owed.id))
                SELECT owed.id AS obligation, there.id AS report, there.latest_id AS revision
                  FROM owed JOIN there ON there.place = owed.place %% there.many;
                INSERT INTO reports_report (obligation_id, {reports})
                SELECT copies.obligation, {reports} FROM copies JOIN reports_report report ON report.id = copies.report""",
            [cycle],
        )
        cursor.execute(
            f"""INSERT INTO reports_revision (report_id, {", ".join(_columns(Revision, "report_id"))})
                SELECT report.id, {sent} FROM copies JOIN reports_report report ON report.obligation_id = copies.obligation
                  JOIN reports_revision template ON template.id = copies.revision"""
        )
        cursor.execute(
            """UPDATE reports_report report SET latest_id = revision.id FROM reports_revision revision, copies
                WHERE revision.report_id = report.id AND report.obligation_id = copies.obligation"""
        )
        return cursor.rowcount


def _columns(model: Any, *left_out: str) -> list[str]:
    return [each.column for each in model._meta.concrete_fields if not each.generated and each.column not in ("id", *left_out)]
