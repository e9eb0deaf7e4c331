"""What a PDF says about itself, and what can be wrong with its content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.errors import RetentionReportsError
from retention_reports.messages import say
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

_SHOWN_LENGTH = 200


@record
class PdfAttachment:
    """A file inside the PDF, related to it as its data."""

    name: str
    content: bytes
    mime_type: str
    description: str


@record
class PdfDocument:
    """Title, language and provenance of the PDF, and the files inside it.

    `created` must have a time zone and stands for the file, its last change and its attachments: take it from the
    provenance, never from the clock. `language` is a language tag such as "de". With a `page_limit` a longer document
    is refused before it is painted, with a `main_limit` also one with more pages before that of the `main_anchor`. A
    `fillable` one has form fields in place of the HTML's, and claims no standard.
    """

    language: str
    title: str
    author: str
    creator: str
    subject: str
    created: datetime
    attachments: tuple[PdfAttachment, ...] = ()
    page_limit: int | None = None
    main_anchor: str = ""
    main_limit: int | None = None
    fillable: bool = False

    def __post_init__(self) -> None:
        """Refuse a time without zone: it would be read in the zone of the machine."""
        if self.created.utcoffset() is None:
            message = "PdfDocument.created needs a time zone"
            raise ValueError(message)


class RefusedResourceError(RetentionReportsError):
    """The report's HTML or CSS asked for something outside itself; names every URL, sorted."""

    def __init__(self, urls: Iterable[str]) -> None:
        """Keep the URLs; the message shortens long ones and escapes what a terminal would obey."""
        self.urls = tuple(sorted(set(urls)))
        shown = ", ".join(ascii(url[:_SHOWN_LENGTH]) for url in self.urls)
        super().__init__(say("pdf.refused", urls=shown))


class PdfContentError(RetentionReportsError):
    """The HTML has parts that cannot become a sound PDF: links to nowhere, pictures without description, and so on."""

    def __init__(self, complaints: Iterable[str]) -> None:
        """Keep the beginning of each complaint once, in the order of the document."""
        self.complaints = tuple(dict.fromkeys(complaint[:_SHOWN_LENGTH] for complaint in complaints))
        super().__init__(say("pdf.content", complaints="; ".join(self.complaints)))


class TooManyPagesError(RetentionReportsError):
    """The document has more pages than it may have."""

    def __init__(self, pages: int, limit: int) -> None:
        """Keep the number of pages."""
        super().__init__(say("pdf.pages", n=pages, limit=limit))
        self.pages = pages


class PdfLibrariesError(RetentionReportsError):
    """The system libraries that WeasyPrint needs are not installed."""
