"""A corpus of bad workbooks, each with the complete list of what is told about it. All are read in one child, one after another."""

import pytest

from kheo.files.child import Limits, Reader
from kheo.files.workbooks import read_book
from tests.documents.unit_workbook.corpus import BAD
from tests.documents.unit_workbook.hostile import long_texts
from tests.documents.unit_workbook.told import expected, told

PEAK = 300 << 20


@pytest.mark.parametrize("name", BAD)
def test_everything_wrong_is_told(name: str, reader: Reader) -> None:
    assert told(read_book(BAD[name](), reader)) == expected()[name]
    assert reader.usage().peak < PEAK


def test_the_corpus_is_large_and_every_entry_expects_something() -> None:
    assert len(BAD) >= 60
    assert expected().keys() == BAD.keys()
    assert all(text.strip() for text in expected().values())


def test_without_the_memory_limit_long_texts_in_many_cells_take_it_all(reader: Reader) -> None:
    """Negative control: the same file goes over 300 MB where the limit is loosened."""
    content = long_texts(600)
    assert read_book(content, reader).refusal == "memory"
    child = Reader(Limits(memory=3 << 30))
    try:
        assert read_book(content, child).refusal is None
        assert child.usage().peak > PEAK
    finally:
        child.close()
