from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("demo", "0001_demo_clock")]

    operations = [
        migrations.CreateModel(
            name="DemoBuild",
            fields=[
                ("id", models.SmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ("stage", models.CharField(max_length=20)),
                ("units", models.IntegerField()),
                ("seed", models.BigIntegerField()),
                ("steps_done", models.IntegerField(default=0)),
                ("is_complete", models.BooleanField(default=False)),
            ],
            options={
                "db_table": "demo_build",
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="demo_build_one_row")],
            },
        ),
    ]
