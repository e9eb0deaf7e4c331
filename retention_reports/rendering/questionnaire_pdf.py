"""The questionnaire as a PDF to fill in on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.reading.form_fields import FormFields
from retention_reports.rendering.html import render_form
from retention_reports.rendering.pdf import render_pdf
from retention_reports.rendering.pdf_document import PdfDocument

if TYPE_CHECKING:
    from datetime import datetime

    from retention_reports.presentation.questionnaire import QuestionnaireView


def questionnaire_pdf(view: QuestionnaireView, *, created: datetime, tool_version: str) -> bytes:
    """Return the form: a list of answers and a field for evidence to each question, and one for who answers.

    It is tagged and says its language and title, but claims no standard: programs draw the fields by themselves.
    """
    document = PdfDocument(
        language=view.language,
        title=view.title,
        author=view.client_name,
        creator=f"retention-reports {tool_version}",
        subject=f"{view.words['document']} {view.quarter}",
        created=created,
        fillable=True,
    )
    return render_pdf(render_form(view, FormFields), document=document)
