"""Registers and their published definitions."""

from django.db import models

from kheo.campaigns.models import Published


class Register(models.Model):
    """A standing book (sổ): identity only; what it asks is in its editions."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=300)

    class Meta:
        db_table = "registers_register"

    def __str__(self) -> str:
        return self.name


class RegisterEdition(Published):
    """What a register asked from its publication on; an entry names the edition it answers."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="editions")

    class Meta:
        db_table = "registers_edition"
        constraints = [
            models.UniqueConstraint(fields=["register", "number"], name="register_edition_number"),
            models.UniqueConstraint(fields=["register", "hash"], name="register_edition_once"),
        ]

    def __str__(self) -> str:
        return f"{self.register.code} #{self.number}"


class Series(models.Model):
    """The last number given out in a register and year: locked by whoever takes the next."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="+")
    year = models.IntegerField()
    last = models.IntegerField(default=0)

    class Meta:
        db_table = "registers_series"
        constraints = [models.UniqueConstraint(fields=["register", "year"], name="series_once")]

    def __str__(self) -> str:
        return f"{self.register_id} {self.year}: {self.last}"


class FieldIndex(models.Model):
    """The index of a declared field that is filtered or sorted by: made by a job, used once it stands. The catalogue of
    the database says whether it does; this row says since when, and what became of it."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="field_indexes")
    key = models.CharField(max_length=40)
    name = models.CharField(max_length=63, help_text="of the index in the database")
    status = models.CharField(max_length=20, choices=[("provisioning", "đang lập"), ("active", "đã có"), ("retired", "thôi dùng")])
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "registers_field_index"
        constraints = [models.UniqueConstraint(fields=["register", "key"], name="field_index_once")]

    def __str__(self) -> str:
        return f"{self.name}: {self.status}"
