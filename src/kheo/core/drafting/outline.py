"""The outline of the narrative report: situation, results by content, shortcomings, proposals, models (as NĐ 30/2020 orders a report)."""

from typing import Any

from kheo.core.drafting.notes import Notes

_SAID_NOWHERE = "Văn bản không nêu đề cương báo cáo; các mục này do đơn vị triển khai đề xuất."


def outline_of(contents: list[dict[str, Any]], notes: Notes) -> list[dict[str, Any]]:
    """`contents` as in a campaign's file, the common one first; a walled one gets a short section that quotes its name and no more."""
    notes.open(("outline",), _SAID_NOWHERE)
    common, *named = contents
    return [
        _section("I", "Tình hình chung, công tác lãnh đạo, chỉ đạo và triển khai", common["id"], 4000, required=True),
        _section("II", "Kết quả chung của phong trào", common["id"], 3000),
        *(_of_content(f"II.{turn}", content) for turn, content in enumerate(named, 1)),
        _section("III", "Hạn chế và nguyên nhân", None, 3000, required=True),
        _section("IV", "Đề xuất, kiến nghị", None, 2000),
        _section("V", "Mô hình, điển hình tiêu biểu", None, 4000),
    ]


def _of_content(number: str, content: dict[str, Any]) -> dict[str, Any]:
    return _section(number, f"Kết quả nội dung “{content['name']}”"[:300], content["id"], 1500 if content.get("walled") else 3000)


def _section(number: str, title: str, content: str | None, longest: int, *, required: bool = False) -> dict[str, Any]:
    return {
        "id": number,
        "title": title,
        **({"content": content} if content else {}),
        **({"required": True} if required else {}),
        "max_chars": longest,
    }
