"""Layout and writing with WeasyPrint; loaded only when a PDF is wanted."""

from __future__ import annotations

import warnings
from datetime import UTC
from typing import TYPE_CHECKING

from weasyprint import CSS, HTML, Attachment
from weasyprint.document import DocumentMetadata

from retention_reports.errors import RetentionReportsError
from retention_reports.rendering.fonts import Medium, font_face_css, printable_text
from retention_reports.rendering.pdf_conformance import BASE_VARIANT, Finisher, TwofoldMetadata
from retention_reports.rendering.pdf_document import PdfContentError, RefusedResourceError, TooManyPagesError
from retention_reports.rendering.pdf_engine import BundledFontConfiguration, collected_complaints, write_page_numbers
from retention_reports.rendering.pdf_sources import ClosedFetcher, forbidden_targets

if TYPE_CHECKING:
    from weasyprint import Document

    from retention_reports.rendering.pdf_document import PdfAttachment, PdfDocument

# With a base that cannot be joined to, a relative URL reaches the fetcher as it stands, and is refused by name.
_NOWHERE = "nowhere:"
# Of a field, the value is kept as it is: it comes back with the form.
_UNPAINTED_ELEMENTS = frozenset({"desc", "script", "style", "textarea", "title"})


def write_pdf(html: str, document: PdfDocument) -> bytes:
    """Do what `render_pdf` promises."""
    fetcher = ClosedFetcher()
    with collected_complaints() as complaints:
        try:
            content = _closed_pdf(html, document, fetcher)
        except RecursionError as error:
            raise PdfContentError(["its elements are nested too deeply"]) from error
        except RetentionReportsError:
            raise
        except Exception as error:
            # WeasyPrint takes most missing files calmly, but stops at some: the cause is more use than its traceback.
            _raise_what_was_found(fetcher.refused, complaints, error)
            raise
    _raise_what_was_found([], complaints)
    return content


def _raise_what_was_found(refused: list[str], complaints: list[str], cause: Exception | None = None) -> None:
    """Raise the error that names what the user can mend, if there is anything."""
    if refused:
        raise RefusedResourceError(refused) from cause
    if complaints:
        raise PdfContentError(complaints) from cause


def _closed_pdf(html: str, document: PdfDocument, fetcher: ClosedFetcher) -> bytes:
    """Return the PDF; raise `RefusedResourceError` if anything from outside was asked for."""
    source = HTML(string=html, base_url=_NOWHERE, url_fetcher=fetcher)
    _replace_uncovered_characters(source)
    rendered = _laid_out(source, fetcher, document)
    _raise_what_was_found([*fetcher.refused, *forbidden_targets(source, rendered)], [])
    _refuse_too_many_pages(rendered, document)
    content = _written(rendered, document)
    _raise_what_was_found(fetcher.refused, [])  # pictures inside pictures are loaded while painting
    return content


def _refuse_too_many_pages(rendered: Document, document: PdfDocument) -> None:
    pages = rendered.pages
    main = next((n for n, page in enumerate(pages) if document.main_anchor in page.anchors), len(pages))
    for number, limit in ((len(pages), document.page_limit), (main, document.main_limit)):
        if limit is not None and number > limit:
            raise TooManyPagesError(number, limit)


def _replace_uncovered_characters(source: HTML) -> None:
    """Put boxes where the typeface has no glyph; PDF/A forbids text without one."""
    for element in source.etree_element.iter():
        if isinstance(element.tag, str) and element.tag.rpartition("}")[2] not in _UNPAINTED_ELEMENTS:
            element.text = element.text and printable_text(element.text)
        element.tail = element.tail and printable_text(element.tail)


def _laid_out(source: HTML, fetcher: ClosedFetcher, document: PdfDocument) -> Document:
    """Return the pages, set in the bundled typeface, with their numbers where links lead to them."""
    fonts = BundledFontConfiguration()
    faces = CSS(string=font_face_css(Medium.PRINT), font_config=fonts, url_fetcher=fetcher)
    rendered = source.render(font_config=fonts, stylesheets=[faces], **_kind(document))
    write_page_numbers(rendered)
    return rendered


def _kind(document: PdfDocument) -> dict[str, object]:
    """Return WeasyPrint's options for a report, or for a form: no standard allows fields that programs draw."""
    return {"pdf_forms": True, "pdf_tags": True} if document.fillable else {"pdf_variant": BASE_VARIANT}


def _written(rendered: Document, document: PdfDocument) -> bytes:
    """Return the bytes of the laid-out document with its metadata and attachments."""
    moment = document.created.isoformat(timespec="seconds")
    metadata = DocumentMetadata if document.fillable else TwofoldMetadata
    rendered.metadata = metadata(
        title=document.title,
        authors=[document.author],
        description=document.subject,
        generator=document.creator,
        created=moment,
        modified=moment,
        lang=document.language,
    )
    attachments = sorted(document.attachments, key=lambda attachment: attachment.name)
    finisher = Finisher([attachment.mime_type for attachment in attachments])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint 70 leaves the file of the colour profile open
        content = rendered.write_pdf(
            finisher=finisher,
            **_kind(document),
            attachments=[_attachment(attachment, document) for attachment in attachments],
        )
    if finisher.undescribed_pictures:
        message = f"{finisher.undescribed_pictures} of its pictures have no <title> or alternative text"
        raise PdfContentError([message])
    return finisher.sealed(content)


def _attachment(attachment: PdfAttachment, document: PdfDocument) -> Attachment:
    """Return WeasyPrint's attachment, which writes its times as UTC whatever their zone."""
    moment = document.created.astimezone(UTC)
    return Attachment(
        string=attachment.content,
        name=attachment.name,
        description=attachment.description,
        created=moment,
        modified=moment,
        relationship="Data",
    )
