"""Reading what the demo keeps."""

from datetime import datetime

from kheo.demo.models import DemoClock


def demo_starts_at() -> datetime | None:
    """The instant at which the demo's clock starts, or None outside a demo."""
    return DemoClock.objects.values_list("starts_at", flat=True).first()
