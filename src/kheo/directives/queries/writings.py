"""What was written about one row of the books."""

from kheo.directives.models import Writing


def writings_of(subject: str, subject_id: int) -> list[Writing]:
    """Oldest first."""
    return list(Writing.objects.filter(subject=subject, subject_id=subject_id).order_by("pk"))
