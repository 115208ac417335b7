"""Time limits, texts, lines, links and photographs beside entries."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0002_contents_as_they_came"),
        ("org", "0008_left_by_hand"),
        ("people", "__first__"),
        ("registers", "0002_entries"),
    ]

    operations = [
        migrations.CreateModel(
            name="EntryLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("known_from", models.DateTimeField()),
                ("known_to", models.DateTimeField(null=True)),
                ("link", models.CharField(help_text="code of the kind of links, of the register of `entry`", max_length=40)),
                ("on", models.DateField()),
                ("verified_on", models.DateField(null=True)),
                ("entry", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="links", to="registers.entry")),
                (
                    "made_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links_back",
                        to="registers.entry",
                    ),
                ),
                (
                    "verified_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "register",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registers.register",
                    ),
                ),
            ],
            options={
                "db_table": "registers_link",
            },
        ),
        migrations.CreateModel(
            name="EntryLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("known_from", models.DateTimeField()),
                ("known_to", models.DateTimeField(null=True)),
                ("line", models.CharField(help_text="code of the kind of lines", max_length=40)),
                ("number", models.IntegerField(help_text="of the line within its entry; kept through its changes")),
                ("on", models.DateField()),
                ("kind", models.CharField(blank=True, max_length=16)),
                ("source", models.CharField(blank=True, max_length=16)),
                ("quantity", models.BigIntegerField(null=True)),
                ("amount_vnd", models.BigIntegerField(null=True)),
                ("text", models.CharField(blank=True, max_length=250)),
                ("entry", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="registers.entry")),
                (
                    "register",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registers.register",
                    ),
                ),
            ],
            options={
                "db_table": "registers_line",
            },
        ),
        migrations.CreateModel(
            name="DeadlineRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("known_from", models.DateTimeField()),
                ("known_to", models.DateTimeField(null=True)),
                ("clock", models.CharField(max_length=40)),
                ("turn", models.IntegerField(default=0)),
                ("round", models.IntegerField(default=1, help_text="how often the clock was started for this entry")),
                ("started_on", models.DateField()),
                ("due_on", models.DateField()),
                ("paused_on", models.DateField(null=True)),
                ("left", models.IntegerField(null=True)),
                ("extended", models.BooleanField(default=False)),
                ("met_on", models.DateField(null=True)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deadlines",
                        to="registers.entry",
                    ),
                ),
                (
                    "register",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registers.register",
                    ),
                ),
            ],
            options={
                "db_table": "registers_deadline",
            },
        ),
        migrations.CreateModel(
            name="EntryAttachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=40)),
                ("kind", models.CharField(choices=[("photo", "ảnh"), ("pdf", "PDF")], max_length=10)),
                ("caption", models.CharField(blank=True, max_length=200)),
                ("taken_at", models.DateTimeField(null=True)),
                ("metres_off", models.IntegerField(null=True)),
                ("added_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="registers.entry",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                (
                    "thumbnail",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
            ],
            options={
                "db_table": "registers_attachment",
                "indexes": [models.Index(condition=models.Q(("removed_at", None)), fields=["entry"], name="attachment_of_entry")],
            },
        ),
        migrations.CreateModel(
            name="EntryText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("known_from", models.DateTimeField()),
                ("known_to", models.DateTimeField(null=True)),
                ("key", models.CharField(max_length=40)),
                ("text", models.TextField()),
                ("entry", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="texts", to="registers.entry")),
            ],
            options={
                "db_table": "registers_text",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("known_to__isnull", True)),
                        fields=("entry", "key"),
                        name="text_once",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="entrylink",
            index=models.Index(fields=["other", "link"], name="links_back"),
        ),
        migrations.AddIndex(
            model_name="entrylink",
            index=models.Index(fields=["register", "link", "on"], name="link_dated"),
        ),
        migrations.AddConstraint(
            model_name="entrylink",
            constraint=models.UniqueConstraint(
                condition=models.Q(("known_to__isnull", True)),
                fields=("link", "entry", "other"),
                name="link_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="entrylink",
            constraint=models.CheckConstraint(condition=models.Q(("entry", models.F("other")), _negated=True), name="link_to_another"),
        ),
        migrations.AddIndex(
            model_name="entryline",
            index=models.Index(fields=["register", "line", "on"], name="line_dated"),
        ),
        migrations.AddConstraint(
            model_name="entryline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("known_to__isnull", True)),
                fields=("entry", "number"),
                name="line_once",
            ),
        ),
        migrations.AddIndex(
            model_name="deadlinerun",
            index=models.Index(fields=["register", "clock", "due_on"], name="deadline_due"),
        ),
        migrations.AddConstraint(
            model_name="deadlinerun",
            constraint=models.UniqueConstraint(
                condition=models.Q(("known_to__isnull", True)),
                fields=("entry", "clock", "round", "turn"),
                name="deadline_once",
            ),
        ),
    ]
