"""What people call a cell."""

from kheo.core.definition import Definition


def cell_label(definition: Definition, key: str) -> str:
    """`C101 Người được hỗ trợ`, `B01 Mô hình đăng ký mới – Kinh tế`: a code alone tells only those who know the form by heart."""
    cell = definition.cell(key)
    indicator = definition.indicator(cell.indicator)
    label = f"{indicator.code} {indicator.name}"
    if cell.part is None or indicator.breakdown is None:
        return label
    return f"{label} – {next(choice.name for choice in definition.lists[indicator.breakdown] if choice.code == cell.part)}"
