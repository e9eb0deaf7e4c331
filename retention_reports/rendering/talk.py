"""Slides and letter as PDF, and the e-mail that the report is sent with."""

from __future__ import annotations

from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING

from retention_reports.presentation.talk.letter import mail_text
from retention_reports.presentation.talk.slides import MOST_SLIDES
from retention_reports.rendering.html import render_letter, render_slides
from retention_reports.rendering.pdf import render_pdf
from retention_reports.rendering.pdf_document import PdfDocument, TooManyPagesError

if TYPE_CHECKING:
    from datetime import datetime

    from retention_reports.presentation.talk.view import LetterView, SlidesView

_FEW_DECISIONS, _FEW_POINTS = 3, 5
_BOUNDARY = "part-of-the-review"


def slides_pdf(talk: SlidesView, *, created: datetime, tool_version: str) -> bytes:
    """Return the talk, a page a slide; where names and sentences are too long for that, with less on each."""
    document = _document(talk, created, tool_version, MOST_SLIDES)
    try:
        return render_pdf(render_slides(talk), document=document)
    except TooManyPagesError:
        slides = tuple(
            replace(one, boxes=one.boxes[:1], decisions=one.decisions[:_FEW_DECISIONS], points=one.points[:_FEW_POINTS])
            for one in talk.slides
        )
        return render_pdf(render_slides(replace(talk, slides=slides)), document=replace(document, page_limit=None))


def letter_pdf(letter: LetterView, *, created: datetime, tool_version: str) -> bytes:
    """Return the letter on one page: with fewer decisions, and these without their reasons, where they are too long."""
    document = _document(letter, created, tool_version, 1)
    shorter = replace(letter, decisions=letter.decisions[:_FEW_DECISIONS], became="")
    bare = tuple(replace(one, text="") for one in shorter.decisions)
    for form in (letter, shorter):
        try:
            return render_pdf(render_letter(form), document=document)
        except TooManyPagesError:
            continue
    shortest = replace(shorter, decisions=bare, warnings=shorter.warnings[:1])
    return render_pdf(render_letter(shortest), document=replace(document, page_limit=None))


def draft_mail(letter: LetterView, name: str, pdf: bytes, *, created: datetime) -> bytes:
    """Return the draft of an e-mail to management with the report attached; mail programs open it to be sent.

    The same letter gives the same bytes: the parts are divided by a fixed line, the date is that of the data.
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = f"{letter.client_name}: {letter.subject}"
    message["Date"] = format_datetime(created)
    message["X-Unsent"] = "1"
    message.set_content(mail_text(letter), cte="quoted-printable")
    message.add_attachment(pdf, maintype="application", subtype="pdf", filename=name)
    message.set_boundary(_BOUNDARY)
    return message.as_bytes()


def _document(view: LetterView | SlidesView, created: datetime, tool_version: str, pages: int) -> PdfDocument:
    return PdfDocument(
        language=view.language,
        title=view.title,
        author=view.client_name,
        creator=f"retention-reports {tool_version}",
        subject=view.words["document"],
        created=created,
        page_limit=pages,
    )
