"""A definition stored as JSON comes back the same; its hash follows the meaning and nothing else."""

import io
import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from kheo.core.definition import Definition, definition_from_json, definition_hash, definition_to_json, load_definition
from tests.core.definition.campaigns import CAMPAIGNS, SECOND, five_no, five_no_2022, load
from tests.core.definition.sample import definition_of, small

PUBLISHED = (five_no(), five_no_2022(), load(SECOND))


def shuffled(value: Any, chance: random.Random) -> Any:
    """The same data with the keys of every mapping in another order."""
    if isinstance(value, dict):
        keys = list(value)
        chance.shuffle(keys)
        return {key: shuffled(value[key], chance) for key in keys}
    return [shuffled(item, chance) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("definition", PUBLISHED, ids=lambda definition: definition.campaign)
def test_survives_json(definition: Definition) -> None:
    data = json.loads(json.dumps(definition_to_json(definition)))
    again = definition_from_json(data)
    assert again == definition
    assert again.cells == definition.cells
    assert definition_hash(again) == definition_hash(definition)


@pytest.mark.parametrize("definition", PUBLISHED, ids=lambda definition: definition.campaign)
@given(seed=st.integers())
@settings(max_examples=20)
def test_order_of_keys_means_nothing(definition: Definition, seed: int) -> None:
    again = definition_from_json(shuffled(definition_to_json(definition), random.Random(seed)))
    assert again == definition
    assert definition_hash(again) == definition_hash(definition)


def test_comments_quotes_and_layout_mean_nothing() -> None:
    original = (CAMPAIGNS / "5-khong.yaml").read_text(encoding="utf-8")
    plain = YAML(typ="safe", pure=True).load(original)
    plain["documents"] = [document | {"issued_on": str(document["issued_on"])} for document in plain["documents"]]
    stream = io.StringIO()
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style, writer.allow_unicode, writer.width = True, True, 200
    writer.dump(plain, stream)
    assert stream.getvalue() != original
    again = load_definition(stream.getvalue(), "x").definition
    assert again is not None
    assert definition_hash(again) == definition_hash(five_no())


def test_a_default_that_is_written_out_means_nothing() -> None:
    data = small()
    before = definition_hash(definition_of(data))
    data["indicators"][0] |= {"decimals": 0, "hint": "", "breakdown": None}
    data["contents"][0]["walled"] = False
    data["year_to"] = None
    assert definition_hash(definition_of(data)) == before


def words(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all leaves."""
    if isinstance(data, dict):
        return [leaf for key, value in data.items() for leaf in words(value, (*path, key))]
    if isinstance(data, list):
        return [leaf for index, value in enumerate(data) for leaf in words(value, (*path, index))]
    return [path]


OTHERS: dict[str, tuple[Any, Any]] = {
    "aggregation": ("last", "sum"),
    "operator": (">=", "=="),
    "severity": ("question", "error"),
    "line": ("party", "union"),
    "non_working_day": ("previous", "same"),
    "walled": (False, True),
    "content": ("N5", "N1"),
}
SMALL_LETTERS = {"campaign", "calendar", "breakdown", "kinds", "tiers", "checks"}


def another(path: tuple[Any, ...], old: Any) -> Any:
    """Some other value that fits at the path."""
    name = str(path[-1])
    if name in OTHERS:
        return next(value for value in OTHERS[name] if value != old)
    if isinstance(old, int):
        return old + 1 if old < 1 or name.startswith("year_") else old - 1
    named_in_small = name in SMALL_LETTERS or "kinds" in path or (name == "id" and SMALL_LETTERS & set(path))
    return "other" if named_in_small else "X1"


@pytest.mark.parametrize(
    "path", [path for path in words(small()) if path != ("schema_version",)], ids=lambda path: ".".join(map(str, path))
)
def test_any_change_of_meaning_changes_the_hash(path: tuple[Any, ...]) -> None:
    data = definition_to_json(definition_of(small()))
    place: Any = data
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = another(path, place[path[-1]])
    assert definition_hash(definition_from_json(data)) != definition_hash(definition_of(small()))


@pytest.mark.parametrize("section", ["contents", "indicators"])
def test_order_of_items_has_a_meaning(section: str) -> None:
    data = definition_to_json(definition_of(small()))
    data[section].reverse()
    assert definition_hash(definition_from_json(data)) != definition_hash(definition_of(small()))


def test_the_hash_of_the_smallest_campaign_does_not_drift() -> None:
    """Editions are stored with their hash; a change here would turn `kheo verify` red for every published edition."""
    assert definition_hash(definition_of(small())) == "9a6c590ec7fa6a34821f52a3c824b8841fb358611f892a22b5f3ad7bbee5526c"


def test_json_that_is_no_definition_is_a_bug() -> None:
    with pytest.raises(ValueError, match="aggregation"):
        definition_from_json(definition_to_json(five_no()) | {"indicators": [{"code": "A01"}]})
