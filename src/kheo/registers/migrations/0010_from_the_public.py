import django.db.models.deletion
from django.db import migrations, models


def _stays(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION kheo_only_added();",
        f"DROP TRIGGER stays ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [("registers", "0009_filed_in_the_field")]

    operations = [
        migrations.CreateModel(
            name="PublicEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "hash",
                    models.CharField(help_text="core.spoken_codes.hash_of: the code itself is kept nowhere", max_length=64, unique=True),
                ),
                (
                    "chosen",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"),
                ),
                (
                    "entry",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="from_public", to="registers.entry"),
                ),
            ],
            options={"db_table": "registers_public_entry"},
        ),
        migrations.CreateModel(
            name="EntryMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("reply", "cho người gửi"), ("note", "ghi chú nội bộ"), ("asker", "của người gửi")], max_length=10
                    ),
                ),
                ("text", models.TextField()),
                (
                    "deed",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="message", to="registers.deed"),
                ),
                (
                    "entry",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="messages", to="registers.entry"),
                ),
            ],
            options={"db_table": "registers_message"},
        ),
        _stays("registers_public_entry"),
        _stays("registers_message"),
    ]
