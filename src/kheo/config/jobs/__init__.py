"""Work that nobody waits for at a page. A job is a face: it reads the clock, asks rights again, calls one action.

procrastinate imports this package when Django is ready; every file with tasks is named here. How to add one:
docs/recipes/add-a-job.md.
"""

from kheo.config.jobs import comparing, counting, exporting, importing, indexing, looking, looking_back, purging, reading, reminding

__all__ = ["comparing", "counting", "exporting", "importing", "indexing", "looking", "looking_back", "purging", "reading", "reminding"]
