"""A message that has nothing left to say is dropped, and its row says so."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_notices_and_choices")]

    operations = [
        migrations.AlterField(
            "delivery",
            "state",
            models.CharField(
                max_length=20,
                choices=[
                    ("queued", "chờ gửi"),
                    ("sending", "đang gửi"),
                    ("sent", "đã gửi"),
                    ("failed", "không gửi được"),
                    ("unclear", "không rõ đã đến chưa"),
                    ("expired", "quá giờ, không gửi nữa"),
                    ("dropped", "không gửi, vì không còn việc nào phải nhắc"),
                ],
                default="queued",
            ),
        ),
        migrations.RemoveConstraint("delivery", "delivery_state_known"),
        migrations.AddConstraint(
            "delivery",
            models.CheckConstraint(
                condition=models.Q(state__in=["queued", "sending", "sent", "failed", "unclear", "expired", "dropped"]),
                name="delivery_state_known",
            ),
        ),
    ]
