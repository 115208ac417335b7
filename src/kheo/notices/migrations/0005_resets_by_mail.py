"""A link with which somebody sets a new password may go to their own confirmed address."""

from django.db import migrations, models

KINDS = [
    ("digest", "nhắc việc"),
    ("code", "mã xác nhận"),
    ("test", "tin thử"),
    ("invitation", "lời mời anh/chị gửi"),
    ("reset", "đặt mật khẩu mới"),
]


class Migration(migrations.Migration):
    dependencies = [("notices", "0004_invitations_by_mail")]

    operations = [migrations.AlterField("delivery", "kind", models.CharField(choices=KINDS, max_length=20))]
