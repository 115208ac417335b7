"""Which rounds of digests a day still lacks."""

from datetime import datetime, time, timedelta

from django.db.models import Max

from kheo.core.days import ZONE, local_day
from kheo.notices.models import Preferences, Round

USUAL = time(7)
# A clock that is set back by less than this is waited for; one that was a year ahead by mistake must not silence a year.
PATIENCE = timedelta(hours=36)


def open_rounds(at: datetime) -> list[time]:
    """The hours of today, up to now, for whose people no digests have been written; none while a clock that was set back catches up."""
    latest = Round.objects.filter(written_at__lte=at + PATIENCE).aggregate(last=Max("written_at"))["last"]
    if latest is not None and latest > at:
        return []
    hour = at.astimezone(ZONE).time()
    hours = {USUAL, *Preferences.objects.filter(opens__lte=hour).values_list("opens", flat=True).distinct()}
    done = set(Round.objects.filter(day=local_day(at)).values_list("opens", flat=True))
    return sorted(opens for opens in hours - done if opens <= hour)
