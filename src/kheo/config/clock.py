"""What time it is: the real time, or in a demo the demo's own."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.http import HttpRequest, HttpResponse


class DemoTime:
    """A pretended instant that runs on from now. `seconds` counts them and is not moved by a step of the machine's clock."""

    def __init__(self, starts_at: datetime, seconds: Callable[[], float] = time.monotonic) -> None:
        self._starts_at = starts_at
        self._seconds = seconds
        self._began = seconds()

    def now(self) -> datetime:
        """The pretended instant."""
        return self._starts_at + timedelta(seconds=self._seconds() - self._began)


_UNREAD = object()
_demo: object | DemoTime | None = _UNREAD


def now() -> datetime:
    """The present instant, aware, in UTC.

    Where a demo clock is set: its instant plus the time this process has run, and never before the last row of the journal.
    """
    global _demo
    if _demo is _UNREAD:
        _demo = _read_demo_time()
    return _demo.now() if isinstance(_demo, DemoTime) else datetime.now(UTC)


def is_demo() -> bool:
    """Whether a demo clock is set."""
    now()
    return isinstance(_demo, DemoTime)


def reset() -> None:
    """Forget the demo clock, so that the next question reads it again (a demo was built, a test ended)."""
    global _demo
    _demo = _UNREAD


def _read_demo_time() -> DemoTime | None:
    from kheo.demo.queries import demo_starts_at
    from kheo.journal.queries import last_instant

    starts_at = demo_starts_at()
    if starts_at is None:
        return None
    return DemoTime(max(starts_at, last_instant() or starts_at).astimezone(UTC))


class ClockMiddleware:
    """Gives every request its one instant, `request.now`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.now = now()  # type: ignore[attr-defined]  # typed for the faces in kheo.web
        return self.get_response(request)
