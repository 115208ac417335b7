"""Blobs and the files that were sent; rows are only ever added."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLES = ("files_blob", "files_stored_file")


class Migration(migrations.Migration):
    initial = True

    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL), ("journal", "0002_rows_are_only_added")]

    operations = [
        migrations.CreateModel(
            name="Blob",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("size", models.IntegerField()),
                ("content", models.BinaryField()),
            ],
            options={"db_table": "files_blob"},
        ),
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=255)),
                ("media_type", models.CharField(max_length=100)),
                ("sender", models.CharField(max_length=120)),
                ("post", models.CharField(max_length=200)),
                ("received_at", models.DateTimeField()),
                ("blob", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="files", to="files.blob")),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"db_table": "files_stored_file"},
        ),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION kheo_only_added();",
                f"DROP TRIGGER only_added ON {table};",
            )
            for table in TABLES
        ),
    ]
