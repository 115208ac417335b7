"""One child for all the files of a module, as in life."""

from collections.abc import Iterator

import pytest

from kheo.files.child import Reader


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """A child with the usual limits."""
    child = Reader()
    yield child
    child.close()
