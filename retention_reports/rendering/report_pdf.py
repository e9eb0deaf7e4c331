"""The report as a PDF that management reads in one sitting: ten pages, with the appendix never more than 24.

Templates and WeasyPrint are loaded where they are used, which may be another process than the one that asks.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from retention_reports.rendering.pdf_document import PdfAttachment, PdfDocument, TooManyPagesError

if TYPE_CHECKING:
    from retention_reports.presentation.view import ReportView

PAGE_LIMIT = 24
MAIN_LIMIT = 10
APPENDIX_ANCHOR = "appendix"


def get_ready() -> None:
    """Load libraries, templates and typeface by laying out a line of text, so that the first report need not wait."""
    from retention_reports.rendering.fonts import FONT_FAMILY  # noqa: PLC0415
    from retention_reports.rendering.html import load_templates  # noqa: PLC0415
    from retention_reports.rendering.pdf import render_pdf  # noqa: PLC0415

    load_templates()
    moment = datetime(2000, 1, 1, tzinfo=UTC)
    document = PdfDocument("en", title="", author="", creator="", subject="", created=moment)
    render_pdf(f'<html lang="en"><title>-</title><body style="font-family: {FONT_FAMILY}">-', document=document)


def report_pdf(
    report: ReportView, figures: bytes, *, created: datetime, tool_version: str, short: bool = False
) -> bytes:
    """Return the PDF with `figures.json` attached, in the fullest form whose main part fits into ten pages.

    What the shorter forms leave out stands in the HTML. A `short` one is the main part alone.
    """
    from retention_reports.rendering.html import paper_details, render_print  # noqa: PLC0415
    from retention_reports.rendering.pdf import render_pdf  # noqa: PLC0415

    document = PdfDocument(
        language=report.language,
        title=report.title,
        author=report.client_name,
        creator=f"retention-reports {tool_version}",
        subject=f"{report.words['document']} {report.as_of}",
        created=created,
        attachments=(PdfAttachment("figures.json", figures, "application/json", report.words["key_figures"]),),
        page_limit=MAIN_LIMIT if short else PAGE_LIMIT,
        main_anchor=APPENDIX_ANCHOR,
        main_limit=MAIN_LIMIT,
    )
    *fuller, shortest = (replace(detail, short=short) for detail in paper_details(report))
    for detail in fuller:
        try:
            return render_pdf(render_print(report, detail), document=document)
        except TooManyPagesError:
            continue
    return render_pdf(render_print(report, shortest), document=replace(document, page_limit=None, main_limit=None))
