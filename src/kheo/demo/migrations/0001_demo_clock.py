from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="DemoClock",
            fields=[
                ("id", models.SmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ("starts_at", models.DateTimeField()),
            ],
            options={
                "db_table": "demo_clock",
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="demo_clock_one_row")],
            },
        ),
    ]
