"""The peer's side of `bench.register_peer`: run by it, in the peer's own environment, in a schema of its own."""

import json
import os
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

WHAT, FOLDER = sys.argv[1], Path(sys.argv[2])


def ready() -> None:
    """A small project with one model, registered with the peer."""
    import django
    from django.conf import settings

    project = FOLDER / "peer_things"
    if not project.exists():
        project.mkdir()
        (project / "__init__.py").write_text("")
        (project / "models.py").write_text(
            "from django.db import models\nclass Thing(models.Model):\n    name = models.CharField(max_length=80)\n"
        )
    database = json.loads((FOLDER / "database.json").read_text())
    settings.configure(
        INSTALLED_APPS=["django.contrib.contenttypes", "eav", "peer_things"],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql", "NAME": database["dbname"], "USER": database.get("user", ""),
                "PASSWORD": database.get("password", ""), "HOST": database.get("host", ""), "PORT": database.get("port", ""),
                "OPTIONS": {"options": "-c search_path=peer"},
            }
        },
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField", EAV2_PRIMARY_KEY_FIELD="django.db.models.BigAutoField", USE_TZ=True,
    )  # fmt: skip
    django.setup()
    import eav
    from peer_things.models import Thing

    eav.register(Thing)


def planted() -> dict[str, Any]:
    """The same records as values of two attributes: a choice and a whole number."""
    from importlib.metadata import version

    from django.contrib.contenttypes.models import ContentType
    from django.core.management import call_command
    from django.db import connection
    from eav.models import Attribute, EnumGroup, EnumValue, Value
    from peer_things.models import Thing

    call_command("migrate", verbosity=0, run_syncdb=True)
    records = json.loads((FOLDER / "records.json").read_text())
    group = EnumGroup.objects.create(name="loai")
    choices = {code: EnumValue.objects.create(value=code) for code in sorted({row[1] for row in records if row[1]})}
    group.values.add(*choices.values())
    kind = Attribute.objects.create(name="loai", slug="loai", datatype=Attribute.TYPE_ENUM, enum_group=group)
    number = Attribute.objects.create(name="muc_tieu", slug="muc_tieu", datatype=Attribute.TYPE_INT)
    thing = ContentType.objects.get_for_model(Thing)
    Thing.objects.bulk_create([Thing(pk=pk, name=f"Mô hình {pk}") for pk, *_ in records], batch_size=2000)
    values = [Value(entity_ct=thing, entity_id=pk, attribute=kind, value_enum=choices[code]) for pk, code, _ in records if code]
    values += [Value(entity_ct=thing, entity_id=pk, attribute=number, value_int=held) for pk, _, held in records if held is not None]
    Value.objects.bulk_create(values, batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return {"version": version("django-eav2")}


def asked(choice: str, least: int, most: int, rounds: int) -> dict[str, Any]:
    """A page with its count, through the peer's own filters and its own order; CPU of this process and of its back end."""
    from django.db import connection
    from eav.models import EnumValue
    from peer_things.models import Thing

    chosen = EnumValue.objects.get(value=choice)

    def page() -> tuple[list[int], int]:
        found = Thing.objects.filter(eav__loai=chosen).filter(eav__muc_tieu__gte=least).filter(eav__muc_tieu__lte=most)
        return [thing.pk for thing in found.order_by("-eav__muc_tieu", "-pk")[:50]], found.count()

    page()
    backend = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    runs = []
    for _ in range(rounds):
        here, there = time.process_time(), int(backend.read_text().split()[0])
        listed, count = page()
        runs.append(time.process_time() - here + (int(backend.read_text().split()[0]) - there) / 1e9)
    return {"cpu": median(runs), "page": listed, "count": count}


if __name__ == "__main__":
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    ready()
    print(json.dumps(planted() if WHAT == "plant" else asked(**json.loads(sys.argv[3]))))
