"""What became of a file, in words."""

from kheo.reports.models import WorkbookFile

# outcome: (the state that colours its tag, its word).
TAGS: dict[str, tuple[str, str]] = {
    WorkbookFile.WAITING: ("draft", "Đang đọc"),
    WorkbookFile.STORED: ("accepted", "Đã nhận"),
    WorkbookFile.SAME: ("not_started", "Giống số đã có"),
    WorkbookFile.DECIDE: ("submitted", "Cần quyết định"),
    WorkbookFile.REFUSED: ("overdue", "Không nhận"),
    WorkbookFile.DECLINED: ("not_started", "Đã bỏ qua"),
}
# In the order in which somebody wants to see them.
ORDER = (
    WorkbookFile.REFUSED,
    WorkbookFile.DECIDE,
    WorkbookFile.STORED,
    WorkbookFile.SAME,
    WorkbookFile.DECLINED,
    WorkbookFile.WAITING,
)
NEEDS = {
    WorkbookFile.OVERWRITE: "Bản nháp đang có số khác. Xem chỗ khác nhau rồi chọn.",
    WorkbookFile.RECALL: "Báo cáo đã nộp, số trong tệp khác. Thủ trưởng đơn vị quyết định.",
    WorkbookFile.REVISE: "Báo cáo đã được chấp nhận, số trong tệp khác. Thủ trưởng đơn vị quyết định.",
}


def about(file: WorkbookFile) -> str:
    """One sentence for a row."""
    wrong, asked = faults_of(file), questions_of(file)
    if file.outcome == WorkbookFile.REFUSED:
        whole = file.problems[0]["message"] if file.problems and file.obligation_id is None else ""
        return file.message or whole or f"{wrong} chỗ sai. Chưa lưu số nào của tệp này."
    if file.outcome == WorkbookFile.STORED:
        more = f" Còn {wrong} chỗ phải sửa trước khi nộp." if wrong else f" Có {asked} chỗ nên xem lại." if asked else ""
        return f"Đã đưa {file.cells} chỗ vào bản nháp.{more}"
    if file.outcome == WorkbookFile.SAME:
        return "Đã nhận rồi: mọi số trong tệp giống số đã có."
    if file.outcome == WorkbookFile.DECIDE:
        return NEEDS[file.need]
    return file.message or "Số trong tệp không được dùng."


def faults_of(file: WorkbookFile) -> int:
    """How many of its problems are errors."""
    return sum(each["severity"] == "error" for each in file.problems)


def questions_of(file: WorkbookFile) -> int:
    """How many only ask for a second look."""
    return len(file.problems) - faults_of(file)
