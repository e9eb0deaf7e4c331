"""What is made for the meeting: the main part alone, slides, a letter, a draft of an e-mail; all from one report."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from retention_reports.pipeline import build_report, load_client, report_view
from retention_reports.presentation.talk.letter import mail_text, present_letter
from retention_reports.presentation.talk.slides import MOST_SLIDES, present_slides
from retention_reports.presentation.view import Paragraphs, Row
from retention_reports.rendering.talk import letter_pdf, slides_pdf
from retention_reports.writing.report_files import FORMATS, ON_REQUEST, format_of

if TYPE_CHECKING:
    from retention_reports.presentation.view import ReportView

DATA = Path(__file__).resolve().parents[2] / "data"
CLIENTS = ("musterhandel", "example_ltd")


@pytest.fixture(scope="module", params=CLIENTS)
def files(request: pytest.FixtureRequest) -> dict[str, bytes]:
    client = load_client(DATA / request.param)
    return build_report(client, client.newest_quarter, ("json", "pdf", *ON_REQUEST))


@pytest.fixture(scope="module")
def report() -> ReportView:
    client = load_client(DATA / "example_ltd")
    return report_view(client, client.newest_quarter)


def _named(files: dict[str, bytes], kind: str) -> bytes:
    (content,) = [content for name, content in files.items() if format_of(name) == kind]
    return content


def _pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


def _sizes(content: bytes) -> Counter[float]:
    sizes: Counter[float] = Counter()

    def look(text: str, page: list[float], line: list[float], _font: object, size: float) -> None:
        sizes[round(size * abs(page[3] * line[3]), 1)] += len(text.strip())

    for page in PdfReader(BytesIO(content)).pages:
        page.extract_text(visitor_text=look)
    return sizes


def test_every_format_s_file_is_known_by_its_name(files: dict[str, bytes]) -> None:
    assert {format_of(name) for name in files} == {"json", "pdf", *ON_REQUEST}
    assert not {*FORMATS} & {*ON_REQUEST}
    assert format_of("notes.txt") is None


def test_the_short_report_is_the_main_part_alone(files: dict[str, bytes]) -> None:
    short, whole = _pages(_named(files, "short")), _pages(_named(files, "pdf"))

    assert 4 <= len(short) <= 10 < len(whole)
    assert short[0].splitlines()[:3] == whole[0].splitlines()[:3]
    assert PdfReader(BytesIO(_named(files, "short"))).attachments == {"figures.json": [files["figures.json"]]}
    assert not any(page.startswith(("Anhang\n", "Appendix\n")) for page in short)


def test_each_slide_has_a_page_of_its_own_and_there_are_twelve_at_most(files: dict[str, bytes]) -> None:
    pages = PdfReader(BytesIO(_named(files, "slides"))).pages
    figures = json.loads(files["figures.json"])

    assert 6 <= len(pages) <= MOST_SLIDES
    assert all(
        float(page.mediabox.width) / float(page.mediabox.height) == pytest.approx(16 / 9, 0.01) for page in pages
    )
    decisions = " ".join(pages[1].extract_text().split())
    assert all(decision["title"] in decisions for decision in figures["recommendations"]["decisions"])


def test_slides_and_letters_can_be_read(files: dict[str, bytes]) -> None:
    slides, letter = (_sizes(_named(files, kind)) for kind in ("slides", "letter"))

    assert min(size for size, letters in slides.items() if letters) >= 7.5
    assert sum(letters for size, letters in slides.items() if size < 11) < 0.2 * slides.total()
    assert sum(letters for size, letters in letter.items() if size >= 10) > 0.85 * letter.total()


def test_the_letter_is_one_page_and_names_every_decision(files: dict[str, bytes]) -> None:
    (page,) = _pages(_named(files, "letter"))
    text = " ".join(page.split())

    decisions = json.loads(files["figures.json"])["recommendations"]["decisions"]
    assert len(decisions) >= 3
    assert all(decision["title"] in text for decision in decisions)


def test_the_mail_is_a_draft_with_the_report_attached(files: dict[str, bytes]) -> None:
    mail: Any = message_from_bytes(_named(files, "eml"), policy=policy.default)

    assert mail["X-Unsent"] == "1"
    assert mail["To"] is None
    (attached,) = list(mail.iter_attachments())
    assert attached.get_content() == _named(files, "pdf")
    assert attached.get_filename().endswith(".pdf")
    body = mail.get_body().get_content()
    titles = [decision["title"] for decision in json.loads(files["figures.json"])["recommendations"]["decisions"]]
    assert all(title in body for title in titles)


def test_the_same_data_gives_the_same_bytes() -> None:
    client = load_client(DATA / "example_ltd")
    built = [build_report(client, client.newest_quarter, ("slides", "letter", "eml")) for _ in range(2)]

    assert built[0] == built[1]
    assert len(built[0]) == 3


def test_what_is_too_long_for_a_page_gets_shorter(report: ReportView) -> None:
    long = tuple(replace(one, text="Because of a reason. " * 60) for one in report.summary.decisions)
    wordy = replace(report, summary=replace(report.summary, decisions=long))
    made: Any = {"created": datetime(2026, 10, 1, tzinfo=UTC), "tool_version": "1"}

    assert len(PdfReader(BytesIO(letter_pdf(present_letter(wordy), **made))).pages) == 1
    leads = tuple(replace(one, lead=f"{one.lead} and so on" * 3) for one in report.summary.decisions)
    crowded = replace(report, summary=replace(report.summary, decisions=leads))
    assert len(PdfReader(BytesIO(slides_pdf(present_slides(crowded), **made))).pages) <= MOST_SLIDES + 2


def test_a_report_without_decisions_has_none_in_slides_letter_and_mail(report: ReportView) -> None:
    bare = replace(report, summary=replace(report.summary, decisions=(), total="", outcome=None, findings=()))

    assert not any(slide.decisions or slide.boxes for slide in present_slides(bare).slides)
    text = mail_text(present_letter(bare))
    assert report.words["decisions"] not in text
    assert report.words["findings"] not in text
    assert report.summary.headline in text


def test_a_section_with_nothing_to_show_on_a_slide_has_none(report: ReportView) -> None:
    wordy = replace(report.sections[0], key="words", rows=(Row((Paragraphs(("Only words.",)),)),))
    added = replace(report, sections=(*report.sections, wordy))

    assert [slide.headline for slide in present_slides(added).slides] == [
        slide.headline for slide in present_slides(report).slides
    ]
    assert all(slide.chart or slide.strip or slide.table for slide in present_slides(added).slides[2:-1])
