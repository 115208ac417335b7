"""The workflow page of the documentation is drawn from the table; a changed cell shows up as a changed line."""

from pathlib import Path

from kheo.core.workflow import ACT_NAMES, ROLE_NAMES, STATE_NAMES, STEPS, Side

HEAD = """# Vòng đời của một báo cáo

Bảng này được vẽ từ `src/kheo/core/workflow.py`; `make test` báo đỏ khi hai bên khác nhau. “Quá hạn” không phải là trạng thái: được suy ra
từ hạn nộp và giờ máy chủ nhận.

“Nhập hộ đơn vị”: nơi nhận đưa tệp Excel mà đơn vị gửi qua thư vào bản nháp của đơn vị. Nhật ký ghi rõ người nhập hộ và tệp nào;
thủ trưởng đơn vị vẫn là người xem lại, ký và nộp. “Rút lại để sửa”: chỉ khi nơi nhận chưa trả lại hay chấp nhận; lần nộp đã rút
giữ nguyên trong lịch sử, và báo cáo được tính là chưa nhận cho đến khi nộp lại.

Bốn việc cuối chỉ có khi một đơn vị ngừng hoạt động giữa kỳ (sáp nhập, chia, giải thể): nơi nhận quyết định; nơi nhận cũng đã ngừng
hoạt động thì cấp trên còn hoạt động gần nhất quyết định. “Không thu nữa” không phải là trạng thái được lưu: báo cáo giữ nguyên như lúc thôi
thu, và “thu lại” đưa về đúng chỗ ấy (“Chưa bắt đầu” khi chưa có gì).

| Đang ở | Việc | Chuyển sang | Bên | Ai được làm |
|---|---|---|---|---|
"""
SIDES = {Side.UNIT: "đơn vị báo cáo", Side.RECIPIENT: "nơi nhận"}


def drawn() -> str:
    """The page as the table has it."""
    lines = [
        f"| {STATE_NAMES[state]} | {ACT_NAMES[act]} | {STATE_NAMES[cell.to]} | {SIDES[cell.side]} "
        f"| {', '.join(sorted(ROLE_NAMES[role] for role in cell.roles))} |"
        for (state, act), cell in STEPS.items()
    ]
    return HEAD + "\n".join(lines) + "\n"


def test_the_workflow_page_says_what_the_table_says(project_dir: Path) -> None:
    assert (project_dir / "docs" / "workflow.md").read_text(encoding="utf-8") == drawn()
