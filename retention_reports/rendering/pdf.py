"""HTML to one PDF file that is PDF/A-3a and PDF/UA-1, the same bytes for the same input on every machine."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.rendering.pdf_document import PdfLibrariesError

if TYPE_CHECKING:
    from retention_reports.rendering.pdf_document import PdfDocument


def render_pdf(html: str, *, document: PdfDocument) -> bytes:
    """Return the PDF of an HTML document whose styles are inline.

    The typeface is brought along: use the family `FONT_FAMILY` with weights 400 and 600. Characters that it lacks are
    shown as boxes. Metadata elements of the HTML are ignored.

    Raises `RefusedResourceError`, with every URL, if anything outside the document is asked for; `PdfContentError`
    for content that would make the file unsound or that is nested too deeply to lay out; `PdfLibrariesError` where
    WeasyPrint's system libraries are missing.
    """
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=".*Expect ugly output")  # no installed font is needed
            from retention_reports.rendering import pdf_engine, pdf_writing  # noqa: PLC0415 -- load system libraries
        pdf_engine.require_font_subsetting()
    except OSError as error:
        raise PdfLibrariesError(say("pdf.libraries", reason=str(error))) from error
    return pdf_writing.write_pdf(html, document)
