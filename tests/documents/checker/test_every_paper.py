"""Every paper of a cycle, of every shape, measured against every profile: no deviation."""

import pytest

from kheo.documents.checker import check_paper
from kheo.documents.official_layout import render_official
from kheo.documents.profiles import profile_named, profile_names
from tests.documents.papers import every_paper
from tests.documents.sample import ND30

NAMES = sorted(every_paper(ND30))


@pytest.mark.parametrize("profile", profile_names())
@pytest.mark.parametrize("name", NAMES)
def test_a_paper_follows_its_profile(name: str, profile: str) -> None:
    chosen = profile_named(profile)
    assert [str(each) for each in check_paper(render_official(every_paper(chosen)[name], chosen), chosen)] == []
