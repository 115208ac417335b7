"""The schema that editors use for registers says what the loader does, in Vietnamese."""

import json
from pathlib import Path

import jsonschema_rs
import pytest
import yaml

from kheo.core.registers.schema import register_schema, register_schema_text
from tests.core.definition.test_schema import VIETNAMESE, properties

BOOKS = Path(__file__).resolve().parents[3] / "campaigns/registers"
SHIPPED = sorted(BOOKS.glob("*.yaml"))
SMALL = BOOKS.parents[1] / "tests/files/so-nho.yaml"


def test_the_file_beside_the_registers_is_the_schema_of_the_models() -> None:
    text = "from kheo.core.registers.schema import register_schema_text as text; print(text(), end=str())"
    again = f'.venv/bin/python -c "{text}" > campaigns/registers/schema.json'
    assert (BOOKS / "schema.json").read_text(encoding="utf-8") == register_schema_text(), f"write it again: {again}"


def test_every_property_is_described_in_vietnamese_and_unknown_keys_are_refused() -> None:
    described = properties(register_schema())
    assert len(described) > 90
    for name, one in described:
        assert set(one.get("description", "").lower()) & VIETNAMESE, name
    objects = [node for node in register_schema()["$defs"].values() if node.get("type") == "object"]
    assert len(objects) == 32
    assert all(node["additionalProperties"] is False for node in objects)


def test_keys_that_nothing_reads_yet_say_so() -> None:
    said = sorted(name for name, one in properties(register_schema()) if "chưa có trang nào đọc" in one.get("description", ""))
    assert said == []


@pytest.mark.parametrize("file", [*SHIPPED, SMALL], ids=lambda file: file.stem)
def test_every_register_fits_the_schema(file: Path) -> None:
    assert misfits(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("old", "new"), [("meaning: draft", "meaning: nhap"), ("prefix: SN", "prefix: sn"), ("required_from", "required_form")]
)
def test_a_register_with_a_slip_does_not(old: str, new: str) -> None:
    assert misfits(SMALL.read_text(encoding="utf-8").replace(old, new, 1)) != []


def misfits(text: str) -> list[str]:
    schema = jsonschema_rs.validator_for(json.loads(register_schema_text()))
    return [error.message for error in schema.iter_errors(yaml.safe_load(text))]


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_every_register_points_its_editor_to_the_schema(file: Path) -> None:
    assert file.read_text(encoding="utf-8").splitlines()[0] == "# yaml-language-server: $schema=./schema.json"
