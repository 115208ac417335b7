"""Files as they came in: rows are only ever added (a database trigger refuses anything else, but for files of changes of units
that nobody recorded, and for the bytes of a content whose time is over: `Forgetting`).

They stand in the database, so that one transaction, one backup and one restore hold them together with what names them.
"""

from django.conf import settings
from django.db import models


class Blob(models.Model):
    """A content, once however often it is sent."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.IntegerField()
    content = models.BinaryField()

    class Meta:
        db_table = "files_blob"

    def __str__(self) -> str:
        return self.sha256


class Forgetting(models.Model):
    """The bytes of a content are gone because their time was over: its row, hash and size stay, and every file that named it."""

    blob = models.OneToOneField(Blob, models.PROTECT, related_name="forgetting")
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    why = models.CharField(max_length=300)

    class Meta:
        db_table = "files_forgetting"

    def __str__(self) -> str:
        return f"content {self.blob_id}: {self.why}"


class StoredFile(models.Model):
    """Somebody sent a file: its name is only a text, never a path; `media_type` is what the content is, not what was claimed."""

    blob = models.ForeignKey(Blob, models.PROTECT, related_name="files")
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    sender = models.CharField(max_length=120)
    post = models.CharField(max_length=200)
    received_at = models.DateTimeField()

    class Meta:
        db_table = "files_stored_file"

    def __str__(self) -> str:
        return self.name
