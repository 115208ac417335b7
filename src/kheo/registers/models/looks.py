"""What looking at the pages told whose addresses entries hold."""

from django.db import models
from django.db.models import Q

from kheo.registers.models.definitions import Register
from kheo.registers.models.entries import Entry
from kheo.registers.models.satellites import Known


class PageLook(Known):
    """One look at a page, and how the link stood on the days `[on, ends)`, until the next look or another address ends it.

    A row is closed once and never changed (trigger), so that what stood on a day stays what it was. Nothing of the page is kept but what
    its first bytes hash to; `first_digest`: what they did at the first look that read this address.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="looks", db_index=False)
    register = models.ForeignKey(Register, models.PROTECT, related_name="+", db_index=False)
    field = models.CharField(max_length=40, help_text="key of the field that holds the address")
    address = models.CharField(max_length=250, blank=True)
    on = models.DateField()
    ends = models.DateField(null=True)
    seen = models.CharField(max_length=10, blank=True, help_text="core.registers.looking.Seen; empty: the address is new, nobody looked")
    status = models.SmallIntegerField(null=True, help_text="that the server answered last")
    why = models.CharField(max_length=12, blank=True)
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the first bytes of the page")
    first_digest = models.CharField(max_length=64, blank=True)
    verdict = models.CharField(max_length=10, help_text="core.registers.looking.Verdict")
    since = models.DateField(help_text="from when this is said of the link")
    again_on = models.DateField(help_text="the first day of the next look")

    class Meta:
        db_table = "registers_page_look"
        constraints = [
            models.UniqueConstraint(fields=["entry", "field"], condition=Q(known_to__isnull=True), name="look_stands_once"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True, known_to__isnull=True) | Q(ends__gte=models.F("on"), known_to__gte=models.F("known_from")),
                name="look_goes_forward",
            ),
        ]
        indexes = [
            models.Index(fields=["entry", "field", "on"], name="looks_of_entry"),
            models.Index(
                fields=["register", "field", "verdict"], include=["entry"], condition=Q(known_to__isnull=True), name="look_stands"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field} of entry {self.entry_id}: {self.verdict} since {self.since}"
