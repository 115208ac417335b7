"""An invitation may go by mail to an address that its sender typed."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0003_heard_at"),
        ("org", "0009_invitations"),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="invitation",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="org.invitation"),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="kind",
            field=models.CharField(
                choices=[("digest", "nhắc việc"), ("code", "mã xác nhận"), ("test", "tin thử"), ("invitation", "lời mời anh/chị gửi")],
                max_length=20,
            ),
        ),
    ]
