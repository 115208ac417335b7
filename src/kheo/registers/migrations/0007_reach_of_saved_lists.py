import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registers", "0006_answers_to_look_at")]

    operations = [
        migrations.AddField(
            model_name="savedentries",
            name="reach",
            field=models.CharField(default="mine", help_text="for whom: core.registers.words.Reach", max_length=5),
        ),
        migrations.AlterField(
            model_name="savedentries",
            name="unit",
            field=models.ForeignKey(
                db_index=False,
                help_text="that shares it; None: nobody",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="org.unit",
            ),
        ),
        migrations.AlterField(model_name="savedentries", name="query", field=models.CharField(max_length=1500)),
    ]
