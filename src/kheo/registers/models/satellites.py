"""What stands beside an entry, each in rows of its own: time limits, long texts, lines, links, photographs."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from kheo.files.models import StoredFile
from kheo.registers.models.definitions import Register
from kheo.registers.models.entries import Entry


class Known(models.Model):
    """A row that was true as known in `[known_from, known_to)`; a change puts another row beside it."""

    known_from = models.DateTimeField()
    known_to = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class DeadlineRun(Known):
    """One run of a clock of an entry (`core.registers.clock.Deadline`), as it stood until the next change of it."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="deadlines")
    register = models.ForeignKey(Register, models.PROTECT, related_name="+", db_index=False)
    clock = models.CharField(max_length=40)
    turn = models.IntegerField(default=0)
    round = models.IntegerField(default=1, help_text="how often the clock was started for this entry")
    started_on = models.DateField()
    due_on = models.DateField()
    paused_on = models.DateField(null=True)
    left = models.IntegerField(null=True)
    extended = models.BooleanField(default=False)
    met_on = models.DateField(null=True)

    class Meta:
        db_table = "registers_deadline"
        constraints = [
            models.UniqueConstraint(fields=["entry", "clock", "round", "turn"], condition=Q(known_to__isnull=True), name="deadline_once")
        ]
        indexes = [
            models.Index(fields=["register", "clock", "due_on"], name="deadline_due"),
            models.Index(
                fields=["register", "clock", "due_on"],
                include=["entry"],
                condition=Q(known_to__isnull=True, met_on__isnull=True, paused_on__isnull=True),
                name="deadline_running",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clock} of entry {self.entry_id} by {self.due_on}"


class EntryText(Known):
    """A long text of an entry: never in its tail, where it would make every reading of a number dearer (registers.md §2.3)."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="texts")
    key = models.CharField(max_length=40)
    text = models.TextField()

    class Meta:
        db_table = "registers_text"
        constraints = [models.UniqueConstraint(fields=["entry", "key"], condition=Q(known_to__isnull=True), name="text_once")]

    def __str__(self) -> str:
        return f"{self.key} of entry {self.entry_id}"


class EntryLine(Known):
    """A dated line under an entry: help given, money spent, a criterion scored, a target."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="lines")
    register = models.ForeignKey(Register, models.PROTECT, related_name="+", db_index=False)
    line = models.CharField(max_length=40, help_text="code of the kind of lines")
    number = models.IntegerField(help_text="of the line within its entry; kept through its changes")
    on = models.DateField()
    kind = models.CharField(max_length=16, blank=True)
    source = models.CharField(max_length=16, blank=True)
    quantity = models.BigIntegerField(null=True)
    amount_vnd = models.BigIntegerField(null=True)
    text = models.CharField(max_length=250, blank=True)

    class Meta:
        db_table = "registers_line"
        constraints = [models.UniqueConstraint(fields=["entry", "number"], condition=Q(known_to__isnull=True), name="line_once")]
        indexes = [models.Index(fields=["register", "line", "on"], name="line_dated")]

    def __str__(self) -> str:
        return f"{self.line} {self.number} of entry {self.entry_id}"


class EntryLink(Known):
    """From one entry to another: replicates, merged into, promotes. Verified or not, that is known too."""

    link = models.CharField(max_length=40, help_text="code of the kind of links, of the register of `entry`")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="links")
    register = models.ForeignKey(Register, models.PROTECT, related_name="+", db_index=False)
    other = models.ForeignKey(Entry, models.PROTECT, related_name="links_back")
    on = models.DateField()
    verified_on = models.DateField(null=True)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, db_index=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, db_index=False)

    class Meta:
        db_table = "registers_link"
        constraints = [
            models.UniqueConstraint(fields=["link", "entry", "other"], condition=Q(known_to__isnull=True), name="link_once"),
            models.CheckConstraint(condition=~Q(entry=models.F("other")), name="link_to_another"),
        ]
        indexes = [
            models.Index(fields=["other", "link"], name="links_back"),
            models.Index(fields=["register", "link", "on"], name="link_dated"),
        ]

    def __str__(self) -> str:
        return f"{self.link}: entry {self.entry_id} to {self.other_id}"


class EntryAttachment(models.Model):
    """A photograph or file of an entry. Of where a photograph was taken only the distance from the entry's place is kept."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="attachments")
    role = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=[("photo", "ảnh"), ("pdf", "PDF")])
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", db_index=False)
    thumbnail = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True, db_index=False)
    caption = models.CharField(max_length=200, blank=True)
    taken_at = models.DateTimeField(null=True)
    metres_off = models.IntegerField(null=True)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "registers_attachment"
        indexes = [models.Index(fields=["entry"], condition=Q(removed_at=None), name="attachment_of_entry")]

    def __str__(self) -> str:
        return f"{self.role} of entry {self.entry_id}"


class EntryHold(models.Model):
    """Somebody has said, with a reason, that the files of an entry stay whatever their time: a court, an inspection, a complaint."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="holds", db_index=False)
    reason = models.CharField(max_length=300)
    placed_by = models.CharField(max_length=120)
    placed_at = models.DateTimeField()
    lifted_by = models.CharField(max_length=120, blank=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "registers_hold"
        constraints = [models.UniqueConstraint(fields=["entry"], condition=Q(lifted_at=None), name="hold_once")]

    def __str__(self) -> str:
        return f"hold of entry {self.entry_id}"


class SavedEntries(models.Model):
    """A list of entries that somebody looks at again: filters, order and columns under a name, for oneself or shared by a unit."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="+", db_index=False)
    reach = models.CharField(max_length=5, default="mine", help_text="for whom: core.registers.words.Reach")
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", null=True, db_index=False, help_text="that shares it; None: nobody"
    )
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, db_index=False)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1500)
    saved_by = models.CharField(max_length=120)
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "registers_saved_list"
        constraints = [models.UniqueConstraint(fields=["register", "unit", "owner", "name"], name="entries_once", nulls_distinct=False)]

    def __str__(self) -> str:
        return self.name
