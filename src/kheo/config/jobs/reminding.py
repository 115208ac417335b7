"""The beat of the worker: what is due is told and what waits to be sent is sent; what happens to units today is told beside it."""

from typing import TYPE_CHECKING

from procrastinate import JobContext
from procrastinate.contrib.django import app

if TYPE_CHECKING:
    from kheo.notices.actions.delivering import StillDue
    from kheo.reports.queries.reminding import Almanac

REMIND, TAKE_EFFECT = "remind", "take_effect"


@app.task(name=REMIND, queueing_lock=REMIND, pass_context=True)
def remind(context: JobContext) -> None:
    """Every beat; running twice, or twice at once, does nothing more. Ends early when the worker is asked to end."""
    from django.conf import settings

    from kheo.config.channels import channels
    from kheo.config.clock import now
    from kheo.notices.actions import deliver
    from kheo.reports.actions.reminding import remind as write_digests

    ready = channels()
    write_digests(almanac(), channels=list(ready), at=now())
    site = settings.ENVIRONMENT.messaging.site
    deliver(ready, site=site, now=now, still_due=recheck(), should_stop=context.should_abort)


@app.task(name=TAKE_EFFECT, queueing_lock=TAKE_EFFECT)
def take_effect() -> None:
    """Every beat, as a job of its own: whatever goes wrong with a change of units, reminders go out."""
    from kheo.config.clock import now
    from kheo.reports.actions.taking_effect import tell_taken_effect

    tell_taken_effect(at=now())


def recheck() -> "StillDue":
    """How a digest is looked through just before it leaves: the room of notices knows no reports."""
    from kheo.reports.queries.still_due import still_due

    days = almanac()
    return lambda person, lines, at: still_due(person, lines, days, at)


def almanac() -> "Almanac":
    """The calendars that come with the product; the office works by that of Việt Nam."""
    from kheo.config.calendars import working_calendar
    from kheo.reports.queries.reminding import Almanac

    return Almanac(working_calendar, working_calendar("vn"))
