"""A definition as JSON and as a hash: what an edition is stored as, and what proves that it has not changed."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from kheo.core.definition.models import Definition


def definition_to_json(definition: Definition) -> dict[str, Any]:
    """The whole definition as JSON data (lossless; order of object keys carries no meaning, as in PostgreSQL's jsonb)."""
    return definition.model_dump(mode="json")


def definition_from_json(data: Mapping[str, Any]) -> Definition:
    """The definition of `definition_to_json`. Raises ValueError for anything else: an edition is read as it was published."""
    return Definition.model_validate(data)


def definition_hash(definition: BaseModel) -> str:
    """Of a campaign's or a register's definition: SHA-256 (hex) of the canonical JSON: keys sorted, no blanks, UTF-8.

    Values equal to their default are left out, so that a later version of Khéo with one more optional key keeps the hashes of
    editions published before it.
    """
    data = definition.model_dump(mode="json", exclude_defaults=True)
    canonical = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
