"""What the program says: results on standard output, progress and errors on standard error, in one of two languages."""

import json
import sys
from dataclasses import dataclass
from typing import Any, Literal

from kheo.config.refusals import Refused

Language = Literal["vi", "en"]


@dataclass(frozen=True)
class Console:
    """The terminal of one command."""

    language: Language = "vi"

    def text(self, vietnamese: str, english: str) -> str:
        return english if self.language == "en" else vietnamese

    def result(self, vietnamese: str, english: str) -> None:
        """A line that answers the command."""
        print(self.text(vietnamese, english), flush=True)

    def plain(self, line: str) -> None:
        """A line of data that is the same in every language."""
        print(line, flush=True)

    def data(self, value: Any) -> None:
        """The answer as JSON, for another program."""
        print(json.dumps(value, ensure_ascii=False, indent=2, default=str), flush=True)

    def progress(self, vietnamese: str, english: str) -> None:
        """What goes on meanwhile."""
        print(self.text(vietnamese, english), file=sys.stderr, flush=True)

    def error(self, vietnamese: str, english: str) -> None:
        """Why it failed."""
        print(self.text(f"Lỗi: {vietnamese}", f"Error: {english}"), file=sys.stderr, flush=True)

    def refusal(self, refused: Refused) -> None:
        """Why Khéo would not."""
        self.error(refused.vietnamese, refused.english)
