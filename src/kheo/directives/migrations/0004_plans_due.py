"""By when a unit to which a letter was sent is to have a plan of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directives", "0003_chain_rows")]
    operations = [migrations.AddField("passing", "plan_due_on", models.DateField(null=True))]
