"""An official document as a PDF: by the typesetter in the wheel `typst`, in a child process without files, network or much time."""

import subprocess
import sys
import tempfile
from datetime import datetime

from kheo.documents.official import OfficialDocument
from kheo.documents.profiles import PaperProfile
from kheo.documents.typst_source import typst_source

# Seconds. The longest paper that we know (three hundred units) takes about two.
LONGEST = 30
_CHILD = "kheo.documents.pdf_child"


class PdfFault(RuntimeError):
    """The paper could not be set: too long for the time there is, or a bug of ours."""


def render_pdf(document: OfficialDocument, profile: PaperProfile, *, longest: float = LONGEST) -> bytes:
    """The PDF of an official document: the same pages as its Word file, from the same pieces. Raises PdfFault."""
    return set_pdf(typst_source(document, profile), created=document.created, longest=longest)


def set_pdf(source: str, *, created: datetime, longest: float = LONGEST) -> bytes:
    """The PDF of a typst source. The child sees an empty folder only, and is ended after `longest` seconds."""
    with tempfile.TemporaryDirectory() as empty:
        command = [sys.executable, "-m", _CHILD, empty, str(int(created.timestamp())), str(max(1, round(longest)))]
        try:
            done = subprocess.run(command, input=source.encode(), capture_output=True, timeout=longest, check=False)
        except subprocess.TimeoutExpired as fault:
            raise PdfFault(f"không dựng xong trong {longest:g} giây") from fault
    if done.returncode != 0 or not done.stdout.startswith(b"%PDF-"):
        raise PdfFault(done.stderr.decode("utf-8", "replace")[-2000:] or f"mã {done.returncode}")
    return done.stdout
