"""Posts are offered down the tree; whoever brings the code takes one up."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("org", "0008_left_by_hand"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("officer", "Cán bộ nhập liệu"),
                            ("head", "Thủ trưởng đơn vị"),
                            ("reviewer", "Cán bộ tổng hợp"),
                            ("office", "Thường trực phong trào"),
                            ("auditor", "Người kiểm tra"),
                            ("keeper", "Quản trị hệ thống"),
                        ],
                        max_length=20,
                    ),
                ),
                ("full_name", models.CharField(max_length=120)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("starts_on", models.DateField(help_text="not before this day; empty: from the day on which it is accepted", null=True)),
                ("sender", models.CharField(max_length=120)),
                ("made_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("nonce", models.CharField(max_length=32)),
                ("hash", models.CharField(max_length=64, unique=True)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "post",
                    models.OneToOneField(
                        help_text="what it was accepted as",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitation",
                        to="org.post",
                    ),
                ),
                ("replaces", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.post")),
                (
                    "sent_by",
                    models.ForeignKey(
                        help_text="empty: the operator",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="invitations", to="org.unit")),
            ],
            options={
                "db_table": "org_invitation",
                "indexes": [
                    models.Index(
                        condition=models.Q(("accepted_at__isnull", True), ("withdrawn_at__isnull", True)),
                        fields=["unit"],
                        name="invitation_waiting",
                    ),
                    models.Index(fields=["sent_by"], name="invitation_of_sender"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("accepted_at__isnull", True), ("withdrawn_at__isnull", True), _connector="OR"),
                        name="accepted_or_withdrawn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at__isnull", True), ("post__isnull", True)),
                            models.Q(("accepted_at__isnull", False), ("post__isnull", False)),
                            _connector="OR",
                        ),
                        name="accepted_as_a_post",
                    ),
                ],
            },
        ),
    ]
