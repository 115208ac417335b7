"""From bytes to a plain grid. Only ever run in the child process: what comes in was made by anybody."""

import zipfile
import zlib

from python_calamine import CalamineError, PasswordError, XmlError, ZipError

from kheo.documents.grid.ods import read_ods
from kheo.documents.grid.package import SwollenError, UnsafeError, open_package, what_it_is
from kheo.documents.grid.raw import RawBook, to_json
from kheo.documents.grid.xlsx import DiffersError, TooManyError, read_xlsx

# What the parser and the standard library raise over damaged files; BadZipFile and the parser's errors are no OSError or ValueError.
_PARSER = (CalamineError, PasswordError, XmlError, ZipError)
_LIBRARY = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, KeyError, RuntimeError)


def raw_book(data: bytes) -> bytes:
    """The job of the child: the grid of a workbook, or why it has none, as `raw.from_json` reads it."""
    return to_json(open_book(data))


def open_book(data: bytes) -> RawBook:
    """The same as an object."""
    refusal = what_it_is(data)
    if refusal:
        return RawBook(refusal=refusal)
    package = open_package(data)
    if isinstance(package, tuple):
        return RawBook(refusal=package[0], detail=package[1])
    try:
        return read_ods(data, package) if package.kind == "ods" else read_xlsx(package)
    except UnsafeError as fault:
        return RawBook(refusal="unsafe", detail=str(fault))
    except SwollenError:
        return RawBook(refusal="bomb")
    except DiffersError as fault:
        return RawBook(refusal="rows_differ", detail=str(fault))
    except TooManyError as fault:
        return RawBook(refusal="too_many", detail=str(fault))
    except (*_PARSER, *_LIBRARY):
        return RawBook(refusal="broken")
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":  # the parser's own way to break off: no Exception, and of no importable name
            raise
        if "null" in str(fault):  # so it says when there was no memory for another object
            raise MemoryError from fault
        return RawBook(refusal="broken")
