from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("demo", "0002_demo_build")]

    operations = [
        migrations.AddField("demobuild", "fingerprint", models.CharField(default="", max_length=64)),
        migrations.AddField("demobuild", "journal_number", models.BigIntegerField(default=0)),
    ]
