"""Sums kept on the way through a large cycle, so that nobody waits for them who looks back into it."""

from procrastinate.contrib.django import app

KEEP_MILESTONES = "keep_milestones"
_looked_until = 0  # the newest decision when this process last looked; forgotten with it, which costs one look


@app.task(name=KEEP_MILESTONES, queueing_lock=KEEP_MILESTONES)
def keep_milestones() -> None:
    """Every beat; mostly too little was decided since the last one to look closer."""
    from kheo.reports.actions import keep_due_milestones

    global _looked_until
    _looked_until = keep_due_milestones(_looked_until)
