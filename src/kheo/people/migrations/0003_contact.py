"""How somebody wishes to be reached by colleagues and superiors, in their own words."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_access_tokens")]
    operations = [
        migrations.AddField(
            "user",
            "contact",
            models.CharField(
                blank=True,
                default="",
                help_text="given by themselves, for those who see their posts",
                max_length=120,
                verbose_name="cách liên hệ",
            ),
            preserve_default=False,
        )
    ]
