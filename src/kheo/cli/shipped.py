"""The registers that come with Khéo, as their files say them today."""

from typing import TYPE_CHECKING

from kheo.cli.arguments import read_text
from kheo.cli.campaign import LARGEST_DEFINITION
from kheo.config.environment import campaigns_dir
from kheo.config.refusals import Refused

if TYPE_CHECKING:
    from kheo.core.registers.carrying import CarriesOut


def shipped_plan_books() -> "dict[str, CarriesOut]":
    """By code, those whose entries carry out directives. Raises Refused for such a file that cannot be used."""
    from kheo.core.registers.loading import load_register

    found = {}
    for file in sorted((campaigns_dir() / "registers").glob("*.yaml")):
        text = read_text(file, LARGEST_DEFINITION)
        if "carries_out" not in text:
            continue  # reading all of them takes longer than the rest of `kheo verify`
        loaded = load_register(text, str(file))
        if loaded.definition is None:
            raise Refused(f"{file} không dùng được: {loaded.problems[0]}", f"{file} cannot be used: {loaded.problems[0]}")
        if loaded.definition.carries_out is not None:
            found[loaded.definition.register_code] = loaded.definition.carries_out
    return found
