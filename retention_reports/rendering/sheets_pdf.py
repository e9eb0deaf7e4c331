"""Sheets to print and write on, as a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.rendering.html import render_sheets
from retention_reports.rendering.pdf import render_pdf
from retention_reports.rendering.pdf_document import PdfDocument

if TYPE_CHECKING:
    from datetime import datetime

    from retention_reports.presentation.sheets.sheet_view import SheetsView


def sheets_pdf(view: SheetsView, *, created: datetime, tool_version: str) -> bytes:
    """Return the sheets; same input, same bytes."""
    document = PdfDocument(
        language=view.language,
        title=view.title,
        author=view.client_name,
        creator=f"retention-reports {tool_version}",
        subject=f"{view.title}, {view.period}",
        created=created,
    )
    return render_pdf(render_sheets(view), document=document)
