"""The books of arrivals and of outgoing papers: one row a number, from its reservation on; nothing of them is ever deleted."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from kheo.core.paper_books.facts import GENERAL_BOOK, PROGRESS_NAMES, STANDING_NAMES, Progress, Standing
from kheo.directives.models.papers import Directive
from kheo.org.models import Unit

_STANDINGS = [(each.value, name) for each, name in STANDING_NAMES.items()]
# A number that stands for a paper names it; one that is only reserved names none yet.
_NAMES_ITS_PAPER = Q(standing="reserved", directive__isnull=True) | Q(standing="written", directive__isnull=False) | Q(standing="cancelled")


class BookCounter(models.Model):
    """The last number taken in a book of a year: locked by whoever takes the next one, so that there are neither gaps nor twins.

    `book`: empty for arrivals, else the name of the book of outgoing papers. `start_at`: the least number that is taken next, as the newest
    `BookStart` says it.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    book = models.CharField(max_length=60, blank=True)
    year = models.IntegerField()
    last = models.IntegerField()
    start_at = models.IntegerField(default=1, db_default=1)

    class Meta:
        db_table = "directives_counter"
        constraints = [models.UniqueConstraint(fields=["unit", "book", "year"], name="one_counter")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.book} {self.year}: {self.last}"


class BookStart(models.Model):
    """The numbers after `after` and before `first` were used on paper, so that the book goes on at `first`. Only ever added.

    Of several with the same `after` the newest holds: nothing was written between them.
    """

    counter = models.ForeignKey(BookCounter, models.PROTECT, related_name="starts")
    after = models.IntegerField()
    first = models.IntegerField()
    reason = models.CharField(max_length=500, blank=True)
    writer = models.CharField(max_length=320)
    at = models.DateTimeField()

    class Meta:
        db_table = "directives_book_start"
        constraints = [models.CheckConstraint(condition=Q(first__gt=F("after")), name="starts_after_the_last")]

    def __str__(self) -> str:
        return f"from {self.first} after {self.after}"


class Numbered(models.Model):
    """A number of a book. `reserved_for`: why it was reserved. `reason`: why it was cancelled. `version` grows with every writing."""

    year = models.IntegerField()
    number = models.IntegerField()
    standing = models.CharField(max_length=20, choices=_STANDINGS)
    reserved_for = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    version = models.IntegerField(default=1)
    written_at = models.DateTimeField()

    class Meta:
        abstract = True

    @property
    def is_cancelled(self) -> bool:
        """Whether the number stands for nothing any more."""
        return self.standing == Standing.CANCELLED


class Arrival(Numbered):
    """A paper came to a unit: its number of the year, whose hands it is in, by when it is to be answered, and how far that is."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="arrivals")
    arrived_on = models.DateField()
    directive = models.ForeignKey(Directive, models.PROTECT, related_name="arrivals", null=True)
    handler = models.CharField(max_length=300, blank=True, help_text="unit or person, as written in the book")
    handler_user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    passed_on = models.DateField(null=True)
    signed_by = models.CharField(max_length=320, blank=True, help_text="who acknowledged having it, with the post")
    signed_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    progress = models.CharField(
        max_length=20, choices=[(each.value, name) for each, name in PROGRESS_NAMES.items()], default=Progress.WAITING.value
    )
    progress_note = models.CharField(max_length=1000, blank=True)
    answer = models.CharField(max_length=200, blank=True, help_text="number and notation of the answering paper")
    done_on = models.DateField(null=True)
    file_code = models.CharField(max_length=60, blank=True, help_text="number and sign of the file it is kept in")

    class Meta:
        db_table = "directives_arrival"
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "number"], name="arrival_number"),
            models.CheckConstraint(condition=_NAMES_ITS_PAPER, name="arrival_names_its_paper"),
            models.CheckConstraint(condition=~Q(standing="cancelled") | ~Q(reason=""), name="arrival_cancelled_with_reason"),
            models.CheckConstraint(condition=Q(done_on__isnull=False) | ~Q(progress="done"), name="done_on_a_day"),
        ]
        indexes = [
            models.Index(
                fields=["unit", "due_on"], name="arrivals_to_follow", condition=Q(progress__in=("waiting", "doing"), standing="written")
            ),
        ]

    def __str__(self) -> str:
        return f"arrival {self.number}/{self.year} of unit {self.unit_id}"


class Issue(Numbered):
    """A paper of a unit's own went out, or will: its number in a book of the year, who gets it, when it left and who signed for it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="issues")
    book = models.CharField(max_length=60, default=GENERAL_BOOK)
    issued_on = models.DateField()
    directive = models.OneToOneField(Directive, models.PROTECT, related_name="issue", null=True)
    recipients = ArrayField(models.CharField(max_length=300), default=list)
    kept_by = models.CharField(max_length=300, blank=True)
    copies = models.IntegerField(null=True)
    sent_on = models.DateField(null=True)
    received_by = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "directives_issue"
        constraints = [
            models.UniqueConstraint(fields=["unit", "book", "year", "number"], name="issue_number"),
            models.CheckConstraint(condition=_NAMES_ITS_PAPER, name="issue_names_its_paper"),
            models.CheckConstraint(condition=~Q(standing="cancelled") | ~Q(reason=""), name="issue_cancelled_with_reason"),
        ]

    def __str__(self) -> str:
        return f"issue {self.number}/{self.year} ({self.book}) of unit {self.unit_id}"
