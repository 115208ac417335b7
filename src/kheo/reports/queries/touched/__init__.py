"""What changes of units touch before they are done, and what becomes of each: posts, and whatever `PROVIDERS` name."""

from kheo.reports.queries.touched.change import (
    Change,
    PostTouched,
    annulment_beyond_reach,
    beyond_reach,
    change_back,
    change_of,
    last_names,
    posts_back,
    posts_lost,
)
from kheo.reports.queries.touched.providers import PROVIDERS, Provider, Touch
from kheo.reports.queries.touched.reports import REPORTS

__all__ = [
    "PROVIDERS",
    "REPORTS",
    "Change",
    "PostTouched",
    "Provider",
    "Touch",
    "annulment_beyond_reach",
    "beyond_reach",
    "change_back",
    "change_of",
    "last_names",
    "posts_back",
    "posts_lost",
]
