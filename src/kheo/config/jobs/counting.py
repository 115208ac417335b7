"""The figures of very many units are counted when the page that asked for them has answered."""

from datetime import date

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kheo.config.clock import now

COUNT_FIGURES = "count_figures"


@app.task(name=COUNT_FIGURES, retry=RetryStrategy(max_attempts=3, exponential_wait=10))
def count_figures(code: str, path: list[int], whole: bool, on: str, year: int) -> None:
    """For nobody in particular: whose figures somebody sees is asked with every page."""
    from kheo.registers.actions import counting_figures

    counting_figures.count_figures(code, path, whole=whole, on=date.fromisoformat(on), year=year, at=now())
