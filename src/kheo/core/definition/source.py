"""A YAML text as plain data, with the line of every key and value.

A narrow YAML, so that a file has one reading: no anchors, aliases or tags, one document, keys are words, scalars are text,
whole numbers, true, false or nothing. Everything else (dates, `yes`, 1.5) stays text for the schema to judge.
Read from the event stream, so that depth and size are bounded before anything is built.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from kheo.core.numbers import format_int
from kheo.core.problems import Problem

Path = tuple[str | int, ...]

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 20
# Keys, values and list items together; the largest real campaign has about 1,500. Bounds the time a file can take.
MAX_NODES = 20_000
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_CONTROL_FOUND = "Có ký tự điều khiển không nhìn thấy (mã {:04X})."
_WORDS: dict[str, Any] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_WORDS |= {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


def show_path(path: Path) -> str:
    """`indicators[3].aggregation`; items are counted from 0."""
    shown = ""
    for part in path:
        shown += f"[{part}]" if isinstance(part, int) else f".{part}" if shown else part
    return shown


@dataclass
class Source:
    """The data of a file and where each part of it stands."""

    file: str
    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    key_lines: dict[Path, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    refused: set[Path] = field(default_factory=set)

    def problem(self, path: Path, message: str, *, at_key: bool = False) -> Problem:
        """A problem at a path; at the line of the nearest place that exists."""
        return Problem(message, self.file, self.line(path, at_key=at_key), show_path(path))

    def line(self, path: Path, *, at_key: bool = False) -> int:
        """The line of a value (or of its key); of what holds it when it does not exist."""
        first = self.key_lines if at_key else self.lines
        while path and path not in first and path not in self.lines:
            path = path[:-1]
        return first.get(path) or self.lines.get(path, 1)

    def is_refused(self, path: Path) -> bool:
        """Whether a part of the path was refused already, so that nothing more need be said about it."""
        return any(path[:length] in self.refused for length in range(1, len(path) + 1))


def read_source(content: str | bytes, file: str) -> Source:
    """The data of a YAML text. When it cannot be read at all, `data` is None and `problems` says why."""
    source = Source(file)
    text = _text(content, source)
    if text is None:
        return source
    try:
        _Builder(source).build(YAML(typ="safe", pure=True).parse(text))
    except _StopReadingError:
        source.data = None
    except YAMLError as error:
        source.data = None
        source.problems = [_syntax_problem(error, file)]
    return source


def _text(content: str | bytes, source: Source) -> str | None:
    """The text to parse, or None after noting why there is none."""
    size = len(content) if isinstance(content, bytes) else len(content.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        source.problems.append(Problem(f"Tệp lớn quá 1 MiB (đang có {size / MAX_BYTES:.1f} MiB).".replace(".", ",", 1), source.file))
        return None
    if isinstance(content, bytes):
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            source.problems.append(Problem("Tệp không phải mã UTF-8; hãy lưu lại tệp với mã UTF-8.", source.file, line))
            return None
    else:
        text = content
    text = text.removeprefix("\ufeff")
    control = _CONTROL.search(text)
    if control is not None:
        line = text.count("\n", 0, control.start()) + 1
        source.problems.append(Problem(_CONTROL_FOUND.format(ord(control[0])), source.file, line))
        return None
    return text


class _StopReadingError(Exception):
    """The file is not worth reading further; the reason is among the problems."""


@dataclass
class _Open:
    """A mapping or list that is still being filled. `key` is the mapping's key that waits for its value."""

    path: Path
    value: dict[str, Any] | list[Any]
    key: str | None = None
    skip_value: bool = False


class _Builder:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._open: list[_Open] = []
        self._documents = 0
        self._nodes = 0

    def build(self, events: Iterator[Event]) -> None:
        for event in events:
            if isinstance(event, DocumentStartEvent):
                self._documents += 1
                if self._documents > 1:
                    self._stop("Tệp có nhiều tài liệu (dòng ---); chỉ để một.", event)
            elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
                self._open.pop()
            elif isinstance(event, NodeEvent):
                self._node(event)
        if self._source.data is None and not self._source.problems:
            self._source.problems.append(Problem("Tệp trống.", self._source.file))

    def _node(self, event: NodeEvent) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._stop(f"Tệp có quá nhiều mục (tối đa {format_int(MAX_NODES)}).", event)
        parent = self._open[-1] if self._open else None
        if parent is not None and isinstance(parent.value, dict) and parent.key is None:
            self._key(parent, event)
            return
        path = self._place(parent)
        self._source.lines.setdefault(path, event.start_mark.line + 1)
        value = self._value(event, path)
        self._attach(parent, value)
        if isinstance(value, dict | list):
            if len(self._open) >= MAX_DEPTH:
                self._stop(f"Lồng nhau quá {MAX_DEPTH} tầng.", event)
            self._open.append(_Open(path, value))

    def _key(self, parent: _Open, event: NodeEvent) -> None:
        if not isinstance(event, ScalarEvent) or event.value == "" or _CONTROL.search(event.value):
            self._stop("Khóa phải là một từ.", event)
            return
        path = (*parent.path, event.value)
        line = event.start_mark.line + 1
        if event.anchor or event.value == "<<":
            self._note("Không dùng neo (&), tham chiếu (*) hay gộp (<<); hãy viết đủ.", path, line)
            self._source.refused.add(path)
        if path in self._source.key_lines:
            self._note(f"Khóa “{event.value}” bị lặp lại; đã có ở dòng {self._source.key_lines[path]}.", path, line)
            # What stands below a repeated key is read, to go on, but kept apart and not reported.
            parent.skip_value = True
            parent.key = f"{event.value} (lặp)"
            return
        self._source.key_lines[path] = line
        parent.key = event.value

    def _place(self, parent: _Open | None) -> Path:
        if parent is None:
            return ()
        return (*parent.path, parent.key if isinstance(parent.value, dict) and parent.key is not None else len(parent.value))

    def _value(self, event: NodeEvent, path: Path) -> Any:
        line = event.start_mark.line + 1
        if isinstance(event, AliasEvent) or event.anchor:
            self._refuse("Không dùng neo (&), tham chiếu (*) hay gộp (<<); hãy viết đủ.", path, line)
        tag = getattr(event, "tag", None)
        if tag:
            self._refuse("Không dùng nhãn kiểu (!); hãy viết thẳng giá trị.", path, line)
        if isinstance(event, MappingStartEvent):
            return {}
        if isinstance(event, SequenceStartEvent):
            return []
        if isinstance(event, ScalarEvent):
            escaped = _CONTROL.search(event.value)
            if escaped is not None:
                self._refuse(_CONTROL_FOUND.format(ord(escaped[0])), path, line)
            return _plain_value(event.value) if event.style is None and not tag else event.value
        return None

    def _attach(self, parent: _Open | None, value: Any) -> None:
        if parent is None:
            self._source.data = value
        elif isinstance(parent.value, list):
            parent.value.append(value)
        elif parent.key is not None:
            if not parent.skip_value:
                parent.value[parent.key] = value
            parent.key, parent.skip_value = None, False

    def _refuse(self, message: str, path: Path, line: int) -> None:
        self._note(message, path, line)
        self._source.refused.add(path)

    def _note(self, message: str, path: Path, line: int) -> None:
        self._source.problems.append(Problem(message, self._source.file, line, show_path(path)))

    def _stop(self, message: str, event: Event) -> None:
        path = self._open[-1].path if self._open else ()
        self._source.problems = [Problem(message, self._source.file, event.start_mark.line + 1, show_path(path))]
        raise _StopReadingError


def _plain_value(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if _INTEGER.fullmatch(text) else text


# What ruamel.yaml says, in the words of someone who writes the file. The first phrase found decides.
_SYNTAX = (
    ("'\\t'", "Dòng có dấu tab; hãy thụt lề bằng dấu cách.", False),
    ("mapping values are not allowed", "Dấu hai chấm sai chỗ: thụt lề chưa đúng, hoặc câu có “: ” mà chưa đặt trong dấu nháy kép.", False),
    ("unexpected end of stream", "Dấu nháy mở ở dòng này chưa được đóng.", True),
    ("unknown escape", "Dấu \\ trong nháy kép không hợp lệ; hãy dùng nháy đơn.", False),
    ("could not find expected ':'", "Thiếu dấu hai chấm sau khóa.", False),
    ("',' or ']'", "Dấu ngoặc vuông mở ở dòng này chưa được đóng.", True),
    ("',' or '}'", "Dấu ngoặc nhọn mở ở dòng này chưa được đóng.", True),
    ("expected <block end>", "Thụt lề của dòng này không khớp với các dòng trên.", False),
    ("cannot start any token", "Ký tự đầu của giá trị không hợp lệ; hãy đặt cả câu trong dấu nháy kép.", False),
)


def _syntax_problem(error: YAMLError, file: str) -> Problem:
    """The one problem of a text that is no YAML."""
    said = getattr(error, "problem", None) or ""
    message, at_opening = "Không đúng cú pháp YAML ở dòng này.", False
    for phrase, told, opening in _SYNTAX:
        if phrase in said:
            message, at_opening = told, opening
            break
    mark = None
    if isinstance(error, MarkedYAMLError):
        mark = error.context_mark if at_opening and error.context_mark else error.problem_mark
    return Problem(message, file, mark.line + 1 if mark is not None else 0)
