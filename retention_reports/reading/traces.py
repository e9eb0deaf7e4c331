"""Where files hold a person: texts, tables, archives and spreadsheets, and PDF files with what is attached to them."""

from __future__ import annotations

import html
import io
import logging
import re
import unicodedata
from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.reading.decoding import decode
from retention_reports.reading.formats.archives import is_archive, members_of
from retention_reports.reading.problems import UnreadableFileError
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PROSE = (".md", ".html", ".pdf", ".svg")
_SEPARATORS = r"\t\r\n,;|\"'<>"
_SHOWN_LINES = 5
_PDF = b"%PDF"
_NUMBERED_TEXT = re.compile(r't="s"[^<>]{0,99}><v>\d{1,9}</v>')
"""A spreadsheet's cell that says which of its texts stands there: that number is nobody's."""
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")


@record
class Trace:
    """Where a file holds a person: in a part of it (a member, page or attachment, else ""), how often, in which lines.

    `lines` are the first few, counted from 1; empty for parts that have none.
    """

    inside: str
    count: int
    lines: tuple[int, ...] = ()


class Search:
    """Looks for ids and words, whatever the size of letters, each only as a whole word.

    An id of digits alone counts only where a table's cell is that and nothing else: in prose it may be any number.
    """

    def __init__(self, identifiers: Sequence[str], words: Sequence[str]) -> None:
        """Take what the person is called; at least one of it."""
        digits = [name for name in identifiers if name.isdecimal()]
        others = [name for name in (*identifiers, *words) if not name.isdecimal()]
        whole = [rf"(?<!\w){_spaced(name)}(?!\w)" for name in others]
        cells = [rf"(?:(?<=[{_SEPARATORS}])|^){re.escape(name)}(?=[{_SEPARATORS}]|$)" for name in digits]
        self._in_prose = re.compile("|".join(whole or cells), re.IGNORECASE)
        self._in_tables = re.compile("|".join((*whole, *cells)), re.IGNORECASE)

    def in_file(self, name: str, data: bytes) -> tuple[Trace, ...]:
        """Return where a file's bytes hold the person.

        Raises:
            UnreadableFileError: the file cannot be looked into.
        """
        if data.startswith(_PICTURES):
            return ()
        return tuple(
            trace
            for inside, text, is_prose in _texts(name, data)
            if (trace := self._trace(inside, text, is_prose=is_prose)) is not None
        )

    def in_text(self, text: str) -> int:
        """Return how often a text holds the person."""
        return sum(1 for _ in self._in_tables.finditer(unicodedata.normalize("NFC", text)))

    def _trace(self, inside: str, text: str, *, is_prose: bool) -> Trace | None:
        text = unicodedata.normalize("NFC", text)
        places = [found.start() for found in (self._in_prose if is_prose else self._in_tables).finditer(text)]
        if not places:
            return None
        lines = [text.count("\n", 0, place) + 1 for place in places[:_SHOWN_LINES]] if not inside else []
        return Trace(inside, len(places), tuple(dict.fromkeys(lines)))


def _spaced(name: str) -> str:
    """Return the pattern of a name that may be broken between its words, as at the end of a line."""
    return r"\s+".join(map(re.escape, unicodedata.normalize("NFC", name).split()))


def _texts(name: str, data: bytes) -> Iterator[tuple[str, str, bool]]:
    """Yield each text of a file: in which part it stands, the text, and whether it is prose."""
    if data.startswith(_PDF):
        yield from _texts_of_pdf(data)
    elif is_archive(data):
        for member, content in members_of(data):
            if not content.startswith(_PICTURES):
                for inside, text, is_prose in _texts(member, content):
                    yield f"{member} {inside}".strip(), text, is_prose
    else:
        text = _NUMBERED_TEXT.sub("", html.unescape(decode(data)))
        yield "", text, name.lower().endswith(_PROSE)


def _texts_of_pdf(data: bytes) -> Iterator[tuple[str, str, bool]]:
    from pypdf import PdfReader  # noqa: PLC0415 -- loaded where there is a PDF alone

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it mends in a file is no news for the user
    try:
        reader = PdfReader(io.BytesIO(data))
        pages = [page.extract_text().replace("\u00ad", "") for page in reader.pages]
        attached = [(name, b"".join(parts)) for name, parts in reader.attachments.items()]
        told = " ".join(str(value) for value in (reader.metadata or {}).values())
        fields = " ".join(str(field.get("/V", "")) for field in (reader.get_fields() or {}).values())
    except Exception as problem:
        # A broken file makes the library raise nearly anything; none of it says more than this to the user.
        raise UnreadableFileError("not a PDF", say("returned.no_pdf")) from problem
    yield from ((f"p. {number}", text, True) for number, text in enumerate(pages, start=1))
    yield "/Info", told, True
    yield "/AcroForm", fields, True
    for name, content in attached:
        yield name, html.unescape(decode(content)), False
