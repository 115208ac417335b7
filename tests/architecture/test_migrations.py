"""House law 15: migrations are linear, named by hand, import none of our code, and say all that the models say."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from tests.architecture.sources import files_under, imports_of, parsed, place


def our_migrations() -> dict[str, list[str]]:
    """Names of our migrations by room, with the names of those of the same room that each depends on."""
    loader = MigrationLoader(None)
    return {
        f"{app}.{name}": [parent for room, parent in migration.dependencies if room == app]
        for (app, name), migration in loader.disk_migrations.items()
        if migration.__module__.startswith("kheo.")
    }


def test_each_room_has_one_line_of_migrations() -> None:
    found = our_migrations()
    assert found
    for name, parents in found.items():
        is_first = name.split(".")[1].startswith("0001_")
        assert len(parents) == (0 if is_first else 1), name
    followed = [f"{name.split('.')[0]}.{parent}" for name, parents in found.items() for parent in parents]
    assert len(followed) == len(set(followed)), "two migrations follow the same one"


def test_migrations_are_named_by_hand() -> None:
    careless = re.compile(r"\.\d{4}_(auto_|initial$|alter_|remove_|merge_|rename_\w+_\w+_and_more|.*_and_more$)")
    assert [name for name in our_migrations() if careless.search(name)] == []


def test_migrations_import_none_of_our_code() -> None:
    wrong = [
        place(path, line)
        for path in files_under("src/kheo")
        if path.parent.name == "migrations"
        for line, module in imports_of(parsed(path))
        if module.split(".")[0] == "kheo"
    ]
    assert wrong == []


@pytest.mark.django_db
def test_no_model_has_changed_without_a_migration() -> None:
    said = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=said, stderr=said)
    assert said.getvalue() == "No changes detected\n"
