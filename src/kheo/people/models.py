"""Accounts. What an account may do comes from its posts (`kheo.org`), never from flags here."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q


class UserManager(BaseUserManager["User"]):
    """Makes accounts; there is no superuser: nobody has power over figures by account."""

    def create_user(self, username: str, full_name: str, password: str | None = None, email: str = "") -> "User":
        """An account that can sign in; without a password it cannot until one is set."""
        user = self.model(username=username, full_name=full_name, email=self.normalize_email(email))
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Somebody who can sign in."""

    username = models.CharField("tên đăng nhập", max_length=60, unique=True)
    full_name = models.CharField("họ và tên", max_length=120)
    email = models.EmailField("thư điện tử", blank=True)
    contact = models.CharField("cách liên hệ", max_length=120, blank=True, help_text="given by themselves, for those who see their posts")
    is_active = models.BooleanField("đang hoạt động", default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        db_table = "people_user"

    def __str__(self) -> str:
        return self.full_name


class AccessToken(models.Model):
    """Lets a program act as its holder over the API, with the posts that the holder has at that moment; never signs anybody in.

    Only a hash is kept: whoever reads the database can use none. `prefix` names a token without giving it away. `window` and `asked`
    count the requests of the minute that began at `window`.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="tokens")
    name = models.CharField("tên gợi nhớ", max_length=80)
    prefix = models.CharField(max_length=12, unique=True)
    hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    window = models.DateTimeField(null=True)
    asked = models.IntegerField(default=0)

    class Meta:
        db_table = "people_access_token"
        indexes = [models.Index(fields=["user", "-created_at"], name="token_of_user")]

    def __str__(self) -> str:
        return f"{self.prefix}… {self.name}"


class PasswordReset(models.Model):
    """Lets somebody who forgot their password set a new one, once, by a code that somebody else hands over; only its hash is kept."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_password_reset"
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(used_at__isnull=True, withdrawn_at__isnull=True), name="one_reset_waits")
        ]

    def __str__(self) -> str:
        return f"reset of {self.user_id}"
