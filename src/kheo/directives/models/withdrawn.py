"""What is said once and taken back once, with a reason."""

from django.db import models
from django.db.models import Q


def taken_back_with_a_reason(name: str) -> models.CheckConstraint:
    """That `withdrawn_at`, `withdrawn_by` and `withdrawn_why` are empty together or filled together."""
    still = Q(withdrawn_at=None, withdrawn_by="", withdrawn_why="")
    return models.CheckConstraint(condition=still | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by="") & ~Q(withdrawn_why="")), name=name)
