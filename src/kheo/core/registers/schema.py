"""The JSON Schema of registers' files, for editors: completion, descriptions in Vietnamese, wrong keys underlined."""

from typing import Any

from kheo.core.definition.schema import as_text, schema_of
from kheo.core.registers.models import RegisterDefinition


def register_schema() -> dict[str, Any]:
    """Computed from the models so that it can never say anything else."""
    about = "Một sổ: hồ sơ có những trường nào, qua những trạng thái nào, ai làm được việc gì, thời hạn ra sao."
    return schema_of(RegisterDefinition, "Định nghĩa sổ (Khéo)", about)


def register_schema_text() -> str:
    """The text of `campaigns/registers/schema.json`."""
    return as_text(register_schema())
