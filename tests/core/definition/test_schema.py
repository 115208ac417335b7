"""The schema that editors use says what the loader does, in Vietnamese."""

import json
from pathlib import Path
from typing import Any

import pytest

from kheo.core.definition import json_schema, schema_text
from tests.core.definition.campaigns import CAMPAIGNS, SECOND

SHIPPED = [*sorted(CAMPAIGNS.glob("*.yaml")), SECOND]
VIETNAMESE = set("ạảãàáâậầấẩẫăắằặẳẵóòọõỏôộổỗồốơờớợởỡéèẻẹẽêếềệểễúùụủũưựữửừứíìịỉĩýỳỵỷỹđ")


def properties(node: Any) -> list[tuple[str, dict[str, Any]]]:
    """Every described property of the schema."""
    found: list[tuple[str, dict[str, Any]]] = []
    if isinstance(node, dict):
        found += list(node.get("properties", {}).items())
        for part in node.values():
            found += properties(part)
    elif isinstance(node, list):
        for part in node:
            found += properties(part)
    return found


def test_the_file_beside_the_campaigns_is_the_schema_of_the_models() -> None:
    again = '.venv/bin/python -c "from kheo.core.definition import schema_text; print(schema_text(), end=str())" > campaigns/schema.json'
    assert (CAMPAIGNS / "schema.json").read_text(encoding="utf-8") == schema_text(), f"write it again: {again}"


def test_every_property_is_described_in_vietnamese() -> None:
    described = properties(json_schema())
    assert len(described) > 60
    for name, described_property in described:
        assert set(described_property.get("description", "").lower()) & VIETNAMESE, name


def test_no_title_or_docstring_of_the_code_is_in_it() -> None:
    assert schema_text().count('"title": "') == 1
    assert "half-open" not in schema_text()


def test_unknown_keys_are_refused_everywhere() -> None:
    objects = [node for node in json_schema()["$defs"].values() if node.get("type") == "object"]
    assert len(objects) == 25
    assert all(node["additionalProperties"] is False for node in objects)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.name)
def test_every_campaign_file_points_its_editor_to_the_schema(file: Path) -> None:
    first = file.read_text(encoding="utf-8").splitlines()[0]
    prefix = "# yaml-language-server: $schema="
    assert first.startswith(prefix)
    assert (file.parent / first.removeprefix(prefix)).resolve() == CAMPAIGNS / "schema.json"
    assert json.loads((CAMPAIGNS / "schema.json").read_text(encoding="utf-8"))["$defs"].keys() >= {"Indicator", "Regime"}
