from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_what_was_sent_stays")]

    operations = [
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["obligation"], include=["state", "received_at", "accepted", "accepted_at"], name="report_standing"),
        ),
    ]
