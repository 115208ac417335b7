"""The JSON Schema of definition files, for editors: completion, descriptions in Vietnamese, wrong keys underlined."""

import json
from typing import Any

from pydantic import BaseModel

from kheo.core.definition.models import Definition
from kheo.core.definition.words import SHAPES


def json_schema() -> dict[str, Any]:
    """The schema (JSON Schema 2020-12), computed from the models so that it can never say anything else."""
    about = "Điều một phong trào yêu cầu báo cáo: nội dung, chỉ tiêu, phép kiểm tra, đề cương, chế độ báo cáo."
    return schema_of(Definition, "Định nghĩa phong trào (Khéo)", about)


def schema_of(model: type[BaseModel], title: str, about: str) -> dict[str, Any]:
    """The schema of a kind of definition files."""
    schema = model.model_json_schema(mode="validation")
    _tell_shapes(schema)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **{key: value for key, value in schema.items() if key not in ("title", "description")},
        "description": about,
    }


def schema_text() -> str:
    """The text of `campaigns/schema.json`."""
    return as_text(json_schema())


def as_text(schema: dict[str, Any]) -> str:
    """As it stands beside the files that it is about."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _tell_shapes(node: Any) -> None:
    """Replace English titles and docstrings by what an author needs: below each pattern, the shape it asks for."""
    if isinstance(node, list):
        for part in node:
            _tell_shapes(part)
        return
    if not isinstance(node, dict):
        return
    if isinstance(node.get("title"), str):
        del node["title"]
    if node.get("type") == "object" and "properties" in node:
        node.pop("description", None)
    shape = SHAPES.get(str(node.get("pattern", "")))
    if shape and "description" in node:
        node["description"] = f"{node['description']} Dạng: {shape}."
    for part in node.values():
        _tell_shapes(part)
