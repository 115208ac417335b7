"""What was sent last is known without the wide rows of reports: how far a whole city follows its registers read all of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0027_never_emptied")]
    operations = [
        migrations.RemoveIndex(model_name="report", name="report_standing"),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                fields=["obligation"],
                include=["id", "state", "started_at", "received_at", "accepted", "accepted_at", "latest"],
                name="report_standing",
            ),
        ),
    ]
