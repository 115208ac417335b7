"""The page about the life of a proposal is drawn from its table."""

from pathlib import Path

from kheo.core.proposals import MOVE_NAMES, PARTY_NAMES, STAGE_NAMES, TURNS, Party
from kheo.core.workflow import ROLE_NAMES

HEAD = """# Vòng đời của một kiến nghị

Bảng này được vẽ từ `src/kheo/core/proposals.py`; `make test` báo đỏ khi hai bên khác nhau. Kiến nghị chỉ đi khi báo cáo được ký nộp.

| Đang ở | Việc | Chuyển sang | Bên | Ai được làm |
|---|---|---|---|---|
"""


def drawn() -> str:
    """The page as the table has it."""
    lines = [
        f"| {STAGE_NAMES[stage]} | {MOVE_NAMES[move]} | {STAGE_NAMES[cell.to]} "
        f"| {', '.join(PARTY_NAMES[party] for party in Party if party in cell.parties)} "
        f"| {', '.join(sorted(ROLE_NAMES[role] for role in cell.roles))} |"
        for (stage, move), cell in TURNS.items()
    ]
    return HEAD + "\n".join(lines) + "\n"


def test_the_page_says_what_the_table_says(project_dir: Path) -> None:
    assert (project_dir / "docs" / "workflow-proposals.md").read_text(encoding="utf-8") == drawn()
