"""What has changed of an entry since somebody read it."""

from kheo.core.registers.models import RegisterDefinition
from kheo.registers.models import Entry, EntryText, EntryVersion
from kheo.registers.queries.holding import values_of


def changed_since(definition: RegisterDefinition, entry: Entry, version: int) -> list[str]:
    """The fields that held something else when it stood at a version; none where that is not one of its earlier ones."""
    seen = EntryVersion.objects.filter(entry=entry, version=version).first()
    if seen is None:
        return []
    then, now = values_of(definition, seen), values_of(definition, entry)
    texts = EntryText.objects.filter(entry=entry, known_from__gte=seen.known_to) | EntryText.objects.filter(
        entry=entry, known_to__gte=seen.known_to
    )
    changed = {key for key in then.keys() | now.keys() if then.get(key) != now.get(key)} | set(texts.values_list("key", flat=True))
    return [field.key for field in definition.fields if field.key in changed and field.type != "place"]
