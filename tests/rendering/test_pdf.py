from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import page
import pytest

from retention_reports.rendering.pdf import render_pdf
from retention_reports.rendering.pdf_document import PdfContentError, PdfDocument
from tests.rendering.pdf_samples import DOCUMENT, EXOTIC_TEXT, page_with, report_html, unpacked

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def report() -> bytes:
    return render_pdf(report_html(), document=DOCUMENT)


@pytest.fixture(scope="module")
def unpacked_report(report: bytes) -> bytes:
    return unpacked(report)


@pytest.mark.parametrize(("profile", "rule_count"), [("PDF_A_3A", 156), ("PDF_UA_1", 104)])
def test_one_file_passes_every_rule_of_both_standards(report: bytes, profile: str, rule_count: int) -> None:
    result = page.validate_pdf_bytes(report, profile=page.ValidationProfile[profile])

    assert [(failure.rule_id, failure.message) for failure in result.failures] == []
    assert result.is_compliant
    assert result.rules.passed == result.rules.total >= rule_count


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_a_second_reader_finds_the_file_sound(report: bytes, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(report)

    check = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True, check=False)

    assert "No syntax or stream encoding errors found" in check.stdout
    assert check.returncode == 0


def test_the_bundled_fonts_are_the_only_ones_even_for_characters_they_lack(unpacked_report: bytes) -> None:
    names = set(re.findall(rb"/BaseFont /[A-Z]{6}\+([A-Za-z-]+)", unpacked_report))

    assert names == {
        b"Report-Inter",
        b"Report-Inter-Semi-Bold",
        b"Report-Inter-Italic",
        b"Report-Inter-Semi-Bold-Italic",
    }
    assert len(re.findall(rb"/BaseFont ", unpacked_report)) == 2 * len(names)


def test_a_font_installed_on_the_machine_cannot_be_asked_for() -> None:
    styles = (
        '@font-face { font-family: taken; src: local("DejaVu Sans") } p { font-family: taken, "DejaVu Sans", serif }'
    )

    pdf = unpacked(render_pdf(page_with("<p>Text</p>", styles), document=DOCUMENT))

    assert set(re.findall(rb"/BaseFont /[A-Z]{6}\+([A-Za-z-]+)", pdf)) == {b"Report-Inter"}


def test_characters_without_a_glyph_do_not_break_either_standard() -> None:
    body = f"<h1>{EXOTIC_TEXT}</h1><ul><li>{EXOTIC_TEXT}</li></ul>"

    pdf = render_pdf(page_with(body), document=DOCUMENT)

    assert page.is_pdf_compliant_bytes(pdf, profile=page.ValidationProfile.PDF_A_3A)
    assert page.is_pdf_compliant_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)


def test_the_metadata_say_what_the_document_says_and_not_what_the_html_says(unpacked_report: bytes) -> None:
    assert DOCUMENT.title.encode() in unpacked_report
    assert DOCUMENT.subject.encode() in unpacked_report
    assert b"<rdf:li>Beratung</rdf:li>" in unpacked_report
    assert b"<xmp:CreatorTool>retention-reports 1.0</xmp:CreatorTool>" in unpacked_report
    assert b"/Lang (de)" in unpacked_report
    assert b"wird ersetzt" not in unpacked_report


def test_every_time_in_the_file_is_the_given_one(unpacked_report: bytes) -> None:
    assert set(re.findall(rb"D:\d+", unpacked_report)) == {b"D:20261005120000", b"D:20261005100000"}
    assert set(re.findall(rb"\d{4}-\d\d-\d\dT[^<]+", unpacked_report)) == {b"2026-10-05T12:00:00+02:00"}


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        replace(DOCUMENT, created=datetime(2026, 10, 5))  # noqa: DTZ001 -- the mistake under test


def test_the_figures_are_attached_once_as_data_with_their_type(unpacked_report: bytes) -> None:
    assert b'{"customers": 12}' in unpacked_report
    assert b"/AFRelationship /Data" in unpacked_report
    assert b"/Subtype /application#2fjson" in unpacked_report
    assert re.search(rb"/AF \[\d+ 0 R\]", unpacked_report)


def test_attachments_are_listed_by_name_whatever_their_order() -> None:
    first, second = (replace(DOCUMENT.attachments[0], name=name, content=name.encode()) for name in ("a.json", "b.csv"))
    second = replace(second, mime_type="text/csv")

    def written(document: PdfDocument) -> bytes:
        return render_pdf(page_with("<p>Text</p>"), document=document)

    forwards = written(replace(DOCUMENT, attachments=(first, second)))

    assert forwards == written(replace(DOCUMENT, attachments=(second, first)))
    assert b"/Names [(a.json)" in unpacked(forwards)
    assert b"/Subtype /text#2fcsv" in unpacked(forwards)


def test_headings_become_bookmarks_and_the_contents_know_the_pages(unpacked_report: bytes) -> None:
    titles = re.findall(rb"/Title (?:\((.*?)\)|<feff([0-9a-f]+)>)", unpacked_report)
    bookmarks = [plain.decode() or bytes.fromhex(wide.decode()).decode("utf-16-be") for plain, wide in titles]

    assert [title for title in bookmarks if title in {"Verloren", "Plan", "Später"}] == ["Verloren", "Plan", "Später"]


def test_a_chart_carries_its_title_as_alternative_text(unpacked_report: bytes) -> None:
    text = "Zwölf Kunden gingen".encode("utf-16-be").hex().encode()

    assert b"/Alt <feff" + text in unpacked_report


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ('<a href="#nowhere">there</a>', "nowhere"),
        ('<svg width="9" height="9"><rect width="5" height="5"/></svg>', "1 of its pictures"),
        ('<img alt="x" src="data:image/gif;base64,AAAA">', "image"),
        ("<div>" * 400, "nested too deeply"),
    ],
)
def test_content_that_would_make_an_unsound_file_is_named(body: str, complaint: str) -> None:
    with pytest.raises(PdfContentError, match=complaint):
        render_pdf(page_with(body), document=DOCUMENT)


def test_the_content_may_be_empty() -> None:
    pdf = render_pdf("", document=replace(DOCUMENT, attachments=()))

    assert page.is_pdf_compliant_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
