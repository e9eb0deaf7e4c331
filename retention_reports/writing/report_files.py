"""The files of a report: in which formats they are written, and by what their names tell the format."""

from __future__ import annotations

FORMATS = ("html", "pdf", "json", "actions")
"""What is written where nothing else is asked for."""
ON_REQUEST = ("short", "slides", "letter", "eml")
"""What is written for the meeting: the main part alone, a talk, a page for the owner, a draft of an e-mail."""
_ENDINGS = {
    ".json": "json",
    ".html": "html",
    "-short.pdf": "short",
    "-slides.pdf": "slides",
    "-letter.pdf": "letter",
    ".pdf": "pdf",
    ".eml": "eml",
    ".csv": "actions",
    ".xlsx": "actions",
}


def format_of(name: str) -> str | None:
    """Return the format of a report's file by its name; None where it is none of ours."""
    return next((kind for ending, kind in _ENDINGS.items() if name.endswith(ending)), None)
