"""Notices, digests, deliveries, and how people wish to be told."""

import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_accounts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ChannelToken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("channel", models.CharField(max_length=20, unique=True)),
                ("access_token", models.TextField()),
                ("refresh_token", models.TextField()),
                ("expires_at", models.DateTimeField()),
            ],
            options={
                "db_table": "notices_channel_token",
            },
        ),
        migrations.CreateModel(
            name="Digest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("lines", models.JSONField(help_text="objects with text, page, args; the most urgent first")),
                ("written_at", models.DateTimeField()),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "db_table": "notices_digest",
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("channel", models.CharField(max_length=20)),
                ("kind", models.CharField(choices=[("digest", "nhắc việc"), ("code", "mã xác nhận"), ("test", "tin thử")], max_length=20)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "chờ gửi"),
                            ("sending", "đang gửi"),
                            ("sent", "đã gửi"),
                            ("failed", "không gửi được"),
                            ("unclear", "không rõ đã đến chưa"),
                            ("expired", "quá giờ, không gửi nữa"),
                        ],
                        default="queued",
                        max_length=20,
                    ),
                ),
                ("tries", models.IntegerField(default=0)),
                ("next_try_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField()),
                ("claimed_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "digest",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="deliveries", to="notices.digest"
                    ),
                ),
            ],
            options={
                "db_table": "notices_delivery",
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=80)),
                ("text", models.CharField(max_length=400)),
                ("page", models.CharField(help_text="name of an address", max_length=40)),
                ("args", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ("told_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "digest",
                    models.ForeignKey(
                        help_text="which tells it, or repeats it",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="notices.digest",
                    ),
                ),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "db_table": "notices_notice",
            },
        ),
        migrations.CreateModel(
            name="Preferences",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("by_email", models.BooleanField(default=False)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("email_verified_at", models.DateTimeField(null=True)),
                ("by_zalo", models.BooleanField(default=False)),
                ("zalo_phone", models.CharField(blank=True, help_text="international, digits only: 84912345678", max_length=20)),
                ("zalo_verified_at", models.DateTimeField(null=True)),
                ("quiet_starts", models.TimeField(default=datetime.time(21, 0))),
                ("quiet_ends", models.TimeField(default=datetime.time(7, 0))),
                ("quiet_on_days_off", models.BooleanField(default=True)),
                (
                    "opens",
                    models.TimeField(
                        default=datetime.time(7, 0), help_text="first minute of a day that is not quiet: core.quiet.Quiet.opens"
                    ),
                ),
                ("updated_at", models.DateTimeField()),
            ],
            options={
                "db_table": "notices_preferences",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("by_email", False), ("email_verified_at__isnull", False), _connector="OR"),
                        name="email_confirmed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("by_zalo", False), ("zalo_verified_at__isnull", False), _connector="OR"), name="zalo_confirmed"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("opens", models.TimeField()),
                ("written_at", models.DateTimeField(db_index=True)),
                ("digests", models.IntegerField()),
            ],
            options={
                "db_table": "notices_round",
                "constraints": [models.UniqueConstraint(fields=("day", "opens"), name="round_once")],
            },
        ),
        migrations.CreateModel(
            name="Check",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("channel", models.CharField(max_length=20)),
                ("address", models.CharField(max_length=254)),
                ("asked_at", models.DateTimeField()),
                ("asked_times", models.IntegerField(default=1)),
                ("tries", models.IntegerField(default=0)),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "db_table": "notices_check",
                "constraints": [models.UniqueConstraint(fields=("person", "channel"), name="one_check_per_channel")],
            },
        ),
        migrations.AddConstraint(
            model_name="digest",
            constraint=models.UniqueConstraint(fields=("person", "day"), name="one_digest_a_day"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(condition=models.Q(("state", "queued")), fields=["next_try_at"], name="delivery_waiting"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(condition=models.Q(("state", "sending")), fields=["claimed_at"], name="delivery_in_hand"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["person", "-created_at"], name="delivery_of_person"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(fields=("digest", "channel"), name="digest_once_per_channel"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["queued", "sending", "sent", "failed", "unclear", "expired"])),
                name="delivery_state_known",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["person", "-told_at"], name="notice_of_person"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(condition=models.Q(("read_at__isnull", True)), fields=["person"], name="notice_unread"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["digest"], name="notice_of_digest"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(fields=("person", "key"), name="told_once"),
        ),
    ]
