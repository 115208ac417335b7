import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL), ("registers", "0008_deeds_since")]

    operations = [
        migrations.CreateModel(
            name="EntryFiling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField()),
                ("content", models.CharField(help_text="SHA-256 of what was sent: whether the same came again", max_length=64)),
                ("said_at", models.DateTimeField(null=True)),
                ("came_at", models.DateTimeField()),
                (
                    "entry",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="filing", to="registers.entry"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "registers_filing",
                "constraints": [models.UniqueConstraint(fields=("person", "key"), name="filed_once")],
            },
        ),
    ]
