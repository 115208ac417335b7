"""What looking at pages told, in rows that are closed once and never changed."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

FUNCTION = """
CREATE FUNCTION kheo_look_ended_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.known_to IS NULL AND NEW.known_to IS NOT NULL
     AND to_jsonb(NEW) - '{ends,known_to}'::text[] = to_jsonb(OLD) - '{ends,known_to}'::text[] THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a look is ended once and never changed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON registers_page_look FOR EACH ROW EXECUTE FUNCTION kheo_look_ended_once();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON registers_page_look FOR EACH STATEMENT EXECUTE FUNCTION kheo_never_emptied();
"""
DROP = "DROP TRIGGER never_emptied ON registers_page_look; DROP TRIGGER stays ON registers_page_look; DROP FUNCTION kheo_look_ended_once();"


class Migration(migrations.Migration):
    dependencies = [("registers", "0022_never_emptied")]

    operations = [
        migrations.CreateModel(
            name="PageLook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("known_from", models.DateTimeField()),
                ("known_to", models.DateTimeField(null=True)),
                ("field", models.CharField(help_text="key of the field that holds the address", max_length=40)),
                ("address", models.CharField(blank=True, max_length=250)),
                ("on", models.DateField()),
                ("ends", models.DateField(null=True)),
                (
                    "seen",
                    models.CharField(
                        blank=True, help_text="core.registers.looking.Seen; empty: the address is new, nobody looked", max_length=10
                    ),
                ),
                ("status", models.SmallIntegerField(help_text="that the server answered last", null=True)),
                ("why", models.CharField(blank=True, max_length=12)),
                ("digest", models.CharField(blank=True, help_text="SHA-256 of the first bytes of the page", max_length=64)),
                ("first_digest", models.CharField(blank=True, max_length=64)),
                ("verdict", models.CharField(help_text="core.registers.looking.Verdict", max_length=10)),
                ("since", models.DateField(help_text="from when this is said of the link")),
                ("again_on", models.DateField(help_text="the first day of the next look")),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="looks", to="registers.entry"
                    ),
                ),
                (
                    "register",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registers.register"
                    ),
                ),
            ],
            options={
                "db_table": "registers_page_look",
                "indexes": [
                    models.Index(fields=["entry", "field", "on"], name="looks_of_entry"),
                    models.Index(
                        condition=Q(known_to__isnull=True), fields=["register", "field", "verdict"], include=("entry",), name="look_stands"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(condition=Q(known_to__isnull=True), fields=("entry", "field"), name="look_stands_once"),
                    models.CheckConstraint(
                        condition=Q(ends__isnull=True, known_to__isnull=True) | Q(ends__gte=F("on"), known_to__gte=F("known_from")),
                        name="look_goes_forward",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FUNCTION, DROP),
    ]
