"""The workbook of a long list is written when the page that ordered it has answered."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

WRITE_EXPORT = "write_export"


@app.task(name=WRITE_EXPORT, retry=RetryStrategy(max_attempts=3, exponential_wait=10))
def write_export(number: int) -> None:
    """In the name of who ordered it and with their rights of now; written once however often it is begun."""
    from kheo.config.clock import now
    from kheo.web.registers.export_file import write_ordered

    write_ordered(number, at=now())
