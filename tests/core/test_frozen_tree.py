"""The hash of a tree is that of its canonical JSON, however it is put together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kheo.core import frozen_tree
from kheo.core.chain import content_hash
from kheo.core.frozen_tree import NamedTree, tree_hash
from kheo.core.tree import Snapshot

UNIT = st.tuples(st.integers(0, 2**63 - 1), st.integers(-1, 400_000), st.text(), st.text(), st.text())


def named(rows: list[tuple[int, int, str, str, str]]) -> NamedTree:
    units, above, codes, names, kinds = zip(*rows, strict=True) if rows else ((),) * 5
    return NamedTree(Snapshot(units, above, (), ()), codes, names, kinds)


@given(st.lists(UNIT, max_size=4))
def test_the_hash_is_that_of_the_list_of_rows(rows: list[tuple[int, int, str, str, str]]) -> None:
    assert tree_hash(named(rows)) == content_hash(rows)


def test_a_tree_fed_in_pieces_has_the_hash_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frozen_tree, "AT_ONCE", 3)
    for size in range(8):
        rows = [(unit, unit - 1, f"U{unit}", f'Công ty "{unit}"\\\n\x7f', "ward_union") for unit in range(size)]
        assert tree_hash(named(rows)) == content_hash(rows)
