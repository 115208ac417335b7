"""The demo's own data files."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "data"


@lru_cache
def source(name: str) -> dict[str, Any]:
    """A data file of the demo by its name without the ending; do not change what it gives."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
