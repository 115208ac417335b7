"""The log holds no personal data: only where a request went and what failed."""

import logging
import re

_TELLING = re.compile(r"\s*(?:DETAIL|CONTEXT|HINT|QUERY|STATEMENT|LINE \d+):")
_QUOTED = re.compile(
    r'((?:invalid input|malformed|field value out of range|value(?= "))[^"\n]*) ".*?"(?=\s*(?:$|\n|is out of range))', re.DOTALL
)


class WithoutPersonalData(logging.Filter):
    """Cuts the query string off paths and the values out of database errors.

    A path of Khéo names rows by number; a search, a name or a password can only stand after the question mark. PostgreSQL repeats the
    offending values in the lines DETAIL and CONTEXT of an error, a piece of the statement (which holds the values) in the line LINE,
    and behind `invalid input` the value itself.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        record.msg, record.args = _without_values(message), ()
        if record.exc_info:
            record.exc_text = _without_values(logging.Formatter().formatException(record.exc_info))
        return True


def _without_values(text: str) -> str:
    kept = [line for line in _QUOTED.sub(r"\1 …", text).splitlines() if not _TELLING.match(line)]
    return "\n".join(line.split("?", 1)[0] if "/" in line.split("?", 1)[0] and "?" in line else line for line in kept)
