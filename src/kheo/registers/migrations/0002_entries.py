"""Entries, what they said before, their states and deeds."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0002_contents_as_they_came"),
        ("org", "0008_left_by_hand"),
        ("people", "__first__"),
        ("registers", "0001_books"),
    ]

    operations = [
        migrations.CreateModel(
            name="Place",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("latitude", models.IntegerField()),
                ("longitude", models.IntegerField()),
                ("address", models.CharField(blank=True, max_length=250)),
                ("found_on", models.DateField()),
                ("converted_on", models.DateField(null=True)),
                ("converted_to", models.CharField(blank=True, max_length=250)),
                ("converted_m2", models.IntegerField(null=True)),
            ],
            options={
                "db_table": "registers_place",
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=300)),
                (
                    "contents",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16),
                        default=list,
                        size=None,
                    ),
                ),
                ("area", models.CharField(blank=True, max_length=16)),
                ("subject_kind", models.CharField(blank=True, max_length=20)),
                ("subject_name", models.CharField(blank=True, max_length=250)),
                (
                    "subject_key",
                    models.CharField(
                        blank=True,
                        help_text="kind, unit and folded name: equal for one and the same subject",
                        max_length=330,
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=250)),
                ("occurred_on", models.DateField(null=True)),
                ("planned_until", models.DateField(null=True)),
                ("people_count", models.BigIntegerField(null=True)),
                ("amount_vnd", models.BigIntegerField(null=True)),
                ("score", models.BigIntegerField(null=True)),
                ("satisfaction", models.CharField(blank=True, max_length=16)),
                ("ordinal", models.IntegerField(default=1, help_text="which episode of its place, which round of its matter")),
                ("extra", models.JSONField(default=dict, help_text="declared fields by key; at most 8 kB, no long text")),
                ("known_from", models.DateTimeField()),
                ("code", models.CharField(max_length=24, unique=True)),
                ("state", models.CharField(max_length=40)),
                ("meaning", models.CharField(help_text="the class of the state", max_length=20)),
                ("in_state_since", models.DateField()),
                ("registered_on", models.DateField()),
                ("closed_on", models.DateField(null=True)),
                ("due_on", models.DateField(help_text="a cache: of its running deadline that ends first", null=True)),
                ("latitude", models.IntegerField(help_text="millionths of a degree", null=True)),
                ("longitude", models.IntegerField(null=True)),
                ("source", models.CharField(default="web", max_length=16)),
                (
                    "search",
                    models.CharField(
                        help_text="folded: code, title, address, name of the subject where it is no person's",
                        max_length=700,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("version", models.IntegerField(default=1)),
                (
                    "created_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "handler",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="episodes",
                        to="registers.place",
                    ),
                ),
                (
                    "register",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="registers.register",
                    ),
                ),
            ],
            options={
                "db_table": "registers_entry",
            },
        ),
        migrations.AddField(
            model_name="place",
            name="register",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="places", to="registers.register"),
        ),
        migrations.CreateModel(
            name="EntryVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=300)),
                (
                    "contents",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16),
                        default=list,
                        size=None,
                    ),
                ),
                ("area", models.CharField(blank=True, max_length=16)),
                ("subject_kind", models.CharField(blank=True, max_length=20)),
                ("subject_name", models.CharField(blank=True, max_length=250)),
                (
                    "subject_key",
                    models.CharField(
                        blank=True,
                        help_text="kind, unit and folded name: equal for one and the same subject",
                        max_length=330,
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=250)),
                ("occurred_on", models.DateField(null=True)),
                ("planned_until", models.DateField(null=True)),
                ("people_count", models.BigIntegerField(null=True)),
                ("amount_vnd", models.BigIntegerField(null=True)),
                ("score", models.BigIntegerField(null=True)),
                ("satisfaction", models.CharField(blank=True, max_length=16)),
                ("ordinal", models.IntegerField(default=1, help_text="which episode of its place, which round of its matter")),
                ("extra", models.JSONField(default=dict, help_text="declared fields by key; at most 8 kB, no long text")),
                ("known_from", models.DateTimeField()),
                ("version", models.IntegerField()),
                ("known_to", models.DateTimeField()),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="registers.entry",
                    ),
                ),
                (
                    "handler",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
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
                "db_table": "registers_entry_version",
            },
        ),
        migrations.AddField(
            model_name="entry",
            name="edition",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="registers.registeredition",
            ),
        ),
        migrations.CreateModel(
            name="StateSpan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.IntegerField()),
                ("state", models.CharField(max_length=40)),
                ("meaning", models.CharField(help_text="the class of the state", max_length=20)),
                ("came_from", models.CharField(blank=True, max_length=40)),
                ("starts", models.DateField()),
                ("ends", models.DateField(null=True)),
                ("known_from", models.DateTimeField()),
                ("end_known_from", models.DateTimeField(null=True)),
                ("known_to", models.DateTimeField(null=True)),
                ("entry", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="spans", to="registers.entry")),
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
                "db_table": "registers_state_span",
            },
        ),
        migrations.CreateModel(
            name="Deed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("act", models.CharField(help_text="code of the register's definition, or create, edit", max_length=40)),
                ("on", models.DateField(help_text="the day on which it happened")),
                ("at", models.DateTimeField(help_text="the instant at which it was recorded")),
                ("who", models.CharField(max_length=320)),
                ("state_before", models.CharField(blank=True, max_length=40)),
                ("state_after", models.CharField(max_length=40)),
                ("reason", models.TextField(blank=True)),
                ("reply", models.TextField(blank=True, help_text="what the one who asked reads")),
                ("changes", models.JSONField(default=dict, help_text="by field, before and after")),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deeds",
                        to="registers.entry",
                    ),
                ),
            ],
            options={
                "db_table": "registers_deed",
                "indexes": [models.Index(fields=["entry", "id"], name="deeds_of_entry")],
            },
        ),
        migrations.AddIndex(
            model_name="place",
            index=models.Index(fields=["register", "latitude", "longitude"], name="place_near"),
        ),
        migrations.AddIndex(
            model_name="entryversion",
            index=models.Index(fields=["register", "known_to"], name="entry_known"),
        ),
        migrations.AddConstraint(
            model_name="entryversion",
            constraint=models.UniqueConstraint(fields=("entry", "version"), name="entry_version_once"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["register", "owner", "state"], name="entry_of_unit"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["register", "state", "-id"], name="entry_in_state"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["register", "-id"], name="entry_newest"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(condition=models.Q(("due_on__isnull", False)), fields=["register", "due_on"], name="entry_due"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("latitude__isnull", False)),
                fields=["register", "latitude", "longitude"],
                name="entry_near",
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(condition=models.Q(("place__isnull", False)), fields=["place"], name="entry_of_place"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(condition=models.Q(("handler__isnull", False)), fields=["register", "handler"], name="entry_of_handler"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                    models.Q(("latitude__isnull", False), ("longitude__isnull", False)),
                    _connector="OR",
                ),
                name="entry_place_is_whole",
            ),
        ),
        migrations.AddIndex(
            model_name="statespan",
            index=models.Index(fields=["register", "state", "starts", "ends"], name="span_in_state"),
        ),
        migrations.AddConstraint(
            model_name="statespan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("known_to__isnull", True)),
                fields=("entry", "ordinal"),
                name="span_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="statespan",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends__isnull", True), ("ends__gte", models.F("starts")), _connector="OR"),
                name="span_goes_forward",
            ),
        ),
        migrations.AddConstraint(
            model_name="statespan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end_known_from__isnull", True), ("ends__isnull", True)),
                    models.Q(("end_known_from__isnull", False), ("ends__isnull", False)),
                    _connector="OR",
                ),
                name="span_end_is_known",
            ),
        ),
    ]
