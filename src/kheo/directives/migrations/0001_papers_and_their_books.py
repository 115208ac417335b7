"""Papers, the two books of an office, how an order travels down, and what was written."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0004_bytes_go_and_hashes_stay"),
        ("org", "0013_plans_for_gaps"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Directive",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(blank=True, max_length=20)),
                ("symbol", models.CharField(blank=True, max_length=80)),
                ("full_number", models.CharField(blank=True, max_length=100)),
                ("issuer", models.CharField(max_length=300)),
                ("superior", models.CharField(blank=True, max_length=300)),
                ("issued_on", models.DateField(null=True)),
                ("kind", models.CharField(blank=True, max_length=100)),
                ("subject", models.CharField(max_length=2000)),
                (
                    "urgency",
                    models.CharField(
                        blank=True,
                        choices=[("", "Thường"), ("Khẩn", "Khẩn"), ("Thượng khẩn", "Thượng khẩn"), ("Hỏa tốc", "Hỏa tốc")],
                        max_length=20,
                    ),
                ),
                ("signer", models.CharField(blank=True, max_length=120)),
                ("signer_title", models.CharField(blank=True, max_length=200)),
                ("pages", models.IntegerField(null=True)),
                ("language", models.CharField(default="Tiếng Việt", max_length=60)),
                ("text", models.TextField(blank=True)),
                ("understood", models.JSONField(null=True)),
                ("understood_version", models.IntegerField(default=0)),
                ("key", models.CharField(max_length=120)),
                ("search", models.TextField()),
                ("written_at", models.DateTimeField()),
                (
                    "file",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"),
                ),
                (
                    "issuing_unit",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"),
                ),
                ("keeper", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit")),
            ],
            options={
                "db_table": "directives_directive",
            },
        ),
        migrations.CreateModel(
            name="Arrival",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.IntegerField()),
                ("number", models.IntegerField()),
                (
                    "standing",
                    models.CharField(choices=[("reserved", "Giữ số"), ("written", "Đã đăng ký"), ("cancelled", "Huỷ số")], max_length=20),
                ),
                ("reserved_for", models.CharField(blank=True, max_length=300)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("note", models.CharField(blank=True, max_length=1000)),
                ("version", models.IntegerField(default=1)),
                ("written_at", models.DateTimeField()),
                ("arrived_on", models.DateField()),
                ("handler", models.CharField(blank=True, help_text="unit or person, as written in the book", max_length=300)),
                ("passed_on", models.DateField(null=True)),
                ("signed_by", models.CharField(blank=True, help_text="who acknowledged having it, with the post", max_length=320)),
                ("signed_at", models.DateTimeField(null=True)),
                ("due_on", models.DateField(null=True)),
                (
                    "progress",
                    models.CharField(
                        choices=[
                            ("waiting", "Chưa giải quyết"),
                            ("doing", "Đang giải quyết"),
                            ("done", "Đã giải quyết"),
                            ("for_information", "Để biết"),
                        ],
                        default="waiting",
                        max_length=20,
                    ),
                ),
                ("progress_note", models.CharField(blank=True, max_length=1000)),
                ("answer", models.CharField(blank=True, help_text="number and notation of the answering paper", max_length=200)),
                ("done_on", models.DateField(null=True)),
                ("file_code", models.CharField(blank=True, help_text="number and sign of the file it is kept in", max_length=60)),
                (
                    "handler_user",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="arrivals", to="org.unit")),
                (
                    "directive",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="arrivals", to="directives.directive"
                    ),
                ),
            ],
            options={
                "db_table": "directives_arrival",
            },
        ),
        migrations.CreateModel(
            name="DirectiveLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(choices=[("based_on", "Căn cứ"), ("replaces", "Thay thế"), ("answers", "Trả lời")], max_length=20),
                ),
                (
                    "from_day",
                    models.DateField(help_text="of a replacement: the first day on which the other paper holds no more", null=True),
                ),
                ("made_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "directive",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="links", to="directives.directive"),
                ),
                (
                    "other",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="linked_from", to="directives.directive"),
                ),
            ],
            options={
                "db_table": "directives_link",
            },
        ),
        migrations.CreateModel(
            name="Issue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.IntegerField()),
                ("number", models.IntegerField()),
                (
                    "standing",
                    models.CharField(choices=[("reserved", "Giữ số"), ("written", "Đã đăng ký"), ("cancelled", "Huỷ số")], max_length=20),
                ),
                ("reserved_for", models.CharField(blank=True, max_length=300)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("note", models.CharField(blank=True, max_length=1000)),
                ("version", models.IntegerField(default=1)),
                ("written_at", models.DateTimeField()),
                ("book", models.CharField(default="Chung", max_length=60)),
                ("issued_on", models.DateField()),
                (
                    "recipients",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), default=list, size=None),
                ),
                ("kept_by", models.CharField(blank=True, max_length=300)),
                ("copies", models.IntegerField(null=True)),
                ("sent_on", models.DateField(null=True)),
                ("received_by", models.CharField(blank=True, max_length=300)),
                (
                    "directive",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="issue", to="directives.directive"
                    ),
                ),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="issues", to="org.unit")),
            ],
            options={
                "db_table": "directives_issue",
            },
        ),
        migrations.CreateModel(
            name="Passing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sent_at", models.DateTimeField()),
                (
                    "arrival",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="passing", to="directives.arrival"
                    ),
                ),
                ("issue", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="passings", to="directives.issue")),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit")),
            ],
            options={
                "db_table": "directives_passing",
            },
        ),
        migrations.CreateModel(
            name="Relay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("arrival", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="relays", to="directives.arrival")),
                ("issue", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="relays", to="directives.issue")),
            ],
            options={
                "db_table": "directives_relay",
            },
        ),
        migrations.CreateModel(
            name="Writing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=20)),
                ("subject_id", models.BigIntegerField()),
                ("act", models.CharField(max_length=60)),
                ("state", models.JSONField()),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("writer", models.CharField(help_text="name and post, as they were", max_length=320)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "directives_writing",
                "indexes": [models.Index(fields=["subject", "subject_id", "id"], name="writings_of_a_row")],
            },
        ),
        migrations.CreateModel(
            name="BookCounter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("book", models.CharField(blank=True, max_length=60)),
                ("year", models.IntegerField()),
                ("last", models.IntegerField()),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit")),
            ],
            options={
                "db_table": "directives_counter",
                "constraints": [models.UniqueConstraint(fields=("unit", "book", "year"), name="one_counter")],
            },
        ),
        migrations.AddIndex(
            model_name="directive",
            index=models.Index(fields=["keeper", "key"], name="paper_by_number"),
        ),
        migrations.AddIndex(
            model_name="directive",
            index=models.Index(fields=["issuing_unit"], name="paper_by_issuer"),
        ),
        migrations.AddIndex(
            model_name="arrival",
            index=models.Index(
                condition=models.Q(("progress__in", ("waiting", "doing")), ("standing", "written")),
                fields=["unit", "due_on"],
                name="arrivals_to_follow",
            ),
        ),
        migrations.AddConstraint(
            model_name="arrival",
            constraint=models.UniqueConstraint(fields=("unit", "year", "number"), name="arrival_number"),
        ),
        migrations.AddConstraint(
            model_name="arrival",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("directive__isnull", True), ("standing", "reserved")),
                    models.Q(("directive__isnull", False), ("standing", "written")),
                    ("standing", "cancelled"),
                    _connector="OR",
                ),
                name="arrival_names_its_paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="arrival",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("standing", "cancelled"), _negated=True), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="arrival_cancelled_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="arrival",
            constraint=models.CheckConstraint(
                condition=models.Q(("done_on__isnull", False), models.Q(("progress", "done"), _negated=True), _connector="OR"),
                name="done_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="directivelink",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)), fields=("directive", "other", "role"), name="linked_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="directivelink",
            constraint=models.CheckConstraint(
                condition=models.Q(("directive", models.F("other")), _negated=True), name="linked_to_another"
            ),
        ),
        migrations.AddConstraint(
            model_name="directivelink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("from_day__isnull", False), ("role", "replaces")),
                    models.Q(models.Q(("role", "replaces"), _negated=True), ("from_day__isnull", True)),
                    _connector="OR",
                ),
                name="a_replacement_has_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.UniqueConstraint(fields=("unit", "book", "year", "number"), name="issue_number"),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("directive__isnull", True), ("standing", "reserved")),
                    models.Q(("directive__isnull", False), ("standing", "written")),
                    ("standing", "cancelled"),
                    _connector="OR",
                ),
                name="issue_names_its_paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("standing", "cancelled"), _negated=True), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="issue_cancelled_with_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="passing",
            index=models.Index(fields=["unit", "-id"], name="passed_to_a_unit"),
        ),
        migrations.AddConstraint(
            model_name="passing",
            constraint=models.UniqueConstraint(fields=("issue", "unit"), name="passed_once"),
        ),
        migrations.AddConstraint(
            model_name="relay",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)), fields=("arrival", "issue"), name="relayed_once"
            ),
        ),
    ]
