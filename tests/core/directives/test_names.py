"""What begins a name: capitals, and no small letter with a mark."""

import pytest

from kheo.core.directives.people import person


@pytest.mark.parametrize("said", ["Nguyễn Văn đến", "Trần đã ký", "Lê Thị ấp", "Phạm Văn ở"])
def test_a_small_letter_with_a_mark_begins_no_name(said: str) -> None:
    assert person(said) is None


@pytest.mark.parametrize("said", ["Đỗ Văn Ơn", "Ừng Thị Ái", "Hoàng Ỷ Lan"])
def test_a_capital_with_a_mark_begins_a_name(said: str) -> None:
    assert person(said) is not None
