"""Registers, their editions, numbers, indexes and saved lists."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("files", "0002_contents_as_they_came"),
        ("org", "0008_left_by_hand"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Register",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=300)),
            ],
            options={
                "db_table": "registers_register",
            },
        ),
        migrations.CreateModel(
            name="FieldIndex",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=40)),
                ("name", models.CharField(help_text="of the index in the database", max_length=63)),
                (
                    "status",
                    models.CharField(
                        choices=[("provisioning", "đang lập"), ("active", "đã có"), ("retired", "thôi dùng")],
                        max_length=20,
                    ),
                ),
                ("changed_at", models.DateTimeField()),
                (
                    "register",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="field_indexes",
                        to="registers.register",
                    ),
                ),
            ],
            options={
                "db_table": "registers_field_index",
            },
        ),
        migrations.CreateModel(
            name="RegisterEdition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("hash", models.CharField(max_length=64)),
                ("definition", models.JSONField()),
                ("source", models.TextField(help_text="the YAML as published")),
                ("published_at", models.DateTimeField()),
                ("published_by", models.CharField(max_length=120)),
                (
                    "register",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="registers.register",
                    ),
                ),
            ],
            options={
                "db_table": "registers_edition",
            },
        ),
        migrations.CreateModel(
            name="SavedEntries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("query", models.CharField(max_length=600)),
                ("saved_by", models.CharField(max_length=120)),
                ("saved_at", models.DateTimeField()),
                (
                    "owner",
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
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                    ),
                ),
            ],
            options={
                "db_table": "registers_saved_list",
            },
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.IntegerField()),
                ("last", models.IntegerField(default=0)),
                ("register", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registers.register")),
            ],
            options={
                "db_table": "registers_series",
            },
        ),
        migrations.AddConstraint(
            model_name="fieldindex",
            constraint=models.UniqueConstraint(fields=("register", "key"), name="field_index_once"),
        ),
        migrations.AddConstraint(
            model_name="registeredition",
            constraint=models.UniqueConstraint(fields=("register", "number"), name="register_edition_number"),
        ),
        migrations.AddConstraint(
            model_name="registeredition",
            constraint=models.UniqueConstraint(fields=("register", "hash"), name="register_edition_once"),
        ),
        migrations.AddConstraint(
            model_name="savedentries",
            constraint=models.UniqueConstraint(fields=("register", "unit", "owner", "name"), name="entries_once", nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name="series",
            constraint=models.UniqueConstraint(fields=("register", "year"), name="series_once"),
        ),
    ]
