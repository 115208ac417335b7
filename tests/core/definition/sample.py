"""A small correct campaign as plain data, to be bent by the tests; JSON is YAML, so it goes through the same loader."""

import copy
import json
from typing import Any

from kheo.core.definition import Definition, load_definition

_YEARLY = {
    "id": "N",
    "code": "{year}-N",
    "name": "Năm {year}",
    "opens": {"day": 16, "month": 11, "year": -1},
    "closes": {"day": 11, "month": 11},
    "cutoff": {"day": 10, "month": 11},
}
_TIER = {"id": "grassroots", "name": "Cơ sở", "kinds": ["grassroots_union"], "line": "union", "due": {"N": {"day": 13, "month": 11}}}
_SMALL: dict[str, Any] = {
    "schema_version": 1,
    "campaign": "thu",
    "name": "Phong trào thử",
    "year_from": 2023,
    "contents": [
        {"id": "N1", "name": "Nội dung một", "short": "Một"},
        {"id": "N5", "name": "Nội dung năm", "short": "Năm", "walled": True},
    ],
    "list_names": {"fields": "Lĩnh vực"},
    "lists": {"fields": [{"code": "KT", "name": "Kinh tế"}, {"code": "VH", "name": "Văn hóa"}]},
    "indicators": [
        {"code": "A01", "name": "Số cuộc", "unit": "cuộc", "aggregation": "sum", "content": "N1"},
        {"code": "A02", "name": "Mô hình", "unit": "mô hình", "aggregation": "sum", "content": "N1", "breakdown": "fields"},
        {"code": "A03", "name": "Diện tích", "unit": "m²", "aggregation": "last", "content": "N1", "decimals": 2},
        {"code": "A04", "name": "Tỷ lệ", "unit": "%", "aggregation": "ratio", "content": "N1", "numerator": "A01", "denominator": "A02"},
        {"code": "A05", "name": "Cuộc đối thoại", "unit": "cuộc", "aggregation": "sum", "content": "N5"},
    ],
    "checks": [
        {"id": "few", "left": "A01", "operator": "<=", "right": "A02", "severity": "error", "message": "{left} nhiều hơn {right}."},
    ],
    "outline": [{"id": "I", "title": "Kết quả", "content": "N1"}],
    "regime": {"calendar": "vn", "non_working_day": "next", "periods": [_YEARLY], "tiers": [_TIER]},
}


def small() -> dict[str, Any]:
    """The data of a correct campaign; free to be changed."""
    return copy.deepcopy(_SMALL)


def problems_of(data: dict[str, Any]) -> list[tuple[str, str]]:
    """What the loader says about the data, as (key, message)."""
    return [(problem.key, problem.message) for problem in load_definition(json.dumps(data), "thu.yaml", calendars={"vn"}).problems]


def definition_of(data: dict[str, Any]) -> Definition:
    """The definition of correct data."""
    result = load_definition(json.dumps(data), "thu.yaml", calendars={"vn"})
    assert result.problems == ()
    assert result.definition is not None
    return result.definition
