"""Indexes of a register's declared fields are made when the act that published it is done; its lists work without them meanwhile."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kheo.config.clock import now

PROVISION = "provision_indexes"


class UnfinishedIndexesError(Exception):
    """Some could not be made: tried again by the strategy, then told by `kheo verify`. Names keys of fields only."""


@app.task(name=PROVISION, retry=RetryStrategy(max_attempts=5, exponential_wait=6))
def provision_indexes(code: str) -> None:
    """What the newest edition asks for is made, what it does not is dropped. Taken up again after whatever broke it off."""
    from kheo.registers.actions import indexing
    from kheo.registers.queries.definitions import book

    found = book(code)
    if found is None:
        return
    done = indexing.provision_indexes(found, at=now())
    if done.is_elsewhere or done.failed:
        raise UnfinishedIndexesError(", ".join(key for key, _ in done.failed) or "elsewhere")
