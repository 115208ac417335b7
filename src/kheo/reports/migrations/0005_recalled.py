"""A unit may recall what it sent: one more way in which the waiting of a revision ends."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_what_is_enclosed")]

    operations = [
        migrations.AlterField(
            "decision",
            "act",
            models.CharField(choices=[("return", "trả lại"), ("accept", "chấp nhận"), ("recall", "rút lại để sửa")], max_length=20),
        ),
    ]
