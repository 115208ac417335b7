"""The log holds no personal data: only where a request went and what failed."""

import logging


class WithoutPersonalData(logging.Filter):
    """Cuts the query string off paths and the values out of database errors.

    A path of Khéo names rows by number; a search, a name or a password can only stand after the question mark.
    PostgreSQL repeats the offending values in the DETAIL line of an error.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        record.msg, record.args = _without_values(message), ()
        if record.exc_info:
            record.exc_text = _without_values(logging.Formatter().formatException(record.exc_info))
        return True


def _without_values(text: str) -> str:
    kept = [line for line in text.splitlines() if not line.lstrip().startswith(("DETAIL:", "CONTEXT:"))]
    return "\n".join(line.split("?", 1)[0] if "/" in line.split("?", 1)[0] and "?" in line else line for line in kept)
